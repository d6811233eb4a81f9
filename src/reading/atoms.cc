// SPDX-License-Identifier: Apache-2.0
#include "reading/atoms.h"

namespace dateline::reading {

namespace {

bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
bool is_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::size_t character_size(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// General punctuation (dashes, quotes, dots, wide spaces) and the Latin-1 signs.
bool is_wide_mark(std::string_view character) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  return (at(0) == 0xC2) || (at(0) == 0xE2 && character.size() > 1 && at(1) <= 0x82) ||
         (at(0) == 0xE3 && character.size() > 1 && at(1) == 0x80);
}

bool is_wide_space(std::string_view c) {
  return c == "\u00A0" || c == "\u202F" || c == "\u3000" || (c >= "\u2000" && c <= "\u200B");
}

}  // namespace

std::vector<Atom> cut_atoms(const language::Document& document) {
  const std::string_view text = document.text;
  std::vector<Atom> atoms;
  atoms.reserve(document.tokens.size() + document.tokens.size() / 4);
  std::uint32_t token = 0;
  bool space = true;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    std::size_t end = i + 1;
    auto kind = Atom::Kind::kMark;
    if (is_space(c)) {
      space = true;
      i = end;
      continue;
    }
    if (is_digit(c)) {
      kind = Atom::Kind::kDigits;
      while (end < text.size() && is_digit(static_cast<unsigned char>(text[end]))) ++end;
    } else if (is_letter(c) || c >= 0x80) {
      std::size_t size = is_letter(c) ? 1 : character_size(c);
      if (c >= 0x80 && is_wide_space(text.substr(i, size))) {
        space = true;
        i += size;
        continue;
      }
      end = std::min(text.size(), i + size);
      if (is_letter(c) || !is_wide_mark(text.substr(i, size))) {
        kind = Atom::Kind::kWord;
        while (end < text.size()) {
          const auto next = static_cast<unsigned char>(text[end]);
          if (is_letter(next)) {
            ++end;
          } else if (next >= 0x80 && !is_wide_mark(text.substr(end, character_size(next)))) {
            end = std::min(text.size(), end + character_size(next));
          } else {
            break;
          }
        }
      }
    }
    while (token + 1 < document.tokens.size() && document.tokens[token].span.end <= i) ++token;
    atoms.push_back(
        {{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end)}, kind, space, token});
    space = false;
    i = end;
  }
  return atoms;
}

std::string_view lower_into(std::string_view word, char (&buffer)[32]) {
  if (word.size() > sizeof(buffer)) return {};
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    buffer[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return {buffer, word.size()};
}

}  // namespace dateline::reading
