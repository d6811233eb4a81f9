// Where the tables of knowledge/ lie.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace dateline::knowledge {

inline const std::filesystem::path kKnowledge =
    std::filesystem::path(DATELINE_SOURCE_DIR) / "knowledge";

}  // namespace dateline::knowledge
