// Loading pipelines, whole and spoilt, and the promises of annotate(). What the annotations must be
// is compared with spaCy itself in tests/python.
// SPDX-License-Identifier: Apache-2.0
#include "language/pipeline.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "language/cases.h"

namespace dateline::language {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kModels = fs::path(DATELINE_SOURCE_DIR) / "models";

#define NEEDS(directory)                                                       \
  if (!fs::exists((directory) / "config.cfg")) {                               \
    GTEST_SKIP() << (directory) << " is not installed: 'make models' does so"; \
  }

/// A copy of a pipeline, of links but for one file with other bytes.
class Spoilt {
 public:
  Spoilt(const fs::path& pipeline, const fs::path& file, const std::string& bytes)
      : directory_(fs::temp_directory_path() / fmt::format("dateline_spoilt_{}", getpid())) {
    fs::remove_all(directory_);
    for (const auto& entry : fs::recursive_directory_iterator(pipeline)) {
      const fs::path to = directory_ / fs::relative(entry.path(), pipeline);
      if (!entry.is_regular_file()) continue;
      fs::create_directories(to.parent_path());
      fs::create_symlink(fs::canonical(entry.path()), to);
    }
    fs::remove(directory_ / file);
    std::ofstream(directory_ / file, std::ios::binary) << bytes;
  }
  ~Spoilt() { fs::remove_all(directory_); }

  const fs::path& directory() const { return directory_; }

 private:
  fs::path directory_;
};

std::string show(const Document& document) {
  std::string out;
  for (const Token& token : document.tokens) {
    out += fmt::format("{}-{} {} {} {} {} {} {} {}\n", token.span.begin, token.span.end, token.tag,
                       token.pos, token.morph, token.lemma, token.dep, token.head, token.sentence);
  }
  for (const Name& name : document.names) {
    out += fmt::format("{}-{} {}\n", name.tokens.begin, name.tokens.end, name.label);
  }
  return out;
}

constexpr std::string_view kReport =
    "Police in Lagos said on Friday that at least eight people were hurt when a bus overturned. "
    "The driver, Ade Bello, was taken to hospital; \"he is stable,\" a nurse said.";

TEST(Pipeline, AMissingDirectoryIsAnError) {
  const auto pipeline = Pipeline::load("/nowhere/at/all");
  ASSERT_FALSE(pipeline);
  EXPECT_THAT(pipeline.error().message, HasSubstr("/nowhere/at/all"));
}

TEST(Pipeline, AnotherArchitectureIsAnErrorThatNamesIt) {
  NEEDS(kPipeline);
  const std::string config = bytes_of(kPipeline / "config.cfg");
  const std::pair<std::string, std::string> changes[] = {
      {"spacy.MaxoutWindowEncoder.v2", "spacy.TorchBiLSTMEncoder.v1"},
      {"spacy.MultiHashEmbed.v2", "spacy.CharacterEmbed.v2"},
      {"spacy.TransitionBasedParser.v2", "spacy.TransitionBasedParser.v9"},
      {"factory = \"ner\"", "factory = \"spancat\""},
      {"lang = \"en\"", "lang = \"de\""},
      {"mode = \"rule\"", "mode = \"pos_lookup\""},
  };
  for (const auto& [from, to] : changes) {
    std::string changed = config;
    ASSERT_NE(changed.find(from), std::string::npos) << from;
    changed.replace(changed.find(from), from.size(), to);
    const auto pipeline = Pipeline::load(Spoilt(kPipeline, "config.cfg", changed).directory());
    ASSERT_FALSE(pipeline) << to;
    const std::string name = to.substr(to.find('"') == to.npos ? 0 : to.find('"') + 1);
    if (to != "lang = \"de\"") {
      EXPECT_THAT(pipeline.error().message, HasSubstr(name.substr(0, name.find('"'))));
    }
  }
}

TEST(Pipeline, ATruncatedOrAlteredFileIsAnErrorThatNamesIt) {
  NEEDS(kPipeline);
  const fs::path files[] = {"config.cfg",
                            "meta.json",
                            "tokenizer",
                            "vocab/lookups.bin",
                            "tok2vec/model",
                            "tagger/model",
                            "tagger/cfg",
                            "parser/model",
                            "parser/moves",
                            "ner/model",
                            "ner/moves",
                            "attribute_ruler/patterns",
                            "lemmatizer/lookups/lookups.bin"};
  for (const fs::path& file : files) {
    const std::string whole = bytes_of(kPipeline / file);
    for (const std::size_t size : {std::size_t{0}, whole.size() / 2, whole.size() - 2}) {
      // A configuration or meta file without its last bytes may still say all that is needed.
      if (size + 2 == whole.size() && file.extension() != ".bin" && file.filename() != "model") {
        continue;
      }
      const Spoilt spoilt(kPipeline, file, whole.substr(0, size));
      const auto pipeline = Pipeline::load(spoilt.directory());
      EXPECT_FALSE(pipeline) << file << " cut to " << size;
      if (!pipeline) {
        EXPECT_FALSE(pipeline.error().message.empty());
      }
    }
    // Any answer will do for a byte changed here and there, but for a crash.
    for (std::size_t at = 1; at < whole.size(); at += whole.size() / 3 + 1) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 0x55);
      const Spoilt spoilt(kPipeline, file, changed);
      if (const auto pipeline = Pipeline::load(spoilt.directory())) {
        auto scratch = pipeline->make_scratch();
        Document document;
        pipeline->annotate(kReport, scratch, document);
        EXPECT_FALSE(document.tokens.empty());
      }
    }
  }
}

class PipelineTest : public testing::TestWithParam<std::string> {};

TEST_P(PipelineTest, AUsedScratchGivesWhatAFreshOneGives) {
  NEEDS(kModels / GetParam());
  const auto pipeline = Pipeline::load(kModels / GetParam());
  ASSERT_TRUE(pipeline) << pipeline.error().message;
  auto fresh = pipeline->make_scratch();
  Document document;
  pipeline->annotate(kReport, fresh, document);
  const std::string expected = show(document);

  auto used = pipeline->make_scratch();
  std::string many;  // More word forms than are kept, and more tokens than a block.
  for (int i = 0; i < 9'000; ++i) many += fmt::format("w{}x{} ", i, i * 7);
  for (const std::string_view text : {std::string_view(many), std::string_view(""),
                                      std::string_view(" "), kReport, std::string_view(many)}) {
    pipeline->annotate(text, used, document);
  }
  pipeline->annotate(kReport, used, document);
  EXPECT_EQ(show(document), expected);
}

TEST_P(PipelineTest, EmptyAndBlankTextsAreFine) {
  NEEDS(kModels / GetParam());
  const auto pipeline = Pipeline::load(kModels / GetParam());
  ASSERT_TRUE(pipeline) << pipeline.error().message;
  auto scratch = pipeline->make_scratch();
  Document document;
  pipeline->annotate("", scratch, document);
  EXPECT_TRUE(document.tokens.empty());
  EXPECT_TRUE(document.sentences.empty());
  pipeline->annotate("\n", scratch, document);
  ASSERT_EQ(document.tokens.size(), 1u);
  EXPECT_EQ(document.sentences.size(), 1u);
  EXPECT_TRUE(document.names.empty());
}

INSTANTIATE_TEST_SUITE_P(English, PipelineTest,
                         testing::Values("en_core_web_sm", "en_core_web_md"));

}  // namespace
}  // namespace dateline::language
