// The cues of WebVTT and SubRip, without their markup.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::stream {

struct CueLine {
  std::string speaker;  ///< Of a voice tag; empty where none says.
  std::string text;     ///< One line, white space squeezed.
};

struct Cue {
  std::uint64_t begin = 0, end = 0;  ///< Milliseconds.
  std::vector<CueLine> lines;
};

struct Cues {
  bool is_vtt = false;
  std::string title, date;  ///< As a header or a note states them.
  std::vector<Cue> cues;
};

/// `text` is valid UTF-8.
Cues read_cues(std::string_view text);

struct Times {
  std::uint64_t begin = 0, end = 0;
};
/// Of a line "00:01:02.500 --> 00:01:04,000 align:start"; the hours may be left out.
std::optional<Times> times_of(std::string_view line);

}  // namespace dateline::stream
