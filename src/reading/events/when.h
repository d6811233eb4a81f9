// Which of a sentence's times is an event's own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "reading/tree.h"

namespace dateline::reading {

/// The nearest time of the trigger's sentence that is told of the trigger: not one inside another
/// clause ("the group, which has fought since 2011, attacked"), nor that of the saying ("said on
/// Monday that rebels had attacked"). Null where there is none.
const Time* time_of(const Tree& tree, const std::vector<Time>& times, std::uint32_t trigger);

}  // namespace dateline::reading
