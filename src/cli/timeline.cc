// `dateline timeline`: the happenings of a chronicle in the order of their days, a line each, with
// how many sources tell it and what they tell differently; or each event of each report, with who,
// what, to whom, where, how many, according to whom, its words and its report.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "cli/terminal.h"
#include "export/csv.h"
#include "export/json_lines.h"
#include "export/told.h"
#include "export/wording.h"

namespace dateline::cli {

namespace {

struct TimelineOptions {
  std::string store;
  Format format = Format::kAuto;
  bool each = false;
  HappeningFilter filter;
};

bool dated(const TimelineEvent& event) { return !event.begin.empty() || !event.end.empty(); }

bool is_inferred(const TimelineEvent& event) {
  return event.day_from == "context" || event.day_from == "published";
}

/// The day, in brackets where the event's own sentence does not tell it.
std::string when(const TimelineEvent& event) {
  const std::string days = exporting::days(event.begin, event.end);
  return is_inferred(event) ? "(" + days + ")" : days;
}

/// Where an event without a date stands.
std::string placed(const TimelineEvent& event) {
  const std::string& published = event.report.published;
  return published.empty() ? "[undated]" : "[" + published.substr(0, 10) + "]";
}

std::string what(const TimelineEvent& event) {
  std::string text = event.type;
  if (!event.mode.empty()) text += " " + event.mode;
  if (event.polarity == "negated") text += " (negated)";
  if (!event.status.empty() && event.status != "actual") text += " (" + event.status + ")";
  return text;
}

/// What a day that the event's own sentence does not tell was taken from.
std::string day_source(const TimelineEvent& event) {
  if (event.day_from == "published") return "day from that of publication";
  return "day from “" + event.day_words + "”";
}

/// According to whom, and in which report: the last line of an event.
std::string report(const TimelineEvent& event) {
  const ReportRef& from = event.report;
  std::string text = exporting::voices(event.according_to);
  if (!text.empty()) text = "according to " + text + " · ";
  if (is_inferred(event)) text += day_source(event) + " · ";
  if (const std::string state = exporting::state(event); !state.empty()) text += state + " · ";
  text += event.handle + " · " + exporting::origin(from);
  if (!from.published.empty()) text += ", " + from.published.substr(0, 10);
  if (!from.title.empty()) text += ": " + from.title;
  return text;
}

/// The day of a happening, as the account tells it that tells it best.
void take_day(const Happening& happening, TimelineEvent& shown) {
  const TimelineEvent& told = exporting::day_teller(happening);
  shown.begin = told.begin;
  shown.end = told.end;
  shown.day_from = told.day_from;
  shown.day_words = told.day_words;
}

/// How many tell a happening, what they dispute, and what it is called: the last line of one.
std::string told_by(const Happening& happening, const TimelineEvent& shown) {
  std::string text = happening.id;
  if (happening.reports > 1) {
    text += " · " + exporting::count_of(happening.sources, "source") + " in " +
            exporting::count_of(happening.reports, "report");
  }
  if (!happening.disputed.empty()) {
    text += fmt::format(" · disputed: {}", fmt::join(happening.disputed, ", "));
  }
  return text + " · " + report(shown);
}

/// Prints rows a screenful or two at a time, so that a long chronicle neither waits nor piles up.
class TablePrinter {
 public:
  explicit TablePrinter(Output& output) : output_(output) {}

  bool add(const TimelineEvent& event) {
    return add(event, exporting::numbers_in_words(event.quantities), report(event));
  }

  /// What most accounts say, in the words of the fullest.
  bool add(const Happening& happening) {
    TimelineEvent shown = happening.accounts[happening.fullest].told;
    shown.type = happening.type;
    shown.state = happening.state;
    take_day(happening, shown);
    return add(shown, exporting::how_many(happening), told_by(happening, shown));
  }

  void finish() {
    if (columns_.rows() > 0) flush();
    if (inferred_) {
      output_.write(
          "(…): the event's sentence tells no day; the last line says what it was taken from\n");
    }
    if (undated_) output_.write("[…]: the report gives no date; placed where it was published\n");
  }

 private:
  bool add(const TimelineEvent& event, const std::string& how_many, const std::string& note) {
    undated_ = undated_ || !dated(event);
    inferred_ = inferred_ || is_inferred(event);
    columns_.add({dated(event) ? when(event) : placed(event), what(event),
                  exporting::names(event.actors), exporting::names(event.recipients),
                  exporting::place(event), how_many, exporting::voices(event.according_to)},
                 {"“" + event.words + "”", note});
    constexpr std::size_t kRows = 200;
    return columns_.rows() < kRows || flush();
  }

  bool flush() {
    std::string text;
    columns_.print(terminal_width(), color_, text);
    return output_.write(text) && output_.flush();
  }

  Output& output_;
  Columns columns_{{"WHEN", "WHAT", "WHO", "TO WHOM", "WHERE", "HOW MANY"}, 1};
  bool color_ = use_color(Color::kAuto);
  bool undated_ = false, inferred_ = false;
};

int run_timeline(const TimelineOptions& options) {
  if (Output types; listed_types(options.filter.events, types)) return types.finish(kDone);
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  const Format format = decided(options.format);
  Output output;
  TablePrinter table(output);
  if (format == Format::kCsv) {
    std::string header;
    options.each ? exporting::append_timeline_csv_header(header)
                 : exporting::append_happenings_csv_header(header);
    output.data(header);
  }
  std::string line;
  const auto give = [&](const auto& row) {
    if (format == Format::kTable) return table.add(row);
    line.clear();
    if (format == Format::kCsv) {
      exporting::append_csv(row, line);
    } else {
      exporting::append_json_line(row, line);
    }
    return output.data(line);
  };
  const auto given = options.each ? chronicle->timeline(options.filter.events, give)
                                  : chronicle->happenings(options.filter, give);
  if (!given) return output.finish(complain_of(given.error()));
  if (format == Format::kTable) {
    table.finish();
    if (*given == 0) {
      if (const auto totals = chronicle->totals()) {
        complain(fmt::format("no {} fits: {} holds {} reports and {} events",
                             options.each ? "event" : "happening", options.store, totals->reports,
                             totals->events));
      }
    }
  }
  return output.finish(kDone);
}

}  // namespace

void add_timeline(CLI::App& app, Run& command) {
  CLI::App* timeline =
      app.add_subcommand("timeline", "Print what happened, in the order of its days");
  auto options = std::make_shared<TimelineOptions>();
  add_store(*timeline, options->store);
  add_format(*timeline, options->format);
  add_filter(*timeline, options->filter.events);
  timeline->add_flag("--each", options->each, "Each event of each report, not each happening");
  timeline->add_flag("--background", options->filter.background,
                     "Also what no report is about, only mentions");
  add_toll_rule(*timeline, options->filter.tolls);
  timeline->callback(
      [&command, options] { command = [options] { return run_timeline(*options); }; });
}

}  // namespace dateline::cli
