// `dateline correct`: what a person says of what was read, and the log of all that was said.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <memory>

#include "cli/choice.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/match.h"
#include "cli/output.h"
#include "cli/store.h"
#include "cli/terminal.h"
#include "export/json_lines.h"

namespace dateline::cli {

namespace {

struct CorrectOptions {
  std::string store, span, knowledge;
  std::vector<std::string> given;  ///< A name, and values.
  std::int64_t undone = 0;
  bool list = false, confirm = false, reject = false, split = false, add = false;
  Format format = Format::kAuto;
  CorrectionRequest request;
};

/// Who is at the keyboard.
std::string own_name() {
  for (const char* variable : {"USER", "LOGNAME"}) {
    if (const char* name = std::getenv(variable); name != nullptr && *name != '\0') return name;
  }
  const passwd* user = getpwuid(geteuid());
  return user == nullptr ? "" : user->pw_name;
}

/// What it does to what: "change r14.v11".
std::string deed_of(const Correction& correction) {
  if (correction.undoes) return fmt::format("undo {}", *correction.undoes);
  std::string text(name_of(correction.act));
  constexpr std::size_t kMostNamed = 6;
  std::size_t named = 0;
  for (const CorrectionWords& words : correction.words) {
    if (words.part != "event") continue;
    if (++named > kMostNamed) return text + " …";
    if (named == 2 && correction.act == Act::kSplit) text += " from";
    text += " " + (words.report.empty() ? words.content.substr(0, 12) : words.report);
    if (!words.event.empty()) text += "." + words.event;
  }
  return text;
}

std::string values_of(const Correction& correction) {
  std::string text;
  for (const CorrectedValue& value : correction.values) {
    if (!text.empty()) text += "; ";
    text += value.was.empty() ? fmt::format("{} {}", value.field, value.value)
                              : fmt::format("{} {} → {}", value.field, value.was, value.value);
  }
  return text;
}

void add(const Correction& correction, Columns& columns) {
  std::string words, fate;
  for (const CorrectionWords& one : correction.words) {
    if (!one.words.empty()) words += (words.empty() ? "“" : " · “") + one.words + "”";
    if (one.unattached.empty() || correction.undone_by) continue;
    fate += fmt::format("{}unattached (“{}”): {}", fate.empty() ? "" : " · ", one.words,
                        one.unattached);
  }
  if (correction.undone_by) fate = fmt::format("taken back by {}", *correction.undone_by);
  columns.add({std::to_string(correction.number), correction.at, correction.who,
               deed_of(correction), values_of(correction)},
              {correction.why, words, fate});
}

/// Prints rows of the log as they come.
class Log {
 public:
  explicit Log(Format format) : format_(decided(format)) {}

  bool give(const Correction& correction) {
    if (format_ == Format::kJsonLines) {
      std::string line;
      exporting::append_json_line(correction, line);
      return output_.data(line);
    }
    add(correction, columns_);
    constexpr std::size_t kRows = 200;
    return columns_.rows() < kRows || flush();
  }

  int finish(int status) {
    if (columns_.rows() > 0) flush();
    return output_.finish(status);
  }

 private:
  bool flush() {
    std::string text;
    columns_.print(terminal_width(), use_color(Color::kAuto), text);
    return output_.write(text);
  }

  const Format format_;
  Output output_;
  Columns columns_{{"N", "AT", "WHO", "DID", "VALUES"}, 1};
};

int list(const CorrectOptions& options) {
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  Log log(options.format);
  const std::string name = options.given.empty() ? "" : options.given.front();
  const auto given = chronicle->corrections(
      name, [&](const Correction& correction) { return log.give(correction); });
  return log.finish(given ? kDone : complain_of(given.error()));
}

/// "120-131"
std::optional<CodePointSpan> stretch_in(std::string_view text) {
  CodePointSpan stretch;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, stretch.begin);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-') return std::nullopt;
  const auto last = std::from_chars(first.ptr + 1, end, stretch.end);
  return last.ec == std::errc() && last.ptr == end ? std::optional(stretch) : std::nullopt;
}

/// What is asked for, or a usage error's status.
tl::expected<CorrectionRequest, int> request_of(const CorrectOptions& options) {
  CorrectionRequest request = options.request;
  const std::pair<bool, Act> acts[] = {{options.confirm, Act::kConfirm},
                                       {options.reject, Act::kReject},
                                       {!request.with.empty(), Act::kMerge},
                                       {options.split, Act::kSplit},
                                       {options.add, Act::kAdd}};
  int named = 0;
  for (const auto& [asked, act] : acts) {
    if (!asked) continue;
    request.act = act;
    ++named;
  }
  if (options.given.empty() || named > 1) {
    return tl::unexpected(usage_error(
        "correct what? As in 'dateline correct r14.v11 day=2026-03-02', or with one of --confirm, "
        "--reject, --merge, --split, --add, --undo, --list"));
  }
  request.name = options.given.front();
  for (std::size_t n = 1; n < options.given.size(); ++n) {
    const std::string& given = options.given[n];
    const std::size_t equals = given.find('=');
    if (equals == std::string::npos) {
      return tl::unexpected(
          usage_error(fmt::format("'{}' is no value: as in day=2026-03-02", given)));
    }
    request.values.push_back({given.substr(0, equals), given.substr(equals + 1)});
  }
  if (!options.span.empty()) {
    request.span = stretch_in(options.span);
    if (!request.span) {
      return tl::unexpected(usage_error(
          fmt::format("'{}' is no stretch of text: as in --span 120-131", options.span)));
    }
  }
  return request;
}

int run_correct(const CorrectOptions& options) {
  if (options.format == Format::kCsv) return usage_error("corrections are given as table or jsonl");
  if (options.list) return list(options);
  if (const auto there = Chronicle::open(options.store); !there) return complain_of(there.error());
  Result<Correction> made;
  auto chronicle = open_to_write(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  if (options.undone > 0) {
    made = chronicle->undo(options.undone, options.request.who, options.request.why);
  } else {
    const auto request = request_of(options);
    if (!request) return request.error();
    made = chronicle->correct(*request);
  }
  if (!made) return complain_of(made.error());
  if (const int status = match_reports(*chronicle, options.knowledge); status != kDone)
    return status;
  Log log(options.format);
  log.give(*made);
  return log.finish(kDone);
}

}  // namespace

void add_correct(CLI::App& app, Run& command) {
  CLI::App* correct =
      app.add_subcommand("correct", "Say what was read wrongly, and list what was said");
  auto options = std::make_shared<CorrectOptions>();
  options->request.who = own_name();
  correct
      ->add_option(
          "what", options->given,
          "An event (r17.v3), a happening (h3f9c51d20b7e) or a report (r17), then values: "
          "type=ASSAULT day=2026-03-02 place=Kolvar actors=\"Karst Front; gunmen\" dead=12")
      ->type_name("NAME [FIELD=VALUE]");
  correct->add_flag("--confirm", options->confirm, "It is as it was read");
  correct->add_flag("--reject", options->reject,
                    "It is no happening; of a report: it was withdrawn");
  correct->add_option("--merge", options->request.with, "It is one happening with this other")
      ->type_name("NAME");
  correct->add_flag("--split", options->split,
                    "This report's account is a happening of its own, not one with the others");
  correct->add_flag("--add", options->add,
                    "The report tells of it in these words, and it was not read");
  correct
      ->add_option("--words", options->request.words,
                   "To add: the words that tell of it; to change: what the values rest on")
      ->type_name("WORDS");
  correct->add_option("--span", options->span, "The same in code points of the text: 120-131")
      ->type_name("SPAN");
  correct->add_option("--who", options->request.who,
                      "Who corrects; without it, the user of this machine");
  correct->add_option("--why", options->request.why, "Why");
  add_count(*correct, "--undo", options->undone, "Take a correction back, by its number", "N");
  correct->add_flag("--list", options->list,
                    "List the corrections: all, or those of a report, an event or a happening");
  correct
      ->add_option("--knowledge", options->knowledge,
                   "Directory of tables by which actors are joined (default: the installed)")
      ->option_text("DIR");
  add_store(*correct, options->store);
  add_format(*correct, options->format);
  correct->callback([&command, options] { command = [options] { return run_correct(*options); }; });
}

}  // namespace dateline::cli
