// SPDX-License-Identifier: Apache-2.0
#include "stream/cues.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "article/ascii.h"
#include "article/parsing/text.h"
#include "article/white_space.h"

namespace dateline::stream {

namespace {

constexpr std::string_view kCueBlanks = " \t";
constexpr std::string_view kArrow = "-->";
constexpr std::string_view kPassedOverBlocks[] = {"NOTE", "STYLE", "REGION"};
constexpr std::string_view kDateStatements[] = {"date", "published", "recorded", "broadcast"};
constexpr std::uint64_t kMostHours = 9999;
constexpr std::size_t kLongestName = 80;  ///< Bytes of a speaker's.

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kCueBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kCueBlanks) - begin + 1);
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, article::is_digit);
}

/// "01:02:03.500", "02:03,5": milliseconds.
std::optional<std::uint64_t> time_of(std::string_view text) {
  const std::size_t point = text.find_first_of(".,");
  std::uint64_t milliseconds = 0;
  if (point != std::string_view::npos) {
    const std::string_view digits = text.substr(point + 1);
    if (!is_number(digits) || digits.size() > 3) return std::nullopt;
    for (std::size_t i = 0; i < 3; ++i) {
      milliseconds =
          milliseconds * 10 + (i < digits.size() ? static_cast<std::uint64_t>(digits[i] - '0') : 0);
    }
    text = text.substr(0, point);
  }
  std::uint64_t seconds = 0;
  std::size_t parts = 0;
  while (true) {
    const std::size_t end = std::min(text.find(':'), text.size());
    std::uint64_t part = 0;
    if (!is_number(text.substr(0, end)) || end > 4) return std::nullopt;
    std::from_chars(text.data(), text.data() + end, part);
    if (parts > 0 && part > 59) return std::nullopt;
    seconds = seconds * 60 + part;
    ++parts;
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  const bool fits = (parts == 2 || parts == 3) && seconds / 3600 <= kMostHours;
  return fits ? std::optional(seconds * 1000 + milliseconds) : std::nullopt;
}

/// Takes the markup off one line; a voice tag says who speaks from there on, also in the next lines
/// of the cue.
class Markup {
 public:
  explicit Markup(std::vector<CueLine>& lines) : lines_(lines) {}

  void read(std::string_view line) {
    while (!line.empty()) {
      const std::size_t at = line.find_first_of("<{");
      text_ += line.substr(0, at);
      if (at == std::string_view::npos) break;
      line.remove_prefix(at);
      line.remove_prefix(take_tag(line));
    }
    put();
  }

 private:
  /// Bytes of the tag that the line begins with, or of what only looks like one.
  std::size_t take_tag(std::string_view line) {
    const bool brace = line.front() == '{';
    const char next = line.size() > 1 ? line[1] : ' ';
    const std::size_t end = line.find(brace ? '}' : '>');
    const bool is_tag =
        brace ? next == '\\' : next == '/' || article::is_letter(next) || article::is_digit(next);
    if (!is_tag || end == std::string_view::npos) {
      text_ += line.front();
      return 1;
    }
    if (!brace) take_voice(line.substr(1, end - 1));
    return end + 1;
  }

  /// "v Mara Vell", "v.loud Mara Vell", "/v".
  void take_voice(std::string_view tag) {
    const bool ends = tag == "/v";
    const bool begins = tag.starts_with("v ") || tag.starts_with("v.") || tag.starts_with("v\t");
    if (!ends && !begins) return;
    put();
    const std::size_t blank = tag.find_first_of(kCueBlanks);
    speaker_ = ends || blank == std::string_view::npos
                   ? ""
                   : article::squeeze(article::plain_value(tag.substr(blank)));
    if (speaker_.size() > kLongestName) speaker_.clear();
  }

  void put() {
    std::string text = article::plain_value(text_);
    std::erase_if(text, [](char c) { return c >= 0 && c < ' ' && c != '\t'; });
    text = article::squeeze(text);
    text_.clear();
    if (!text.empty()) lines_.push_back({speaker_, std::move(text)});
  }

  std::vector<CueLine>& lines_;
  std::string speaker_;
  std::string text_;
};

/// Takes lines one after the other.
class Reader {
 public:
  explicit Reader(Cues& into) : into_(into) {}

  void take(std::string_view line) {
    if (line.empty()) return end_block();
    if (const auto times = times_of(line)) {
      // Above it stands the cue's number or name; it may stand right below the cue before.
      if (in_cue_ && !raw_.empty() && is_number(trimmed(raw_.back()))) raw_.pop_back();
      end_cue();
      settle_above();
      into_.cues.push_back({times->begin, times->end, {}});
      in_cue_ = true;
    } else if (in_cue_) {
      raw_.push_back(line);
    } else if (first_ && line.starts_with("WEBVTT")) {
      into_.is_vtt = true;
      passing_ = true;
      take_title(line.substr(6));
    } else if (passing_) {
      take_statement(line);
    } else if (into_.is_vtt && begins_passed_over(line)) {
      passing_ = true;
      take_statement(line.substr(std::min(line.find_first_of(kCueBlanks), line.size())));
    } else {
      above_.push_back(line);
    }
    first_ = false;
  }

  void end() {
    end_block();
    end_cue();
  }

 private:
  static bool begins_passed_over(std::string_view line) {
    const std::string_view word = line.substr(0, line.find_first_of(kCueBlanks));
    return std::ranges::find(kPassedOverBlocks, word) != std::end(kPassedOverBlocks);
  }

  void end_block() {
    settle_above();
    passing_ = false;
    end_cue();
  }

  /// Lines outside of cues name the next one; in SubRip, where names are numbers, they are the rest
  /// of a cue with a blank line in it.
  void settle_above() {
    if (!above_.empty() && is_number(trimmed(above_.back()))) above_.pop_back();
    if (!into_.is_vtt && !into_.cues.empty()) {
      Markup markup(into_.cues.back().lines);
      for (const std::string_view line : above_) markup.read(line);
    }
    above_.clear();
  }

  void end_cue() {
    if (!in_cue_) return;
    Markup markup(into_.cues.back().lines);
    for (const std::string_view line : raw_) markup.read(line);
    raw_.clear();
    in_cue_ = false;
  }

  /// "WEBVTT - Interview with the harbour master"
  void take_title(std::string_view rest) {
    rest = trimmed(rest);
    if (rest.starts_with("-")) rest = trimmed(rest.substr(1));
    if (rest.find(' ') != std::string_view::npos) into_.title = article::squeeze(rest);
  }

  /// "Date: 2026-03-09" in the header or a note.
  void take_statement(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string name = article::lower(trimmed(line.substr(0, colon)));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "title" && !value.empty()) into_.title = article::squeeze(value);
    if (into_.date.empty() &&
        std::ranges::find(kDateStatements, name) != std::end(kDateStatements)) {
      into_.date = value;
    }
  }

  Cues& into_;
  std::vector<std::string_view> raw_;    ///< Lines of the cue that is open.
  std::vector<std::string_view> above_;  ///< Lines outside of cues.
  bool first_ = true;
  bool in_cue_ = false;
  bool passing_ = false;  ///< In a header, a note, a style or a region.
};

}  // namespace

std::optional<Times> times_of(std::string_view line) {
  const std::size_t arrow = line.find(kArrow);
  if (arrow == std::string_view::npos) return std::nullopt;
  const std::string_view right = trimmed(line.substr(arrow + kArrow.size()));
  const auto begin = time_of(trimmed(line.substr(0, arrow)));
  const auto end = time_of(right.substr(0, right.find_first_of(kCueBlanks)));
  if (!begin || !end) return std::nullopt;
  return Times{*begin, std::max(*begin, *end)};
}

Cues read_cues(std::string_view text) {
  Cues cues;
  if (text.starts_with("\uFEFF")) text.remove_prefix(3);
  Reader reader(cues);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string_view line = text.substr(0, end);
    if (trimmed(line).empty()) line = {};
    reader.take(line);
    text.remove_prefix(end);
    text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
  }
  reader.end();
  return cues;
}

}  // namespace dateline::stream
