// SPDX-License-Identifier: Apache-2.0
#include "chronicle/matching/words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "chronicle/names.h"
#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::chronicle::matching {

namespace {

constexpr std::size_t kLetters = 6;

/// FNV-1a over the first letters.
class Hash {
 public:
  void add(UChar32 letter) {
    if (letters_++ >= kLetters) return;
    for (int shift = 0; shift < 24; shift += 8) {
      value_ = (value_ ^ ((static_cast<std::uint32_t>(letter) >> shift) & 0xff)) * 16777619u;
    }
  }
  bool empty() const { return letters_ == 0; }
  WordId value() const { return value_; }

 private:
  std::uint32_t value_ = 2166136261u;
  std::size_t letters_ = 0;
};

bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019; }

}  // namespace

std::vector<WordId> words_in(std::string_view text) {
  const std::string plain = folded(text);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(plain.data());
  const auto size = static_cast<std::int32_t>(plain.size());
  std::vector<WordId> words;
  Hash word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(word.value());
    word = {};
  };
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c >= 0 && u_isalnum(c)) {
      word.add(c);
      continue;
    }
    end_word();
    if (!is_apostrophe(c)) continue;
    // "'s" at a word's end says nothing.
    std::int32_t next = at;
    UChar32 letter = 0, behind = ' ';
    if (next < size) U8_NEXT(bytes, next, size, letter);
    std::int32_t after = next;
    if (after < size) U8_NEXT(bytes, after, size, behind);
    if (letter == 's' && (behind < 0 || !u_isalnum(behind))) at = next;
  }
  end_word();
  return words;
}

Words counted(std::vector<WordId> words) {
  std::ranges::sort(words);
  Words out;
  for (const WordId word : words) {
    if (out.empty() || out.back().id != word) out.push_back({word, 0});
    if (out.back().times < 255) ++out.back().times;
  }
  return out;
}

Result<Rarity> Rarity::load(const std::filesystem::path& path) {
  const auto table = knowledge::Table::load(path, {"word", "rarity"});
  if (!table) return tl::unexpected(table.error());
  Rarity made;
  made.rows_.resize(std::bit_ceil(4 * table->rows().size() + 1));
  for (const auto& row : table->rows()) {
    const auto words = words_in(row.cells[0]);
    const auto rarity = knowledge::parse_double(row.cells[1]);
    if (words.size() != 1 || !rarity || !(*rarity >= 0)) {
      return knowledge::broken_row(path, row, "a word and how rare it is are wanted");
    }
    made.rows_[made.row_of(words.front())] = {words.front(), static_cast<float>(*rarity)};
    made.rarest_ = std::max(made.rarest_, static_cast<float>(*rarity));
  }
  return made;
}

std::size_t Rarity::row_of(WordId word) const {
  const std::size_t last = rows_.size() - 1;
  std::size_t at = word & last;
  while (rows_[at].rarity >= 0 && rows_[at].word != word) at = (at + 1) & last;
  return at;
}

float Rarity::of(WordId word) const {
  if (rows_.empty()) return rarest_;
  const float rarity = rows_[row_of(word)].rarity;
  return rarity < 0 ? rarest_ : rarity;
}

Weighed::Weighed(const Words& counted, const Rarity& rarity) {
  double sum = 0;
  words.reserve(counted.size());
  for (const auto& [id, times] : counted) {
    const auto weight =
        static_cast<float>((1 + std::log(static_cast<float>(times))) * rarity.of(id));
    words.push_back({id, weight});
    sum += static_cast<double>(weight) * weight;
  }
  if (sum <= 0) return;
  const auto length = static_cast<float>(std::sqrt(sum));
  for (Word& word : words) word.weight /= length;
}

namespace {

template <class Use>
void for_shared(const Weighed& a, const Weighed& b, const Use& use) {
  auto other = b.words.begin();
  for (const auto& word : a.words) {
    while (other != b.words.end() && other->id < word.id) ++other;
    if (other == b.words.end()) return;
    if (other->id == word.id) use(word.weight, other->weight);
  }
}

}  // namespace

float likeness(const Weighed& a, const Weighed& b) {
  float sum = 0;
  for_shared(a, b, [&](float x, float y) { sum += x * y; });
  return sum;
}

float share_within(const Weighed& a, const Weighed& b) {
  float sum = 0;
  for_shared(a, b, [&](float x, float) { sum += x * x; });
  return sum;
}

}  // namespace dateline::chronicle::matching
