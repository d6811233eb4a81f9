// What the trees over tellings learn from: the rows that the chronicle weighs, for pairs of
// reports.
//
//   matching_examples RARITY RECORDS < pairs.tsv > rows.jsonl
//
// RECORDS are JSON Lines of `dateline read`; a pair is two ids with a tab between. Written for
// each: {"a", "b", "a_tellings": [[triggers]], "b_tellings", "rows"}, the earlier report first, a
// row for each pair of tellings. Triggers are code points at which they begin.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <iostream>
#include <string>
#include <unordered_map>

#include "chronicle/matching/likeness.h"
#include "record/offsets.h"
#include "reports.h"

namespace dateline {
namespace {

using namespace chronicle::matching;

struct Read {
  Compared compared;
  std::string tellings;
};

std::string triggers_of(const Record& record, const Profile& profile) {
  const record::CodePoints points(record.text);
  std::string all;
  for (const Telling& telling : profile.tellings) {
    std::string own;
    for (const Event& event : record.events) {
      if ((event.incident.empty() ? event.id : event.incident) != telling.incident) continue;
      own += fmt::format("{}{}", own.empty() ? "" : ",", points.at(event.trigger.begin));
    }
    all += fmt::format("{}[{}]", all.empty() ? "" : ",", own);
  }
  return all;
}

int run(const char* rarity_file, const char* records_file) {
  const Rarity rarity = training::must(Rarity::load(rarity_file));
  std::unordered_map<std::string, Read> reports;
  std::ifstream records(records_file);
  for (std::string line; std::getline(records, line);) {
    const Record record = training::must(record_from_json(line));
    Profile profile = profile_of(record);
    const std::string tellings = triggers_of(record, profile);
    reports.emplace(record.id, Read{Compared(std::move(profile), rarity), tellings});
  }
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    std::string first = line.substr(0, tab), second = line.substr(tab + 1);
    if (reports.at(second).compared.profile.published <
        reports.at(first).compared.profile.published) {
      std::swap(first, second);
    }
    const Read &a = reports.at(first), &b = reports.at(second);
    std::string rows;
    for (const LikenessRow& row : likeness_rows(a.compared, b.compared, rarity)) {
      rows += fmt::format("{}[{:.5g}]", rows.empty() ? "" : ",", fmt::join(row, ","));
    }
    std::cout << fmt::format(
        "{{\"a\":\"{}\",\"b\":\"{}\",\"a_tellings\":[{}],\"b_tellings\":[{}],\"rows\":[{}]}}\n",
        first, second, a.tellings, b.tellings, rows);
  }
  return 0;
}

}  // namespace
}  // namespace dateline

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "matching_examples RARITY RECORDS < pairs.tsv\n";
    return 2;
  }
  return dateline::run(argv[1], argv[2]);
}
