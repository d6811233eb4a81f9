// SPDX-License-Identifier: Apache-2.0
#include "language/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace dateline::language {

char32_t next_character(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 character;
  U8_NEXT(bytes, at, text.size(), character);
  return character < 0 ? U'\ufffd' : static_cast<char32_t>(character);
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

std::size_t head_bytes(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (count-- > 0 && at < text.size()) {
    ++at;
    while (at < text.size() && is_continuation(text[at])) ++at;
  }
  return at;
}

std::size_t tail_bytes(std::string_view text, std::size_t count) {
  std::size_t at = text.size();
  while (count-- > 0 && at > 0) {
    --at;
    while (at > 0 && is_continuation(text[at])) --at;
  }
  return text.size() - at;
}

bool is_valid_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    if (bytes[at] < 0x80) {
      ++at;
      continue;
    }
    UChar32 character;
    U8_NEXT(bytes, at, text.size(), character);
    if (character < 0) return false;
  }
  return true;
}

bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
         c == 0x205f || c == 0x3000;
}

bool is_alpha(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_L_MASK) != 0; }

bool is_digit(char32_t c) {
  const auto type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE);
  return type == U_NT_DECIMAL || type == U_NT_DIGIT;
}

bool is_upper(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_UPPERCASE); }

namespace {

template <typename Predicate>
bool all_of(std::string_view text, Predicate predicate) {
  for (std::size_t at = 0; at < text.size();) {
    if (!predicate(next_character(text, at))) return false;
  }
  return !text.empty();
}

}  // namespace

bool is_space(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_space(c); });
}

bool is_alpha(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_alpha(c); });
}

std::string lower_case(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  if (std::all_of(text.begin(), text.end(), [](char byte) { return (byte & 0x80) == 0; })) {
    for (const char byte : text) {
      out.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte);
    }
    return out;
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::StringByteSink<std::string> sink(&out);
  icu::CaseMap::utf8ToLower("", 0,
                            icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())),
                            sink, nullptr, status);
  return out;
}

std::string without_marks(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  const auto whole = decompose->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(
                                              text.data(), static_cast<std::int32_t>(text.size()))),
                                          status);
  icu::UnicodeString bare;
  for (std::int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
    const UChar32 character = whole.char32At(i);
    if (u_charType(character) != U_NON_SPACING_MARK) bare.append(character);
  }
  std::string out;
  bare.toUTF8String(out);
  return out;
}

}  // namespace dateline::language
