// Answers without an end that is known: an export, and changes as they come.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/api.h"

namespace dateline::server {

Answer exported(const Request& request, const Desk& desk);

/// Server-sent events: each change as one of the name "change", with its cursor as id.
Answer followed(const Request& request, const Desk& desk);

}  // namespace dateline::server
