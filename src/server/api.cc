// SPDX-License-Identifier: Apache-2.0
#include "server/api.h"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>

#include "chronicle/filter_options.h"
#include "dateline/version.h"
#include "export/json_lines.h"
#include "export/marked_page.h"
#include "record/telling.h"
#include "record/utf8.h"

namespace dateline::server {

namespace {

/// A query as the chronicle takes it.
struct Query {
  Filter filter;
  std::string words;        ///< q, for /api/search.
  bool background = false;  ///< For /api/happenings.
};

std::string json_string(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  std::string valid(text);
  record::repair_utf8(valid);
  json.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

/// 2026, 2026-03 or 2026-03-09.
bool is_date(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == 'd' ? !digit : text[i] != '-') return false;
  }
  return true;
}

/// `extra`: a parameter that only some paths take.
Result<Query> parse(const Request& request, std::size_t most, std::string_view extra = {}) {
  Query query{.filter = {.limit = most}, .words = {}};
  Filter& filter = query.filter;
  for (const auto& [name, value] : request.parameters) {
    if (value.size() > kMostParameterBytes) {
      return fail(6006, fmt::format("'{}' is longer than {} bytes", name, kMostParameterBytes));
    }
    if (!record::is_utf8(value)) return fail(6006, fmt::format("'{}' is not UTF-8", name));
    if (name == "limit") {
      std::size_t limit = 0;
      const char* const end = value.data() + value.size();
      const auto got = std::from_chars(value.data(), end, limit);
      if (got.ec != std::errc() || got.ptr != end || limit == 0 || limit > most) {
        return fail(6006, fmt::format("'limit' is a number from 1 to {}", most));
      }
      filter.limit = limit;
    } else if ((name == "q" || name == "background") && name != extra) {
      return fail(6006, fmt::format("no parameter '{}' here", name));
    } else if (name == "q") {
      query.words = value;
    } else if (name == "background") {
      if (!value.empty() && value != "true" && value != "false") {
        return fail(6006, "'background' is true or false");
      }
      query.background = value == "true";
    } else {
      const auto options = chronicle::filter_options();
      const auto option = std::ranges::find(options, name, &chronicle::FilterOption::name);
      if (option == options.end()) return fail(6006, fmt::format("no parameter '{}' here", name));
      if (value.empty()) continue;
      if ((name == "since" || name == "until") && !is_date(value)) {
        return fail(6006, fmt::format("'{}' is a date: 2026, 2026-03 or 2026-03-09", name));
      }
      if (auto mistake = option->set(filter, value)) return tl::unexpected(std::move(*mistake));
    }
  }
  return query;
}

/// "{"name":[a,b],"more":false}" from items that are added while there is room.
class List {
 public:
  List(std::string_view name, std::size_t most) : most_(most) {
    body_ = fmt::format("{{\"{}\":[", name);
  }

  template <typename Item>
  bool add(const Item& item) {
    if (count_ == most_ || body_.size() >= kMostBytes) {
      more_ = true;
      return false;
    }
    if (count_++ > 0) body_ += ',';
    exporting::append_json_line(item, body_);
    return true;
  }

  Answer answer() && {
    body_ += fmt::format("],\"more\":{}}}\n", more_);
    return {.body = std::move(body_)};
  }

 private:
  std::size_t most_, count_ = 0;
  bool more_ = false;
  std::string body_;
};

/// Whose failure an error of the chronicle is: a damaged store is ours, a name that nothing has, a
/// search for nothing or a day that never was is the asker's; a query too long is the moment's.
int status_of(const Error& error) {
  switch (error.code) {
    case 4010:
    case 4014:
      return 404;
    case 4011:
    case 4018:
      return 409;
    case 4012:
    case 4013:
    case 4017:
    case 4020:
    case 4021:
    case 4022:
    case 4023:
    case 4024:
      return 400;
    case 4015:
      return 503;
    default:
      return 500;
  }
}

Answer health(const Request& request, const Chronicle& chronicle) {
  if (!request.parameters.empty()) {
    return failure(400, {6006, "/api/health takes no parameters", {}});
  }
  const auto totals = chronicle.totals();
  if (!totals) return failure(status_of(totals.error()), totals.error());
  return {.body = fmt::format(
              R"({{"status":"ok","version":"{}","reports":{},"events":{},"rejected":{}}})"
              "\n",
              kVersion, totals->reports, totals->events, totals->rejected)};
}

Answer happenings(const Request& request, const Chronicle& chronicle) {
  auto query = parse(request, kMostEvents, "background");
  if (!query) return failure(400, query.error());
  List happenings("happenings", query->filter.limit);
  query->filter.limit += 1;  // One more tells that there are more.
  const auto given =
      chronicle.happenings({.events = query->filter, .background = query->background},
                           [&](const Happening& happening) { return happenings.add(happening); });
  if (!given) return failure(status_of(given.error()), given.error());
  return std::move(happenings).answer();
}

Answer timeline(const Request& request, const Chronicle& chronicle) {
  auto query = parse(request, kMostEvents);
  if (!query) return failure(400, query.error());
  List events("events", query->filter.limit);
  query->filter.limit += 1;
  const auto given = chronicle.timeline(
      query->filter, [&](const TimelineEvent& event) { return events.add(event); });
  if (!given) return failure(status_of(given.error()), given.error());
  return std::move(events).answer();
}

Answer search(const Request& request, const Chronicle& chronicle) {
  auto query = parse(request, kMostFound, "q");
  if (!query) return failure(400, query.error());
  if (query->words.empty()) return failure(400, {6006, "'q' says which words to search for", {}});
  List found("found", query->filter.limit);
  query->filter.limit += 1;
  const auto results = chronicle.search(query->words, query->filter);
  if (!results) return failure(status_of(results.error()), results.error());
  for (const SearchHit& one : *results) {
    if (!found.add(one)) break;
  }
  return std::move(found).answer();
}

/// The name that a path ends in, or why it is none.
tl::expected<std::string_view, Answer> name_of(const Request& request, std::string_view prefix) {
  if (!request.parameters.empty()) {
    return tl::unexpected(
        failure(400, {6006, fmt::format("{}... takes no parameters", prefix), {}}));
  }
  const std::string_view name = request.path.substr(prefix.size());
  if (name.empty() || name.size() > kMostParameterBytes || !record::is_utf8(name)) {
    return tl::unexpected(failure(404, {6007, "no such name", {}}));
  }
  return name;
}

/// What /api/reports/ and /api/events/ share: the thing by one of its names, or why not.
template <typename Write>
Answer named(const Request& request, std::string_view prefix, const Chronicle& chronicle,
             bool event_wanted, Write write) {
  const auto name = name_of(request, prefix);
  if (!name) return name.error();
  const auto stored = chronicle.show(*name);
  if (!stored) return failure(status_of(stored.error()), stored.error());
  if (stored->event.has_value() != event_wanted) {
    return failure(
        404, {6007, fmt::format("'{}' is {}", *name, event_wanted ? "a report" : "an event"), {}});
  }
  Answer found;
  write(*stored, found.body);
  return found;
}

Answer report(const Request& request, const Chronicle& chronicle) {
  return named(request, "/api/reports/", chronicle, false,
               [](const StoredReport& stored, std::string& out) {
                 out += fmt::format(R"({{"handle":{},"outlet":{},"content":{},"found_at":[)",
                                    json_string(stored.ref.handle), json_string(stored.ref.outlet),
                                    json_string(stored.content));
                 for (std::size_t i = 0; i < stored.found_at.size(); ++i) {
                   if (i > 0) out += ',';
                   out += json_string(stored.found_at[i]);
                 }
                 out += "],\"record\":";
                 append_json(stored.record, out);
                 out += "}\n";
               });
}

Answer accounts(const Request& request, const Chronicle& chronicle) {
  const auto name = name_of(request, "/api/accounts/");
  if (!name) return name.error();
  const auto happening = chronicle.accounts(*name);
  if (!happening) return failure(status_of(happening.error()), happening.error());
  Answer found;
  exporting::append_accounts(*happening, found.body);
  return found;
}

Answer event(const Request& request, const Chronicle& chronicle) {
  return named(request, "/api/events/", chronicle, true,
               [](const StoredReport& stored, std::string& out) {
                 exporting::append_json_line(*stored.event, out);
               });
}

Answer page(const Request& request, const Chronicle& chronicle) {
  const auto name = name_of(request, "/api/pages/");
  if (!name) return name.error();
  const auto kept = chronicle.page(*name);
  if (!kept) return failure(status_of(kept.error()), kept.error());
  const auto& [report, bytes] = *kept;
  Span words;
  if (report.event) {
    const std::string_view id =
        std::string_view(report.event->handle).substr(report.ref.handle.size() + 1);
    for (const Event& event : report.record.events) {
      if (event.id == id) words = record::telling_of(report.record, event);
    }
  }
  const Origin& source = report.record.source;
  if (source.media_type == "application/pdf") {
    return {.content_type = source.media_type, .body = bytes, .foreign = true};
  }
  if (source.media_type != "text/html") {
    return {.content_type = "text/plain; charset=utf-8", .body = bytes, .foreign = true};
  }
  Answer found{.body = exporting::marked_page(bytes, report.record, words), .foreign = true};
  found.content_type = "text/html";
  if (!source.charset.empty()) found.content_type += "; charset=" + source.charset;
  return found;
}

struct Route {
  std::string_view path;
  bool prefix;  ///< The rest of the path is a name.
  Answer (*answer)(const Request&, const Chronicle&);
};

constexpr Route kRoutes[] = {
    {"/api/health", false, health},     {"/api/happenings", false, happenings},
    {"/api/timeline", false, timeline}, {"/api/search", false, search},
    {"/api/accounts/", true, accounts}, {"/api/reports/", true, report},
    {"/api/events/", true, event},      {"/api/pages/", true, page},
};

}  // namespace

Answer answer(const Request& request, const Chronicle& chronicle) {
  for (const Route& route : kRoutes) {
    if (route.prefix ? request.path.starts_with(route.path) : request.path == route.path) {
      return route.answer(request, chronicle);
    }
  }
  return failure(404, {6004, "no such path; /api/openapi.json says what there is", {}});
}

Answer failure(int status, const Error& error) {
  return {.status = status,
          .body = fmt::format(R"({{"error":{{"code":"DL{}","message":{}}}}})"
                              "\n",
                              error.code, json_string(error.message))};
}

}  // namespace dateline::server
