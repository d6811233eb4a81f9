// The API without sockets: paths and queries, good and hostile (requests.tsv), against a store of
// two reports.
// SPDX-License-Identifier: Apache-2.0
#include "server/api.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace dateline::server {
namespace {

namespace fs = std::filesystem;

Record sample(const std::string& id, const std::string& text) {
  Record record;
  record.id = id;
  record.title = "A <b>title</b>";
  record.published = Published{.value = "2026-03-03", .from = "given", .confidence = {}};
  record.source.uri = "https://post.example/" + id;
  record.source.publisher = "The Post";
  record.text = text;
  record.sections = {{"paragraph", {0, static_cast<std::uint32_t>(text.size())}}};
  record.sentences = {{0, static_cast<std::uint32_t>(text.size())}};
  Event event;
  event.id = "v1";
  event.incident = "i1";
  event.type = "ASSAULT";
  event.trigger = {0, 4};
  event.date = EventDate{"2026-03-02", "2026-03-02", "", "text"};
  event.polarity = "affirmed";
  event.status = "actual";
  record.events = {event};
  return record;
}

class Api : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Of this process alone: ctest runs each test in a process of its own, side by side.
    std::string name = (fs::path(testing::TempDir()) / "dateline-api-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    const std::string path = directory_ / "api.db";
    auto writer = Chronicle::open(path, {.access = Access::kWrite});
    ASSERT_TRUE(writer) << writer.error().message;
    for (const auto& [id, text] :
         {std::pair{"one", "Bomb “in” the market – éé <script>alert(1)</script>."},
          std::pair{"two", "Bomb in the harbour."}}) {
      const Fingerprint print{std::string(64, id[0] == 'o' ? 'a' : 'b'), std::string(64, 'c')};
      ASSERT_TRUE(writer->ingest(sample(id, text), print));
    }
    auto reader = Chronicle::open(path);
    ASSERT_TRUE(reader) << reader.error().message;
    chronicle_ = new Chronicle(std::move(*reader));
  }
  static void TearDownTestSuite() {
    delete chronicle_;
    fs::remove_all(directory_);
  }

  static Answer get(const std::string& path,
                    std::vector<std::pair<std::string, std::string>> parameters = {}) {
    return answer({.path = path, .parameters = std::move(parameters)}, {*chronicle_});
  }

  static rapidjson::Document json(const Answer& given) {
    rapidjson::Document document;
    document.Parse(given.body.c_str());
    EXPECT_FALSE(document.HasParseError()) << given.body;
    return document;
  }

  static inline fs::path directory_;
  static inline Chronicle* chronicle_ = nullptr;
};

/// "a=1&b=2" as it stands, nothing decoded; "LONG" is a value beyond the limit, "BAD" no UTF-8.
std::vector<std::pair<std::string, std::string>> parameters(const std::string& query) {
  std::vector<std::pair<std::string, std::string>> found;
  std::istringstream in(query);
  for (std::string item; std::getline(in, item, '&');) {
    const auto equals = item.find('=');
    std::string value = item.substr(equals + 1);
    if (value == "LONG") value = std::string(kMostParameterBytes + 1, 'x');
    if (value == "BAD") value = "\xff\xfe";
    found.emplace_back(item.substr(0, equals), value);
  }
  return found;
}

TEST_F(Api, AnswersEachRequestOfTheTable) {
  std::ifstream in(fs::path(DATELINE_SOURCE_DIR) / "tests/server/requests.tsv");
  ASSERT_TRUE(in);
  int rows = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream cells(line);
    std::string path, query, status, expected;
    std::getline(cells, path, '\t');
    std::getline(cells, query, '\t');
    std::getline(cells, status, '\t');
    std::getline(cells, expected, '\t');
    SCOPED_TRACE(line);
    if (path.ends_with("/LONG")) {
      path.replace(path.size() - 4, 4, std::string(kMostParameterBytes + 1, 'x'));
    }
    const Answer given = get(path, parameters(query == "-" ? "" : query));
    EXPECT_EQ(given.status, std::stoi(status)) << given.body;
    EXPECT_EQ(given.content_type,
              given.status == 200 ? "application/json" : "application/problem+json");
    EXPECT_NE(given.body.find(expected), std::string::npos) << given.body;
    const auto document = json(given);
    EXPECT_EQ(document.HasMember("code"), given.status != 200);
    ++rows;
  }
  EXPECT_GT(rows, 30);
}

/// Each parameter of each path of the description stands in the table right, wrong, empty and huge.
TEST_F(Api, TheTableAsksForEveryParameter) {
  std::ifstream table(fs::path(DATELINE_SOURCE_DIR) / "tests/server/requests.tsv"),
      described(fs::path(DATELINE_SOURCE_DIR) / "web/openapi.json");
  std::set<std::string> asked;  // "/api/timeline limit 400"
  for (std::string line; std::getline(table, line);) {
    std::istringstream cells(line);
    std::string path, query, status;
    std::getline(cells, path, '\t');
    std::getline(cells, query, '\t');
    std::getline(cells, status, '\t');
    for (const auto& [name, value] : parameters(query)) {
      asked.insert(fmt::format("{} {} {}", path, name, status));
      if (value.empty()) asked.insert(fmt::format("{} {} empty", path, name));
      if (value.size() > kMostParameterBytes) asked.insert(fmt::format("{} {} huge", path, name));
    }
  }
  const std::string text{std::istreambuf_iterator<char>(described), {}};
  rapidjson::Document document;
  document.Parse(text.c_str());
  ASSERT_FALSE(document.HasParseError());
  int count = 0;
  for (const char* path : {"/api/timeline", "/api/search"}) {
    for (const auto& one : document["paths"][path]["get"]["parameters"].GetArray()) {
      const std::string name = one.HasMember("name")
                                   ? one["name"].GetString()
                                   : std::string(one["$ref"].GetString())
                                         .substr(std::string("#/components/parameters/").size());
      for (const std::string& kind : {std::string("200"), std::string("400")}) {
        EXPECT_TRUE(asked.contains(fmt::format("{} {} {}", path, name, kind))) << path << name;
      }
      // What a parameter does when it is empty or huge is decided in one place for both paths.
      for (const std::string& kind : {std::string("empty"), std::string("huge")}) {
        EXPECT_TRUE(asked.contains(fmt::format("/api/timeline {} {}", name, kind)) ||
                    asked.contains(fmt::format("/api/search {} {}", name, kind)))
            << name << " " << kind;
      }
      ++count;
    }
  }
  EXPECT_GE(count, 15);
}

TEST_F(Api, ADamagedStoreIsTheServersFailure) {
  const std::string path = directory_ / "damaged.db";
  {
    auto writer = Chronicle::open(path, {.access = Access::kWrite});
    ASSERT_TRUE(writer) << writer.error().message;
    for (int i = 0; i < 300; ++i) {
      const Fingerprint print{fmt::format("{:064x}", i), std::string(64, 'c')};
      ASSERT_TRUE(writer->ingest(sample(fmt::format("n{}", i), "Bomb in the harbour."), print));
    }
  }
  const auto chronicle = Chronicle::open(path);
  ASSERT_TRUE(chronicle) << chronicle.error().message;
  {
    // What follows the schema, as a failing disk would leave it.
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto size = static_cast<std::streamoff>(fs::file_size(path));
    file.seekp(4096);
    for (std::streamoff at = 4096; at < size; ++at) file.put('\x5a');
  }
  for (const char* path_asked : {"/api/reports/n7", "/api/events/r7.v1", "/api/timeline"}) {
    const Answer given = answer({.path = path_asked, .parameters = {}}, {*chronicle});
    EXPECT_EQ(given.status, 500) << path_asked << ": " << given.body;
    EXPECT_THAT(given.body, testing::HasSubstr("DL4007"));
  }
}

TEST_F(Api, CountsSpansOfARecordInCodePoints) {
  const auto report = json(get("/api/reports/one"));
  const auto& record = report["record"];
  EXPECT_EQ(record["sections"][0]["span"][1].GetUint(), 52u);
}

TEST_F(Api, AFileThatAReportWasReadFromComesAsWhatItIs) {
  const std::string path = directory_ / "files.db";
  auto writer = Chronicle::open(path, {.access = Access::kWrite});
  ASSERT_TRUE(writer) << writer.error().message;
  const std::pair<const char*, const char*> types[] = {{"application/pdf", "application/pdf"},
                                                       {"text/vtt", "text/plain; charset=utf-8"}};
  for (const auto& [type, served] : types) {
    Record record = sample(type, "Bomb in the harbour.");
    record.source.media_type = type;
    record.page_map = {{{0, 4}, 1, 72, 100, 99, 112}};
    const std::string bytes = "%PDF-1.4 <b>as it was</b>";
    const Fingerprint print{std::string(64, type[0]), std::string(64, 'c')};
    ASSERT_TRUE(writer->ingest(record, print, bytes));
    const Answer given = answer({.path = std::string("/api/pages/") + type}, {*writer});
    EXPECT_EQ(given.status, 200) << given.body;
    EXPECT_EQ(given.content_type, served);
    EXPECT_EQ(given.body, bytes);
    EXPECT_TRUE(given.foreign);
  }
}

TEST_F(Api, SaysWhereAListWasCut) {
  const auto one = json(get("/api/timeline", {{"limit", "1"}}));
  EXPECT_EQ(one["events"].Size(), 1u);
  EXPECT_TRUE(one["more"].GetBool());
  const auto all = json(get("/api/timeline", {{"limit", "2"}}));
  EXPECT_EQ(all["events"].Size(), 2u);
  EXPECT_FALSE(all["more"].GetBool());
}

}  // namespace
}  // namespace dateline::server
