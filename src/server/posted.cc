// SPDX-License-Identifier: Apache-2.0
#include "server/posted.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "article/ascii.h"
#include "export/json_lines.h"
#include "record/utf8.h"
#include "server/corrector.h"
#include "server/query.h"
#include "server/shared_reader.h"

namespace dateline::server {

namespace {

/// "text/html; charset=latin1" to "text/html" and "latin1".
struct ContentType {
  std::string name, charset;
};

ContentType content_type_of(std::string_view header) {
  ContentType type{article::lower(header.substr(0, header.find_first_of("; "))), ""};
  const std::string lower = article::lower(header);
  constexpr std::string_view kCharset = "charset=";
  if (const std::size_t at = lower.find(kCharset); at != std::string::npos) {
    type.charset = lower.substr(at + kCharset.size());
    type.charset.resize(std::min(type.charset.find_first_of("; "), type.charset.size()));
    std::erase(type.charset, '"');
  }
  return type;
}

Answer wrong_type(std::string_view wanted) {
  return failure(415, {6013, fmt::format("the Content-Type must be {}", wanted), {}});
}

using Json = rapidjson::Value;

Error malformed(std::string what) { return Error{6014, std::move(what), {}}; }

/// What a member of a correction is put into.
struct Posted {
  CorrectionRequest request;
  std::int64_t undone = 0;
  bool has_act = false;
};

bool set_text(const Json& json, std::string& text) {
  if (!json.IsString()) return false;
  text.assign(json.GetString(), json.GetStringLength());
  return true;
}

bool set_act(const Json& json, Posted& posted) {
  std::string name;
  if (!set_text(json, name)) return false;
  for (const Act act : {Act::kChange, Act::kConfirm, Act::kReject, Act::kMerge, Act::kSplit,
                        Act::kAdd, Act::kUndo}) {
    if (name_of(act) != name) continue;
    posted.request.act = act;
    return posted.has_act = true;
  }
  return false;
}

bool set_values(const Json& json, Posted& posted) {
  if (!json.IsArray()) return false;
  for (const Json& item : json.GetArray()) {
    CorrectedValue value;
    if (!item.IsObject() || item.MemberCount() != 2 || !item.HasMember("field") ||
        !item.HasMember("value") || !set_text(item["field"], value.field) ||
        !set_text(item["value"], value.value)) {
      return false;
    }
    posted.request.values.push_back(std::move(value));
  }
  return true;
}

bool set_span(const Json& json, Posted& posted) {
  if (!json.IsArray() || json.Size() != 2 || !json[0].IsUint() || !json[1].IsUint()) return false;
  posted.request.span = CodePointSpan{json[0].GetUint(), json[1].GetUint()};
  return true;
}

bool set_undone(const Json& json, Posted& posted) {
  if (!json.IsInt64() || json.GetInt64() < 1) return false;
  posted.undone = json.GetInt64();
  return true;
}

template <std::string CorrectionRequest::* kText>
bool set_own(const Json& json, Posted& posted) {
  return set_text(json, posted.request.*kText);
}

struct Member {
  std::string_view name;
  bool (*set)(const Json&, Posted&);
  std::string_view form;
};
constexpr Member kMembers[] = {
    {"act", set_act, "change, confirm, reject, merge, split, add or undo"},
    {"name", set_own<&CorrectionRequest::name>, "a text"},
    {"with", set_own<&CorrectionRequest::with>, "a text"},
    {"values", set_values, R"([{"field": "day", "value": "2026-03-02"}])"},
    {"words", set_own<&CorrectionRequest::words>, "a text"},
    {"span", set_span, "[first, end] in code points"},
    {"who", set_own<&CorrectionRequest::who>, "a text"},
    {"why", set_own<&CorrectionRequest::why>, "a text"},
    {"correction", set_undone, "the number of a correction"},
};

Result<Posted> correction_in(std::string_view body) {
  if (!record::is_utf8(body)) return tl::unexpected(malformed("the correction is not UTF-8"));
  rapidjson::Document document;
  // Not by recursion: a body of brackets alone is one level a byte.
  document.Parse<rapidjson::kParseIterativeFlag>(body.data(), body.size());
  if (document.HasParseError()) {
    return tl::unexpected(
        malformed(fmt::format("the correction is no JSON: byte {}", document.GetErrorOffset())));
  }
  if (!document.IsObject()) return tl::unexpected(malformed("a correction is a JSON object"));
  Posted posted;
  for (const auto& [key, value] : document.GetObject()) {
    const std::string_view name(key.GetString(), key.GetStringLength());
    const auto* const member = std::ranges::find(kMembers, name, &Member::name);
    if (member == std::end(kMembers)) {
      return tl::unexpected(malformed("a correction has a member that is not known"));
    }
    if (!member->set(value, posted)) {
      return tl::unexpected(malformed(fmt::format("'{}' must be {}", name, member->form)));
    }
  }
  const bool is_undo = posted.request.act == Act::kUndo;
  if (!posted.has_act || is_undo != (posted.undone > 0)) {
    return tl::unexpected(
        malformed("give 'act', and with undo, and with it alone, 'correction', its number"));
  }
  return posted;
}

}  // namespace

Answer corrections(const Request& request, const Desk& desk) {
  auto fields = fields_of(request, kMostEvents, {"name", "after"});
  if (!fields) return failure(400, fields.error());
  std::int64_t after = 0;
  if (const std::string& given = (*fields)["after"]; !given.empty()) {
    const auto got = std::from_chars(given.data(), given.data() + given.size(), after);
    if (got.ec != std::errc() || got.ptr != given.data() + given.size() || after < 0) {
      return failure(400, {6006, "'after' is the number of a correction", {}});
    }
  }
  List list("corrections", fields->limit);
  std::int64_t last = 0;
  const auto given =
      desk.chronicle.corrections((*fields)["name"], [&](const Correction& correction) {
        if (correction.number <= after) return true;
        if (!list.add([&](std::string& out) { exporting::append_json_line(correction, out); })) {
          return false;
        }
        last = correction.number;
        return true;
      });
  if (!given) return failure(given.error());
  const std::string next = list.is_cut() ? fmt::format(",\"next\":\"{}\"", last) : "";
  return std::move(list).answer(next);
}

Answer correct(const Request& request, const Desk& desk) {
  if (desk.corrector == nullptr) {
    return failure(403, {6005, "this server only reads: start it without --read-only", {}});
  }
  if (!request.parameters.empty()) {
    return failure(400, {6006, "a correction is posted without parameters", {}});
  }
  if (content_type_of(request.content_type).name != "application/json") {
    return wrong_type("application/json");
  }
  const auto posted = correction_in(request.body);
  if (!posted) return failure(400, posted.error());
  const auto made =
      posted->request.act == Act::kUndo
          ? desk.corrector->undo(posted->undone, posted->request.who, posted->request.why)
          : desk.corrector->correct(posted->request);
  if (!made) return failure(made.error());
  Answer answer{.status = made->is_settled ? 201 : 202};
  exporting::append_json_line(made->correction, answer.body);
  return answer;
}

Answer read(const Request& request, const Desk& desk) {
  auto fields = fields_of(request, 0, {"date", "title", "uri"});
  if (!fields) return failure(400, fields.error());
  const ContentType type = content_type_of(request.content_type);
  const bool is_page = type.name == "text/html" || type.name == "application/xhtml+xml";
  if (!is_page && type.name != "text/plain") return wrong_type("text/plain or text/html");
  Input input;
  input.bytes = request.body;
  input.date = (*fields)["date"];
  input.title = (*fields)["title"];
  input.uri = (*fields)["uri"];
  if (is_page) input.charset = type.charset;
  const auto record =
      desk.reader->read(std::move(input), is_page ? MediaType::kHtml : MediaType::kText);
  if (!record) return failure(record.error());
  Answer answer;
  append_json(*record, answer.body);
  answer.body += '\n';
  return answer;
}

}  // namespace dateline::server
