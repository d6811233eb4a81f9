// Subtitles and transcripts with times: WebVTT and SubRip. The words of all cues as one text, in
// paragraphs where another speaks or nobody does for a while; each stretch leads back to the time
// of its cue. What a cue repeats of the one before, as captions do that roll, is read once; notes,
// styles, regions and all markup are left out. Linear in the bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/reader.h"

namespace dateline::stream {

Result<Extract> extract_of_subtitles(std::string_view bytes, std::vector<std::string>& warnings);

/// Whether a file begins as one of the two does.
bool looks_like_subtitles(std::string_view bytes);

}  // namespace dateline::stream
