// Answers that fit: an assistant reads all it is given, and pays for it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidjson/document.h>

#include <string>

#include "dateline/result.h"
#include "server/api.h"

namespace dateline::mcp {

/// As JSON.
std::string written(const rapidjson::Value& value);

/// The object that was answered in at most so many bytes: of its longest list the end is left out
/// then, "more" is true and "next" is missing. Fails with what the answer says went wrong, or where
/// no list helps.
Result<std::string> bounded(const server::Answer& answer, std::size_t most);

}  // namespace dateline::mcp
