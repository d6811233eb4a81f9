// SPDX-License-Identifier: Apache-2.0
#include "language/lexeme_store.h"

#include <string>

#include "language/hash.h"
#include "language/string_key.h"
#include "language/unicode.h"

namespace dateline::language {

namespace {

constexpr std::size_t kFirstSlots = 4096;

// Letters become x or X and digits d; a run of the same sign is cut after four.
std::string word_shape(std::string_view text) {
  constexpr std::size_t kLong = 100;
  if (text.size() >= kLong && count_characters(text) >= kLong) return "LONG";
  std::string shape;
  char32_t last = 0;
  int run = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t character = next_character(text, at);
    char32_t sign = character;
    if (is_alpha(character)) {
      sign = is_upper(character) ? U'X' : U'x';
    } else if (is_digit(character)) {
      sign = U'd';
    }
    run = begin > 0 && sign == last ? run + 1 : 0;
    last = sign;
    if (run >= 4) continue;
    if (sign == character) {
      shape.append(text.substr(begin, at - begin));
    } else {
      shape.push_back(static_cast<char>(sign));
    }
  }
  return shape;
}

// Two hashes in one; the order matters.
std::uint64_t join(std::uint64_t first, std::uint64_t second) {
  return (first ^ (second + 0x9e3779b97f4a7c15 + (first << 6) + (first >> 2))) * 0x9e3779b97f4a7c15;
}

}  // namespace

LexemeStore::LexemeStore(const LexemeNorms& norms) : norms_(&norms), slots_(kFirstSlots) {}

std::size_t LexemeStore::bytes() const {
  return strings_.bytes() + blocks_.size() * kBlock * sizeof(Lexeme) + slots_.size() * sizeof(Slot);
}

void LexemeStore::clear() {
  strings_.clear();
  blocks_.clear();
  size_ = 0;
  slots_.assign(kFirstSlots, {});
  slots_.shrink_to_fit();
  ++generation_;
}

template <typename Same>
std::uint32_t LexemeStore::find(std::uint64_t hash, Same same) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].id != kNone; at = (at + 1) & mask) {
    if (slots_[at].hash == hash && same((*this)[slots_[at].id])) return slots_[at].id;
  }
  return kNone;
}

std::uint32_t LexemeStore::add(const Lexeme& lexeme, std::uint64_t hash) {
  const auto place = [this](Slot slot) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = slot.hash & mask;
    while (slots_[at].id != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
  };
  if ((size_ + 1) * std::size_t{2} > slots_.size()) {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.id != kNone) place(slot);
    }
  }
  if (size_ % kBlock == 0) blocks_.push_back(std::make_unique<Lexeme[]>(kBlock));
  blocks_.back()[size_ % kBlock] = lexeme;
  place({hash, size_});
  return size_++;
}

std::uint32_t LexemeStore::intern(std::string_view text) {
  const std::uint64_t hash = hash_string(text);
  // Texts are compared, not only hashes: a hostile report may hold words made to collide.
  const std::uint32_t known =
      find(hash, [&](const Lexeme& lexeme) { return !lexeme.special_norm && lexeme.text == text; });
  if (known != kNone) return known;
  Lexeme lexeme;
  lexeme.text = strings_.copy(text);
  const std::string lower = lower_case(text);
  lexeme.lower = lower == text ? lexeme.text : strings_.copy(lower);
  lexeme.orth = string_key(text);
  lexeme.lower_key = string_key(lower);
  lexeme.norm = norms_->norm_of(lexeme.orth, lexeme.lower_key);
  lexeme.prefix = string_key(text.substr(0, head_bytes(text, 1)));
  lexeme.suffix = string_key(text.substr(text.size() - tail_bytes(text, 3)));
  lexeme.shape = string_key(word_shape(text));
  lexeme.is_space = is_space(text);
  return add(lexeme, hash);
}

std::uint32_t LexemeStore::intern(std::string_view text, std::optional<std::string_view> norm) {
  const std::uint32_t plain = intern(text);
  if (!norm) return plain;
  const std::uint64_t key = string_key(*norm);
  const Lexeme& base = (*this)[plain];
  if (base.norm == key) return plain;
  const std::uint64_t hash = join(hash_string(text), key);
  const std::uint32_t known = find(hash, [&](const Lexeme& lexeme) {
    return lexeme.special_norm && lexeme.norm == key && lexeme.text == text;
  });
  if (known != kNone) return known;
  Lexeme lexeme = base;
  lexeme.norm = key;
  lexeme.special_norm = true;
  return add(lexeme, hash);
}

}  // namespace dateline::language
