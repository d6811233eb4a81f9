// Answers that list: happenings, events, reports found, actors, places, sources, counts, changes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dateline/chronicle.h"
#include "server/api.h"

namespace dateline::server {

Answer happenings(const Request& request, const Chronicle& chronicle);
Answer timeline(const Request& request, const Chronicle& chronicle);
Answer search(const Request& request, const Chronicle& chronicle);
Answer counts(const Request& request, const Chronicle& chronicle);
Answer places(const Request& request, const Chronicle& chronicle);
Answer actors(const Request& request, const Chronicle& chronicle);
Answer sources(const Request& request, const Chronicle& chronicle);
Answer changes(const Request& request, const Chronicle& chronicle);

}  // namespace dateline::server
