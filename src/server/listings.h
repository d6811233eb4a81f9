// Answers that list: happenings, events, reports found, actors, places, sources, counts, changes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dateline/chronicle.h"
#include "server/api.h"

namespace dateline::server {

Answer happenings(const Request& request, const Desk& desk);
Answer timeline(const Request& request, const Desk& desk);
Answer search(const Request& request, const Desk& desk);
Answer counts(const Request& request, const Desk& desk);
Answer places(const Request& request, const Desk& desk);
Answer actors(const Request& request, const Desk& desk);
Answer sources(const Request& request, const Desk& desk);
Answer changes(const Request& request, const Desk& desk);

}  // namespace dateline::server
