// The blocks of pages with their features, for training: JSON Lines with "id" and "html" on
// standard input; out comes, a page a line, {"id", "blocks": [{"text", "features"}]}.
// SPDX-License-Identifier: Apache-2.0
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <iostream>
#include <string>

#include "article/blocks/features.h"
#include "article/decoding/encoding.h"
#include "article/head/titles.h"

int main(int count, char** arguments) {
  using namespace dateline::article;
  if (count != 2) {
    std::cerr << "article_body_examples KNOWLEDGE < PAGES\n";
    return 2;
  }
  const std::string folder = arguments[1];
  if (folder == "--names") {
    for (const char* name : kFeatureNames) std::cout << name << '\n';
    return 0;
  }
  const auto markers = PageMarkers::load(folder + "/page_markers.tsv");
  const auto words = PageWords::load(folder + "/page_words.tsv");
  const auto statements = PageStatements::load(folder + "/page_statements.tsv");
  const auto bylines = Bylines::load(folder + "/byline_words.tsv");
  const auto dates = PageDates::load(folder + "/page_months.tsv", folder + "/page_date_words.tsv");
  if (!markers || !words || !statements || !bylines || !dates) {
    std::cerr << "the tables in " << folder << " cannot be read\n";
    return 1;
  }
  for (std::string line; std::getline(std::cin, line);) {
    rapidjson::Document given;
    given.Parse(line.data(), line.size());
    std::vector<std::string> warnings;
    const Page page(decode(given["html"].GetString(), "utf-8", false, warnings).text);
    const std::string title = stated_title(read_head(page, *statements, *bylines, *dates, "", ""));
    const Blocks blocks = read_blocks(page, *markers);
    const Outline outline = outline_of(page, blocks, title);
    const auto rows = features_of(page, blocks, outline, title, *words);
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> out(buffer);
    out.StartObject();
    out.Key("id");
    out.String(given["id"].GetString());
    out.Key("blocks");
    out.StartArray();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto text = blocks.blocks[i].span.of(blocks.text.text());
      out.StartObject();
      out.Key("text");
      out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
      out.Key("parents");
      out.StartArray();
      for (const std::uint32_t parent : containers_of(page, blocks.blocks[i])) out.Uint(parent);
      out.EndArray();
      out.Key("words");
      out.Uint(std::max(1U, blocks.blocks[i].words));
      out.Key("features");
      out.StartArray();
      out.SetMaxDecimalPlaces(5);
      for (const float value : rows[i]) out.Double(value);
      out.EndArray();
      out.EndObject();
    }
    out.EndArray();
    out.EndObject();
    std::cout << buffer.GetString() << '\n';
  }
}
