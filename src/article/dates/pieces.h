// A text as a reader of dates sees it: numbers and words, and what lies between them. Digits of any
// script that dates are written in count; times of day are told from other numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace dateline::article {

/// A run of digits or a word.
struct DatePiece {
  std::string_view text;
  std::size_t begin = 0;
  int number = -1;         ///< Of up to four digits.
  std::size_t digits = 0;  ///< 0: a word.
  bool is_time = false;    ///< "08:30:00 +0100".
  std::string_view gap;    ///< What stands between it and the piece before.
  std::size_t end() const { return begin + text.size(); }
};

/// Pieces of a text, one after another: numbers and words; all else lies between them.
class DatePieces {
 public:
  DatePieces(std::string_view text, std::size_t from) : text_(text), at_(from) {}
  bool next(DatePiece& piece);

 private:
  std::size_t digit_size(int& digit) const;
  std::size_t mark_size() const;
  void take_time(DatePiece& piece);

  std::string_view text_;
  std::size_t at_;
};

/// Whether a byte is a digit or begins one of another script.
bool may_be_digit(char c);

}  // namespace dateline::article
