// SPDX-License-Identifier: Apache-2.0
#include "mcp/tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "chronicle/filter_options.h"
#include "mcp/bounded.h"
#include "record/offsets.h"
#include "server/api.h"

namespace dateline::mcp {

namespace {

using exporting::JsonLine;
using rapidjson::Value;

struct Argument {
  std::string_view name, type, help;
  bool required = false;
};

constexpr Argument kLimit{"limit", "integer", "At most so many, 1 to 50 (10)"};

constexpr Argument kBackground{"background", "boolean",
                               "Also what no report is about, only looks back to"};
constexpr std::array kTimeline = {
    kBackground, Argument{"after", "string", "`next` of the answer before: go on there"}, kLimit};
constexpr std::array kCount = {
    Argument{"by", "array",
             "What to count by, one or two of year, month, day, type, place, "
             "country, actor, source",
             true},
    kBackground, kLimit};
constexpr std::array kActors = {
    Argument{"name", "string", "A whole name, or words that names begin with"},
    Argument{"country", "string", "Code of a country (ISO 3166)"},
    Argument{"kind", "string", "person, organization, group or country"}, kLimit};
constexpr std::array kActor = {
    Argument{"name", "string", "An id of `actors`: a3f9c51d20b7e", true}};
constexpr std::array kSearch = {
    Argument{"q", "string", "Words that a report has; \"quoted\" ones stand together", true},
    kLimit};
constexpr std::array kAccounts = {
    Argument{"name", "string", "A happening (h3f9c51d20b7e) or an event of it (r17.v3)", true}};
constexpr std::array kEvent = {Argument{"name", "string", "An event: r17.v3", true}};
constexpr std::array kPassage = {
    Argument{"name", "string", "A report (r17), or an event: then the passage around it", true},
    Argument{"from", "integer", "Its first character, counted from 0"},
    Argument{"length", "integer", "So many characters, 1 to 8,000 (2,000)"}};
constexpr std::array kRead = {Argument{"text", "string", "The report, of at most 4 KiB", true},
                              Argument{"date", "string", "The day of its publication: 2026-03-09"}};

struct Tool {
  std::string_view name, title, help;
  std::span<const Argument> arguments;
  bool filters;           ///< Takes those of the timeline, too.
  std::string_view path;  ///< Of the REST API; one that ends in '/' is followed by `name`.
};

constexpr Tool kTools[] = {
    {"timeline", "What happened",
     "Happenings in the order of their days: who did what to whom, when, where, how many, how many "
     "independent sources tell it and what they dispute.",
     kTimeline, true, "/api/happenings"},
    {"count", "Counts of happenings",
     "How many happenings, the most first, or in the order of time.", kCount, true, "/api/count"},
    {"search", "Search reports", "The reports that have these words, best first, with where.",
     kSearch, true, "/api/search"},
    {"accounts", "Accounts of a happening",
     "What each source says of one happening, in its words, and where they contradict each other.",
     kAccounts, false, "/api/accounts/"},
    {"event", "An event", "One event of one report with all the words it was read from.", kEvent,
     false, "/api/events/"},
    {"actors", "Actors",
     "Who takes part, those named by most reports first, under all their names.", kActors, false,
     "/api/actors"},
    {"actor", "An actor",
     "Who names one actor how, what they say it is, what it did and what was done to it.", kActor,
     false, "/api/actors/"},
    {"passage", "A passage of a report",
     "A report's own words, and the handles of the events that are told in them.", kPassage, false,
     ""},
    {"read", "Read a text",
     "What Dateline reads in a text that is given here: nothing is kept. Spans count its "
     "characters.",
     kRead, false, ""},
};

const Tool* find_tool(std::string_view name) {
  const auto found = std::ranges::find(kTools, name, &Tool::name);
  return found == std::end(kTools) ? nullptr : found;
}

void property(JsonLine& json, std::string_view name, std::string_view type, std::string_view help) {
  json.object(name, [&] {
    json.known("type", type);
    if (type == "array") json.object("items", [&] { json.known("type", "string"); });
    json.known("description", help);
  });
}

void schema(JsonLine& json, const Tool& tool) {
  json.known("type", "object");
  json.object("properties", [&] {
    for (const Argument& argument : tool.arguments) {
      property(json, argument.name, argument.type, argument.help);
    }
    if (!tool.filters) return;
    for (const chronicle::FilterOption& option : chronicle::filter_options()) {
      property(json, option.name, option.several ? "array" : "string", option.help);
    }
  });
  json.list("required", tool.arguments, [&](const Argument& argument) {
    if (argument.required) json.value(argument.name);
  });
  json.flag("additionalProperties", false);
}

std::string_view string_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

tl::unexpected<Error> mistake(std::string message) { return fail(6006, std::move(message)); }

/// The arguments as the REST API has them: text, one parameter for each of several.
Result<std::vector<std::pair<std::string, std::string>>> parameters_of(const Value& arguments) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const auto& [name, value] : arguments.GetObject()) {
    const std::string_view key = string_of(name);
    const auto add = [&](const Value& one) {
      if (one.IsString()) {
        parameters.emplace_back(key, string_of(one));
      } else if (one.IsBool()) {
        parameters.emplace_back(key, one.GetBool() ? "true" : "false");
      } else if (one.IsInt64()) {
        parameters.emplace_back(key, fmt::format("{}", one.GetInt64()));
      } else if (one.IsNumber()) {
        parameters.emplace_back(key, fmt::format("{}", one.GetDouble()));
      } else {
        return false;
      }
      return true;
    };
    const bool taken =
        value.IsArray() ? std::ranges::all_of(value.GetArray(), add) : value.IsNull() || add(value);
    if (!taken) return mistake(fmt::format("'{}' is text or a number, or a list of text", key));
  }
  return parameters;
}

/// A whole number that was given; nothing where none was.
Result<std::optional<std::uint64_t>> number_in(const Value& arguments, const char* name,
                                               std::uint64_t least, std::uint64_t most) {
  const auto found = arguments.FindMember(name);
  if (found == arguments.MemberEnd() || found->value.IsNull()) return std::nullopt;
  if (!found->value.IsUint64() || found->value.GetUint64() < least ||
      found->value.GetUint64() > most) {
    return mistake(fmt::format("'{}' is a whole number from {} to {}", name, least, most));
  }
  return found->value.GetUint64();
}

Result<std::string_view> text_in(const Value& arguments, const char* name) {
  const auto found = arguments.FindMember(name);
  if (found == arguments.MemberEnd() || !found->value.IsString()) {
    return mistake(fmt::format("'{}' is needed, as text", name));
  }
  return string_of(found->value);
}

/// Fails where an argument is none of the tool's.
Result<void> check_names(const Tool& tool, const Value& arguments) {
  for (const auto& member : arguments.GetObject()) {
    const std::string_view name = string_of(member.name);
    const bool own =
        std::ranges::find(tool.arguments, name, &Argument::name) != tool.arguments.end();
    const auto options = chronicle::filter_options();
    const bool filters =
        tool.filters &&
        std::ranges::find(options, name, &chronicle::FilterOption::name) != options.end();
    if (!own && !filters) return mistake(fmt::format("'{}' takes no '{}'", tool.name, name));
  }
  return {};
}

/// What the REST API answers, cut to kMostBytes.
Result<std::string> ask(const Tool& tool, const Value& arguments, const Chronicle& chronicle) {
  constexpr std::uint64_t kUsualItems = 10;
  auto parameters = parameters_of(arguments);
  if (!parameters) return tl::unexpected(parameters.error());
  std::string path(tool.path);
  if (path.ends_with('/')) {
    const auto name = text_in(arguments, "name");
    if (!name) return tl::unexpected(name.error());
    path += *name;
    parameters->clear();
  } else {
    const auto limit = number_in(arguments, "limit", 1, kMostItems);
    if (!limit) return tl::unexpected(limit.error());
    std::erase_if(*parameters, [](const auto& one) { return one.first == "limit"; });
    parameters->emplace_back("limit", fmt::format("{}", limit->value_or(kUsualItems)));
  }
  const server::Answer answer =
      server::answer({.path = path, .parameters = std::move(*parameters)}, {chronicle});
  return bounded(answer, kMostBytes);
}

}  // namespace

void Tools::describe(JsonLine& json) {
  json.objects("tools", std::span(kTools), [&](const Tool& tool) {
    json.known("name", tool.name);
    json.known("title", tool.title);
    json.known("description", tool.help);
    json.object("inputSchema", [&] { schema(json, tool); });
    json.object("annotations", [&] {
      json.flag("readOnlyHint", true);
      json.flag("openWorldHint", false);
    });
  });
}

bool Tools::has(std::string_view name) { return find_tool(name) != nullptr; }

Result<std::string> Tools::call(std::string_view name, const Value& arguments) {
  const Tool& tool = *find_tool(name);
  if (auto known = check_names(tool, arguments); !known) return tl::unexpected(known.error());
  if (!tool.path.empty()) return ask(tool, arguments, chronicle_);
  return name == "read" ? read(arguments) : passage(arguments);
}

Result<std::string> Tools::passage(const Value& arguments) const {
  constexpr std::uint64_t kUsual = 2'000, kBefore = 500, kFarthest = 1u << 30;
  const auto name = text_in(arguments, "name");
  if (!name) return tl::unexpected(name.error());
  const auto from = number_in(arguments, "from", 0, kFarthest);
  if (!from) return tl::unexpected(from.error());
  const auto length = number_in(arguments, "length", 1, kMostPassage);
  if (!length) return tl::unexpected(length.error());
  const auto stored = chronicle_.show(*name);
  if (!stored) return tl::unexpected(stored.error());

  const std::string_view all = stored->record.text;
  const record::CodePoints points(all);
  const record::Bytes bytes(all);
  const std::uint64_t size = points.at(static_cast<std::uint32_t>(all.size()));
  const std::uint64_t sentence = stored->event ? stored->event->sentence_at.begin : 0;
  const std::uint64_t begin =
      std::min(size, from->value_or(sentence - std::min(sentence, kBefore)));
  const std::uint64_t end = std::min(size, begin + length->value_or(kUsual));
  const std::uint32_t first = bytes.at(begin).value_or(all.size());
  const std::uint32_t last = bytes.at(end).value_or(all.size());
  std::vector<const Event*> told;
  for (const Event& event : stored->record.events) {
    if (event.trigger.begin >= first && event.trigger.end <= last) told.push_back(&event);
  }

  server::Answer answer;
  {
    JsonLine json(answer.body);
    json.report(stored->ref);
    json.whole("from", begin);
    json.whole("to", end);
    json.whole("of", size);
    json.known("quotation", all.substr(first, last - first));
    json.objects("events", told, [&](const Event* event) {
      json.known("event", stored->ref.handle + "." + event->id);
      json.known("type", event->type);
      json.known("words", event->trigger.of(all));
    });
  }
  return bounded(answer, kMostBytes);
}

Result<std::string> Tools::read(const Value& arguments) {
  const auto given = text_in(arguments, "text");
  if (!given) return tl::unexpected(given.error());
  if (given->size() > kMostToRead) {
    return mistake(fmt::format("'text' has more than {} bytes: give it in parts", kMostToRead));
  }
  const bool dated = arguments.HasMember("date");
  const auto date = dated ? text_in(arguments, "date") : Result<std::string_view>("");
  if (!date) return tl::unexpected(date.error());
  Input input;
  input.bytes = *given;
  input.verbatim = true;  // Spans count the characters that were given.
  input.date = *date;
  const auto record = reader_.read(std::move(input), MediaType::kText);
  if (!record) return tl::unexpected(record.error());
  std::string json;
  append_json(*record, json);
  if (json.size() > kMostBytes) {
    return mistake(
        fmt::format("what was read has more than {} bytes: give the text in parts", kMostBytes));
  }
  return json;
}

}  // namespace dateline::mcp
