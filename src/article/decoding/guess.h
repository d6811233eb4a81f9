// What the bytes of a page themselves say of their encoding.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dateline::article {

/// "utf-16le" or "utf-16be" where every other byte of much of the beginning is NUL, "utf-32le" or
/// "utf-32be" where two in four are; else nothing.
std::string_view wide_by_nuls(std::string_view bytes);

/// Whether what of the bytes is beyond ASCII is UTF-8 for the greater part: a UTF-8 page cut or
/// patched somewhere. Bytes of other encodings seldom make a character of UTF-8 by chance.
bool is_mostly_utf8(std::string_view bytes);

/// Whether bytes that are valid UTF-8 have enough beyond ASCII to be nothing else.
bool is_surely_utf8(std::string_view valid);

/// Some stretches of the text between the tags, those that go beyond ASCII.
std::string beyond_ascii(std::string_view bytes);

/// Whether text as beyond_ascii() gives it can be in an encoding, by its script and its bytes.
bool can_be_in(std::string_view sample, const std::string& charset);

/// What such text that is not UTF-8 is most likely in; windows-1252 where nothing is likely.
std::string guess_charset(std::string_view sample);

}  // namespace dateline::article
