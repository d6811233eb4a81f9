// Why values are what they are: the rows of knowledge/ that gave them.
//
// Readers of times and quantities fill a Trace where the Context carries one; reading itself never
// looks at it. `dateline explain` prints it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dateline/record.h"

namespace dateline::reading {

struct Reason {
  std::string item;      ///< Id of the time or quantity.
  Span span;             ///< The words the row was used for.
  std::string table;     ///< "time_rules.tsv"
  std::string row;       ///< First cell of the row, or one of the words listed in it.
  std::size_t line = 0;  ///< Of the row in its table.
};

struct Trace {
  std::vector<Reason> reasons;  ///< Grouped by item; the widest span first.
};

}  // namespace dateline::reading
