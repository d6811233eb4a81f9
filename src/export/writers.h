// How the writer of each format is opened; formats.cc lists them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "export/formats.h"

namespace dateline::exporting {

Result<std::unique_ptr<Writer>> open_json_lines(const std::string& knowledge);
Result<std::unique_ptr<Writer>> open_happenings_csv(const std::string& knowledge);
Result<std::unique_ptr<Writer>> open_claims(const std::string& knowledge);
Result<std::unique_ptr<Writer>> open_plover(const std::string& knowledge);
Result<std::unique_ptr<Writer>> open_acled(const std::string& knowledge);
Result<std::unique_ptr<Writer>> open_geojson(const std::string& knowledge);
Result<std::unique_ptr<Writer>> open_timelinejs(const std::string& knowledge);
Result<std::unique_ptr<Writer>> open_web_annotation(const std::string& knowledge);
Result<std::unique_ptr<Writer>> open_icalendar(const std::string& knowledge);

}  // namespace dateline::exporting
