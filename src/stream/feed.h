// Feeds: RSS, Atom, JSON Feed. Each item is a report, with its link, its title and its date.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dateline/reader.h"
#include "stream/http_body.h"

namespace dateline::stream {

/// Fails where it is no feed; an item that says nothing is an error of its own.
Result<std::vector<Result<Page>>> items_of_feed(const std::string& bytes);

/// Whether a file begins as a feed does.
bool looks_like_feed(std::string_view bytes);

}  // namespace dateline::stream
