// The outlet as a page shows it to people.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "article/blocks/features.h"
#include "article/head/head.h"

namespace dateline::article {

/// Where the page's head names none.
void read_shown_outlet(const Page& page, const Blocks& blocks, const Outline& outline,
                       PageHead& head);

}  // namespace dateline::article
