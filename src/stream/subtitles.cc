// SPDX-License-Identifier: Apache-2.0
#include "stream/subtitles.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <utility>

#include "article/decoding/encoding.h"
#include "record/utf8.h"
#include "stream/cues.h"
#include "stream/extract_text.h"

namespace dateline::stream {

namespace {

constexpr int kNoSubtitles = 1020;
constexpr std::size_t kLookForCues = 1024;
constexpr std::size_t kMostCues = 1'000'000;

/// Nobody speaks for so many milliseconds where a paragraph ends: behind a sentence, and anywhere.
constexpr std::uint64_t kPause = 4'000, kLongPause = 10'000;
/// Bytes of a paragraph that ends with the next sentence, and with the next cue: captions made by
/// machines have no full stops.
constexpr std::uint32_t kLongParagraph = 800, kLongestParagraph = 1'500;

/// Lines that a cue may repeat of those before. Captions roll where one of so many cues does.
constexpr std::size_t kMostRepeated = 4;
constexpr std::size_t kRollingShare = 3, kRollingLeast = 2;

constexpr std::string_view kTurns[] = {">>", "- ", "\u2013 ", "\u2014 "};

bool ends_cue_sentence(std::string_view text) {
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') ||
         text.ends_with(".\"") || text.ends_with(".\u201D") || text.ends_with("?\u201D") ||
         text.ends_with("!\u201D");
}

/// Whether a line is the one before with more behind it.
bool grows_from(std::string_view line, std::string_view before) {
  return line.size() > before.size() && line.starts_with(before) && line[before.size()] == ' ';
}

/// Takes out of each cue what it repeats of the ones before, where captions roll.
void fold_rolling(std::vector<Cue>& cues) {
  std::size_t repeats = 0;
  const std::string* last = nullptr;
  for (const Cue& cue : cues) {
    if (cue.lines.empty()) continue;
    const std::string& first = cue.lines.front().text;
    repeats += last != nullptr && (first == *last || grows_from(first, *last));
    last = &cue.lines.back().text;
  }
  if (repeats < kRollingLeast || repeats * kRollingShare < cues.size()) return;

  std::deque<std::string> told;  // The last lines as they stood.
  for (Cue& cue : cues) {
    std::vector<CueLine>& lines = cue.lines;
    std::size_t same = std::min({kMostRepeated, lines.size(), told.size()});
    const auto repeats_all = [&](std::size_t count) {
      return std::equal(told.end() - static_cast<std::ptrdiff_t>(count), told.end(), lines.begin(),
                        [](const std::string& a, const CueLine& b) { return a == b.text; });
    };
    while (same > 0 && !repeats_all(same)) --same;
    const std::string before = told.empty() ? "" : told.back();
    for (std::size_t i = same; i < lines.size(); ++i) told.push_back(lines[i].text);
    while (told.size() > kMostRepeated) told.pop_front();
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(same));
    if (same == 0 && !before.empty() && !lines.empty() && grows_from(lines.front().text, before)) {
      lines.front().text.erase(0, before.size() + 1);
    }
  }
}

class Transcript {
 public:
  explicit Transcript(Extract& into) : into_(into), text_(into) { into.time_map.emplace(); }

  void add(const Cue& cue) {
    for (const CueLine& line : cue.lines) add(cue, line);
    if (!cue.lines.empty()) heard_until_ = std::max(heard_until_, cue.end);
  }
  void end() { text_.end(); }

 private:
  void add(const Cue& cue, const CueLine& line) {
    std::string_view words = line.text;
    bool turn = false;
    for (const std::string_view sign : kTurns) {
      if (!words.starts_with(sign)) continue;
      words.remove_prefix(sign.size());
      words.remove_prefix(std::min(words.find_first_not_of(" >"), words.size()));
      turn = true;
      break;
    }
    if (words.empty()) return;
    const bool other = line.speaker != speaker_;
    if (turn || other || ends_paragraph(cue)) text_.begin("paragraph");
    if (other && !line.speaker.empty()) place(text_.add(line.speaker + ":"), cue);
    speaker_ = line.speaker;
    place(text_.add(words), cue);
    whole_ = ends_cue_sentence(words);
  }

  bool ends_paragraph(const Cue& cue) const {
    const std::uint64_t pause = cue.begin - std::min(cue.begin, heard_until_);
    return (whole_ && (pause >= kPause || text_.length() > kLongParagraph)) ||
           pause >= kLongPause || text_.length() > kLongestParagraph;
  }

  /// Stretches of one cue beside each other are one.
  void place(Span span, const Cue& cue) {
    auto& map = *into_.time_map;
    const bool goes_on = !map.empty() && map.back().begin == cue.begin &&
                         map.back().end == cue.end && map.back().span.end + 1 == span.begin;
    if (goes_on) {
      map.back().span.end = span.end;
    } else {
      map.push_back({span, cue.begin, cue.end});
    }
  }

  Extract& into_;
  ExtractText text_;
  std::string speaker_;
  std::uint64_t heard_until_ = 0;
  bool whole_ = true;  ///< What was added last ends a sentence.
};

}  // namespace

bool looks_like_subtitles(std::string_view bytes) {
  bytes = bytes.substr(0, kLookForCues);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("WEBVTT")) return true;
  // "1", and the times of the first cue.
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos || bytes.find_first_not_of("0123456789 \r") != end)
    return false;
  bytes.remove_prefix(end + 1);
  std::string_view line = bytes.substr(0, bytes.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return times_of(line).has_value();
}

Result<Extract> extract_of_subtitles(std::string_view bytes, std::vector<std::string>& warnings) {
  std::string text = article::has_wide_mark(bytes)
                         ? article::decode(bytes, "", false, warnings).text
                         : std::string(bytes);
  if (!record::is_utf8(text)) text = article::decode(bytes, "", false, warnings).text;
  Cues cues = read_cues(text);
  if (cues.cues.empty()) return fail(kNoSubtitles, "the file has no cues of WebVTT or SubRip");
  if (cues.cues.size() > kMostCues) {
    return fail(1001, fmt::format("the subtitles have {} cues; at most {} are read",
                                  cues.cues.size(), kMostCues));
  }
  fold_rolling(cues.cues);
  Extract extract;
  extract.media_type = cues.is_vtt ? "text/vtt" : "application/x-subrip";
  extract.title = std::move(cues.title);
  extract.date = std::move(cues.date);
  Transcript transcript(extract);
  for (const Cue& cue : cues.cues) transcript.add(cue);
  transcript.end();
  if (extract.text.empty()) return fail(1003, "there is no text in the subtitles");
  return extract;
}

}  // namespace dateline::stream
