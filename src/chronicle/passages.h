// Where in a report the words of a search stand: a few words around the first of them.
//
// FTS5's own snippet() weighs every place where a word stands against every other; a report may
// have ten thousand. Here the first places of each word are looked at, and no more.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dateline::chronicle {

class Database;

/// Non-characters that mark the words found inside a passage; no text has a use for them.
inline constexpr std::string_view kHitBegins = "\uFDD0", kHitEnds = "\uFDD1";

/// Gives SQL the function passage(an FTS5 table).
void teach_passages(Database& database);

}  // namespace dateline::chronicle
