// SPDX-License-Identifier: Apache-2.0
#include "server/query.h"

#include <algorithm>
#include <charconv>

#include "chronicle/filter_options.h"
#include "record/utf8.h"

namespace dateline::server {

namespace {

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

std::optional<Error> mistake_in(std::string_view name, const std::string& value) {
  if (value.size() > kMostParameterBytes) {
    return Error{6006, fmt::format("'{}' is longer than {} bytes", name, kMostParameterBytes), {}};
  }
  if (!record::is_utf8(value)) return Error{6006, fmt::format("'{}' is not UTF-8", name), {}};
  return std::nullopt;
}

std::optional<Error> set_limit(const std::string& value, std::size_t most, std::size_t& limit) {
  const char* const end = value.data() + value.size();
  const auto got = std::from_chars(value.data(), end, limit);
  const bool is_one = got.ec == std::errc() && got.ptr == end && limit > 0;
  if (is_one && (most == 0 || limit <= most)) return std::nullopt;
  if (most == 0) return Error{6006, "'limit' is a number from 1 on", {}};
  return Error{6006, fmt::format("'limit' is a number from 1 to {}", most), {}};
}

std::optional<Error> set_flag(std::string_view name, const std::string& value, bool& flag) {
  flag = value == "true";
  if (value.empty() || value == "true" || value == "false") return std::nullopt;
  return Error{6006, fmt::format("'{}' is true or false", name), {}};
}

/// What some paths take beside the filter of the timeline.
struct Extra {
  std::string_view name;
  std::optional<Error> (*set)(Query& query, const std::string& value);
};

constexpr Extra kExtras[] = {
    {"q",
     [](Query& query, const std::string& value) -> std::optional<Error> {
       query.words = value;
       return std::nullopt;
     }},
    {"background",
     [](Query& query, const std::string& value) -> std::optional<Error> {
       return set_flag("background", value, query.filter.background);
     }},
    {"by",
     [](Query& query, const std::string& value) -> std::optional<Error> {
       query.by.push_back(value);
       return std::nullopt;
     }},
    {"format",
     [](Query& query, const std::string& value) -> std::optional<Error> {
       query.format = value;
       return std::nullopt;
     }},
    {"tolls",
     [](Query& query, const std::string& value) -> std::optional<Error> {
       constexpr std::pair<std::string_view, TollRule> kRules[] = {
           {"", TollRule::kLatestOfficial},
           {"latest-official", TollRule::kLatestOfficial},
           {"conservative", TollRule::kConservative},
           {"most-told", TollRule::kMostTold}};
       for (const auto& [name, rule] : kRules) {
         if (name != value) continue;
         query.filter.tolls = rule;
         return std::nullopt;
       }
       return Error{6006, "'tolls' is latest-official, conservative or most-told", {}};
     }},
    {"after",
     [](Query& query, const std::string& value) -> std::optional<Error> {
       query.filter.events.after = value;
       return std::nullopt;
     }},
};

std::optional<Error> set_option(Filter& filter, const std::string& name, const std::string& value) {
  const auto options = chronicle::filter_options();
  const auto option = std::ranges::find(options, name, &chronicle::FilterOption::name);
  if (option == options.end()) return Error{6006, fmt::format("no parameter '{}' here", name), {}};
  if (value.empty()) return std::nullopt;
  if ((name == "since" || name == "until") && !is_date(value)) {
    return Error{6006, fmt::format("'{}' is a date: 2026, 2026-03 or 2026-03-09", name), {}};
  }
  return option->set(filter, value);
}

/// Whose failure an error of the chronicle is: a damaged store is ours, a name that nothing has, a
/// search for nothing or a day that never was is the asker's; a query too long is the moment's.
struct Status {
  int status, code;
};
constexpr Status kStatuses[] = {
    {413, 1001}, {422, 1002}, {422, 1003}, {503, 1012}, {503, 4006}, {404, 4010}, {409, 4011},
    {400, 4012}, {400, 4013}, {404, 4014}, {503, 4015}, {400, 4017}, {409, 4018}, {400, 4020},
    {400, 4021}, {400, 4022}, {400, 4023}, {400, 4024}, {400, 4025}, {400, 4026}, {400, 4027},
    {400, 4030}, {400, 4031}, {409, 4032}, {409, 4033}, {404, 4034}, {409, 4035}, {400, 5001},
};

}  // namespace

Result<Query> query_of(const Request& request, std::size_t most,
                       std::initializer_list<std::string_view> extras) {
  Query query{.filter = {.events = {.limit = most}}};
  for (const auto& [name, value] : request.parameters) {
    auto mistake = mistake_in(name, value);
    if (!mistake && name == "limit") {
      mistake = set_limit(value, most, query.filter.events.limit);
    } else if (!mistake) {
      const bool is_extra = std::ranges::find(extras, name) != extras.end();
      mistake = is_extra ? std::ranges::find(kExtras, name, &Extra::name)->set(query, value)
                         : set_option(query.filter.events, name, value);
    }
    if (mistake) return tl::unexpected(std::move(*mistake));
  }
  return query;
}

Result<Fields> fields_of(const Request& request, std::size_t most,
                         std::initializer_list<std::string_view> names) {
  Fields fields{.limit = most};
  for (const auto& [name, value] : request.parameters) {
    auto mistake = mistake_in(name, value);
    if (!mistake && name == "limit" && most > 0) {
      mistake = set_limit(value, most, fields.limit);
    } else if (!mistake && std::ranges::find(names, name) == names.end()) {
      mistake = Error{6006, fmt::format("no parameter '{}' here", name), {}};
    } else if (!mistake && name == "background") {
      mistake = set_flag(name, value, fields.background);
    } else if (!mistake) {
      fields.values[name] = value;
    }
    if (mistake) return tl::unexpected(std::move(*mistake));
  }
  return fields;
}

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

Answer failure(const Error& error) {
  const auto* const known = std::ranges::find(kStatuses, error.code, &Status::code);
  return failure(known == std::end(kStatuses) ? 500 : known->status, error);
}

}  // namespace dateline::server
