// SPDX-License-Identifier: Apache-2.0
#include "article/dates/pieces.h"

#include <algorithm>
#include <array>

#include "article/ascii.h"
#include "record/utf8.h"

namespace dateline::article {

namespace {

/// Zeros of the scripts whose digits stand in dates; the other nine follow.
constexpr std::array<std::string_view, 6> kZeros = {"٠", "۰", "०", "০", "๐", "０"};

/// Punctuation beyond ASCII that stands between words, as far as it matters to dates.
constexpr std::array<std::string_view, 8> kMarks = {"،",  "·",  "、", "，",
                                                    "（", "）", "／", "\u00A0"};

/// Whether a Thai or Lao letter stands here: their short months have dots within, "มี.ค.".
bool is_thai(std::string_view text) {
  return text.size() >= 3 && text[0] == '\xE0' && text[1] >= '\xB8' && text[1] <= '\xBB';
}

}  // namespace

bool may_be_digit(char c) {
  return is_digit(c) || c == '\xD9' || c == '\xDB' || c == '\xE0' || c == '\xEF';
}

bool DatePieces::next(DatePiece& piece) {
  const std::size_t gap = at_;
  while (at_ < text_.size()) {
    const std::size_t size = mark_size();
    if (size == 0) break;
    at_ += size;
  }
  at_ = std::min(at_, text_.size());
  if (at_ == text_.size()) return false;
  const std::size_t begin = at_;
  piece = {};
  int digit = 0;
  std::size_t size = 0;
  for (int number = 0; (size = digit_size(digit)) > 0; at_ += size) {
    ++piece.digits;
    if (piece.digits <= 4) number = number * 10 + digit;
    piece.number = piece.digits <= 4 ? number : -1;
  }
  if (piece.digits == 0) {
    do {
      ++at_;
      while (at_ < text_.size() && record::is_continuation(text_[at_])) ++at_;
    } while (at_ < text_.size() && mark_size() == 0 && digit_size(digit) == 0);
  } else if (piece.digits <= 2) {
    take_time(piece);
  }
  piece.text = text_.substr(begin, at_ - begin);
  piece.begin = begin;
  piece.gap = text_.substr(gap, begin - gap);
  return true;
}

/// Takes minutes, seconds and a zone's offset into the number that is their hour.
void DatePieces::take_time(DatePiece& piece) {
  int digit = 0;
  const auto take_two = [&] {
    for (int i = 0; i < 2; ++i) at_ += digit_size(digit);
  };
  while (at_ + 2 < text_.size() && text_[at_] == ':') {
    ++at_;
    if (digit_size(digit) == 0) {
      --at_;
      break;
    }
    piece.is_time = true;
    take_two();
  }
  if (!piece.is_time) return;
  const std::size_t sign = at_ < text_.size() && text_[at_] == ' ' ? at_ + 1 : at_;
  if (sign >= text_.size() || (text_[sign] != '+' && text_[sign] != '-')) return;
  const std::size_t zone = text_.find_first_not_of("0123456789", sign + 1);
  const std::size_t end = std::min(zone, text_.size());
  if (end - sign == 5) at_ = end;
}

/// Bytes of the digit here; 0 where there is none.
std::size_t DatePieces::digit_size(int& digit) const {
  if (at_ >= text_.size()) return 0;
  if (is_digit(text_[at_])) {
    digit = text_[at_] - '0';
    return 1;
  }
  if ((text_[at_] & 0x80) == 0) return 0;
  for (const std::string_view zero : kZeros) {
    const std::string_view here = text_.substr(at_, zero.size());
    if (here.size() < zero.size() ||
        here.substr(0, zero.size() - 1) != zero.substr(0, zero.size() - 1)) {
      continue;
    }
    const int value =
        static_cast<unsigned char>(here.back()) - static_cast<unsigned char>(zero.back());
    if (value < 0 || value > 9) continue;
    digit = value;
    return zero.size();
  }
  return 0;
}

/// Bytes of what is neither a digit nor part of a word.
std::size_t DatePieces::mark_size() const {
  const char c = text_[at_];
  if (c == '.' && at_ >= 3 && is_thai(text_.substr(at_ - 3)) && is_thai(text_.substr(at_ + 1))) {
    return 0;
  }
  if ((c & 0x80) == 0) return is_digit(c) || is_letter(c) ? 0 : 1;
  const std::string_view rest = text_.substr(at_);
  if (rest.size() >= 3 && rest.starts_with("\xE2\x80")) return 3;  // General punctuation.
  for (const std::string_view mark : kMarks) {
    if (rest.starts_with(mark)) return mark.size();
  }
  return 0;
}

}  // namespace dateline::article
