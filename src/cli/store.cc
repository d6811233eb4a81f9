// SPDX-License-Identifier: Apache-2.0
#include "cli/store.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "chronicle/filter_options.h"
#include "cli/choice.h"
#include "cli/complaints.h"
#include "cli/terminal.h"
#include "dateline/event_types.h"

namespace dateline::cli {

void add_store(CLI::App& command, std::string& store) {
  store = "chronicle.db";
  command.add_option("--store", store, "The chronicle's file")
      ->check([](const std::string& file) { return file.empty() ? "a file is needed" : ""; })
      ->capture_default_str();
}

Result<Chronicle> open_to_write(const std::string& store) {
  auto chronicle = Chronicle::open(store, {.access = Access::kWrite});
  if (chronicle && !chronicle->backup().empty()) {
    complain(fmt::format("an older version made {}: it is brought up, and kept as it was in {}",
                         store, chronicle->backup()));
  }
  return chronicle;
}

void add_format(CLI::App& command, Format& format) {
  static const std::map<std::string, Format> kFormats = {
      {"table", Format::kTable}, {"jsonl", Format::kJsonLines}, {"csv", Format::kCsv}};
  command
      .add_option_function<std::string>(
          "--format", [&format](const std::string& name) { format = kFormats.at(name); },
          "table, jsonl or csv; where it is not given, a table on a terminal, else jsonl")
      ->check(CLI::IsMember({"table", "jsonl", "csv"}).description(""))
      ->type_name("FORMAT");
}

Format decided(Format format) {
  if (format != Format::kAuto) return format;
  return is_terminal(STDOUT_FILENO) ? Format::kTable : Format::kJsonLines;
}

void add_toll_rule(CLI::App& command, TollRule& rule) {
  static const std::map<std::string, TollRule> kRules = {
      {"latest-official", TollRule::kLatestOfficial},
      {"conservative", TollRule::kConservative},
      {"most-told", TollRule::kMostTold}};
  command
      .add_option_function<std::string>(
          "--tolls", [&rule](const std::string& name) { rule = kRules.at(name); },
          "Which of several numbers is the best: latest-official (where it is not given), "
          "conservative (the lowest) or most-told")
      ->check(CLI::IsMember({"latest-official", "conservative", "most-told"}).description(""))
      ->type_name("RULE");
}

bool listed_types(const Filter& filter, Output& output) {
  if (std::ranges::find(filter.types, "help") == filter.types.end()) return false;
  for (const EventType& type : kEventTypes) {
    output.write(fmt::format("{:<10} {}\n", type.name, type.says));
  }
  return true;
}

void add_filter(CLI::App& command, Filter& filter) {
  for (const chronicle::FilterOption& option : chronicle::filter_options()) {
    const auto set = [&filter, &option](const std::vector<std::string>& values) {
      for (const std::string& value : values) {
        if (const auto mistake = option.set(filter, value)) {
          throw CLI::ValidationError(fmt::format("{} (DL{})", mistake->message, mistake->code));
        }
      }
      return true;
    };
    CLI::Option* const added =
        command.add_option("--" + std::string(option.name), set, std::string(option.help));
    added->type_name(std::string(option.label));
    added->expected(1);
    if (option.several) added->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
  add_count(command, "--limit", filter.limit, "At most so many", "N");
}

}  // namespace dateline::cli
