// The days that pages name with their signs, for training: JSON Lines with "id", "url" and "html"
// on standard input; out comes, a page a line,
// {"id", "days": [{"day", "signs": ["json_ld", ...]}]}.
// SPDX-License-Identifier: Apache-2.0
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <iostream>
#include <string>

#include "article/body/body.h"
#include "article/dates/shown.h"
#include "article/decoding/encoding.h"
#include "article/head/head.h"
#include "article/head/titles.h"
#include "article/tables.h"

int main(int count, char** arguments) {
  using namespace dateline::article;
  if (count != 2) {
    std::cerr << "article_dates_examples KNOWLEDGE < PAGES\n";
    return 2;
  }
  const auto tables = Tables::load(arguments[1]);
  if (!tables) {
    std::cerr << tables.error().message << '\n';
    return 1;
  }
  for (std::string line; std::getline(std::cin, line);) {
    rapidjson::Document given;
    given.Parse(line.data(), line.size());
    const std::string url =
        given.HasMember("url") && given["url"].IsString() ? given["url"].GetString() : "";
    std::vector<std::string> warnings;
    const Page page(decode(given["html"].GetString(), "utf-8", false, warnings).text);
    PageHead head = read_head(page, tables->statements, tables->bylines, tables->dates, url, "");
    const std::string title = stated_title(head);
    const Blocks blocks = read_blocks(page, tables->names);
    const Outline outline = outline_of(page, blocks, title);
    const PageBody body =
        read_body(page, blocks, outline, title, tables->model, tables->words, tables->bylines);
    read_shown_days(page, blocks, outline, body.in_body, tables->dates, head.style, head.day);
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> out(buffer);
    out.StartObject();
    out.Key("id");
    out.String(given["id"].GetString());
    out.Key("days");
    out.StartArray();
    for (const auto& one : head.day.candidates()) {
      out.StartObject();
      out.Key("day");
      out.String(one.day.c_str());
      out.Key("signs");
      out.StartArray();
      for (std::size_t sign = 0; sign < kDaySignNames.size(); ++sign) {
        if ((one.signs >> sign & 1) == 0) continue;
        out.String(kDaySignNames[sign].data(),
                   static_cast<rapidjson::SizeType>(kDaySignNames[sign].size()));
      }
      out.EndArray();
      out.EndObject();
    }
    out.EndArray();
    out.EndObject();
    std::cout << buffer.GetString() << '\n';
  }
}
