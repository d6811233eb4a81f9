// What is posted: a correction to keep, a report to read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/api.h"

namespace dateline::server {

Answer corrections(const Request& request, const Desk& desk);
Answer correct(const Request& request, const Desk& desk);
Answer read(const Request& request, const Desk& desk);

}  // namespace dateline::server
