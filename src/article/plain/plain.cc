// SPDX-License-Identifier: Apache-2.0
#include "article/plain/plain.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "article/ascii.h"
#include "article/white_space.h"
#include "record/utf8.h"

namespace dateline::article {

namespace {

// Shapes, swept on 120 development pages written as plain text: headline, summary, byline and body
// with and without each, a blank line or none between paragraphs, wrapped at 60 to 100 columns or
// indented. Right are .882 of the headlines; F1 of subheads .704; .971 of the sections whole.
/// Words of a headline; a longer one is a sentence. 20 and 30 are .003 worse, 15 .04, 40 .004.
constexpr std::size_t kTitleWords = 25;
/// Lines of one, where lines are wrapped: 1 is .065 worse, 2 to 4 alike. Of 500 headlines 495 fit
/// into 4 lines of 30 columns.
constexpr std::size_t kTitleLines = 4;
/// Bytes: a bound for texts without blanks. From 150 on no difference; no headline has 200.
constexpr std::size_t kTitleBytes = 250;
/// Words of a subhead: F1 of 20 the same, of 10 .01 less, of 6 .1.
constexpr std::size_t kSubheadWords = 15;
/// Words of a summary between headline and byline: 60, as the longest of 277 on pages.
constexpr std::size_t kDekWords = 60;
/// Words of a caption above its credit: of 867 on pages .995 have as many or fewer.
constexpr std::size_t kCaptionWords = 70;
/// Bytes; longer lines are no hard-wrapped ones. At 80 .13 of the sections are broken, at 100 .01;
/// to 400 no difference.
constexpr std::size_t kWrapBytes = 140;

struct Line {
  Span span;  ///< Trimmed.
  bool indented = false;
  std::uint32_t block = 0;  ///< Lines with no blank line between them share a block.
};

Span trim(std::string_view text, Span span) {
  while (span.size() > 0) {
    const std::size_t size = white_space(span.of(text));
    if (size == 0) break;
    span.begin += static_cast<std::uint32_t>(size);
  }
  while (span.size() > 0) {
    std::uint32_t last = span.end - 1;
    while (last > span.begin && record::is_continuation(text[last])) --last;
    if (white_space(text.substr(last, span.end - last)) == 0) break;
    span.end = last;
  }
  return span;
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  std::uint32_t block = 0;
  bool gap = false;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find_first_of("\r\n", begin);
    if (end == std::string_view::npos) end = text.size();
    const Span whole{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    const Span span = trim(text, whole);
    if (span.size() == 0) {
      gap = true;
    } else {
      if (gap && !lines.empty()) ++block;
      gap = false;
      lines.push_back({span, span.begin > whole.begin, block});
    }
    begin = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  return lines;
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return text.ends_with(end); });
}

/// Without closing quotation marks and brackets.
std::string_view without_closers(std::string_view text) {
  constexpr std::array<std::string_view, 6> kClosers = {"\"", "'", "\u201D", "\u2019", ")", "]"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view closer : kClosers) {
      if (!text.empty() && text.ends_with(closer)) {
        text.remove_suffix(closer.size());
        again = true;
      }
    }
  }
  return text;
}

bool ends_sentence(std::string_view text) {
  return ends_with_any(without_closers(text), {".", "!", "?", ":", "\u2026"});
}

/// Whether lines break where they are full and not where a paragraph ends: in most lines that do
/// not end a block the next line's first word would not have fitted any more. Most: .3 and .5 are
/// the same, .7 breaks .02 of the sections. Full: to .7 to 1 of the width, all within .002.
bool is_wrapped(std::string_view text, const std::vector<Line>& lines) {
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool alone = (i == 0 || lines[i - 1].block != lines[i].block) &&
                       (i + 1 == lines.size() || lines[i + 1].block != lines[i].block);
    if (!alone) sizes.push_back(lines[i].span.size());
  }
  if (sizes.empty()) return false;
  // All but the longest tenth: a foot below the report need not keep to the width. All but .3 to
  // none differ by .004.
  const auto ninth = sizes.begin() + static_cast<std::ptrdiff_t>((sizes.size() * 9 + 4) / 10 - 1);
  std::nth_element(sizes.begin(), ninth, sizes.end());
  const std::size_t width = *ninth;
  if (width > kWrapBytes) return false;
  std::size_t inner = 0;
  std::size_t full = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].block != lines[i + 1].block) continue;
    ++inner;
    const std::string_view next = lines[i + 1].span.of(text);
    const std::size_t word = std::min(next.find(' '), next.size());
    full += (lines[i].span.size() + 1 + word) * 10 >= width * 9;
  }
  return full * 2 > inner;
}

/// Bytes of a list marker ("- ", "* ", "• ", "3. ", "(b) ") at the start, or 0.
std::size_t bullet_size(std::string_view line) {
  for (const std::string_view bullet : {"\u2022", "\u25CF", "\u25AA", "\u25E6", "\u2023"}) {
    if (line.starts_with(bullet)) return bullet.size();
  }
  for (const std::string_view bullet : {"- ", "* ", "\u2013 ", "\u2014 "}) {
    if (line.starts_with(bullet)) return bullet.size();
  }
  std::size_t at = line.starts_with('(');
  const std::size_t digits = at;
  while (at < line.size() && at < digits + 2 && line[at] >= '0' && line[at] <= '9') ++at;
  if (at == digits) return 0;
  return at + 1 < line.size() && (line[at] == '.' || line[at] == ')') && line[at + 1] == ' '
             ? at + 2
             : 0;
}

/// Lines that make one section.
struct Unit {
  Span span;
  std::uint32_t block = 0;
  Markers::Match match;
  bool bullet = false;
  bool cited = false;  ///< Lines begin with '>'.
  std::string_view kind;
};

class Units {
 public:
  Units(std::string_view text, std::string_view title, const Markers& markers)
      : text_(text), title_(title) {
    const std::vector<Line> lines = lines_of(text);
    const bool wrapped = is_wrapped(text, lines);
    blocks_ = lines.empty() ? 0 : lines.back().block + 1;
    const std::size_t headline = given_headline(lines);
    if (headline > 0) {
      units_.push_back({{lines.front().span.begin, lines[headline - 1].span.end},
                        lines[headline - 1].block,
                        {},
                        false,
                        false,
                        "title"});
      title_unit_ = 0;
    }
    for (std::size_t i = headline; i < lines.size(); ++i) add(lines[i], wrapped, markers);
  }

  Units(std::string_view text, const std::vector<Section>& sections, const Markers& markers)
      : text_(text) {
    for (const Section& section : sections) {
      Unit unit{section.span, blocks_++, {}, false, false, section.kind};
      const bool open = section.kind == "paragraph" || section.kind == "subhead";
      unit.match = markers.match(section.span.of(text));
      if (!open && !(section.kind == "caption" && unit.match.begin > 0)) unit.match = {};
      if (unit.match.row != nullptr) unit.kind = {};
      units_.push_back(unit);
    }
  }

  /// What gives itself away. `ends`: what says so ends the report, and all below belongs to it.
  void name_marked(bool ends) {
    std::size_t told = 0;  // Bytes; no report ends where less was told than is still to come.
    bool over = false;
    const auto bullets =
        std::count_if(units_.begin(), units_.end(), [](const Unit& unit) { return unit.bullet; });
    for (Unit& unit : units_) {
      if (!unit.kind.empty()) {
        if (unit.kind == "paragraph") told += unit.span.size();
        if (over) unit.kind = "boilerplate";
        continue;
      }
      const Markers::Row* row = unit.match.row;
      const bool fits = row != nullptr && count_words(unit.span.of(text_)) <= row->most &&
                        (row->scope != MarkerScope::kRest || told > text_.size() - unit.span.end);
      if (!fits) unit.match = {};
      if (over) {
        unit.kind = "boilerplate";
        unit.match = {};
      } else if (fits) {
        over = ends && row->scope == MarkerScope::kRest;
        unit.kind = row->kind;
      } else if (unit.bullet && bullets > 1) {
        unit.kind = "list";
      } else if (unit.cited) {
        unit.kind = "quote";
      } else {
        told += unit.span.size();
      }
    }
  }

  /// What the lines of a plain text are beside what the markers say.
  void name_by_shape() {
    name_title();
    name_dek();
    name_subheads();
    name_captions();
  }

  std::vector<Section> sections() const {
    std::vector<Section> sections;
    for (const Unit& unit : units_) {
      if (unit.match.begin == 0) {
        push(sections, unit.kind, unit.span);
        continue;
      }
      // The marker is the tail of the line, as in "Cranes in the port (AP Photo/Ada Obi)".
      const std::uint32_t cut = unit.span.begin + static_cast<std::uint32_t>(unit.match.begin);
      const bool credit = unit.kind == "credit";
      push(sections, credit ? "caption" : unit.kind,
           {unit.span.begin, credit ? cut : unit.span.end});
      if (credit) push(sections, unit.kind, {cut, unit.span.end});
    }
    return sections;
  }

 private:
  /// How many of the first lines are the title that was given; 0 where it stands nowhere.
  std::size_t given_headline(const std::vector<Line>& lines) const {
    if (title_.empty()) return 0;
    for (std::size_t i = 0; i < lines.size() && i < kTitleLines; ++i) {
      const Span span{lines.front().span.begin, lines[i].span.end};
      if (span.size() > title_.size() * 2 + kTitleBytes) break;
      if (same_headline(span.of(text_), title_)) return i + 1;
    }
    return 0;
  }

  void push(std::vector<Section>& sections, std::string_view kind, Span span) const {
    sections.push_back({std::string(kind.empty() ? "paragraph" : kind), trim(text_, span)});
  }

  void add(const Line& line, bool wrapped, const Markers& markers) {
    const std::string_view words = line.span.of(text_);
    Unit unit{line.span, line.block, markers.match(words), false, false, {}};
    unit.bullet = bullet_size(words) > 0;
    unit.cited = words.starts_with('>');
    const bool after_given_title = units_.size() == 1 && title_unit_;
    if (!units_.empty() && !after_given_title && joins(units_.back(), unit, line, wrapped)) {
      Unit& last = units_.back();
      last.span.end = unit.span.end;
      if (unit.match.row != nullptr) {
        last.match = {unit.match.row, unit.match.begin + unit.span.begin - last.span.begin};
      }
    } else {
      units_.push_back(unit);
    }
  }

  static bool joins(const Unit& last, const Unit& next, const Line& line, bool wrapped) {
    if (last.block != next.block || next.bullet) return false;
    // A marker begins a section of its own, but one that is the tail of a line ends this one.
    if (next.match.row != nullptr && next.match.begin == 0) return false;
    if (last.cited || next.cited) return last.cited && next.cited;
    if (!wrapped) return false;
    if (line.indented && !last.bullet) return false;
    return last.match.row == nullptr || last.match.row->scope == MarkerScope::kStart;
  }

  bool is_free(std::size_t i) const { return i < units_.size() && units_[i].kind.empty(); }
  bool stands_apart(std::size_t i) const {
    return (i == 0 || units_[i - 1].block != units_[i].block || blocks_ == 1) &&
           (i + 1 == units_.size() || units_[i + 1].block != units_[i].block || blocks_ == 1);
  }

  /// The first line that nothing marks, where it looks like a headline.
  void name_title() {
    if (title_unit_) return;
    std::size_t i = 0;
    while (i < units_.size() && !is_free(i)) ++i;
    if (i == units_.size()) return;
    const bool is_last = std::none_of(units_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                      units_.end(), [](const Unit& u) { return u.kind.empty(); });
    const bool byline_follows = i + 1 < units_.size() && units_[i + 1].kind == "byline";
    if (!is_last && looks_like_title(units_[i].span.of(text_)) &&
        (stands_apart(i) || byline_follows)) {
      units_[i].kind = "title";
      title_unit_ = i;
    }
  }

  bool looks_like_title(std::string_view words) const {
    return words.size() <= kTitleBytes && count_words(words) <= kTitleWords &&
           count_words(words) >= 2 && !is_lower(words.front()) &&
           !ends_with_any(without_closers(words), {".", ":", ";", ","}) && has_few_lines(words);
  }

  static bool has_few_lines(std::string_view words) {
    return static_cast<std::size_t>(std::count(words.begin(), words.end(), '\n')) < kTitleLines;
  }

  /// Between headline and byline stands the dek.
  void name_dek() {
    if (!title_unit_) return;
    const std::size_t i = *title_unit_ + 1;
    if (is_free(i) && i + 1 < units_.size() && units_[i + 1].kind == "byline" &&
        count_words(units_[i].span.of(text_)) <= kDekWords) {
      units_[i].kind = "dek";
    }
  }

  /// A short line that is no sentence, stands apart and has a longer one below.
  void name_subheads() {
    for (std::size_t i = 1; i + 1 < units_.size(); ++i) {
      const std::string_view words = units_[i].span.of(text_);
      if (!is_free(i) || !is_free(i + 1) || !stands_apart(i)) continue;
      const std::string_view below = units_[i + 1].span.of(text_);
      if (words.size() <= kTitleBytes && count_words(words) <= kSubheadWords &&
          !is_lower(words.front()) && bullet_size(words) == 0 && told_before(i) &&
          !ends_with_any(words, {".", ":", ";", ",", "!", "\"", "\u201D", "\u2026"}) &&
          has_few_lines(words) && ends_sentence(below) && count_words(below) > count_words(words)) {
        units_[i].kind = "subhead";
      }
    }
  }

  bool told_before(std::size_t i) const {
    for (std::size_t k = i; k-- > 0;) {
      if (units_[k].kind.empty()) return true;
    }
    return false;
  }

  /// What stands right above a credit is the caption it is for.
  void name_captions() {
    for (std::size_t i = 0; i + 1 < units_.size(); ++i) {
      const Unit& below = units_[i + 1];
      if (is_free(i) && below.kind == "credit" && below.match.begin == 0 &&
          below.block == units_[i].block && blocks_ > 1 &&
          count_words(units_[i].span.of(text_)) <= kCaptionWords) {
        units_[i].kind = "caption";
      }
    }
  }

  std::string_view text_;
  std::string_view title_;
  std::vector<Unit> units_;
  std::uint32_t blocks_ = 0;
  std::optional<std::size_t> title_unit_;
};

/// Line breaks, with the blanks around them, made one blank each.
std::string join_lines(std::string_view words) {
  std::string joined;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find('\n'), words.size());
    std::string_view line = words.substr(0, end);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!joined.empty()) joined += ' ';
    joined += line;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return joined;
}

}  // namespace

std::vector<Section> plain_sections(std::string_view text, std::string_view title,
                                    const Markers& markers) {
  Units units(text, title, markers);
  units.name_marked(true);
  units.name_by_shape();
  return units.sections();
}

std::vector<Section> mark_sections(std::string_view text, const std::vector<Section>& sections,
                                   const Markers& markers) {
  Units units(text, sections, markers);
  // Where a page's article ends, its blocks say better than one line (training/article/data.md).
  units.name_marked(false);
  return units.sections();
}

std::string tidy(std::string_view text) {
  if (text.starts_with("\uFEFF")) text.remove_prefix(3);
  std::string out;
  out.reserve(text.size());
  std::size_t breaks = 0;
  std::size_t kept = 0;  // Where what is not blank ends.
  const auto end_line = [&] {
    out.resize(kept);
    ++breaks;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r' || c == '\n') {
      i += c == '\r' && text.substr(i).starts_with("\r\n");
      end_line();
      continue;
    }
    if ((c >= 0 && c < ' ' && c != '\t') || c == '\x7F') continue;
    if ((breaks > 0 || kept == 0) && c != ' ' && c != '\t') {
      // Line breaks were put off; now they are known to be wanted, before the indentation.
      if (kept == 0) {
        out.clear();
      } else {
        out.insert(kept, std::min<std::size_t>(breaks, 2), '\n');
      }
      breaks = 0;
    }
    out += c;
    if (c != ' ' && c != '\t') kept = out.size();
  }
  out.resize(kept);
  return out;
}

void unwrap(std::string& text, std::vector<Section>& sections) {
  std::string out;
  std::size_t done = 0;
  for (Section& section : sections) {
    out.append(text, done, section.span.begin - done);
    done = section.span.end;
    const std::string_view words = section.span.of(text);
    section.span.begin = static_cast<std::uint32_t>(out.size());
    out += section.kind == "quote" ? std::string(words) : join_lines(words);
    section.span.end = static_cast<std::uint32_t>(out.size());
  }
  out.append(text, done);
  text = std::move(out);
}

}  // namespace dateline::article
