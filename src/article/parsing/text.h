// Text of a page as it is read: character references resolved, white space squeezed, and for each
// stretch where in the page it is written.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::article {

/// A stretch of text and the bytes of the page it was read from. Where both have one size they are
/// the same byte for byte, but for white space; else the one stands for the other as a whole (a
/// character reference).
struct Run {
  std::uint32_t text = 0, text_size = 0;
  std::uint32_t page = 0, page_size = 0;
};

class PageText {
 public:
  const std::string& text() const { return text_; }
  const std::vector<Run>& runs() const { return runs_; }

  /// What is written at `begin` of the page; white space is squeezed across calls, and dropped at
  /// the beginning and the end of a piece. `literal`: character references do not count.
  void append(std::string_view written, std::uint32_t begin, bool literal = false);
  /// A line break inside a piece: white space around it is dropped.
  void break_line() { ++breaks_; }
  /// A blank that stands nowhere in the page: where a block begins within a line.
  void blank() {
    if (gap_ == 0) {
      gap_ = 1;
      gap_at_ = kNowhere;
    }
  }
  /// Ends a piece; the next one begins with `separator`, which stands nowhere in the page.
  void end_piece() {
    gap_ = breaks_ = 0;
    started_ = text_.size();
  }
  void separate(std::string_view separator) {
    text_ += separator;
    end_piece();
  }

  /// Appends the bytes [begin, end) of another text, with what is known of them.
  void copy(const PageText& from, std::uint32_t begin, std::uint32_t end);

 private:
  static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
  void add(std::string_view piece, std::uint32_t at, std::uint32_t size);
  void put_gap();

  std::string text_;
  std::vector<Run> runs_;
  std::size_t started_ = 0;   ///< Where the piece begins.
  std::uint32_t gap_ = 0;     ///< Bytes of the blank that is still to be written,
  std::uint32_t gap_at_ = 0;  ///< and where it stands.
  std::uint32_t breaks_ = 0;
};

/// Bytes of the white space at the beginning of `written`: ASCII's, Unicode's, or a reference to a
/// no-break space. 0 where there is none.
std::size_t blank_prefix(std::string_view written);

/// Whether there is nothing to be read in it.
bool is_blank_text(std::string_view written);

/// An attribute's value, or any other piece written in a page, as plain text.
std::string plain_value(std::string_view written);

}  // namespace dateline::article
