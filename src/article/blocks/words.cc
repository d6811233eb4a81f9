// SPDX-License-Identifier: Apache-2.0
#include "article/blocks/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "knowledge/table.h"

namespace dateline::article {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(WordKind::kCount)> kWordKinds = {
    "function", "furniture", "opening"};

bool is_blank_or_control(char c) { return static_cast<unsigned char>(c) <= ' '; }

}  // namespace

void WordHash::add_wide(std::string_view character) {
  unsigned first = static_cast<unsigned char>(character[0]);
  if (character.size() != 2) {
    for (const char byte : character) put(static_cast<unsigned char>(byte));
    return;
  }
  // Latin and Cyrillic capitals as their small letters.
  unsigned second = static_cast<unsigned char>(character[1]);
  if (first == 0xC3 && second < 0x9F) second |= 0x20U;
  if (first == 0xD0 && second >= 0x90 && second < 0xA0) second += 0x20U;
  if (first == 0xD0 && second >= 0xA0 && second < 0xB0) {
    first = 0xD1;
    second -= 0x20U;
  }
  put(first);
  put(second);
}

std::uint32_t count_page_words(std::string_view text) {
  std::uint32_t words = 0, unspaced = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    words += c > ' ' && !inside;
    inside = c > ' ';
    if (c >= 0xE3 && c <= 0xE9) unspaced += character_at(text, i).letter;
  }
  return words + unspaced / 2;
}

std::vector<std::uint64_t> word_hashes(std::string_view text) {
  std::vector<std::uint64_t> hashes;
  for (std::size_t at = 0; at < text.size();) {
    WordHash hash;
    for (; at < text.size() && !is_blank_or_control(text[at]);) {
      const Character character = character_at(text, at);
      if (character.letter) hash.add(text.substr(at, character.size));
      at += character.size;
    }
    if (!hash.empty()) hashes.push_back(hash.value());
    while (at < text.size() && is_blank_or_control(text[at])) ++at;
  }
  return hashes;
}

Result<PageWords> PageWords::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(path, {"kind", "language", "words"});
  if (!table) return tl::unexpected(table.error());
  PageWords words;
  std::vector<Slot> all;
  for (const auto& [cells, line] : table->rows()) {
    const auto kind = std::find(kWordKinds.begin(), kWordKinds.end(), cells[0]);
    if (kind == kWordKinds.end()) {
      return fail(3010, fmt::format("{}:{}: no kind '{}'", path.string(), line, cells[0]));
    }
    const auto which = static_cast<WordKind>(kind - kWordKinds.begin());
    for (const std::string_view name : knowledge::split_cell(cells[2])) {
      const auto hashes = word_hashes(name);
      std::uint64_t hash = which == WordKind::kOpening ? 1 : 0;
      for (const std::uint64_t word : hashes) hash = phrase_hash(hash, word);
      if (which == WordKind::kOpening) {
        words.most_words_ = std::max(words.most_words_, hashes.size());
      }
      all.push_back({hash, bit(which)});
    }
  }
  std::size_t size = 1;
  while (size < 2 * all.size()) size *= 2;
  words.slots_.resize(size);
  for (const Slot& one : all) {
    std::size_t at = one.hash & (size - 1);
    while (words.slots_[at].kinds != 0 && words.slots_[at].hash != one.hash) {
      at = (at + 1) & (size - 1);
    }
    words.slots_[at].hash = one.hash;
    words.slots_[at].kinds |= one.kinds;
  }
  return words;
}

WordKinds PageWords::kinds_of(std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].kinds != 0; at = (at + 1) & mask) {
    if (slots_[at].hash == hash) return slots_[at].kinds;
  }
  return 0;
}

bool PageWords::opens(const std::uint64_t* words, std::size_t count) const {
  std::uint64_t hash = 1;
  for (std::size_t i = 0; i < std::min(count, most_words_); ++i) {
    hash = phrase_hash(hash, words[i]);
    if (kinds_of(hash) & bit(WordKind::kOpening)) return true;
  }
  return false;
}

}  // namespace dateline::article
