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
#include "server/long_answers.h"
#include "server/metrics.h"
#include "server/posted.h"
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

Answer health(const Request& request, const Desk& desk) {
  if (!request.parameters.empty()) {
    return failure(400, {6006, "/api/health takes no parameters", {}});
  }
  const auto totals = desk.chronicle.totals();
  if (!totals) return failure(totals.error());
  return {
      .body = fmt::format(
          R"({{"status":"ok","version":"{}","reports":{},"events":{},"rejected":{},"writes":{}}})"
          "\n",
          kVersion, totals->reports, totals->events, totals->rejected, desk.corrector != nullptr)};
}

/// What /api/reports/ and /api/events/ share: the thing by one of its names, or why not.
template <typename Write>
Answer named(const Request& request, std::string_view prefix, const Desk& desk, bool event_wanted,
             Write write) {
  const auto name = name_of(request, prefix);
  if (!name) return name.error();
  const auto stored = desk.chronicle.show(*name);
  if (!stored) return failure(stored.error());
  if (stored->event.has_value() != event_wanted) {
    return failure(
        404, {6007, fmt::format("'{}' is {}", *name, event_wanted ? "a report" : "an event"), {}});
  }
  Answer found;
  write(*stored, found.body);
  return found;
}

Answer report(const Request& request, const Desk& desk) {
  return named(request, "/api/reports/", desk, false,
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

Answer accounts(const Request& request, const Desk& desk) {
  const auto name = name_of(request, "/api/accounts/");
  if (!name) return name.error();
  const auto happening = desk.chronicle.accounts(*name);
  if (!happening) return failure(happening.error());
  Answer found;
  exporting::append_accounts(*happening, found.body);
  return found;
}

Answer actor(const Request& request, const Desk& desk) {
  const auto id = name_of(request, "/api/actors/");
  if (!id) return id.error();
  const auto life = desk.chronicle.actor(*id);
  if (!life) return failure(life.error());
  Answer found;
  exporting::append_json_line(*life, found.body);
  return found;
}

Answer event(const Request& request, const Desk& desk) {
  return named(request, "/api/events/", desk, true,
               [](const StoredReport& stored, std::string& out) {
                 exporting::append_json_line(*stored.event, out);
               });
}

Answer page(const Request& request, const Desk& desk) {
  const auto name = name_of(request, "/api/pages/");
  if (!name) return name.error();
  const auto kept = desk.chronicle.page(*name);
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

/// Whether it is there, and its store can be read.
Answer alive(const Request&, const Desk& desk) {
  const auto version = desk.state->version();
  if (!version) return failure(503, version.error());
  return {.body = "{\"status\":\"ok\"}\n"};
}

Answer metrics(const Request&, const Desk& desk) {
  Answer answer{.content_type = "text/plain; version=0.0.4; charset=utf-8"};
  desk.metrics->append(answer.body);
  const auto totals = desk.chronicle.totals();
  if (!totals) return failure(totals.error());
  for (const auto& [name, number] :
       {std::pair("reports", totals->reports), std::pair("events", totals->events),
        std::pair("happenings", totals->happenings), std::pair("actors", totals->actors),
        std::pair("rejected", totals->rejected)}) {
    answer.body +=
        fmt::format("# TYPE dateline_store_{0} gauge\ndateline_store_{0} {1}\n", name, number);
  }
  return answer;
}

Answer changed(const Request& request, const Desk& desk) {
  return follows(request.accept) ? followed(request, desk) : changes(request, desk);
}

constexpr Reception kCorrections{kMostCorrectionBytes, true}, kReports{kMostReportBytes, true};

constexpr Route kRoutes[] = {
    {"GET", "/api/health", health},
    {"GET", "/api/happenings", happenings},
    {"GET", "/api/timeline", timeline},
    {"GET", "/api/search", search},
    {"GET", "/api/count", counts},
    {"GET", "/api/places", places},
    {"GET", "/api/actors", actors},
    {"GET", "/api/actors/{id}", actor},
    {"GET", "/api/sources", sources},
    {"GET", "/api/changes", changed},
    {"GET", "/api/accounts/{id}", accounts},
    {"GET", "/api/reports/{id}", report},
    {"GET", "/api/events/{id}", event},
    {"GET", "/api/pages/{id}", page},
    {"GET", "/api/export", exported, {}, Route::kStream},
    {"GET", "/api/corrections", corrections},
    {"POST", "/api/corrections", correct, kCorrections, Route::kWriting},
    {"POST", "/api/read", read, kReports, Route::kOther},
    {"GET", "/healthz", alive, {}, Route::kOpen},
    {"GET", "/metrics", metrics, {}, Route::kOther},
};

bool fits(const Route& route, std::string_view path) {
  const std::size_t name = route.path.find('{');
  return name == std::string_view::npos ? path == route.path
                                        : path.starts_with(route.path.substr(0, name));
}

}  // namespace

bool follows(std::string_view accept) {
  return accept.find("text/event-stream") != std::string_view::npos;
}

const Route* route_of(std::string_view method, std::string_view path) {
  if (method == "HEAD") method = "GET";
  for (const Route& route : kRoutes) {
    if (route.method == method && fits(route, path)) return &route;
  }
  return nullptr;
}

std::string methods_of(std::string_view path) {
  std::string methods;
  for (const Route& route : kRoutes) {
    if (!fits(route, path)) continue;
    methods += methods.empty() ? "" : ", ";
    methods += route.method == "GET" ? "GET, HEAD" : route.method;
  }
  return methods;
}

Answer answer(const Request& request, const Desk& desk) {
  const Route* const route = route_of(request.method, request.path);
  if (route != nullptr) return route->answer(request, desk);
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
