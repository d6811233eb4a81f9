// Whether a page's bytes, read in an encoding, are the letters of a language written in it: what
// tells windows-1250 from windows-1252, where any byte is a letter in both, and Thai and Baltic
// pages from all others.
//
// A reading is as good as the share of its letters beyond ASCII that belong to one language of the
// encoding and stand as letters do: capitals first, no sign within a word, no second script.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dateline::article {

/// The encoding in which `sample` (as from beyond_ascii) reads much better than in `charset`, or
/// empty where there is none. What is no guess is believed of encodings that are not known here.
std::string better_charset(std::string_view sample, const std::string& charset, bool is_guess);

/// Whether a sample cannot be read so: most letters beyond ASCII are no language's of the encoding,
/// stand beside ASCII letters though of another script, or are half-width letters of Japanese.
bool is_jumbled(std::string_view sample, const std::string& charset);

}  // namespace dateline::article
