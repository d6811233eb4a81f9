// `dateline count --by month --by type`: how many happenings there are of each.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "cli/terminal.h"
#include "export/counts.h"
#include "export/csv_row.h"

namespace dateline::cli {

namespace {

struct CountOptions {
  std::string store;
  Format format = Format::kAuto;
  std::vector<std::string> by;
  HappeningFilter filter;
};

int run_count(const CountOptions& options) {
  if (Output types; listed_types(options.filter.events, types)) return types.finish(kDone);
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  const Format format = decided(options.format);
  Output output;
  std::vector<std::string> header = options.by;
  header.emplace_back("happenings");
  Columns columns(header, header.size());
  const auto flush = [&] {
    std::string text;
    columns.print(terminal_width(), use_color(Color::kAuto), text);
    return output.write(text);
  };
  std::string line;
  if (format == Format::kCsv) {
    exporting::CsvRow row(line);
    for (const std::string& name : header) row.text(name);
  }
  if (!line.empty()) output.data(line);
  const auto given = chronicle->count(options.filter, options.by, [&](const Count& count) {
    line.clear();
    if (format == Format::kTable) {
      std::vector<std::string> cells = count.of;
      for (std::string& cell : cells) cell = cell.empty() ? "(unknown)" : cell;
      cells.push_back(std::to_string(count.happenings));
      columns.add(std::move(cells), {});
      constexpr std::size_t kRows = 200;
      return columns.rows() < kRows || flush();
    }
    if (format == Format::kCsv) {
      exporting::CsvRow row(line);
      for (const std::string& name : count.of) row.text(name);
      row.text(std::to_string(count.happenings));
    } else {
      exporting::append_json_line(count, options.by, line);
    }
    return output.data(line);
  });
  if (!given) return output.finish(complain_of(given.error()));
  if (format == Format::kTable && columns.rows() > 0) flush();
  if (format == Format::kTable && *given == 0) complain("no happening fits");
  return output.finish(kDone);
}

}  // namespace

void add_counting(CLI::App& app, Run& command) {
  CLI::App* count =
      app.add_subcommand("count", "Count happenings by month, place, actor and so on");
  auto options = std::make_shared<CountOptions>();
  count
      ->add_option("--by", options->by,
                   "year, month, day, type, place, country, actor or source; once or twice")
      ->required()
      ->delimiter(',')
      ->type_name("WHAT")
      ->allow_extra_args(false);
  add_store(*count, options->store);
  add_format(*count, options->format);
  add_filter(*count, options->filter.events);
  count->add_flag("--background", options->filter.background,
                  "Also what no report is about, only mentions");
  count->callback([&command, options] { command = [options] { return run_count(*options); }; });
}

}  // namespace dateline::cli
