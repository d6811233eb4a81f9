// SPDX-License-Identifier: Apache-2.0
#include "stream/pdf_pages.h"

#include <algorithm>
#include <cmath>
#include <pugixml.hpp>
#include <utility>

#include "article/white_space.h"
#include "record/utf8.h"

namespace dateline::stream {

namespace {

constexpr std::string_view kPageBegins = "<page", kPageEnds = "</page>";
constexpr std::size_t kLargestPage = 16u << 20;  ///< Bytes of markup: 150,000 words.
constexpr std::size_t kMostPdfWords = 8'000'000;
constexpr float kFarthest = 1e6F;  ///< Points; a page has 14,400 at most.

struct Ligature {
  std::string_view one, letters;
};
/// Letters that fonts draw as one, and readers of words do not know.
constexpr Ligature kLigatures[] = {{"\uFB00", "ff"},  {"\uFB01", "fi"},  {"\uFB02", "fl"},
                                   {"\uFB03", "ffi"}, {"\uFB04", "ffl"}, {"\uFB05", "st"},
                                   {"\uFB06", "st"}};

bool is_white(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = article::white_space(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

/// Appends a word as it is to be read: valid, without control characters and blanks, ligatures
/// taken apart. One of white space alone is none.
void append_word(std::string word, std::string& out) {
  record::repair_utf8(word);
  if (is_white(word)) return;
  std::string_view rest = word;
  while (!rest.empty()) {
    const unsigned char c = static_cast<unsigned char>(rest.front());
    if (c <= ' ' || c == 0x7F) {
      rest.remove_prefix(1);
      continue;
    }
    if (c == 0xEF && rest.size() > 2 && rest.starts_with("\xEF\xAC")) {
      const auto* const found = std::ranges::find_if(
          kLigatures, [&](const Ligature& ligature) { return rest.starts_with(ligature.one); });
      if (found != std::end(kLigatures)) {
        out += found->letters;
        rest.remove_prefix(found->one.size());
        continue;
      }
    }
    std::size_t size = 1;
    while (size < rest.size() && record::is_continuation(rest[size])) ++size;
    out += rest.substr(0, size);
    rest.remove_prefix(size);
  }
}

float number(const pugi::xml_node& node, const char* name) {
  const float value = node.attribute(name).as_float();
  // To a tenth of a point, a twentieth of a millimetre.
  return std::isfinite(value) && std::abs(value) < kFarthest ? std::round(value * 10) / 10 : 0;
}

Box box_of(const pugi::xml_node& node) {
  return {number(node, "xMin"), number(node, "yMin"), number(node, "xMax"), number(node, "yMax")};
}

template <typename Items>
std::uint32_t size_of(const Items& items) {
  return static_cast<std::uint32_t>(items.size());
}

}  // namespace

bool PdfPagesReader::take(std::string_view piece) {
  rest_ += piece;
  std::size_t done = 0;
  while (true) {
    const std::size_t end = rest_.find(kPageEnds, std::max(done, looked_));
    if (end == std::string::npos) break;
    const std::string_view markup =
        std::string_view(rest_).substr(done, end + kPageEnds.size() - done);
    done = looked_ = end + kPageEnds.size();
    const std::size_t begin = markup.find(kPageBegins);
    if (std::exchange(head_, false)) take_head(markup.substr(0, begin));
    if (begin != std::string_view::npos && !take_page(markup.substr(begin))) return false;
  }
  rest_.erase(0, done);
  // The end mark may come in two pieces.
  looked_ = rest_.size() - std::min(rest_.size(), kPageEnds.size());
  return rest_.size() <= kLargestPage;
}

void PdfPagesReader::take_head(std::string_view markup) {
  pugi::xml_document document;
  document.load_buffer(markup.data(), markup.size(), pugi::parse_default, pugi::encoding_utf8);
  const pugi::xml_node head = document.child("html").child("head");
  const auto kept = [](const char* value) {
    std::string text = value;
    record::repair_utf8(text);
    return text;
  };
  pages_.title = kept(head.child("title").child_value());
  for (const pugi::xml_node& meta : head.children("meta")) {
    const std::string_view name = meta.attribute("name").value();
    if (name == "CreationDate") pages_.created = kept(meta.attribute("content").value());
    if (name == "LastModifiedDate" || name == "ModDate") {
      pages_.modified = kept(meta.attribute("content").value());
    }
  }
}

bool PdfPagesReader::take_page(std::string_view markup) {
  pugi::xml_document document;
  document.load_buffer(markup.data(), markup.size(), pugi::parse_default, pugi::encoding_utf8);
  const pugi::xml_node root = document.child("page");
  PdfPage page{size_of(pages_.blocks), 0, number(root, "width"), number(root, "height")};
  const std::uint32_t page_number = size_of(pages_.pages) + 1;
  for (const pugi::xml_node& flow : root.children("flow")) {
    for (const pugi::xml_node& block_node : flow.children("block")) {
      PdfBlock block{size_of(pages_.lines), 0, box_of(block_node)};
      for (const pugi::xml_node& line_node : block_node.children("line")) {
        PdfLine line{size_of(pages_.words), 0, box_of(line_node), page_number};
        for (const pugi::xml_node& word_node : line_node.children("word")) {
          const std::uint32_t begin = size_of(pages_.text);
          append_word(word_node.child_value(), pages_.text);
          if (size_of(pages_.text) == begin) continue;
          if (pages_.text.size() > limit_ || pages_.words.size() == kMostPdfWords) return false;
          pages_.words.push_back({{begin, size_of(pages_.text)}, box_of(word_node)});
        }
        line.end = size_of(pages_.words);
        if (line.end > line.begin) pages_.lines.push_back(line);
      }
      block.end = size_of(pages_.lines);
      if (block.end > block.begin) pages_.blocks.push_back(block);
    }
  }
  page.end = size_of(pages_.blocks);
  pages_.pages.push_back(page);
  return true;
}

}  // namespace dateline::stream
