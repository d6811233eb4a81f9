// SPDX-License-Identifier: Apache-2.0
#include "chronicle/changes.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "chronicle/accounts.h"
#include "chronicle/impl.h"
#include "chronicle/schema.h"
#include "chronicle/short_hash.h"

namespace dateline {

namespace chronicle {

namespace {

/// All that a happening is made of, in short: its row, which readings tell it, and what people said
/// of them.
std::string digest_of(Database& database, std::int64_t happening) {
  std::uint64_t hash = short_hash("");
  for (const auto& [sql, columns] :
       {std::pair("SELECT type, day_begin, day_end, published, main, reports, sources, disputed "
                  "FROM happenings WHERE key = ?",
                  8),
        std::pair("SELECT t.report, t.incident, r.reading, r.content FROM tellings t JOIN reports "
                  "r ON r.key = t.report WHERE t.happening = ?",
                  4),
        std::pair("SELECT c.report, c.incident, c.correction FROM tellings t JOIN corrected c ON "
                  "c.report = t.report AND c.incident = t.incident WHERE t.happening = ? ORDER BY "
                  "c.correction, c.n",
                  3)}) {
    auto rows = database.select(sql, {happening});
    while (rows.next()) {
      for (int column = 0; column < columns; ++column) {
        hash = short_hash(rows.text(column) + '\x01', hash);
      }
    }
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace

void note_change(Database& database, std::int64_t happening) {
  const std::string digest = digest_of(database, happening);
  database.run(
      "INSERT INTO changes SELECT n, h.id, n, ?2, NULL FROM happenings h, "
      "(SELECT coalesce(max(seq), 0) + 1 AS n FROM changes) WHERE h.key = ?1 "
      "ON CONFLICT (id) DO UPDATE SET added = iif(digest IS NULL, excluded.seq, added), "
      "seq = excluded.seq, digest = excluded.digest, merged_into = NULL "
      "WHERE digest IS NOT excluded.digest",
      happening, digest);
}

void note_all(Database& database) {
  auto rows = database.select("SELECT key FROM happenings ORDER BY key");
  while (rows.next()) note_change(database, rows.number(0));
}

namespace {

struct Cursor {
  std::string store;
  std::int64_t last = 0;
};

/// The store's own name, and the number of its last change.
Cursor cursor_of(Database& database) {
  auto rows = database.select("SELECT id, (SELECT coalesce(max(seq), 0) FROM changes) FROM store");
  return rows.next() ? Cursor{rows.text(0), rows.number(1)} : Cursor{};
}

std::string name_of(const Cursor& cursor) {
  return fmt::format("{}.{}", cursor.store, cursor.last);
}

Result<std::int64_t> seen_by(const std::string& text, const Cursor& now) {
  if (text.empty()) return 0;
  const std::size_t dot = text.find('.');
  std::int64_t seen = -1;
  if (dot != std::string::npos) {
    const char* const end = text.data() + text.size();
    const auto got = std::from_chars(text.data() + dot + 1, end, seen);
    if (got.ec != std::errc() || got.ptr != end) seen = -1;
  }
  if (seen < 0) {
    return fail(4026,
                fmt::format("'{}' is no cursor: give one that 'dateline changes' printed", text));
  }
  if (text.substr(0, dot) != now.store) {
    return fail(4026, fmt::format("the cursor {} is of another store: this one's begin with {}.",
                                  text, now.store));
  }
  if (seen > now.last) {
    return fail(4026, fmt::format("the cursor {} is ahead of this store, whose last is {}: was an "
                                  "older copy put in its place? Ask for all changes anew",
                                  text, name_of(now)));
  }
  return seen;
}

tl::unexpected<Error> no_changes() {
  return fail(4018,
              "an older version of Dateline made this store, without changes: 'dateline match "
              "--store ...' begins to note them");
}

}  // namespace

}  // namespace chronicle

Result<std::string> Chronicle::cursor() const {
  if (impl_->version < chronicle::kChangesSince) return chronicle::no_changes();
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  const auto now = chronicle::cursor_of(**lease);
  if (auto error = (*lease)->take_error()) return tl::unexpected(std::move(*error));
  return chronicle::name_of(now);
}

Result<std::string> Chronicle::changes(const std::string& since, std::size_t limit,
                                       const std::function<bool(const Change&)>& visit) const {
  using chronicle::Database;
  if (impl_->version < chronicle::kChangesSince) return chronicle::no_changes();
  const auto lease = impl_->connections.borrow();
  if (!lease) return tl::unexpected(lease.error());
  Database& database = **lease;
  const chronicle::Snapshot snapshot(database);
  const auto now = chronicle::cursor_of(database);
  const auto seen = chronicle::seen_by(since, now);
  if (!seen) return tl::unexpected(seen.error());
  std::int64_t last = *seen;
  std::size_t given = 0;
  auto rows = database.select(
      "SELECT c.seq, c.id, c.added > ?1, c.digest IS NULL, c.merged_into, h.key "
      "FROM changes c LEFT JOIN happenings h ON h.id = c.id WHERE c.seq > ?1 ORDER BY c.seq",
      {*seen});
  while (rows.next() && (limit == 0 || given < limit)) {
    const bool is_new = rows.number(2) != 0, is_gone = rows.number(3) != 0;
    last = rows.number(0);
    if (is_new && is_gone) continue;  // It came and went unseen.
    Change change{chronicle::name_of({now.store, last}),
                  is_gone  ? "removed"
                  : is_new ? "added"
                           : "changed",
                  rows.text(1),
                  rows.text(4),
                  {}};
    if (!is_gone) {
      change.happening = chronicle::happening_of(database, impl_->version, rows.number(5),
                                                 TollRule::kLatestOfficial);
    }
    ++given;
    if (!visit(change)) break;
  }
  if (auto error = database.take_error()) return tl::unexpected(std::move(*error));
  return chronicle::name_of({now.store, last});
}

}  // namespace dateline
