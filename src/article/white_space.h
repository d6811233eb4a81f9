// White space, and texts in which it does not count: squeezed, counted in words, compared.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dateline::article {

/// Bytes of the white-space character that starts `text`, which is not empty (ASCII, U+0085,
/// U+00A0, U+2000-U+200B, U+2028/9, U+202F, U+3000, U+FEFF), or 0.
std::size_t white_space(std::string_view text);

/// Each run of white space one blank, none at either end.
std::string squeeze(std::string_view text);

/// Whether two headlines are the same but for white space, punctuation and the case of a to z.
bool same_headline(std::string_view a, std::string_view b);

/// Words of a text: stretches without white space.
std::size_t count_words(std::string_view text);

}  // namespace dateline::article
