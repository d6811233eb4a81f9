// Happenings of a store: found, brought up to date, and given in the order of their days.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chronicle/database.h"

namespace dateline::chronicle {

/// Brings rows of happenings up to date, some hundred at most; false where there are none to do.
bool summarise_some(Database& database, int version);

}  // namespace dateline::chronicle
