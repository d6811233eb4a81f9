// SPDX-License-Identifier: Apache-2.0
#include "server/listings.h"

#include <algorithm>

#include "export/actors.h"
#include "export/counts.h"
#include "export/json_lines.h"
#include "server/query.h"

namespace dateline::server {

namespace {

/// What adds an item as a line of JSON.
template <typename Item>
auto as_line(const Item& item) {
  return [&item](std::string& out) { exporting::append_json_line(item, out); };
}

/// A page of what stands in the order of its days, and where the next begins.
template <typename Item>
class Page {
 public:
  Page(std::string_view name, std::size_t most) : list_(name, most) {}

  bool add(const Item& item) {
    if (!list_.add(as_line(item))) return false;
    last_ = item.cursor;
    return true;
  }

  Answer answer() && {
    const std::string next = list_.is_cut() ? fmt::format(",\"next\":\"{}\"", last_) : "";
    return std::move(list_).answer(next);
  }

 private:
  List list_;
  std::string last_;
};

}  // namespace

Answer happenings(const Request& request, const Desk& desk) {
  auto query = query_of(request, kMostEvents, {"background", "after"});
  if (!query) return failure(400, query.error());
  Page<Happening> page("happenings", query->filter.events.limit);
  query->filter.events.limit += 1;  // One more tells that there are more.
  const auto given = desk.chronicle.happenings(
      query->filter, [&](const Happening& happening) { return page.add(happening); });
  if (!given) return failure(given.error());
  return std::move(page).answer();
}

Answer timeline(const Request& request, const Desk& desk) {
  auto query = query_of(request, kMostEvents, {"after"});
  if (!query) return failure(400, query.error());
  Filter& filter = query->filter.events;
  Page<TimelineEvent> page("events", filter.limit);
  filter.limit += 1;
  const auto given =
      desk.chronicle.timeline(filter, [&](const TimelineEvent& event) { return page.add(event); });
  if (!given) return failure(given.error());
  return std::move(page).answer();
}

Answer search(const Request& request, const Desk& desk) {
  auto query = query_of(request, kMostFound, {"q"});
  if (!query) return failure(400, query.error());
  if (query->words.empty()) return failure(400, {6006, "'q' says which words to search for", {}});
  Filter& filter = query->filter.events;
  List found("found", filter.limit);
  filter.limit += 1;
  const auto results = desk.chronicle.search(query->words, filter);
  if (!results) return failure(results.error());
  for (const SearchHit& one : *results) {
    if (!found.add(as_line(one))) break;
  }
  return std::move(found).answer();
}

Answer counts(const Request& request, const Desk& desk) {
  auto query = query_of(request, kMostCounts, {"background", "by"});
  if (!query) return failure(400, query.error());
  List counts("counts", query->filter.events.limit);
  query->filter.events.limit += 1;
  const auto given = desk.chronicle.count(query->filter, query->by, [&](const Count& count) {
    return counts.add(
        [&](std::string& out) { exporting::append_json_line(count, query->by, out); });
  });
  if (!given) return failure(given.error());
  return std::move(counts).answer();
}

Answer places(const Request& request, const Desk& desk) {
  auto query = query_of(request, kMostCounts, {"background"});
  if (!query) return failure(400, query.error());
  List places("places", query->filter.events.limit);
  query->filter.events.limit += 1;
  const auto totals = desk.chronicle.places(
      query->filter, [&](const PlaceCount& place) { return places.add(as_line(place)); });
  if (!totals) return failure(totals.error());
  return std::move(places).answer(
      fmt::format(",\"happenings\":{},\"unplaced\":{}", totals->happenings, totals->unplaced));
}

Answer actors(const Request& request, const Desk& desk) {
  auto fields = fields_of(request, kMostFound, {"name", "country", "kind"});
  if (!fields) return failure(400, fields.error());
  List actors("actors", fields->limit);
  const auto given =
      desk.chronicle.actors({.name = (*fields)["name"],
                             .country = (*fields)["country"],
                             .kind = (*fields)["kind"],
                             .limit = fields->limit + 1},
                            [&](const Actor& actor) { return actors.add(as_line(actor)); });
  if (!given) return failure(given.error());
  return std::move(actors).answer();
}

Answer sources(const Request& request, const Desk& desk) {
  auto fields = fields_of(request, kMostCounts, {"background"});
  if (!fields) return failure(400, fields.error());
  List sources("sources", fields->limit);
  const auto given = desk.chronicle.sources(
      fields->background, [&](const SourceCount& source) { return sources.add(as_line(source)); });
  if (!given) return failure(given.error());
  return std::move(sources).answer();
}

Answer changes(const Request& request, const Desk& desk) {
  auto fields = fields_of(request, kMostEvents, {"since"});
  if (!fields) return failure(400, fields.error());
  List changes("changes", fields->limit);
  std::string last;
  auto cursor =
      desk.chronicle.changes((*fields)["since"], fields->limit + 1, [&](const Change& change) {
        if (!changes.add(as_line(change))) return false;
        last = change.cursor;
        return true;
      });
  if (!cursor) return failure(cursor.error());
  return std::move(changes).answer(
      fmt::format(",\"cursor\":\"{}\"", changes.is_cut() ? last : *cursor));
}

}  // namespace dateline::server
