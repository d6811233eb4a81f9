// A copy of a store of an older version, kept before the store is changed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dateline/result.h"

namespace dateline::chronicle {

/// Copies the store beside itself, whole or not at all, as "chronicle.db.v4.bak" or, where there is
/// one already, ".v4.bak2"; gives its name. Nobody else may be writing to the store.
Result<std::string> back_up(const std::string& path, int version);

}  // namespace dateline::chronicle
