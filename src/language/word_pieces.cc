// SPDX-License-Identifier: Apache-2.0
#include "language/word_pieces.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

#include "language/model_file.h"
#include "language/unicode.h"

namespace dateline::language {

namespace {

constexpr std::size_t kMaxWordCharacters = 100;
constexpr std::string_view kContinued = "##";

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return (byte & 0x80) == 0; });
}

bool is_white(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)); }

/// What BERT drops: controls, formats, private characters, and what stands for broken bytes.
bool is_dropped(char32_t c) {
  constexpr std::uint32_t kDropped = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK | U_GC_CS_MASK;
  if (c == U'\t' || c == U'\n' || c == U'\r') return false;
  return c == 0xfffd || (U_GET_GC_MASK(static_cast<UChar32>(c)) & kDropped) != 0;
}

bool is_chinese(char32_t c) {
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
         (c >= 0x20000 && c <= 0x2a6df) || (c >= 0x2a700 && c <= 0x2b73f) ||
         (c >= 0x2b740 && c <= 0x2b81f) || (c >= 0x2b920 && c <= 0x2ceaf) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0x2f800 && c <= 0x2fa1f);
}

bool is_punctuation(char32_t c) {
  if (c < 0x80) return c > 0x20 && c < 0x7f && !u_isalnum(static_cast<UChar32>(c));
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_P_MASK) != 0;
}

/// Cleaned text in decomposed form; ASCII is so already, but for its control characters.
icu::UnicodeString decomposed(std::string_view text) {
  icu::UnicodeString clean;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (is_dropped(c)) continue;
    clean.append(static_cast<UChar32>(is_white(c) ? U' ' : c));
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  return U_FAILURE(status) ? clean : nfd->normalize(clean, status);
}

void append_utf8(UChar32 c, std::string& out) { icu::UnicodeString(c).toUTF8String(out); }

}  // namespace

Result<WordPieces> WordPieces::load(const std::filesystem::path& path) {
  const auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  WordPieces made;
  Piece line = 0;
  for (std::size_t at = 0; at < bytes->size(); ++line) {
    const std::size_t end = std::min(bytes->find('\n', at), bytes->size());
    const std::string piece = bytes->substr(at, end - at);
    if (!made.pieces_.emplace(piece, line).second) {
      return fail(2040, fmt::format("{} has the piece '{}' twice", path.string(), piece));
    }
    made.longest_ = std::max(made.longest_, piece.size());
    at = end + 1;
  }
  const std::pair<const char*, Piece*> needed[] = {
      {"[UNK]", &made.unknown_}, {"[CLS]", &made.first_}, {"[SEP]", &made.last_}};
  for (const auto& [name, piece] : needed) {
    const auto found = made.pieces_.find(std::string_view(name));
    if (found == made.pieces_.end()) {
      return fail(2040, fmt::format("{} has no piece {}", path.string(), name));
    }
    *piece = found->second;
  }
  return made;
}

void WordPieces::cut(std::string_view text, std::size_t most, std::vector<Piece>& pieces) const {
  const std::size_t full = pieces.size() + most;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) cut_word(word, pieces);
    word.clear();
  };
  const auto take = [&](UChar32 c) {
    if (is_white(static_cast<char32_t>(c))) return end_word();
    const bool alone =
        is_punctuation(static_cast<char32_t>(c)) || is_chinese(static_cast<char32_t>(c));
    if (alone) end_word();
    append_utf8(c, word);
    if (alone) end_word();
  };
  if (is_ascii(text)) {
    for (std::size_t at = 0; at < text.size() && pieces.size() < full; ++at) {
      const char c = text[at];
      if (!is_dropped(static_cast<char32_t>(c))) {
        take(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
      }
    }
  } else {
    const icu::UnicodeString clean = decomposed(text);
    for (std::int32_t at = 0; at < clean.length() && pieces.size() < full;) {
      const UChar32 c = clean.char32At(at);
      at += U16_LENGTH(c);
      if (u_charType(c) != U_NON_SPACING_MARK) take(u_tolower(c));
    }
  }
  end_word();
  pieces.resize(std::min(pieces.size(), full));
}

void WordPieces::cut_word(std::string_view word, std::vector<Piece>& pieces) const {
  const std::size_t before = pieces.size();
  const auto unknown = [&] {
    pieces.resize(before);
    pieces.push_back(unknown_);
  };
  if (word.size() > kMaxWordCharacters && count_characters(word) > kMaxWordCharacters) {
    return unknown();
  }
  std::string candidate;
  for (std::size_t at = 0; at < word.size();) {
    candidate.assign(at == 0 ? "" : kContinued);
    const std::size_t mark = candidate.size();
    candidate.append(word.substr(at, longest_));
    auto found = pieces_.find(candidate);
    while (found == pieces_.end() && candidate.size() > mark + 1) {
      candidate.pop_back();
      found = pieces_.find(candidate);
    }
    if (found == pieces_.end()) return unknown();
    pieces.push_back(found->second);
    at += candidate.size() - mark;
  }
}

}  // namespace dateline::language
