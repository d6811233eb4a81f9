// SPDX-License-Identifier: Apache-2.0
#include "reading/reading.h"

namespace dateline::reading {

void read_quantities(const Context&, Record&) {}

}  // namespace dateline::reading
