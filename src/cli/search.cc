// `dateline search WORDS`: the reports of a chronicle that have these words, best first.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "cli/terminal.h"
#include "export/csv.h"
#include "export/json_lines.h"
#include "export/wording.h"

namespace dateline::cli {

namespace {

constexpr std::size_t kUsualLimit = 20;

struct SearchOptions {
  std::string store;
  Format format = Format::kAuto;
  Filter filter;
  std::vector<std::string> words;
};

/// One line that is safe to show.
void append_line(std::string_view text, std::string& out) {
  std::string shown;
  append_visible(text, shown);
  for (const char c : shown) out += c == '\n' || c == '\t' ? ' ' : c;
}

std::string in_words(const SearchHit& found, bool color) {
  const ReportRef& report = found.report;
  std::string head =
      report.handle + "  " +
      (report.published.empty() ? std::string() : report.published.substr(0, 10) + "  ");
  head += exporting::origin(report);
  if (!report.title.empty()) head += ": " + report.title;
  std::string out;
  append_line(head, out);
  out += "\n    ";
  std::size_t at = 0;
  for (const Span hit : found.hits) {
    append_line(std::string_view(found.snippet).substr(at, hit.begin - at), out);
    if (color) out += kBold;
    append_line(hit.of(found.snippet), out);
    if (color) out += kPlain;
    at = hit.end;
  }
  append_line(std::string_view(found.snippet).substr(at), out);
  return out + "\n";
}

int run_search(SearchOptions options) {
  if (Output types; listed_types(options.filter, types)) return types.finish(kDone);
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  const Format format = decided(options.format);
  if (options.filter.limit == 0 && format == Format::kTable) options.filter.limit = kUsualLimit;
  std::string words;
  for (const std::string& word : options.words) words += word + " ";
  const auto all = chronicle->search(words, options.filter);
  if (!all) return complain_of(all.error());

  Output output;
  std::string text;
  if (format == Format::kCsv) exporting::append_search_csv_header(text);
  const bool color = use_color(Color::kAuto);
  for (const SearchHit& found : *all) {
    switch (format) {
      case Format::kCsv:
        exporting::append_csv(found, text);
        break;
      case Format::kJsonLines:
        exporting::append_json_line(found, text);
        break;
      default:
        text += in_words(found, color);
    }
  }
  format == Format::kTable ? output.write(text) : output.data(text);
  if (format == Format::kTable && all->empty()) {
    complain(fmt::format("no report in {} has these words", options.store));
  }
  return output.finish(kDone);
}

}  // namespace

void add_search(CLI::App& app, Run& command) {
  CLI::App* search = app.add_subcommand("search", "Find the reports that have these words");
  auto options = std::make_shared<SearchOptions>();
  search->add_option("words", options->words, "Words; \"words in quotes\" stand together")
      ->required()
      ->type_name("WORDS");
  add_store(*search, options->store);
  add_format(*search, options->format);
  add_filter(*search, options->filter);
  search->callback([&command, options] { command = [options] { return run_search(*options); }; });
}

}  // namespace dateline::cli
