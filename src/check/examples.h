// The examples that stand beside the rows of tables, read, and whether each gives what its row
// says. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "explain.h"

namespace dateline::check {

/// The day of publication that examples of times count from.
inline constexpr char kExampleDay[] = "2026-03-11";

struct Trial {
  std::string table;
  std::size_t line = 0;
  std::string words;  ///< The row's name: its first cell.
  bool holds = false;
  std::string gives;  ///< What the example gave.
};

/// Of all rows with examples of these tables, in their order.
Result<std::vector<Trial>> run_examples(const Explainer& explainer,
                                        const std::vector<std::string>& tables);

}  // namespace dateline::check
