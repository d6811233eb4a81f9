// Which entities are one actor: the cases of actors.cases, in whatever order their reports come;
// and what is told of one.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "chronicle/sample.h"
#include "dateline/actor_names.h"

namespace dateline::test {
namespace {

using ::testing::ElementsAre;

struct ActorCase {
  std::string name;
  std::vector<Sample> reports;
  std::vector<std::vector<std::string>> one, apart;  ///< "2.1"
  std::vector<std::string> nobody;
};

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = std::min(text.find(mark), text.size());
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    parts.emplace_back(part);
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

void add_entity(Sample& sample, const std::string& line) {
  auto cells = split(line, '|');
  cells.resize(7);
  const std::string id = sample.entity(cells[1], cells[1]);
  Entity& entity = sample.record.entities.back();
  const bool is_named = cells[0][0] >= 'a';
  for (char& c : cells[0]) c = static_cast<char>(std::tolower(c));
  entity.kind = cells[0];
  entity.mentions[0].form = is_named ? "name" : "nominal";
  if (!cells[2].empty()) {
    for (const std::string& alias : split(cells[2], ';')) entity.aliases.push_back({alias, {}});
  }
  if (!cells[3].empty() || !cells[4].empty()) {
    const bool is_of_report = cells[3].starts_with('~');
    entity.actor = ActorCode{cells[3].substr(is_of_report ? 1 : 0), cells[4],
                             is_of_report ? "context" : "gazetteer"};
  }
  if (!cells[5].empty()) {
    for (const std::string& role : split(cells[5], ';')) {
      entity.roles.push_back({role, "", sample.span(cells[1])});
    }
  }
  if (!cells[6].empty()) {
    const auto what = split(cells[6], ' ');
    Event& event = sample.event(what[1], cells[1], what[0]);
    event.actors = {{id, sample.span(cells[1])}};
  }
}

std::vector<ActorCase> cases() {
  std::ifstream file(std::string(DATELINE_SOURCE_DIR) + "/tests/chronicle/actors.cases");
  std::vector<ActorCase> all;
  struct Draft {
    std::string day, outlet;
    std::vector<std::string> entities;
  };
  std::vector<Draft> drafts;
  const auto finish = [&] {
    for (const Draft& draft : drafts) {
      std::string text = fmt::format("Report {}. ", all.back().reports.size() + 1);
      for (const std::string& entity : draft.entities) text += split(entity, '|')[1] + ". ";
      Sample& sample = all.back().reports.emplace_back(
          fmt::format("{}", all.back().reports.size() + 1), text, draft.day);
      sample.record.source.publisher = draft.outlet;
      for (const std::string& entity : draft.entities) add_entity(sample, entity);
    }
    drafts.clear();
  };
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("= ")) {
      if (!all.empty()) finish();
      all.emplace_back().name = line.substr(2);
    } else if (line.starts_with("report ")) {
      drafts.push_back({line.substr(7, 10), line.substr(18), {}});
    } else if (line.starts_with("  ")) {
      drafts.back().entities.push_back(line.substr(2));
    } else {
      auto words = split(line, ' ');
      const std::string what = words.front();
      words.erase(words.begin());
      if (what == "one") all.back().one.push_back(words);
      if (what == "apart") all.back().apart.push_back(words);
      if (what == "nobody") all.back().nobody = words;
    }
  }
  finish();
  return all;
}

class Actors : public ::testing::Test {
 protected:
  /// The id of the actor that each entity is, by "2.1".
  std::map<std::string, std::string> homes_in(const std::string& path) const {
    std::map<std::string, std::string> homes;
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    sqlite3_stmt* rows = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database,
                                 "SELECT r.id || '.' || substr(m.entity, 2), a.id FROM "
                                 "actor_members m JOIN reports r ON r.key = m.report JOIN actors a "
                                 "ON a.key = m.actor",
                                 -1, &rows, nullptr),
              SQLITE_OK);
    const auto text = [&](int column) {
      return std::string(reinterpret_cast<const char*>(sqlite3_column_text(rows, column)));
    };
    while (sqlite3_step(rows) == SQLITE_ROW) homes[text(0)] = text(1);
    sqlite3_finalize(rows);
    sqlite3_close(database);
    return homes;
  }

  /// A store of these reports, joined at the end, or after each.
  std::map<std::string, std::string> homes_of(const std::vector<Sample>& reports, bool each) {
    const Folder folder;
    const std::string path = folder.file("a.db");
    Chronicle chronicle = writable(path);
    for (const Sample& sample : reports) {
      put(chronicle, sample);
      if (each) {
        EXPECT_TRUE(chronicle.join(names_));
      }
    }
    EXPECT_TRUE(chronicle.join(names_));
    rows_ = rows_of(chronicle);
    return homes_in(path);
  }

  static std::vector<std::string> rows_of(const Chronicle& chronicle) {
    std::vector<std::string> rows;
    EXPECT_TRUE(chronicle.actors({}, [&](const Actor& a) {
      std::string row =
          fmt::format("{} {} {} {} {} {} {} {} {} {}", a.id, a.name, a.kind, a.country, a.sector,
                      a.first_seen, a.last_seen, a.reports, a.by, a.against);
      for (const ActorName& name : a.names) row += fmt::format("; {} {}", name.name, name.reports);
      rows.push_back(std::move(row));
      return true;
    }));
    return rows;
  }

  const ActorNames names_ = ActorNames::open().value();
  std::vector<std::string> rows_;
};

TEST_F(Actors, AreJoinedByEvidenceWhateverTheOrder) {
  for (ActorCase& one : cases()) {
    SCOPED_TRACE(one.name);
    const auto homes = homes_of(one.reports, false);
    const auto rows = rows_;
    const auto home = [&](const std::string& entity) {
      const auto found = homes.find(entity);
      EXPECT_NE(found, homes.end()) << entity << " is nobody";
      return found == homes.end() ? std::string() : found->second;
    };
    for (const auto& group : one.one) {
      for (const std::string& entity : group) EXPECT_EQ(home(entity), home(group[0])) << entity;
    }
    for (const auto& group : one.apart) {
      for (const std::string& entity : group) {
        for (const std::string& other : group) {
          if (entity == other) continue;
          EXPECT_NE(home(entity), home(other)) << entity << " " << other;
        }
      }
    }
    for (const std::string& entity : one.nobody) EXPECT_FALSE(homes.contains(entity)) << entity;
    for (int turn = 0; turn < 6; ++turn) {
      std::ranges::rotate(one.reports, one.reports.begin() + (one.reports.size() > 1 ? 1 : 0));
      if (turn == 3) std::ranges::reverse(one.reports);
      EXPECT_EQ(homes_of(one.reports, turn % 2 == 1), homes);
      EXPECT_EQ(rows_, rows);
    }
  }
}

TEST_F(Actors, AReportReadAnewTakesItsPlaceAgain) {
  for (const ActorCase& one : cases()) {
    SCOPED_TRACE(one.name);
    const Folder folder;
    const std::string path = folder.file("a.db");
    Chronicle chronicle = writable(path);
    for (const Sample& sample : one.reports) put(chronicle, sample);
    ASSERT_TRUE(chronicle.join(names_));
    const auto homes = homes_in(path);
    const auto rows = rows_of(chronicle);
    for (const Sample& sample : one.reports) {
      // First as a report that names nobody, then as it was.
      Record empty = sample.record;
      empty.entities.clear();
      empty.events.clear();
      Fingerprint other = sample.print();
      other.reading = "another";
      EXPECT_EQ(chronicle.ingest(empty, other).value(), Ingested::kReplaced);
      ASSERT_TRUE(chronicle.join(names_));
      EXPECT_EQ(chronicle.ingest(sample.record, sample.print()).value(), Ingested::kReplaced);
      ASSERT_TRUE(chronicle.join(names_));
      EXPECT_EQ(homes_in(path), homes);
      EXPECT_EQ(rows_of(chronicle), rows);
    }
    for (const Sample& sample : one.reports) {
      Record empty = sample.record;
      empty.entities.clear();
      empty.events.clear();
      Fingerprint other = sample.print();
      other.reading = "another";
      EXPECT_TRUE(chronicle.ingest(empty, other));
    }
    ASSERT_TRUE(chronicle.join(names_));
    EXPECT_THAT(rows_of(chronicle), ElementsAre());
  }
}

}  // namespace
}  // namespace dateline::test
