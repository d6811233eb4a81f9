// SPDX-License-Identifier: Apache-2.0
#include "reading/reading.h"

namespace dateline::reading {

void read_places(const Context&, Record&) {}

}  // namespace dateline::reading
