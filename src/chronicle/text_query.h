// What a user types to find words in reports, as a query of the full-text index.
//
// Every word becomes a quoted string of the index's query language, so that nothing in it is an
// operator. A text in double quotes stands together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::chronicle {

/// Reports that have all the words; fails where there are none, or too many.
Result<std::string> text_query(std::string_view words);

}  // namespace dateline::chronicle
