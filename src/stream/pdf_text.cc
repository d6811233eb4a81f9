// SPDX-License-Identifier: Apache-2.0
#include "stream/pdf_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "article/white_space.h"
#include "stream/extract_text.h"
#include "stream/pdf_running.h"

namespace dateline::stream {

namespace {

/// Sizes of letters are told by the height of their boxes, as shares of that of the body.
constexpr float kHeadline = 1.3F;  ///< Of the largest line of the first page, to be a headline.
constexpr float kSubhead = 1.12F;
constexpr float kSameSize = .08F;  ///< Lines of one paragraph differ by no more.
constexpr std::size_t kMostTitleLines = 5;
constexpr std::size_t kMostTitleBytes = 300;
constexpr std::size_t kMostSubheadWords = 15;
constexpr float kParagraphGap = 1.6F;  ///< From line to line, to that of the lines before.
constexpr float kLeastStep = .7F;      ///< Of a line's height.
constexpr float kIndent = .6F;         ///< Of a line's height.
constexpr float kShortLine = .75F;     ///< Of the block's width, where it may end a paragraph.

/// What stands before a hyphen that is a word's own, wherever its line ends.
constexpr std::string_view kKeepHyphen[] = {"self", "non",  "ex",    "half", "well", "all",
                                            "semi", "anti", "cross", "vice", "mid",  "pro"};

constexpr std::string_view kHyphens[] = {"-", "\u2010", "\u00AD"};
constexpr std::string_view kSoftHyphen = "\u00AD";
constexpr std::string_view kBullets[] = {"\u2022", "\u25CF", "\u25AA", "\u25E6",
                                         "\u2023", "\u2013", "-",      "*"};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }

std::string_view without_closers(std::string_view text) {
  constexpr std::string_view kClosers[] = {"\"", "'", "\u201D", "\u2019", ")", "]"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view closer : kClosers) {
      if (!text.ends_with(closer)) continue;
      text.remove_suffix(closer.size());
      again = true;
    }
  }
  return text;
}

bool ends_sentence(std::string_view word) {
  word = without_closers(word);
  return word.ends_with('.') || word.ends_with('!') || word.ends_with('?') || word.ends_with(':') ||
         word.ends_with("\u2026");
}

std::string_view hyphen_of(std::string_view word) {
  for (const std::string_view hyphen : kHyphens) {
    if (word.size() > hyphen.size() && word.ends_with(hyphen)) return hyphen;
  }
  return {};
}

/// The height that most letters have.
float body_height(const PdfPages& pages, const std::vector<bool>& running) {
  std::unordered_map<int, std::size_t> letters;
  for (std::size_t i = 0; i < pages.lines.size(); ++i) {
    if (running[i]) continue;
    const PdfLine& line = pages.lines[i];
    for (std::uint32_t w = line.begin; w < line.end; ++w) {
      const PdfWord& word = pages.words[w];
      letters[static_cast<int>(std::lround(word.box.height() * 2))] += word.text.size();
    }
  }
  int best = 0;
  std::size_t most = 0;
  for (const auto& [height, count] : letters) {
    if (count < most || (count == most && height > best)) continue;
    best = height;
    most = count;
  }
  return static_cast<float>(best) / 2;
}

class Builder {
 public:
  explicit Builder(const PdfPages& pages)
      : pages_(pages),
        running_(running_lines(pages)),
        body_(body_height(pages, running_)),
        text_(out_) {
    out_.page_map.emplace();
    out_.title = pages.title;
    for (const PdfWord& word : pages.words) known_.insert(hash(bare(pages.of(word))));
  }

  Extract build() && {
    find_headline();
    for (const PdfPage& page : pages_.pages) {
      for (std::uint32_t b = page.begin; b < page.end; ++b) add(pages_.blocks[b]);
    }
    text_.end();
    add_running();
    out_.created = pages_.created;
    out_.modified = pages_.modified;
    return std::move(out_);
  }

 private:
  static std::size_t hash(std::string_view text) { return std::hash<std::string_view>()(text); }

  /// A word without what stands around it.
  static std::string bare(std::string_view word) {
    while (!word.empty() && !is_letter(word.front())) word.remove_prefix(1);
    while (!word.empty() && !is_letter(word.back())) word.remove_suffix(1);
    std::string lower(word);
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return lower;
  }

  std::string_view first_word(const PdfLine& line) const {
    return pages_.of(pages_.words[line.begin]);
  }
  std::string_view last_word(const PdfLine& line) const {
    return pages_.of(pages_.words[line.end - 1]);
  }

  float height(const PdfLine& line) const {
    float height = 0;
    for (std::uint32_t w = line.begin; w < line.end; ++w) {
      height = std::max(height, pages_.words[w].box.height());
    }
    return height;
  }

  bool same_size(float a, float b) const { return std::abs(a - b) <= kSameSize * std::max(a, b); }

  std::string words_of(std::uint32_t begin, std::uint32_t end) const {
    std::string words;
    for (std::uint32_t l = begin; l < end; ++l) {
      for (std::uint32_t w = pages_.lines[l].begin; w < pages_.lines[l].end; ++w) {
        if (!words.empty()) words += ' ';
        words += pages_.of(pages_.words[w]);
      }
    }
    return words;
  }

  /// The lines of the headline: those of the first page with the title that the file states, else
  /// those of the largest letters, where they are larger than the body's.
  void find_headline() {
    if (pages_.pages.empty()) return;
    const PdfPage& first = pages_.pages.front();
    if (first.begin == first.end) return;
    const std::uint32_t begin = pages_.blocks[first.begin].begin;
    const std::uint32_t end = pages_.blocks[first.end - 1].end;
    if (is_name_of_a_file(out_.title)) out_.title.clear();
    if (!out_.title.empty()) {
      for (std::uint32_t l = begin; l < end; ++l) {
        std::string words;
        for (std::uint32_t e = l; e < std::min<std::size_t>(end, l + kMostTitleLines); ++e) {
          if (!words.empty()) words += ' ';
          words += words_of(e, e + 1);
          if (words.size() > kMostTitleBytes + out_.title.size()) break;
          if (article::same_headline(words, out_.title)) return headline_is(l, e + 1);
        }
      }
    }
    float largest = body_ * kHeadline;
    std::uint32_t at = end;
    for (std::uint32_t l = begin; l < end; ++l) {
      if (running_[l] || height(pages_.lines[l]) <= largest) continue;
      largest = height(pages_.lines[l]);
      at = l;
    }
    if (at == end) return;
    std::uint32_t until = at + 1;
    while (until < end && until - at < kMostTitleLines && !running_[until] &&
           same_size(height(pages_.lines[until]), largest)) {
      ++until;
    }
    std::string words = words_of(at, until);
    if (words.size() > kMostTitleBytes) return;
    headline_is(at, until);
    if (out_.title.empty()) out_.title = std::move(words);
  }

  /// What programs put there where nobody wrote a title.
  static bool is_name_of_a_file(std::string_view title) {
    constexpr std::string_view kMakers[] = {"Microsoft Word - ", "Microsoft PowerPoint - ",
                                            "Untitled",          "untitled",
                                            "Document",          "Layout 1"};
    if (std::ranges::any_of(kMakers, [&](auto maker) { return title.starts_with(maker); })) {
      return true;
    }
    const std::size_t dot = title.rfind('.');
    const bool has_extension = dot != std::string_view::npos && dot > 0 &&
                               title.size() - dot <= 6 && title[dot - 1] != ' ' &&
                               title.size() - dot > 2 && is_lower(title[dot + 1]);
    return has_extension || title.find(' ') == std::string_view::npos;
  }

  void headline_is(std::uint32_t begin, std::uint32_t end) {
    headline_begin_ = begin;
    headline_end_ = end;
  }

  bool in_headline(std::uint32_t line) const {
    return line >= headline_begin_ && line < headline_end_;
  }

  void add(const PdfBlock& block) {
    // A block of a few large lines is a subhead.
    std::size_t words = 0;
    float least = 1e9F;
    for (std::uint32_t l = block.begin; l < block.end; ++l) {
      words += pages_.lines[l].end - pages_.lines[l].begin;
      least = std::min(least, height(pages_.lines[l]));
    }
    const bool subhead = least > body_ * kSubhead && words <= kMostSubheadWords;
    before_ = nullptr;
    step_ = step_of(block);
    for (std::uint32_t l = block.begin; l < block.end; ++l) {
      if (running_[l]) continue;
      const PdfLine& line = pages_.lines[l];
      const std::string_view kind = in_headline(l)    ? "title"
                                    : subhead         ? "subhead"
                                    : is_listed(line) ? "list"
                                                      : "paragraph";
      if (begins_paragraph(block, line, kind)) text_.begin(kind);
      add(line);
      before_ = &line;
      last_ = &line;
    }
  }

  /// The least from a line to the one below, but for what is raised above its line; 0 where there
  /// is none.
  float step_of(const PdfBlock& block) const {
    float least = 0;
    for (std::uint32_t l = block.begin + 1; l < block.end; ++l) {
      const float step = pages_.lines[l].box.top - pages_.lines[l - 1].box.top;
      if (step < kLeastStep * height(pages_.lines[l])) continue;
      least = least > 0 ? std::min(least, step) : step;
    }
    return least;
  }

  bool is_listed(const PdfLine& line) const {
    const std::string_view first = first_word(line);
    return line.end - line.begin > 1 && std::ranges::find(kBullets, first) != std::end(kBullets);
  }

  /// `before_`: the line above in the same block, `last_`: the one that was read before.
  bool begins_paragraph(const PdfBlock& block, const PdfLine& line, std::string_view kind) {
    if (last_ == nullptr || !text_.is_open()) return true;
    if (kind == "title" || kind == "subhead") return kind != text_.kind();
    if (kind == "list" || text_.kind() == "title" || text_.kind() == "subhead") return true;
    if (!same_size(height(line), height(*last_))) return true;
    const bool whole = ends_sentence(last_word(*last_));
    // Over columns and pages a paragraph goes on where a sentence does.
    if (before_ == nullptr) return whole || !goes_on(first_word(line));
    const float step = line.box.top - before_->box.top;
    if (step_ > 0 && step > step_ * kParagraphGap) return true;
    const float indent = kIndent * height(line);
    const bool indented = line.box.left > block.box.left + indent;
    const bool was_indented = before_->box.left > block.box.left + indent;
    if (text_.kind() == "list") {  // Its lines hang, or end with it.
      return !indented && whole;
    }
    if (indented && !was_indented && whole) return true;
    const float width = block.box.width();
    return whole && before_->box.right < block.box.left + kShortLine * width &&
           !goes_on(first_word(line));
  }

  static bool goes_on(std::string_view word) {
    while (!word.empty() && !is_letter(word.front())) word.remove_prefix(1);
    return !word.empty() && is_lower(word.front());
  }

  void add(const PdfLine& line) {
    for (std::uint32_t w = line.begin; w < line.end; ++w) {
      const PdfWord& word = pages_.words[w];
      std::string_view words = pages_.of(word);
      bool apart = !glued_;
      glued_ = false;
      if (w + 1 == line.end) {
        if (const std::string_view hyphen = hyphen_of(words); !hyphen.empty()) {
          const std::string_view next = next_line_begins(line);
          if (!next.empty()) {
            glued_ = true;
            if (is_broken(words, hyphen, next)) words.remove_suffix(hyphen.size());
          }
        }
      }
      place(text_.add(words, apart), word.box, line.page);
    }
  }

  /// The word that comes after the line in its paragraph, where it begins with a small letter or
  /// may have been written with the hyphen.
  std::string_view next_line_begins(const PdfLine& line) const {
    std::size_t next = static_cast<std::size_t>(&line - pages_.lines.data()) + 1;
    while (next < pages_.lines.size() && running_[next]) ++next;
    if (next >= pages_.lines.size()) return {};
    const std::string_view word = first_word(pages_.lines[next]);
    // "pre- and post-war"
    const bool joins = word == "and" || word == "or" || word == "to";
    return !joins && is_letter(word.front()) ? word : std::string_view();
  }

  /// Whether the hyphen is there for the end of the line alone. What the report writes elsewhere
  /// decides; else it is, but for a few words, and between names.
  bool is_broken(std::string_view word, std::string_view hyphen, std::string_view next) const {
    if (hyphen == kSoftHyphen) return true;
    if (!is_lower(next.front())) return false;
    const std::string first = bare(word.substr(0, word.size() - hyphen.size()));
    const std::string second = bare(next);
    if (first.empty()) return false;
    if (known_.contains(hash(first + second))) return true;
    if (known_.contains(hash(first + "-" + second))) return false;
    if (first.find('-') != std::string::npos) return false;
    return std::ranges::find(kKeepHyphen, first) == std::end(kKeepHyphen);
  }

  void place(Span span, const Box& box, std::uint32_t page) {
    const auto tenth = [](float value) { return std::round(double{value} * 10) / 10; };
    out_.page_map->push_back(
        {span, page, tenth(box.left), tenth(box.top), tenth(box.right), tenth(box.bottom)});
  }

  /// Each running head or foot once, below the report, where the first of them stands.
  void add_running() {
    std::unordered_set<std::string> said;
    for (std::uint32_t l = 0; l < pages_.lines.size(); ++l) {
      if (!running_[l]) continue;
      const std::string shape = running_shape(pages_, pages_.lines[l]);
      if (!said.insert(shape).second || is_page_number(shape)) continue;
      text_.begin("boilerplate");
      glued_ = false;
      const PdfLine& line = pages_.lines[l];
      for (std::uint32_t w = line.begin; w < line.end; ++w) {
        place(text_.add(pages_.of(pages_.words[w])), pages_.words[w].box, line.page);
      }
    }
    text_.end();
  }

  const PdfPages& pages_;
  const std::vector<bool> running_;        ///< Of each line.
  const float body_;                       ///< Height of the body's letters.
  std::unordered_set<std::size_t> known_;  ///< Hashes of all words.
  std::uint32_t headline_begin_ = 0, headline_end_ = 0;
  const PdfLine* before_ = nullptr;
  const PdfLine* last_ = nullptr;
  float step_ = 0;      ///< From line to line of the block.
  bool glued_ = false;  ///< The next word belongs to the one before.
  Extract out_;
  ExtractText text_;
};

}  // namespace

Extract text_of(const PdfPages& pages) { return Builder(pages).build(); }

}  // namespace dateline::stream
