// The number spaCy knows a string by: its place among the reserved symbols ("NOUN", "dobj", "X",
// but also plain words such as "agent" or "mark") or else its hash.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline::language {

/// Key of `text` in spaCy's string store; 0 for the empty string.
std::uint64_t string_key(std::string_view text);

}  // namespace dateline::language
