// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>

#include "dateline/reader.h"
#include "fuzz/news_grammar.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"

namespace dateline::fuzz {

namespace {

struct Rooms {
  NewsGrammar grammar{DATELINE_SOURCE_DIR "/fuzz/news.tsv", DATELINE_SOURCE_DIR "/knowledge"};
  Reader reader;
};

std::optional<Rooms> open_rooms() {
  ReaderOptions options;
  options.tokens = true;
  options.depth = Depth::kFast;  // The grammar is about the readers; `reading` asks the trunk.
  auto reader = Reader::open(options);
  if (!reader) return std::nullopt;
  return Rooms{.reader = std::move(*reader)};
}

std::string page_of(const std::string& report) {
  std::string page = "<html><body><article><p>";
  for (const char c : report) {
    if (c == '\n') page += "</p>";
    page += c;
    if (c == '\n') page += "<p>";
  }
  return page + "</p></article></body></html>";
}

Input news_of(Choices& choices, const NewsGrammar& grammar) {
  static constexpr const char* kDates[] = {"2026-03-09", "",           "2024-02-29T23:59:59+05:30",
                                           "9999-12-31", "0001-01-01", "2026-13-40"};
  Input input;
  input.verbatim = choices.below(2) == 0;
  input.date = kDates[choices.below(std::size(kDates))];
  const bool page = choices.below(8) == 1;
  input.bytes = grammar.report(choices);
  if (page) {
    input.media_type = MediaType::kHtml;
    input.bytes = page_of(input.bytes);
  }
  return input;
}

/// The report that some bytes make is a find to keep (fuzz/finds/reading), not the bytes: they mean
/// another one as soon as a word is added to a table.
void show(const std::string& report) {
  const char* path = std::getenv("DATELINE_FUZZ_SHOW");
  if (path) std::ofstream(path, std::ios::binary) << report;
}

}  // namespace

void fuzz_news(std::string_view bytes) {
  static const std::optional<Rooms> rooms = open_rooms();
  if (!rooms) return;
  Choices choices(bytes);
  const Input input = news_of(choices, rooms->grammar);
  show(input.bytes);
  const auto record = rooms->reader.read(input);
  if (record) require_promises(*record);
}

}  // namespace dateline::fuzz
