// What the command line says on stderr: "dateline: MESSAGE (DL1005)", one line each.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "dateline/result.h"
#include "dateline/stream.h"

namespace dateline::cli {

/// Writes "dateline: MESSAGE" as one line: control characters are made visible.
void complain(std::string_view message);

/// With the error's code; gives the exit status: kUsage where another command line would do, else
/// kProblem.
int complain_of(const Error& error);

/// "FILE:LINE: reason (DL1005)"
void complain_of(const ReportPlace& place, const Error& error);

/// Complains and returns kUsage.
int usage_error(std::string_view message);

}  // namespace dateline::cli
