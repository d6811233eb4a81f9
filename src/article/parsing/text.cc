// SPDX-License-Identifier: Apache-2.0
#include "article/parsing/text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "article/parsing/character_references.h"
#include "article/white_space.h"

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

std::size_t blank_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  return first <= ' ' || first == 0x7F ? 1  // Control characters are none of the text.
                                       : white_space(text);
}

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

}  // namespace dateline::article
