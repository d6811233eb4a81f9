// SPDX-License-Identifier: Apache-2.0
#include "export/formats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "dateline/event_types.h"
#include "export/writers.h"

namespace dateline::exporting {

namespace {

constexpr Format kFormats[] = {
    {"jsonl", ".jsonl", "JSON Lines, a happening each with all accounts, as `accounts` gives it",
     "happening", false, open_json_lines},
    {"csv", ".csv", "a happening a row, each value beside its words and report", "happening", false,
     open_happenings_csv},
    {"claims", ".csv", "CSV, a row for each value that a report tells, and who says so", "claim",
     false, open_claims},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

Result<const Format*> format_called(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Format& format : kFormats) {
    if (format.name == name) return &format;
    names.push_back(format.name);
  }
  const std::string near = nearest_word(name, names);
  return fail(5001, fmt::format("there is no format '{}': {}", name,
                                near.empty() ? fmt::format("{}", fmt::join(names, ", "))
                                             : fmt::format("did you mean {}?", near)));
}

}  // namespace dateline::exporting
