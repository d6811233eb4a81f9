// Why an account stands with the others of its happening: the one of another report that it was
// found likest to, and how likely both are one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "chronicle/database.h"
#include "dateline/chronicle.h"

namespace dateline::chronicle {

void tell_likest(Database& database, std::int64_t happening, std::vector<Account>& accounts);

}  // namespace dateline::chronicle
