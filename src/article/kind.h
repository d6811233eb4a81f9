// What bytes are before anybody reads them: text, a web page, JSON Lines, or no report at all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dateline::article {

/// "a PDF file", "a ZIP archive", ..., or "binary data" where every eighth byte is NUL or more;
/// empty where the bytes may be text. Looks at the beginning only.
std::string_view binary_kind(std::string_view bytes);

/// Whether the bytes begin as a web page does: a doctype, a comment, or a tag of HTML's frame.
bool looks_like_html(std::string_view bytes);

/// Whether the first line begins as a JSON object does.
bool looks_like_json(std::string_view bytes);

}  // namespace dateline::article
