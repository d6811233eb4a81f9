// `dateline show REPORT|EVENT`: a report as it was read, or an event with all its evidence.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/evidence.h"
#include "cli/output.h"
#include "cli/store.h"
#include "cli/terminal.h"
#include "export/json_lines.h"

namespace dateline::cli {

namespace {

struct ShowOptions {
  std::string store;
  std::string name;
  bool rejected = false;
  bool attention = false;
  bool page = false;
  bool json = false;
};

/// Where a report came from, for people.
std::string origin(const StoredReport& stored, bool color) {
  std::string out(color ? kBold : "");
  append_visible(stored.ref.handle + "  " + stored.record.title, out);
  if (color) out += kPlain;
  out += '\n';
  std::string lines;
  const auto line = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) lines += fmt::format("  {:<11}{}\n", label, value);
  };
  line("outlet", stored.ref.outlet);
  line("address", stored.record.source.uri);
  line("licence", stored.record.source.licence);
  line("published",
       stored.ref.published + (stored.record.published && stored.record.published->from == "assumed"
                                   ? " (assumed)"
                                   : ""));
  line("id", stored.record.id);
  for (const std::string& place : stored.found_at) line("found at", place);
  line("content", stored.content);
  append_visible(lines, out);
  return out + "\n";
}

int show_rejected(const Chronicle& chronicle, bool table) {
  const auto all = chronicle.rejected();
  if (!all) return complain_of(all.error());
  Output output;
  std::string text;
  Columns columns({"WHERE", "WHY"});
  for (const Rejection& rejection : *all) {
    if (table) {
      std::string where = rejection.uri.empty() ? rejection.id : rejection.uri;
      if (rejection.line > 0) where += fmt::format(":{}", rejection.line);
      columns.add({where, fmt::format("{} (DL{})", rejection.reason, rejection.code)}, {});
    } else {
      exporting::append_json_line(rejection, text);
    }
  }
  if (table && columns.rows() > 0) {
    columns.print(terminal_width(), use_color(Color::kAuto), text);
  }
  table ? output.write(text) : output.data(text);
  return output.finish(kDone);
}

int show_attention(const Chronicle& chronicle, bool table) {
  const auto all = chronicle.attention();
  if (!all) return complain_of(all.error());
  Output output;
  std::string text;
  Columns columns({"WHAT", "WHERE", "WHY"});
  for (const Attention& one : *all) {
    if (table) {
      columns.add(
          {one.kind, one.where == one.file ? one.file : one.where + " " + one.file, one.reason},
          {});
    } else {
      exporting::append_json_line(one, text);
    }
  }
  if (table && columns.rows() > 0) {
    columns.print(terminal_width(), use_color(Color::kAuto), text);
  }
  table ? output.write(text) : output.data(text);
  return output.finish(kDone);
}

int run_show(const ShowOptions& options) {
  if (options.name.empty() && !options.rejected && !options.attention) {
    return usage_error("which report or event? Try 'dateline show r1'");
  }
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  const bool for_people = !options.json && is_terminal(STDOUT_FILENO);
  if (options.rejected) return show_rejected(*chronicle, for_people);
  if (options.attention) return show_attention(*chronicle, for_people);
  if (options.page) {
    auto page = chronicle->page(options.name);
    if (!page) return complain_of(page.error());
    Output output;
    output.data(page->bytes);
    return output.finish(kDone);
  }
  const auto stored = chronicle->show(options.name);
  if (!stored) return complain_of(stored.error());

  Output output;
  std::string text;
  if (!for_people) {
    if (stored->event) {
      exporting::append_json_line(*stored->event, text);
    } else {
      append_json(stored->record, text);
      text += '\n';
    }
  } else if (stored->event) {
    append_evidence(*stored, terminal_width(), use_color(Color::kAuto), text);
  } else {
    text += origin(*stored, use_color(Color::kAuto));
    append_visible(stored->record.text, text);
    text += '\n';
  }
  for_people ? output.write(text) : output.data(text);
  return output.finish(kDone);
}

}  // namespace

void add_show(CLI::App& app, Run& command) {
  CLI::App* show = app.add_subcommand(
      "show", "Print a report as it was read, or an event with all its evidence");
  auto options = std::make_shared<ShowOptions>();
  show->add_option("name", options->name,
                   "A handle (r1, r1.v2), a report's id or address, or the first digits of its "
                   "content's sha256")
      ->type_name("REPORT|EVENT");
  show->add_flag("--rejected", options->rejected,
                 "List the reports that could not be read, and why");
  show->add_flag("--attention", options->attention,
                 "List what needs a look: reports without a day, warnings, copies, what was not "
                 "read");
  show->add_flag(
      "--page", options->page,
      "Print the web page, PDF or subtitles it was read from, byte for byte as they were given");
  show->add_flag("--json", options->json, "JSON also on a terminal");
  add_store(*show, options->store);
  show->callback([&command, options] { command = [options] { return run_show(*options); }; });
}

}  // namespace dateline::cli
