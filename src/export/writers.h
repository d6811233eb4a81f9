// How the writer of each format is opened; formats.cc lists them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "export/formats.h"

namespace dateline::exporting {

Result<std::unique_ptr<Writer>> open_json_lines();
Result<std::unique_ptr<Writer>> open_happenings_csv();
Result<std::unique_ptr<Writer>> open_claims();
Result<std::unique_ptr<Writer>> open_plover();
Result<std::unique_ptr<Writer>> open_acled();
Result<std::unique_ptr<Writer>> open_geojson();
Result<std::unique_ptr<Writer>> open_timelinejs();
Result<std::unique_ptr<Writer>> open_web_annotation();
Result<std::unique_ptr<Writer>> open_icalendar();

}  // namespace dateline::exporting
