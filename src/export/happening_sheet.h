// The columns of one row a happening, in CSV and as the properties of GeoJSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "export/sheet.h"
#include "export/told.h"

namespace dateline::exporting {

std::span<const Column<ToldHappening>> happening_columns();

}  // namespace dateline::exporting
