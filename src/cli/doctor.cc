// `dateline doctor`: what is installed, whether it works, and what to do where it does not.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <langinfo.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <clocale>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "article/article.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "dateline/chronicle.h"
#include "dateline/stream.h"
#include "dateline/version.h"
#include "installation.h"
#include "knowledge/digest.h"
#include "knowledge/tables.h"
#include "language/kernels.h"
#include "language/pipeline.h"
#include "reading/components.h"
#include "stream/pdf.h"

namespace dateline::cli {

namespace {

namespace fs = std::filesystem;

struct DoctorOptions {
  std::string pipeline, knowledge, store;
};

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

class Doctor {
 public:
  explicit Doctor(const DoctorOptions& options) : options_(options) {}

  int examine() {
    row("engine", fmt::format("dateline {}, {}, {} thread{}", kVersion, language::kernel_target(),
                              available_threads(), available_threads() == 1 ? "" : "s"));
    sqlite();
    pdf();
    terminal();
    pipelines();
    knowledge();
    if (!options_.store.empty()) store();
    Output output;
    output.write(report_);
    if (problems_.empty()) {
      output.write(looks_ == 0 ? "all is well\n"
                               : fmt::format("what is installed works; of the store {} {} a look\n",
                                             looks_, looks_ == 1 ? "thing needs" : "things need"));
    }
    const int status = output.finish(problems_.empty() ? kDone : kProblem);
    for (const std::string& problem : problems_) complain(problem);
    return status;
  }

 private:
  void row(std::string_view name, std::string_view what) {
    report_ += fmt::format("{:<10} ", name);
    append_visible(what, report_);
    report_ += '\n';
  }

  void problem(std::string what) { problems_.push_back(std::move(what)); }

  void sqlite() {
    const bool fts5 = sqlite3_compileoption_used("ENABLE_FTS5") != 0;
    row("sqlite", fmt::format("{}{}", sqlite3_libversion(), fts5 ? ", FTS5" : ""));
    if (!fts5) {
      problem(
          "this SQLite is built without FTS5, which `dateline search` needs: install the "
          "system's own libsqlite3");
    }
  }

  /// Nothing is wrong where it is missing, until somebody has a PDF.
  void pdf() {
    const stream::PdfConverter converter;
    const auto& [path, version] = converter.program();
    row("pdf", path.empty() ? "no pdftotext: PDF files are rejected; poppler-utils has it"
                            : fmt::format("{} ({})", version.empty() ? "unknown" : version, path));
  }

  void terminal() {
    std::setlocale(LC_CTYPE, "");
    const std::string charset = nl_langinfo(CODESET);
    std::setlocale(LC_CTYPE, "C");
    if (!is_terminal(STDOUT_FILENO)) {
      row("terminal", "none: output is for programs");
      return;
    }
    row("terminal", fmt::format("{} columns, {}, {}", terminal_width(), charset,
                                use_color(Color::kAuto) ? "colour" : "no colour"));
    if (charset != "UTF-8") {
      problem(
          fmt::format("the terminal's locale is {}, reports are UTF-8: set LANG to a UTF-8 "
                      "locale such as C.UTF-8",
                      charset));
    }
  }

  /// Loads one pipeline; a broken one is a problem.
  void pipeline(const fs::path& directory, bool is_default) {
    const auto begin = std::chrono::steady_clock::now();
    const auto loaded = language::Pipeline::load(directory);
    const std::string name = directory.filename().string();
    if (!loaded) {
      row("pipeline", fmt::format("{} cannot be loaded ({})", name, directory.string()));
      problem(fmt::format("{} (DL{}); 'make models' installs it anew", loaded.error().message,
                          loaded.error().code));
      return;
    }
    row("pipeline",
        fmt::format("{}: {}, loaded in {:.2f} s{} ({})", name, loaded->name(), seconds_since(begin),
                    is_default ? ", the default" : "", directory.string()));
  }

  void pipelines() {
    const auto chosen = find_pipeline(options_.pipeline);
    if (!chosen) problem(chosen.error().message);
    std::set<fs::path> seen;
    std::vector<fs::path> directories;
    const auto add = [&](const fs::path& directory) {
      std::error_code error;
      const fs::path real = fs::canonical(directory, error);
      if (!error && seen.insert(real).second) directories.push_back(directory);
    };
    if (chosen) add(*chosen);
    for (const fs::path& home : homes()) {
      std::vector<fs::path> here;
      std::error_code error;
      for (fs::directory_iterator at(home / "models", error), end; !error && at != end;
           at.increment(error)) {
        if (fs::exists(at->path() / "config.cfg", error)) here.push_back(at->path());
      }
      std::ranges::sort(here);
      std::ranges::for_each(here, add);
    }
    for (const fs::path& directory : directories)
      pipeline(directory, chosen && directory == *chosen);
  }

  void knowledge() {
    const auto directory = find_knowledge(options_.knowledge);
    if (!directory) return problem(directory.error().message);
    const auto begin = std::chrono::steady_clock::now();
    const auto tables = knowledge::Tables::load(*directory);
    const auto article = article::Tables::load(*directory);
    const auto version = knowledge::digest_of(*directory);
    for (const Error* wrong :
         {tables ? nullptr : &tables.error(), article ? nullptr : &article.error(),
          version ? nullptr : &version.error()}) {
      if (wrong != nullptr) problem(fmt::format("{} (DL{})", wrong->message, wrong->code));
    }
    row("knowledge",
        fmt::format("{} tables, {} ({})", directory->names().size(),
                    tables && article && version
                        ? fmt::format("{}, loaded in {:.2f} s", *version, seconds_since(begin))
                        : "cannot be loaded",
                    directory->own().string()));
    const auto trained = find_components(*directory);
    if (!trained) return problem(trained.error().message);
    const auto gazetteer = find_gazetteer(*directory);
    if (!gazetteer) return problem(gazetteer.error().message);
    const auto parts = reading::Components::load(*trained, *gazetteer, *directory, Depth::kExact);
    if (!parts) problem(fmt::format("{} (DL{})", parts.error().message, parts.error().code));
    row("components", fmt::format("attribution, trunk, quick, events{} ({})",
                                  parts ? "" : ": cannot be loaded", trained->string()));
    row("gazetteer", fmt::format("{} ({})",
                                 parts ? fmt::format("{} places", parts->places.gazetteer().size())
                                       : "not looked at",
                                 gazetteer->string()));
  }

  /// What a store holds, and what in it needs a look.
  void store() {
    const auto chronicle = Chronicle::open(options_.store);
    if (!chronicle) {
      return problem(fmt::format("{} (DL{})", chronicle.error().message, chronicle.error().code));
    }
    const auto totals = chronicle->totals();
    const auto attention = chronicle->attention();
    for (const Error* wrong :
         {totals ? nullptr : &totals.error(), attention ? nullptr : &attention.error()}) {
      if (wrong != nullptr) return problem(fmt::format("{} (DL{})", wrong->message, wrong->code));
    }
    row("store", fmt::format("{}: {} reports, {} events, {} rejected", options_.store,
                             totals->reports, totals->events, totals->rejected));
    looks_ = attention->size();
    for (const Attention& one : *attention) {
      row(one.kind, one.where == one.file
                        ? fmt::format("{}: {}", one.file, one.reason)
                        : fmt::format("{} {}: {}", one.where, one.file, one.reason));
    }
  }

  const DoctorOptions& options_;
  std::string report_;
  std::vector<std::string> problems_;
  std::size_t looks_ = 0;  ///< What in the store needs one.
};

}  // namespace

void add_doctor(CLI::App& app, Run& run) {
  auto options = std::make_shared<DoctorOptions>();
  CLI::App* command =
      app.add_subcommand("doctor", "Say what is installed, whether it works, and what to do");
  command->add_option("--pipeline", options->pipeline, "The pipeline that is to be there")
      ->option_text("NAME");
  command
      ->add_option("--store", options->store,
                   "Also say what this chronicle holds, and what in it needs a look")
      ->option_text("FILE");
  command->add_option("--knowledge", options->knowledge, "Directory of tables")->option_text("DIR");
  command->callback([options, &run] { run = [options] { return Doctor(*options).examine(); }; });
}

}  // namespace dateline::cli
