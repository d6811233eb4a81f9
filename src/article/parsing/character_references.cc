// SPDX-License-Identifier: Apache-2.0
#include "article/parsing/character_references.h"

#include <unicode/utf8.h>

#include <algorithm>

#include "article/ascii.h"

namespace dateline::article {

namespace {

/// A row of character_references.tsv. Without pointers, of which each would cost a start-up
/// something.
struct Named {
  char text[32];
  char32_t characters[2];  ///< The second is 0 where there is one.
  char bare[4];            ///< "yes": may stand without ";".

  constexpr std::string_view name() const { return text; }
};

constexpr Named kNamed[] = {
#include "character_references.inc"  // Made of the table by CMakeLists.txt.
};
static_assert(std::ranges::is_sorted(kNamed, {}, &Named::name));

constexpr std::size_t kLongestName = sizeof(Named::text) - 1;
constexpr std::size_t kLongestBareName = 6;

const Named* find(std::string_view name) {
  const Named* const at = std::ranges::lower_bound(kNamed, name, {}, &Named::name);
  return at != std::end(kNamed) && at->name() == name ? at : nullptr;
}

/// What browsers take the numbers 128 to 159 for: windows-1252.
constexpr std::array<std::uint16_t, 32> kOldNumbers = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

}  // namespace

Reference::Reference(std::string_view written, bool in_attribute) {
  if (written.size() > 2 && written[1] == '#') {
    read_number(written);
  } else {
    read_name(written, in_attribute);
  }
}

void Reference::add(char32_t code) { U8_APPEND_UNSAFE(characters_.data(), characters_size_, code); }

void Reference::read_number(std::string_view written) {
  const bool hex = lower(written[2]) == 'x';
  std::size_t at = hex ? 3 : 2;
  const std::size_t digits = at;
  char32_t code = 0;
  for (; at < written.size(); ++at) {
    const char c = lower(written[at]);
    if (is_digit(c)) {
      code = code * (hex ? 16 : 10) + static_cast<char32_t>(c - '0');
    } else if (hex && c >= 'a' && c <= 'f') {
      code = code * 16 + static_cast<char32_t>(c - 'a' + 10);
    } else {
      break;
    }
    code = std::min<char32_t>(code, 0x110000);
  }
  if (at == digits) return;
  size_ = at + (at < written.size() && written[at] == ';');
  if (code >= 0x80 && code < 0xA0) code = kOldNumbers[code - 0x80];
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  add(code);
}

void Reference::read_name(std::string_view written, bool in_attribute) {
  std::size_t end = 1;
  while (end < written.size() && end <= kLongestName && is_alnum(written[end])) ++end;
  const Named* named = nullptr;
  std::size_t after = end + 1;
  if (end < written.size() && written[end] == ';') named = find(written.substr(1, end - 1));
  if (named == nullptr) {
    for (after = std::min(end, kLongestBareName + 1); after >= 3; --after) {
      named = find(written.substr(1, after - 1));
      if (named != nullptr && named->bare[0] != 0) break;
      named = nullptr;
    }
    // "?a=1&copy=2" is an address, and has no © in it.
    if (in_attribute && after < written.size() &&
        (is_alnum(written[after]) || written[after] == '=')) {
      return;
    }
  }
  if (named == nullptr) return;
  size_ = after;
  for (const char32_t code : named->characters) {
    if (code != 0) add(code);
  }
}

}  // namespace dateline::article
