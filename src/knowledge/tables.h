// All tables of knowledge/, loaded once and shared by all threads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "dateline/result.h"
#include "knowledge/table.h"

namespace dateline::knowledge {

struct Tables {
  std::string version;  ///< "sha256:..." over all files of the directory, in name order.

  static Result<Tables> load(const std::filesystem::path& directory);
};

}  // namespace dateline::knowledge
