// SPDX-License-Identifier: Apache-2.0
#include "chronicle/happenings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "chronicle/accounts.h"
#include "chronicle/changes.h"
#include "chronicle/conditions.h"
#include "chronicle/facts.h"
#include "chronicle/impl.h"
#include "chronicle/likest.h"
#include "chronicle/listing.h"
#include "chronicle/matching/matching.h"
#include "chronicle/packing.h"
#include "chronicle/schema.h"
#include "chronicle/summary.h"
#include "dateline/matcher.h"

namespace dateline {

using chronicle::Conditions;
using chronicle::Database;
using chronicle::known;
using chronicle::Snapshot;
using chronicle::Transaction;

namespace {

std::vector<std::int64_t> numbers(Database& database, std::string_view sql,
                                  const std::vector<chronicle::Value>& values = {}) {
  std::vector<std::int64_t> all;
  auto rows = database.select(sql, values);
  while (rows.next()) all.push_back(rows.number(0));
  return all;
}

/// Undoes what another matcher found: each incident is a happening of its own again.
std::optional<Error> start_over(Database& database, const Matcher& matcher) {
  const bool is_other =
      !numbers(database, "SELECT 1 FROM profiles WHERE matcher < ?1 OR matcher > ?1 LIMIT 1",
               {std::string_view(matcher.version())})
           .empty();
  if (!is_other) return database.take_error();
  Transaction transaction(database);
  database.script(
      "DELETE FROM likenesses; DELETE FROM copies; DELETE FROM report_words_of_months;"
      "UPDATE profiles SET matcher = NULL, pending = 0;"
      "INSERT OR IGNORE INTO happenings (id, main, reports, sources) SELECT id, 0, 0, 0 FROM "
      "tellings;"
      "UPDATE happenings SET reports = 0;"
      "UPDATE tellings SET happening = (SELECT key FROM happenings h WHERE h.id = tellings.id)");
  return transaction.commit();
}

/// One of a store of before happenings gets what it is compared by.
std::optional<Error> prepare(Database& database, std::int64_t report) {
  if (!numbers(database, "SELECT 1 FROM profiles WHERE report = ?", {report}).empty()) {
    return std::nullopt;
  }
  std::string content, packed;
  {
    auto rows = database.select("SELECT content, record FROM reports WHERE key = ?", {report});
    if (!rows.next()) return database.take_error();
    content = rows.text(0);
    packed = rows.bytes(1);
  }
  const auto json = chronicle::uncompressed(packed);
  if (!json) return json.error();
  const auto record = record_from_json(*json);
  if (!record) return record.error();
  for (const Event& event : record->events) {
    if (!event.main) continue;
    database.run("UPDATE events SET main = ? WHERE report = ? AND id = ?",
                 std::int64_t{*event.main}, report, event.id);
  }
  chronicle::matching::keep(database, report, content, *record);
  chronicle::facts::keep(database, report);
  return std::nullopt;
}

/// Gives each account's report its text; accounts of one report share it.
void add_texts(Database& database, Happening& happening) {
  std::map<std::string, std::shared_ptr<const std::string>> texts;
  const auto text_of = [&](const std::string& handle) {
    auto& text = texts[handle];
    if (text == nullptr) {
      auto rows =
          database.select("SELECT text FROM reports WHERE key = CAST(substr(?, 2) AS INTEGER)",
                          {std::string_view(handle)});
      text = std::make_shared<const std::string>(rows.next() ? rows.text(0) : "");
    }
    return text;
  };
  for (Account& account : happening.accounts) {
    account.told.report.text = text_of(account.told.report.handle);
    for (TimelineEvent& mention : account.mentions) mention.report.text = account.told.report.text;
  }
}

/// What most accounts of a happening say, into its row.
void summarise(Database& database, int version, std::int64_t key) {
  const auto summary = chronicle::summary_of(database, version, key);
  if (!summary) {
    database.run("DELETE FROM happenings WHERE key = ?", key);
    return;
  }
  std::string columns;
  std::vector<chronicle::Value> values;
  for (const auto& [name, value] : *summary) {
    columns += fmt::format("{}{} = ?", columns.empty() ? "" : ", ", name);
    values.push_back(known(value));
  }
  values.emplace_back(key);
  database.select(fmt::format("UPDATE happenings SET {} WHERE key = ?", columns), values).next();
  chronicle::facts::keep_happening(database, key);
  chronicle::note_change(database, key);
}

}  // namespace

std::optional<Error> chronicle::lacks_happenings(int version) {
  if (version >= chronicle::kHappeningsSince) return std::nullopt;
  return Error{4018,
               "an older version of Dateline made this store, without happenings: "
               "'dateline match --store ...' finds them",
               {}};
}

bool chronicle::summarise_some(Database& database, int version) {
  constexpr std::size_t kAtOnce = 200;
  const auto stale = numbers(
      database, fmt::format("SELECT key FROM happenings WHERE reports = 0 LIMIT {}", kAtOnce));
  for (const std::int64_t key : stale) summarise(database, version, key);
  return !stale.empty();
}

Result<std::size_t> Chronicle::match(
    const Matcher& matcher, const std::function<bool(std::size_t, std::size_t)>& compared) {
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  if (auto error = start_over(database, matcher)) return tl::unexpected(std::move(*error));
  // The latter are those of a store of before happenings; to count is quicker than to look for
  // them.
  const auto open = numbers(
      database,
      "SELECT report FROM profiles WHERE matcher IS NULL UNION SELECT key FROM reports WHERE "
      "(SELECT count(*) FROM reports) > (SELECT count(*) FROM profiles) AND NOT EXISTS (SELECT 1 "
      "FROM profiles WHERE report = key) ORDER BY 1");
  std::size_t done = 0;
  for (const std::int64_t report : open) {
    Transaction transaction(database);
    // Another program may be doing the same.
    if (numbers(database, "SELECT 1 FROM profiles WHERE report = ? AND matcher IS NOT NULL",
                {report})
            .empty()) {
      if (auto error = prepare(database, report)) return tl::unexpected(std::move(*error));
      chronicle::matching::compare(database, report, matcher.likeness(), matcher.version());
    }
    if (auto error = transaction.commit()) return tl::unexpected(std::move(*error));
    ++done;
    if (compared && !compared(done, open.size())) break;
  }
  {
    Transaction transaction(database);
    chronicle::matching::group_pending(database);
    if (auto error = transaction.commit()) return tl::unexpected(std::move(*error));
  }
  for (bool some = true; some;) {
    Transaction transaction(database);
    some = chronicle::summarise_some(database, impl_->version);
    if (auto error = transaction.commit()) return tl::unexpected(std::move(*error));
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return done;
}

Result<std::size_t> Chronicle::happenings(
    const HappeningFilter& filter, const std::function<bool(const Happening&)>& visit) const {
  if (auto error = chronicle::lacks_happenings(impl_->version))
    return tl::unexpected(std::move(*error));
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  std::size_t given = 0;
  {
    const Snapshot snapshot(database);
    const auto asked = chronicle::understood(database, impl_->version, filter.events);
    if (!asked) return tl::unexpected(asked.error());
    Conditions conditions(database, impl_->version);
    if (!filter.background) conditions.require_main();
    conditions.require_account(*asked);
    chronicle::in_order(
        database, impl_->version, chronicle::kHappeningsListed, std::move(conditions), *asked,
        [&](std::int64_t key, const std::string&, const auto& position) {
          auto happening = chronicle::happening_of(database, impl_->version, key, filter.tolls);
          if (!happening) return true;
          if (filter.texts) add_texts(database, *happening);
          happening->cursor = chronicle::written(position);
          ++given;
          return visit(*happening);
        });
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return given;
}

Result<Happening> Chronicle::accounts(std::string_view name, TollRule tolls) const {
  if (auto error = chronicle::lacks_happenings(impl_->version))
    return tl::unexpected(std::move(*error));
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  const Snapshot snapshot(database);
  std::optional<Happening> found;
  if (const std::int64_t key = chronicle::happening_called(database, name); key != 0) {
    found = chronicle::happening_of(database, impl_->version, key, tolls);
    if (found) chronicle::tell_likest(database, key, found->accounts);
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  if (!found) {
    return fail(4010, fmt::format("there is no happening or event '{}' here: 'dateline timeline' "
                                  "names them (h3f9c51d20b7e, r17.v3)",
                                  name));
  }
  return std::move(*found);
}

Result<std::size_t> Chronicle::members(
    const std::function<bool(const HappeningMembers&)>& visit) const {
  if (auto error = chronicle::lacks_happenings(impl_->version))
    return tl::unexpected(std::move(*error));
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  std::size_t given = 0;
  {
    const Snapshot snapshot(database);
    auto rows = database.select("SELECT key, id FROM happenings ORDER BY id");
    while (rows.next()) {
      HappeningMembers happening{rows.text(1), {}};
      auto members = database.select(
          "SELECT f.id, e.id FROM tellings t JOIN reports r ON r.key = t.report JOIN found "
          "f ON f.report = r.key JOIN events e ON e.report = t.report AND coalesce(e.incident, "
          "e.id) = t.incident WHERE t.happening = ? ORDER BY substr(r.published, 1, 10), "
          "r.content, f.id, e.trigger_begin, e.id",
          {rows.number(0)});
      while (members.next()) {
        HappeningMembers::Member member{members.text(0), members.text(1)};
        const auto same = [&](const auto& one) {
          return one.report == member.report && one.event == member.event;
        };
        // A report is found twice under one id where it lies in two places.
        if (std::ranges::none_of(happening.members, same)) {
          happening.members.push_back(std::move(member));
        }
      }
      ++given;
      if (!visit(happening)) break;
    }
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return given;
}

}  // namespace dateline
