// Names as people type them: found whatever the case and the accents, at the start of a word, so
// that "iran" finds "Iran" and "Iranian" but not "Tirana".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::chronicle {

class Database;

/// Case folded, accents dropped.
std::string folded(std::string_view text);

/// Types of events as they are written: ASCII letters as capitals.
std::string in_capitals(std::string_view text);

/// Whether a letter or digit lies on both sides of this byte, which is within the text.
bool inside_word(std::string_view text, std::size_t at);

/// Whether the folded name begins at a word of this text.
bool speaks_of(std::string_view text, std::string_view folded_name);

/// Gives SQL the function speaks_of(text, folded name).
void teach_names(Database& database);

}  // namespace dateline::chronicle
