// dateline knowledge check: what is wrong with a directory of tables, what the examples of its rows
// give, and in which reports its own rows fire.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "check/examples.h"
#include "check/mistakes.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "dateline/stream.h"
#include "knowledge/own_events.h"

namespace dateline::cli {

namespace {

using knowledge::OwnEvent;

struct KnowledgeOptions {
  std::string directory, pipeline;
  std::vector<std::string> reports;
};

/// How many reports a row fires in, and a sentence in which it does.
struct Firing {
  std::size_t reports = 0;
  std::string sentence;
};

std::string sentence_at(const Record& record, Span span) {
  for (const Span sentence : record.sentences) {
    if (!sentence.overlaps(span)) continue;
    std::string_view words = sentence.of(record.text);
    while (!words.empty() && static_cast<unsigned char>(words.back()) <= ' ')
      words.remove_suffix(1);
    return std::string(words);
  }
  return std::string(span.of(record.text));
}

class Check {
 public:
  Check(const check::Lint& lint, const Explainer& explainer) : lint_(lint), explainer_(explainer) {}

  /// False where an example does not give what its row says.
  Result<bool> examples() {
    const auto trials = check::run_examples(explainer_, knowledge::tables_in(lint_.tables().own()));
    if (!trials) return tl::unexpected(trials.error());
    std::map<std::string, std::size_t> held;
    bool all_hold = true;
    for (const check::Trial& trial : *trials) {
      all_hold &= trial.holds;
      held[trial.table] += trial.holds;
      // Of the many rows of other tables only those that fail are worth a line.
      if (trial.holds && trial.table != OwnEvent::kTable) continue;
      row(trial.table, trial.line, trial.words, (trial.holds ? "" : "FAILS: ") + trial.gives);
    }
    for (const auto& [table, count] : held) {
      write(fmt::format("{}: {} example{} hold{}\n", file(table), count, count == 1 ? "" : "s",
                        count == 1 ? "s" : ""));
    }
    return all_hold;
  }

  /// In how many of these reports each row of the user's own fires.
  Result<void> reports(Source& source) {
    std::map<std::size_t, Firing> by_line;
    std::size_t count = 0;
    while (auto found = source.next()) {
      auto explained = found->input ? explainer_.read(*found->input)
                                    : Result<Explained>(tl::unexpected(found->input.error()));
      if (!explained) {
        complain_of(found->place, explained.error());
        continue;
      }
      ++count;
      std::map<std::size_t, Span> first;  // By the row's line.
      for (const reading::Reason& reason : explained->trace.reasons) {
        if (reason.table == OwnEvent::kTable) first.emplace(reason.line, reason.span);
      }
      for (const auto& [line, span] : first) {
        Firing& firing = by_line[line];
        if (firing.reports++ == 0) firing.sentence = sentence_at(explained->record, span);
      }
    }
    const auto own = knowledge::OwnEvents::load(explainer_.knowledge());
    if (!own) return tl::unexpected(own.error());
    for (const OwnEvent& event : own->rows()) {
      const Firing& firing = by_line[event.tells.line];
      row(OwnEvent::kTable, event.tells.line, event.words,
          fmt::format("in {} of {} reports{}", firing.reports, count,
                      firing.reports ? ": " + firing.sentence : ""));
    }
    return {};
  }

  void write(std::string_view text) {
    std::string shown;
    append_visible(text, shown);
    output_.write(shown);
  }
  int finish(int status) { return output_.finish(status); }

 private:
  std::string file(std::string_view table) const {
    return (lint_.tables() / std::string(table)).string();
  }
  void row(std::string_view table, std::size_t line, std::string_view words, std::string what) {
    std::replace(what.begin(), what.end(), '\n', ' ');
    write(fmt::format("{}:{}  {}  {}\n", file(table), line, words, what));
  }

  const check::Lint& lint_;
  const Explainer& explainer_;
  Output output_;
};

int run_knowledge(const KnowledgeOptions& options) {
  std::unique_ptr<Source> source;
  if (!options.reports.empty()) {
    auto opened = open_source(options.reports, {});
    if (!opened) return complain_of(opened.error());
    source = std::move(*opened);
  }
  const auto lint = check::Lint::of(options.directory);
  if (!lint) return complain_of(lint.error());
  for (const Error& mistake : lint->mistakes()) complain_of(mistake);
  if (!lint->usable()) {
    complain("there may be more, and no example was read: mend these first");
    return kProblem;
  }
  ReaderOptions reader;
  reader.knowledge = *lint->usable();
  reader.pipeline = options.pipeline;
  const auto explainer = Explainer::open(reader);
  if (!explainer) return complain_of(explainer.error());
  Check check(*lint, *explainer);
  const auto hold = check.examples();
  if (!hold) return complain_of(hold.error());
  if (source) {
    if (const auto read = check.reports(*source); !read) return complain_of(read.error());
  }
  const bool well = *hold && lint->mistakes().empty();
  if (well) check.write("all is well\n");
  return check.finish(well ? kDone : kProblem);
}

}  // namespace

void add_knowledge(CLI::App& app, Run& command) {
  CLI::App* tables = app.add_subcommand("knowledge", "Check tables of knowledge of your own");
  tables->require_subcommand(1);
  CLI::App* check = tables->add_subcommand(
      "check",
      "Name every mistake in a directory of tables, and say what the examples of its rows give");
  auto options = std::make_shared<KnowledgeOptions>();
  check->add_option("DIR", options->directory, "Directory of tables (default: the installed)")
      ->option_text(" ");
  check
      ->add_option("--reports", options->reports,
                   "Files or directories of reports: say in how many each row of own_events.tsv "
                   "fires")
      ->option_text("FILES");
  check->add_option("--pipeline", options->pipeline, "The pipeline to read with")
      ->option_text("NAME");
  check->callback([&command, options] { command = [options] { return run_knowledge(*options); }; });
}

}  // namespace dateline::cli
