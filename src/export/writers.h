// How the writer of each format is opened; formats.cc lists them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "export/formats.h"

namespace dateline::exporting {

Result<std::unique_ptr<Writer>> open_json_lines();
Result<std::unique_ptr<Writer>> open_happenings_csv();
Result<std::unique_ptr<Writer>> open_claims();

}  // namespace dateline::exporting
