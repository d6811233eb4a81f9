// What bytes are before anybody reads them: text, a web page, JSON Lines, or no report at all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dateline::article {

/// "a PDF file", "a ZIP archive", ... where the first bytes are those of such a format; else empty.
std::string_view format_by_magic(std::string_view bytes);

/// Whether every sixteenth byte at the beginning, or more, is a control character.
bool is_binary(std::string_view bytes);

/// Whether the bytes begin as a web page does: a doctype, a comment, or a tag of HTML's frame.
bool looks_like_html(std::string_view bytes);

/// Whether the first line begins as a JSON object does.
bool looks_like_json(std::string_view bytes);

}  // namespace dateline::article
