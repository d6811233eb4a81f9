// What stands on a page beside the report: menus, bylines, credits. Its words tell of nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "dateline/record.h"

namespace dateline::reading {

/// The section that holds the byte, or the first behind it. Sections stand in text order.
inline auto section_at(const Record& record, std::uint32_t byte) {
  return std::partition_point(record.sections.begin(), record.sections.end(),
                              [byte](const Section& section) { return section.span.end <= byte; });
}

/// Whether the byte lies in a section that is no part of the telling.
inline bool is_furniture(const Record& record, std::uint32_t byte) {
  const auto at = section_at(record, byte);
  return at != record.sections.end() && at->span.begin <= byte &&
         (at->kind == "boilerplate" || at->kind == "byline" || at->kind == "credit");
}

}  // namespace dateline::reading
