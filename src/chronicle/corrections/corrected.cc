// The reports that people corrected, whole, one after the other. Of one that was withdrawn nothing
// is to be learned: its words tell of what it does not count for. SPDX-License-Identifier:
// Apache-2.0
#include <fmt/format.h>

#include "chronicle/corrections/log.h"
#include "chronicle/impl.h"
#include "chronicle/schema.h"
#include "chronicle/show.h"
#include "chronicle/timeline.h"

namespace dateline {

Result<std::size_t> Chronicle::corrected_reports(
    const std::function<bool(const CorrectedReport&)>& visit) const {
  if (impl_->version < chronicle::kCorrectionsSince) return std::size_t{0};
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  chronicle::Database& database = **lease;
  std::size_t given = 0;
  {
    const chronicle::Snapshot snapshot(database);
    auto rows = database.select(
        "SELECT DISTINCT report FROM corrected c WHERE reason IS NULL AND NOT EXISTS (SELECT 1 "
        "FROM "
        "corrected k JOIN corrected_words w ON w.correction = k.correction AND w.n = k.n WHERE "
        "k.report = c.report AND w.part = ?) ORDER BY report",
        {corrections::kReportPart});
    while (rows.next()) {
      auto report =
          chronicle::find_report(database, impl_->version, fmt::format("r{}", rows.number(0)));
      if (!report) return tl::unexpected(report.error());
      CorrectedReport corrected{std::move(*report), {}};
      for (const Event& event : corrected.report.record.events) {
        const auto told = chronicle::find_event(database, impl_->version, rows.number(0), event.id);
        if (told) corrected.states.emplace(event.id, told->state);
      }
      ++given;
      if (!visit(corrected)) break;
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return given;
}

}  // namespace dateline
