// A line that says when and by whom a report came out is short and no sentence: "HORN WIRE | 25 May
// 2026", "Published 25 May 2026 at 10:00". It stands before the story or after it. A dateline
// stands within: "LAGOS, March 9, 2026 (Reuters) - ".
// SPDX-License-Identifier: Apache-2.0
#include "article/plain/own_head.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "article/ascii.h"
#include "article/dates/iso.h"
#include "article/plain/markers.h"
#include "article/white_space.h"
#include "knowledge/table.h"
#include "record/dateline.h"

namespace dateline::article {

namespace {

constexpr std::size_t kLongestLine = 120, kMostWords = 14, kWordsOfADay = 4;
constexpr std::ptrdiff_t kFootSections = 4;

/// A line of a head or a foot, if it may be one by its looks.
bool is_line(const Section& section, std::string_view words) {
  if (section.kind == "title" || section.kind == "dek" || section.kind == "caption" ||
      section.kind == "subhead" || section.kind == "quote") {
    return false;
  }
  if (section.kind != "paragraph") return true;
  return words.size() <= kLongestLine && count_words(words) <= kMostWords &&
         std::string_view(".?!:\"").find(words.back()) == std::string_view::npos &&
         !words.ends_with("\u201D");
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// "Reuters" of "LAGOS, March 9, 2026 (Reuters)".
std::string_view agency_of(std::string_view dateline) {
  dateline = trimmed(dateline);
  const std::size_t open = dateline.rfind('(');
  if (!dateline.ends_with(')') || open == std::string_view::npos || open == 0) return {};
  const std::string_view name = trimmed(dateline.substr(open + 1, dateline.size() - open - 2));
  constexpr std::size_t kLongest = 40;
  const bool named = name.size() > 1 && name.size() <= kLongest && name[0] >= 'A' && name[0] <= 'Z';
  return named && name.find_first_of("0123456789") == std::string_view::npos ? name
                                                                             : std::string_view();
}

/// The part of a line that names an outlet.
std::string_view outlet_of(std::string_view line, const OutletWords& words) {
  while (!line.empty()) {
    std::size_t end = line.size(), size = 0;
    for (const std::string_view sign : {",", "|", ";", "(", ")", " - ", "\u00B7", "\u2022",
                                        "\u2013", "\u2014", "/", " by ", " for "}) {
      if (const std::size_t at = line.find(sign); at < end) {
        end = at;
        size = sign.size();
      }
    }
    const std::string_view part = trimmed(line.substr(0, end));
    if (words.is_outlet(part)) return part;
    line.remove_prefix(std::min(end + size, line.size()));
  }
  return {};
}

}  // namespace

Result<OutletWords> OutletWords::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(path, {"words"});
  if (!table) return tl::unexpected(table.error());
  OutletWords words;
  for (const auto& [cells, line] : table->rows()) {
    for (const std::string_view word : knowledge::split_cell(cells[0])) {
      words.words_[std::string(word)] = true;
    }
  }
  return words;
}

bool OutletWords::is_outlet(std::string_view name) const {
  constexpr std::size_t kMost = 6;
  std::string last;
  std::size_t count = 0;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find(' ', at), name.size());
    const std::string_view word = name.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    std::int32_t read = 0;
    UChar32 first = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(word.data()), read,
            static_cast<std::int32_t>(word.size()), first);
    if (first < 0 || (!u_isupper(first) && word != "of" && word != "the" && word != "and")) {
      return false;
    }
    last = word;
    ++count;
  }
  return count >= 2 && count <= kMost && knowledge::find(words_, lower(last)) != nullptr;
}

OwnHead read_own_head(const Record& record, const OutletWords& words) {
  OwnHead head;
  // Whether the line gave an outlet, or hardly holds more than its day: it tells of nothing.
  const auto take = [&](std::string_view line) {
    const auto day = find_date(line);
    if (!day) return false;
    const bool first = head.day.empty();
    if (first) head.day = *day;
    if (!head.outlet.empty()) return false;
    head.outlet = outlet_of(line, words);
    return !head.outlet.empty() || (first && count_words(line) <= kWordsOfADay);
  };
  const auto take_line = [&](auto section) {
    if (take(section->span.of(record.text))) {
      head.lines.push_back(static_cast<std::size_t>(section - record.sections.begin()));
    }
  };
  auto at = record.sections.begin();
  for (; at != record.sections.end(); ++at) {
    const std::string_view line = at->span.of(record.text);
    if (is_line(*at, line)) {
      take_line(at);
    } else if (at->kind == "paragraph") {
      const std::string_view dateline = record::dateline_of(line);
      take(dateline);
      if (head.outlet.empty()) head.outlet = agency_of(dateline);
      break;
    }
  }
  for (auto foot = std::max(
           at, record.sections.end() - std::min(kFootSections, std::ssize(record.sections)));
       foot != record.sections.end(); ++foot) {
    const std::string_view line = foot->span.of(record.text);
    if (foot != at && is_line(*foot, line)) take_line(foot);
  }
  return head;
}

}  // namespace dateline::article
