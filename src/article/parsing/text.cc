// SPDX-License-Identifier: Apache-2.0
#include "article/parsing/text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "article/ascii.h"
#include "article/parsing/character_references.h"

namespace dateline::article {

namespace {

/// Bytes that are more than themselves: blanks, control characters, '&', and the first bytes of
/// the white space outside ASCII.
constexpr std::array<bool, 256> kTurns = [] {
  std::array<bool, 256> turns{};
  for (std::size_t c = 0; c <= ' '; ++c) turns[c] = true;
  for (const unsigned char c : {'&', '\x7F', '\xC2', '\xE2', '\xE3', '\xEF'}) turns[c] = true;
  return turns;
}();

bool is_alnum(char c) { return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }

std::size_t blank_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) <= ' ' || byte(0) == 0x7F) return 1;  // Control characters are none of the text.
  if (byte(0) == 0xC2) return text.size() > 1 && (byte(1) == 0xA0 || byte(1) == 0x85) ? 2 : 0;
  if (text.size() < 3) return 0;
  if (text.starts_with("\xE2\x80")) {
    return byte(2) <= 0x8B || byte(2) == 0xA8 || byte(2) == 0xA9 || byte(2) == 0xAF ? 3 : 0;
  }
  return text.starts_with("\xE3\x80\x80") || text.starts_with("\uFEFF") ? 3 : 0;
}

/// What browsers take the numbers 128 to 159 for: windows-1252.
constexpr std::array<std::uint16_t, 32> kOldNumbers = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

std::size_t encode(std::uint32_t code, char* out) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (code < 0x80) {
    out[0] = byte(code);
    return 1;
  }
  if (code < 0x800) {
    out[0] = byte(0xC0 | code >> 6);
    out[1] = byte(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = byte(0xE0 | code >> 12);
    out[1] = byte(0x80 | (code >> 6 & 0x3F));
    out[2] = byte(0x80 | (code & 0x3F));
    return 3;
  }
  out[0] = byte(0xF0 | code >> 18);
  out[1] = byte(0x80 | (code >> 12 & 0x3F));
  out[2] = byte(0x80 | (code >> 6 & 0x3F));
  out[3] = byte(0x80 | (code & 0x3F));
  return 4;
}

/// The character reference at the beginning of a text that begins with '&'.
class Reference {
 public:
  Reference(std::string_view written, bool in_attribute) {
    if (written.size() > 2 && written[1] == '#') {
      read_number(written);
    } else {
      read_name(written, in_attribute);
    }
  }
  std::size_t size() const { return size_; }  ///< 0: it is none.
  std::string_view characters() const {
    return code_size_ > 0 ? std::string_view(code_.data(), code_size_) : named_;
  }

 private:
  void read_number(std::string_view written) {
    const bool hex = (written[2] | 0x20) == 'x';
    std::size_t at = hex ? 3 : 2;
    const std::size_t digits = at;
    std::uint32_t code = 0;
    for (; at < written.size(); ++at) {
      const char c = written[at];
      const char letter = static_cast<char>(c | 0x20);
      if (is_digit(c)) {
        code = code * (hex ? 16 : 10) + static_cast<std::uint32_t>(c - '0');
      } else if (hex && letter >= 'a' && letter <= 'f') {
        code = code * 16 + static_cast<std::uint32_t>(letter - 'a' + 10);
      } else {
        break;
      }
      code = std::min(code, 0x110000u);
    }
    if (at == digits) return;
    size_ = at + (at < written.size() && written[at] == ';');
    if (code >= 0x80 && code < 0xA0) code = kOldNumbers[code - 0x80];
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
    code_size_ = encode(code, code_.data());
  }

  void read_name(std::string_view written, bool in_attribute) {
    std::size_t end = 1;
    while (end < written.size() && end <= kLongestName && is_alnum(written[end])) ++end;
    if (end < written.size() && written[end] == ';') {
      named_ = named_characters(written.substr(1, end));
      if (!named_.empty()) {
        size_ = end + 1;
        return;
      }
    }
    for (std::size_t size = std::min(end - 1, kLongestBareName); size >= 2; --size) {
      named_ = named_characters(written.substr(1, size));
      if (named_.empty()) continue;
      const std::size_t next = size + 1;
      if (in_attribute && next < written.size() &&
          (is_alnum(written[next]) || written[next] == '=')) {
        return;
      }
      size_ = next;
      return;
    }
  }

  std::string_view named_;
  std::array<char, 4> code_{};
  std::size_t code_size_ = 0;
  std::size_t size_ = 0;
};

}  // namespace

std::size_t blank_prefix(std::string_view written) {
  if (written.empty()) return 0;
  if (written.front() == '&') {
    const Reference reference(written, false);
    return reference.size() > 0 && blank_character(reference.characters()) > 0 ? reference.size()
                                                                               : 0;
  }
  return blank_character(written);
}

bool is_blank_text(std::string_view written) {
  while (!written.empty()) {
    const std::size_t blank = blank_prefix(written);
    if (blank == 0) return false;
    written.remove_prefix(blank);
  }
  return true;
}

void PageText::add(std::string_view piece, std::uint32_t at, std::uint32_t size) {
  const auto text_size = static_cast<std::uint32_t>(piece.size());
  if (!runs_.empty()) {
    Run& last = runs_.back();
    if (text_size == size && last.text_size == last.page_size && last.page + last.page_size == at &&
        last.text + last.text_size == text_.size()) {
      last.text_size += size;
      last.page_size += size;
      text_ += piece;
      return;
    }
  }
  runs_.push_back({static_cast<std::uint32_t>(text_.size()), text_size, at, size});
  text_ += piece;
}

void PageText::put_gap() {
  if (text_.size() > started_) {
    if (breaks_ > 0) {
      text_ += '\n';
    } else if (gap_ > 0 && gap_at_ == kNowhere) {
      text_ += ' ';
    } else if (gap_ > 0) {
      add(" ", gap_at_, gap_);
    }
  }
  gap_ = breaks_ = 0;
}

void PageText::append(std::string_view written, std::uint32_t begin, bool literal) {
  for (std::size_t i = 0; i < written.size();) {
    std::size_t end = i;
    while (end < written.size() && !kTurns[static_cast<unsigned char>(written[end])]) ++end;
    if (end > i) {
      put_gap();
      add(written.substr(i, end - i), begin + static_cast<std::uint32_t>(i),
          static_cast<std::uint32_t>(end - i));
      i = end;
      continue;
    }
    const std::string_view rest = written.substr(i);
    const auto at = begin + static_cast<std::uint32_t>(i);
    if (const std::size_t blank = literal && rest.front() == '&' ? 0 : blank_prefix(rest)) {
      if (gap_ == 0) {
        gap_ = static_cast<std::uint32_t>(blank);
        gap_at_ = at;
      }
      i += blank;
      continue;
    }
    put_gap();
    if (rest.front() == '&' && !literal) {
      if (const Reference reference(rest, false); reference.size() > 0) {
        add(reference.characters(), at, static_cast<std::uint32_t>(reference.size()));
        i += reference.size();
        continue;
      }
    }
    add(rest.substr(0, 1), at, 1);
    ++i;
  }
}

void PageText::copy(const PageText& from, std::uint32_t begin, std::uint32_t end) {
  const auto to = static_cast<std::uint32_t>(text_.size());
  auto run = std::partition_point(from.runs_.begin(), from.runs_.end(), [begin](const Run& one) {
    return one.text + one.text_size <= begin;
  });
  for (; run != from.runs_.end() && run->text < end; ++run) {
    Run part = *run;
    if (part.text_size == part.page_size) {
      const std::uint32_t first = std::max(part.text, begin);
      const std::uint32_t last = std::min(part.text + part.text_size, end);
      part.page += first - part.text;
      part.text = first;
      part.text_size = part.page_size = last - first;
    }
    part.text = part.text - begin + to;
    runs_.push_back(part);
  }
  text_.append(from.text_, begin, end - begin);
}

std::string plain_value(std::string_view written) {
  std::string value;
  value.reserve(written.size());
  while (!written.empty()) {
    const std::size_t plain = std::min(written.find('&'), written.size());
    value += written.substr(0, plain);
    written.remove_prefix(plain);
    if (written.empty()) break;
    const Reference reference(written, true);
    value += reference.size() > 0 ? reference.characters() : written.substr(0, 1);
    written.remove_prefix(std::max<std::size_t>(reference.size(), 1));
  }
  return value;
}

void append_text_of(const Page& page, std::size_t node, PageText& text) {
  std::uint32_t last_block = 0;
  for (std::size_t at = node; at < page[node].end;) {
    const Node& one = page[at];
    if (at != node && has(one.tag, kSilent)) {
      at = one.end;
      continue;
    }
    if (one.tag == Tag::kText) {
      std::uint32_t block = one.parent;
      while (block != 0 && !has(page[block].tag, kBlock)) block = page[block].parent;
      if (block != std::exchange(last_block, block)) text.blank();
      text.append(page.written(at), one.begin, one.literal);
    } else if (one.tag == Tag::kBr) {
      text.blank();
    }
    ++at;
  }
}

std::string text_of(const Page& page, std::size_t node) {
  PageText text;
  append_text_of(page, node, text);
  return text.text();
}

}  // namespace dateline::article
