// What two ways to write a name have in common: "The U.N." and "UN", "Córdoba's" and "CORDOBA".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline::knowledge {

/// The words of a name in lower case, single spaces between them, without accents, stops,
/// apostrophes, an article before them or a possessive ending; empty where there is no letter or
/// digit.
std::string name_key(std::string_view name);

/// The words of a key.
std::vector<std::string_view> words_of_key(std::string_view key);

}  // namespace dateline::knowledge
