// SPDX-License-Identifier: Apache-2.0
#include "chronicle/show.h"

#include <fmt/format.h>

#include <charconv>

#include "chronicle/corrections/apply.h"
#include "chronicle/corrections/log.h"
#include "chronicle/impl.h"
#include "chronicle/packing.h"
#include "chronicle/schema.h"
#include "chronicle/timeline.h"

namespace dateline {

using chronicle::Database;
using chronicle::Snapshot;

namespace {

/// The reports that go by this name.
std::vector<std::pair<std::int64_t, std::string>> called(Database& database,
                                                         std::string_view name) {
  std::int64_t key = 0;
  if (name.starts_with('r')) {
    const char* const end = name.data() + name.size();
    const auto got = std::from_chars(name.data() + 1, end, key);
    if (got.ec != std::errc() || got.ptr != end) key = 0;
  }
  constexpr std::size_t kFewestDigits = 8, kDigits = 64;
  const bool digits = name.size() >= kFewestDigits && name.size() <= kDigits &&
                      name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  // Every content or id that begins with these digits lies between them and them followed by "g".
  const std::string first(digits ? name : ""), last = first.empty() ? first : first + "g";
  std::vector<std::pair<std::int64_t, std::string>> found;
  constexpr std::int64_t kEnough = 6;
  auto rows = database.select(
      "SELECT key, content FROM reports WHERE key = ?1 OR (content >= ?3 AND content < ?4) OR "
      "uri = ?2 OR key IN (SELECT report FROM found WHERE id = ?2 OR uri = ?2) OR "
      "(id >= ?3 AND id < ?4) ORDER BY key LIMIT ?5",
      {key, name, first, last, kEnough});
  while (rows.next()) found.emplace_back(rows.number(0), rows.text(1));
  return found;
}

Result<StoredReport> stored(Database& database, int version, std::int64_t key) {
  StoredReport report;
  std::string packed;
  {
    auto rows = database.select(
        "SELECT id, title, outlet, uri, published, content, record, "
        "(SELECT nullif(f.uri, r.uri) FROM found f WHERE f.report = r.key AND f.n = 0) FROM "
        "reports r WHERE key = ?",
        {key});
    if (rows.next()) {
      report.ref = {fmt::format("r{}", key),
                    rows.text(0),
                    rows.text(1),
                    rows.text(2),
                    rows.text(3),
                    rows.text(4),
                    rows.text(7)};
      report.content = rows.text(5);
      packed = rows.text(6);
    }
  }
  {
    auto rows = database.select(
        "SELECT coalesce(nullif(uri, ''), id) FROM found WHERE report = ? ORDER BY n", {key});
    while (rows.next()) report.found_at.push_back(rows.text(0));
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  const auto json = chronicle::uncompressed(packed);
  if (!json) return tl::unexpected(json.error());
  auto record = record_from_json(*json);
  if (!record) return tl::unexpected(std::move(record.error()));
  report.record = std::move(*record);
  if (version >= chronicle::kCorrectionsSince) {
    const auto corrections = chronicle::corrections::standing(database, report.content);
    chronicle::corrections::apply(corrections, report.content, report.record);
  }
  return report;
}

/// What became of an event that is not there: "" or that a person took it out.
std::string rejected_by(Database& database, int version, std::int64_t key, std::string_view event) {
  if (version < chronicle::kCorrectionsSince) return "";
  auto rows = database.select(
      "SELECT c.n, c.who FROM corrected k JOIN corrections c ON c.n = k.correction WHERE k.report "
      "= ? AND k.event = ? AND c.act = 'reject' ORDER BY c.n DESC",
      {key, event});
  if (!rows.next()) return "";
  return fmt::format(": {} rejected it, and 'dateline correct --undo {}' brings it back",
                     rows.text(1), rows.number(0));
}

}  // namespace

namespace chronicle {

Result<StoredReport> find_report(Database& database, int version, std::string_view name) {
  auto found = called(database, name);
  std::optional<std::string_view> event;
  if (const std::size_t dot = name.rfind('.'); found.empty() && dot != std::string_view::npos) {
    found = called(database, name.substr(0, dot));
    event = name.substr(dot + 1);
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  if (found.empty()) return fail(4010, fmt::format("no report and no event is called '{}'", name));
  if (found.size() > 1) {
    std::string all;
    for (const auto& [key, content] : found) {
      all += fmt::format("{}r{} ({})", all.empty() ? "" : ", ", key, content.substr(0, 12));
    }
    return fail(4011, fmt::format("several reports are called '{}': ask for one of {}", name, all));
  }
  const std::int64_t key = found.front().first;
  auto report = stored(database, version, key);
  if (!report || !event) return report;
  report->event = find_event(database, version, key, *event);
  const std::string why = report->event ? "" : rejected_by(database, version, key, *event);
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  if (!report->event) {
    return fail(4010, fmt::format("the report r{} has no event '{}'{}", key, *event, why));
  }
  return report;
}

}  // namespace chronicle

Result<StoredReport> Chronicle::show(std::string_view name) const {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  const Snapshot snapshot(database);
  return chronicle::find_report(database, impl_->version, name);
}

Result<StoredPage> Chronicle::page(std::string_view name) const {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  const Snapshot snapshot(database);
  auto report = chronicle::find_report(database, impl_->version, name);
  if (!report) return tl::unexpected(std::move(report.error()));
  std::optional<std::string> packed;
  if (impl_->version >= chronicle::kPagesSince) {
    auto rows =
        database.select("SELECT bytes FROM pages JOIN reports ON key = report WHERE content = ?",
                        {report->content});
    if (rows.next()) packed = rows.text(0);
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  if (!packed) {
    return fail(4014, fmt::format("no page is kept of {}: it was read from text, or by a version "
                                  "that kept none",
                                  report->ref.handle));
  }
  auto bytes = chronicle::uncompressed(*packed);
  if (!bytes) return tl::unexpected(std::move(bytes.error()));
  return StoredPage{std::move(*report), std::move(*bytes)};
}

}  // namespace dateline
