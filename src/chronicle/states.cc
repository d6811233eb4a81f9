// SPDX-License-Identifier: Apache-2.0
#include "chronicle/states.h"

#include <fmt/format.h>

#include "chronicle/schema.h"

namespace dateline::chronicle {

namespace {

constexpr std::string_view kOnceConfirmed = kStates[2], kOnceCorrected = kStates[3],
                           kOnceAdded = kStates[4];

/// The state after the last correction k that holds and meets a condition. Splitting off is
/// something that was done to the first account that it names.
std::string after_the_last(std::string_view from, std::string_view otherwise) {
  return fmt::format(
      "coalesce((SELECT CASE c.act WHEN 'confirm' THEN '{}' WHEN 'add' THEN '{}' ELSE '{}' END "
      "FROM {} JOIN corrections c ON c.n = k.correction WHERE k.reason IS NULL AND (c.act <> "
      "'split' OR k.n = 0) ORDER BY c.n DESC LIMIT 1), {})",
      kOnceConfirmed, kOnceAdded, kOnceCorrected, from, otherwise);
}

}  // namespace

std::string_view state_after(std::string_view act) {
  if (act == "confirm") return kOnceConfirmed;
  return act == "add" ? kOnceAdded : kOnceCorrected;
}

std::string state_of_event(int version) {
  const std::string read = fmt::format("'{}'", kMachineRead);
  if (version < kCorrectionsSince) return read;
  return after_the_last(
      "(SELECT correction, n, reason FROM corrected WHERE report = e.report AND incident = "
      "coalesce(e.incident, e.id)) k",
      read);
}

std::string state_of_happening(int version) {
  const std::string read =
      fmt::format("iif(h.reports > 1, '{}', '{}')", kMachineMerged, kMachineRead);
  if (version < kCorrectionsSince) return read;
  return after_the_last(
      "(SELECT o.correction, o.n, o.reason FROM tellings t JOIN corrected o ON o.report = t.report "
      "AND o.incident = t.incident WHERE t.happening = h.key) k",
      read);
}

}  // namespace dateline::chronicle
