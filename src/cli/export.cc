// `dateline export`: the happenings of a chronicle in a format of another tool, or which events and
// reports each is made of.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/export_corrections.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/output_file.h"
#include "cli/store.h"
#include "export/formats.h"
#include "export/json_lines.h"
#include "export/wording.h"

namespace dateline::cli {

namespace {

struct ExportOptions {
  std::string store, format, file;
  bool clusters = false;
  bool corrections = false;
  bool happenings = false;
  bool replace = false;
  HappeningFilter filter;
};

/// Which events, or which reports, each happening is made of.
int run_members(const ExportOptions& options) {
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  Output output;
  std::string line;
  const auto given = chronicle->members([&](const HappeningMembers& happening) {
    line.clear();
    if (options.clusters) {
      exporting::append_cluster(happening, line);
    } else {
      exporting::append_json_line(happening, line);
    }
    return output.data(line);
  });
  if (!given) return output.finish(complain_of(given.error()));
  return output.finish(kDone);
}

struct Written {
  std::size_t rows = 0, happenings = 0, left_out = 0;
};

/// "wrote 40 claims of 12 happenings", and what is not among them.
std::string account_of(const Written& written, const exporting::Format& format,
                       const ExportOptions& options) {
  std::string text = "wrote " + exporting::count_of(written.rows, format.row);
  if (format.row != "happening") {
    text += " of " + exporting::count_of(written.happenings, "happening");
  }
  if (!options.file.empty()) text += " to " + options.file;
  if (written.left_out > 0) {
    text += fmt::format("; {} without any day left out",
                        exporting::count_of(written.left_out, "happening"));
  }
  if (!options.filter.background) text += "; --background adds what no report is about";
  return text;
}

int write(const Chronicle& chronicle, const exporting::Format& format, exporting::Writer& writer,
          const ExportOptions& options, Output& output) {
  HappeningFilter filter = options.filter;
  filter.texts = format.texts;
  Written written;
  std::string text;
  writer.begin(text);
  output.data(text);
  const auto given = chronicle.happenings(filter, [&](const Happening& happening) {
    text.clear();
    const std::size_t rows = writer.add(happening, text);
    written.rows += rows;
    ++(rows > 0 ? written.happenings : written.left_out);
    return output.data(text) && !stop_flag();
  });
  if (!given) return output.finish(complain_of(given.error()));
  text.clear();
  writer.end(text);
  output.data(text);
  if (stop_flag()) return output.finish(kInterrupted);
  const int status = output.finish(kDone);
  if (status == kDone && output.is_whole()) complain(account_of(written, format, options));
  return status;
}

int cannot_write(const std::string& file, const std::string& why, int status) {
  complain(fmt::format("cannot write {}: {}", file, why));
  return status;
}

int run_format(const ExportOptions& options) {
  if (Output types; listed_types(options.filter.events, types)) return types.finish(kDone);
  const auto format = exporting::format_called(options.format);
  if (!format) return complain_of(format.error());
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  const auto writer = (*format)->open("");
  if (!writer) return complain_of(writer.error());
  stop_flag();  // From here on Ctrl-C leaves nothing half written.
  if (options.file.empty() || options.file == "-") {
    Output output;
    return write(*chronicle, **format, **writer, options, output);
  }
  std::error_code ignored;
  if (std::filesystem::equivalent(options.file, options.store, ignored)) {
    return cannot_write(options.file, "it is the chronicle itself", kUsage);
  }
  OutputFile file;
  if (const std::string why = file.open(options.file, options.replace); !why.empty()) {
    return cannot_write(options.file, why, kUsage);
  }
  Output output(file.descriptor());
  if (const int status = write(*chronicle, **format, **writer, options, output); status != kDone) {
    return status;
  }
  const std::string why = output.is_whole() ? file.keep() : "";
  return why.empty() ? kDone : cannot_write(options.file, why, kProblem);
}

int list_formats() {
  Output output;
  for (const exporting::Format& format : exporting::formats()) {
    output.write(fmt::format("{:<14} {:<9} {}\n", format.name, format.extension, format.says));
  }
  return output.finish(kDone);
}

int run_export(const ExportOptions& options, bool is_filtered) {
  if (options.corrections && !options.clusters && !options.happenings) {
    if (is_filtered) return usage_error("--corrections gives all that were made: no filter");
    return export_corrections(options.store, options.format, options.file, options.replace);
  }
  if (options.format == "help") return list_formats();
  if (int{options.clusters} + int{options.happenings} + int{!options.format.empty()} != 1 ||
      options.corrections) {
    return usage_error(
        "export what? --format names a format ('--format help' lists them), --happenings gives "
        "the events of each happening, --clusters its reports");
  }
  if (!options.format.empty()) return run_format(options);
  if (is_filtered) return usage_error("--happenings and --clusters give all of a store: no filter");
  return run_members(options);
}

}  // namespace

void add_export(CLI::App& app, Run& command) {
  CLI::App* exported =
      app.add_subcommand("export", "Write happenings in the format of another tool");
  auto options = std::make_shared<ExportOptions>();
  add_store(*exported, options->store);
  exported
      ->add_option("--format", options->format,
                   "csv, geojson, acled, ics and others; 'help' lists them")
      ->type_name("FORMAT");
  exported->add_option("-o,--output", options->file, "The file; standard output without it")
      ->type_name("FILE");
  exported->add_flag("--force", options->replace, "Replace the file where it is there already");
  exported->add_flag("--happenings", options->happenings,
                     "The events of each: {\"happening\", \"events\": [{\"report\", \"event\"}]}");
  exported->add_flag("--corrections", options->corrections,
                     "Instead, the reports that people corrected: --format spacy, chronology or "
                     "brat (a directory)");
  exported->add_flag("--clusters", options->clusters,
                     "The reports of each: {\"cluster\", \"reports\"}");
  const std::size_t unfiltered = exported->get_options().size();
  add_filter(*exported, options->filter.events);
  exported->add_flag("--background", options->filter.background,
                     "Also what no report is about, only mentions");
  add_toll_rule(*exported, options->filter.tolls);
  exported->callback([&command, exported, options, unfiltered] {
    const auto all = exported->get_options();
    const bool is_filtered =
        std::any_of(all.begin() + static_cast<std::ptrdiff_t>(unfiltered), all.end(),
                    [](auto* option) { return option->count() > 0; });
    command = [options, is_filtered] { return run_export(*options, is_filtered); };
  });
}

}  // namespace dateline::cli
