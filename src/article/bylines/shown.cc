// SPDX-License-Identifier: Apache-2.0
#include "article/bylines/shown.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "article/white_space.h"

namespace dateline::article {

namespace {

// Blocks that are looked at, swept on WCXB's 254 pages with authors (F1 .845).
constexpr std::size_t kBefore = 8;   ///< Above the headline: 4 to 12 the same, 0 and 20 .005 less;
constexpr std::size_t kInside = 12;  ///< where both have begun: 9 to 24 the same, 3 .002 less;
constexpr std::size_t kAfter = 10;   ///< below the article: to 20 the same, 6 .004, 0 .015 less.
/// Words of such a block; a longer one tells the story. 15 to 30 differ by .002, 60 is .005 less.
constexpr std::uint32_t kMostWordsOfBlock = 20;
/// Of one that is only called a byline: 6 to 20 the same, and more are notes on the author.
constexpr std::uint32_t kMarkedWords = 12;
/// Elements around a block whose names are looked at: 4 the same, 2 .002, 1 .006 less.
constexpr int kLevels = 3;
/// Blocks that such an element holds; what is around more says nothing of this one. 2 to 10 the
/// same, 1 is .004 less.
constexpr std::size_t kAround = 4;

class Shown {
 public:
  Shown(const Page& page, const Blocks& blocks, const Outline& outline,
        const std::vector<bool>& in_body, const Bylines& bylines, const PageDates& dates,
        const DateStyle& style, const std::string& publisher)
      : page_(page),
        blocks_(blocks),
        bylines_(bylines),
        dates_(dates),
        style_(style),
        publisher_(publisher) {
    const std::size_t count = blocks.blocks.size();
    const auto first = std::find(in_body.begin(), in_body.end(), true);
    if (first == in_body.end()) return;
    const auto begin = static_cast<std::size_t>(first - in_body.begin());
    const auto last = static_cast<std::size_t>(in_body.rend() -
                                               std::find(in_body.rbegin(), in_body.rend(), true)) -
                      1;
    const std::size_t headline = outline.headline == 0 ? count : blocks.first[outline.headline];
    const std::size_t top = std::min(headline, begin);
    const std::size_t start = std::max(headline < count ? headline : 0, begin);
    // Where bylines stand the most often first.
    for (std::size_t i = top; i < std::min(count, start + kInside); ++i) places_.push_back(i);
    for (std::size_t i = top - std::min(top, kBefore); i < top; ++i) places_.push_back(i);
    for (std::size_t i = last + 1; i < std::min(count, last + 1 + kAfter); ++i) {
      places_.push_back(i);
    }
  }

  using Names = std::vector<std::string>;

  /// "By Ada Obi", or "By" and the names below.
  Names announced(std::size_t i) const {
    const std::string_view line = line_of(i);
    if (i + 1 < blocks_.blocks.size() && bylines_.only_announces(line)) {
      return Bylines::could_be(bylines_.names(line_of(i + 1), publisher_));
    }
    Names names = bylines_.announced(line, publisher_);
    return names.empty() ? bylines_.announced(whole_line_of(i), publisher_) : names;
  }

  /// What the markup calls a byline, or an author's page.
  Names marked(std::size_t i) const {
    const bool byline =
        blocks_.blocks[i].words <= kMarkedWords && (marks_near(i) & bit(Mark::kByline)) != 0;
    if (!byline && !is_author_link(i)) return {};
    return Bylines::could_be(bylines_.names(line_of(i), publisher_));
  }

  /// "Ada Obi, Ken Lund | 9 March 2026": names and nothing else before a day.
  Names dated(std::size_t i) const {
    const std::string_view line = line_of(i);
    if (line.size() == whole_line_of(i).size() || line.find(": ") != std::string_view::npos) {
      return {};
    }
    Names names = Bylines::persons(bylines_.names(line, publisher_));
    std::size_t named = 0;
    for (const std::string& name : names) named += count_words(name);
    return named * 3 < count_words(line) * 2 ? Names() : names;
  }

  /// What the first place shows at which one of these finds names.
  template <typename... Look>
  Names first_of(Look... look) const {
    for (const std::size_t i : places_) {
      if (blocks_.blocks[i].words > kMostWordsOfBlock) continue;
      Names names;
      static_cast<void>(((names = (this->*look)(i), !names.empty()) || ...));
      if (!names.empty()) return names;
    }
    return {};
  }

 private:
  std::string_view whole_line_of(std::size_t block) const {
    const std::string_view words = blocks_.blocks[block].span.of(blocks_.text.text());
    return words.substr(0, words.find('\n'));
  }

  /// Without the day: "By Ada Obi 9 March 2026".
  std::string_view line_of(std::size_t block) const {
    const std::string_view line = whole_line_of(block);
    const auto day = dates_.find(line, style_);
    return day ? line.substr(0, day->begin) : line;
  }

  /// Kinds that elements around a block give away.
  Marks marks_near(std::size_t block) const {
    Marks marks = 0;
    std::uint32_t at = page_[blocks_.blocks[block].node].parent;
    for (int level = 0; level < kLevels && at != 0; ++level, at = page_[at].parent) {
      // What is around other paragraphs as well says nothing of this block.
      if (blocks_.first[page_[at].end] - blocks_.first[at] > kAround) break;
      marks |= blocks_.marks[at];
    }
    return marks;
  }

  bool is_author_link(std::size_t block) const {
    const Block& one = blocks_.blocks[block];
    for (std::uint32_t at = page_[one.node].parent; at != 0 && at >= one.element;
         at = page_[at].parent) {
      if (page_[at].tag != Tag::kA) continue;
      const std::string href = attribute(page_, at, "href");
      return attribute(page_, at, "rel") == "author" ||
             href.find("/author/") != std::string::npos ||
             href.find("/authors/") != std::string::npos;
    }
    return false;
  }

  const Page& page_;
  const Blocks& blocks_;
  const Bylines& bylines_;
  const PageDates& dates_;
  const DateStyle& style_;
  const std::string& publisher_;
  std::vector<std::size_t> places_;
};

bool has(const std::vector<std::string>& names, const std::string& wanted) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return same_headline(name, wanted); });
}

}  // namespace

void read_shown_authors(const Page& page, const Blocks& blocks, const Outline& outline,
                        const std::vector<bool>& in_body, const Bylines& bylines,
                        const PageDates& dates, const DateStyle& style,
                        const std::string& publisher, std::vector<std::string>& authors) {
  const Shown shown(page, blocks, outline, in_body, bylines, dates, style, publisher);
  const bool open = authors.empty() || same_headline(authors.front(), publisher);
  std::vector<std::string> names =
      open ? shown.first_of(&Shown::announced, &Shown::marked) : shown.first_of(&Shown::announced);
  if (names.empty() && open) names = shown.first_of(&Shown::dated);
  const bool more = names.size() > authors.size() &&
                    std::all_of(authors.begin(), authors.end(),
                                [&](const std::string& one) { return has(names, one); });
  if (!names.empty() && (open || more)) authors = std::move(names);
}

}  // namespace dateline::article
