// What the readers of archives of the web give, one after another.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dateline/reader.h"

namespace dateline::stream {

/// A page, or a broken record.
struct WebRecord {
  std::uint64_t number = 0;  ///< Of the record in the file, from 1.
  std::uint64_t size = 0;    ///< Bytes of the file since the one before.
  Result<Input> input;
  std::vector<std::string> warnings = {};
};

}  // namespace dateline::stream
