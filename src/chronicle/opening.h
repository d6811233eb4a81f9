// What a file is, before anything is done with it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "chronicle/database.h"

namespace dateline::chronicle {

/// The version of the store, 0 where the file holds nothing yet, or why it is none of ours. All of
/// one moment: another program may be making the store.
Result<int> recognise_at_once(Database& database, const std::string& path);

/// Why this can be no store that is read: it is no file, or not there.
std::optional<Error> why_unreadable(const std::string& path);

}  // namespace dateline::chronicle
