// What `pdftotext -bbox-layout` writes, taken in piece by piece: XHTML with an element for each
// page, block, line and word, and their boxes. A page is parsed once it is whole, so that what is
// held is the words of all pages and the markup of one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/record.h"

namespace dateline::stream {

struct Box {
  float left = 0, top = 0, right = 0, bottom = 0;  ///< Points from the upper left corner.
  float height() const { return bottom - top; }
  float width() const { return right - left; }
};

struct PdfWord {
  Span text;  ///< Of PdfPages::text.
  Box box;
};

/// Half-open ranges of the items below: words of a line, lines of a block, blocks of a page.
struct PdfLine {
  std::uint32_t begin = 0, end = 0;
  Box box;
  std::uint32_t page = 0;  ///< From 1.
};
struct PdfBlock {
  std::uint32_t begin = 0, end = 0;
  Box box;
};
struct PdfPage {
  std::uint32_t begin = 0, end = 0;
  float width = 0, height = 0;
};

struct PdfPages {
  std::string title, created, modified;  ///< As the file's head states them.
  std::string text;                      ///< All words, one after the other; valid UTF-8.
  std::vector<PdfWord> words;
  std::vector<PdfLine> lines;
  std::vector<PdfBlock> blocks;
  std::vector<PdfPage> pages;

  std::string_view of(const PdfWord& word) const { return word.text.of(text); }
};

class PdfPagesReader {
 public:
  /// `limit`: bytes of words that are held.
  explicit PdfPagesReader(std::size_t limit) : limit_(limit) {}

  /// False where no more can be taken: a page, or all the words, are too large.
  bool take(std::string_view piece);

  /// Of the pages that came whole.
  PdfPages finish() && { return std::move(pages_); }

 private:
  bool take_page(std::string_view markup);
  void take_head(std::string_view markup);

  std::size_t limit_;
  std::string rest_;        ///< What belongs to no whole page yet.
  std::size_t looked_ = 0;  ///< So much of it has no end of a page.
  bool head_ = true;        ///< No page was seen yet.
  PdfPages pages_;
};

}  // namespace dateline::stream
