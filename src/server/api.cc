// SPDX-License-Identifier: Apache-2.0
#include "server/api.h"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "dateline/version.h"
#include "export/actors.h"
#include "export/json_lines.h"
#include "export/marked_page.h"
#include "record/telling.h"
#include "record/utf8.h"
#include "server/listings.h"
#include "server/query.h"

namespace dateline::server {

namespace {

std::string json_string(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  std::string valid(text);
  record::repair_utf8(valid);
  json.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

Answer health(const Request& request, const Chronicle& chronicle) {
  if (!request.parameters.empty()) {
    return failure(400, {6006, "/api/health takes no parameters", {}});
  }
  const auto totals = chronicle.totals();
  if (!totals) return failure(totals.error());
  return {.body = fmt::format(
              R"({{"status":"ok","version":"{}","reports":{},"events":{},"rejected":{}}})"
              "\n",
              kVersion, totals->reports, totals->events, totals->rejected)};
}

/// What /api/reports/ and /api/events/ share: the thing by one of its names, or why not.
template <typename Write>
Answer named(const Request& request, std::string_view prefix, const Chronicle& chronicle,
             bool event_wanted, Write write) {
  const auto name = name_of(request, prefix);
  if (!name) return name.error();
  const auto stored = chronicle.show(*name);
  if (!stored) return failure(stored.error());
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
  if (!happening) return failure(happening.error());
  Answer found;
  exporting::append_accounts(*happening, found.body);
  return found;
}

Answer actor(const Request& request, const Chronicle& chronicle) {
  const auto id = name_of(request, "/api/actors/");
  if (!id) return id.error();
  const auto life = chronicle.actor(*id);
  if (!life) return failure(life.error());
  Answer found;
  exporting::append_json_line(*life, found.body);
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
  if (!kept) return failure(kept.error());
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
    {"/api/count", false, counts},      {"/api/places", false, places},
    {"/api/actors", false, actors},     {"/api/sources", false, sources},
    {"/api/changes", false, changes},   {"/api/accounts/", true, accounts},
    {"/api/reports/", true, report},    {"/api/events/", true, event},
    {"/api/actors/", true, actor},      {"/api/pages/", true, page},
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
          .content_type = "application/problem+json",
          .body = fmt::format(R"({{"status":{},"code":"DL{}","detail":{}}})"
                              "\n",
                              status, error.code, json_string(error.message)),
          .error = error};
}

}  // namespace dateline::server
