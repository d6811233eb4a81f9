// SPDX-License-Identifier: Apache-2.0
#include "knowledge/tables.h"

namespace dateline::knowledge {

Result<Tables> Tables::load(const std::filesystem::path&) { return Tables{}; }

}  // namespace dateline::knowledge
