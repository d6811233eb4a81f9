// Pipeline files that are missing, cut short, altered or unknown: an error that names the file.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <functional>
#include <msgpack.hpp>

#include "language/attribute_ruler.h"
#include "language/cases.h"
#include "language/lemmatizer.h"
#include "language/lexeme_norms.h"
#include "language/lexeme_store.h"
#include "language/model_file.h"
#include "language/tokenizer.h"

namespace dateline::language {
namespace {

struct Part {
  std::string file;
  /// Loads the part of a directory and, where that works, uses it.
  std::function<Result<void>(const std::filesystem::path&)> load;
};

std::vector<Part> parts(const LexemeNorms& norms) {
  const auto document = [](LexemeStore& lexemes) {
    Document words;
    for (const char* word : {"It", "was", "gonna", "go", " ", "n't", "churches"}) {
      Token& token = words.tokens.emplace_back();
      token.text = word;
      token.lexeme = lexemes.intern(word);
      token.lower = lexemes[token.lexeme].lower;
      token.tag = "VBZ";
      token.pos = "NOUN";
      token.dep = "aux";
    }
    return words;
  };
  return {
      {"tokenizer",
       [&norms](const auto& path) -> Result<void> {
         auto tokenizer = Tokenizer::load(path);
         if (!tokenizer) return tl::unexpected(tokenizer.error());
         TokenizerCache cache;
         LexemeStore lexemes(norms);
         std::vector<Token> tokens;
         tokenizer->tokenize("\"It's 5km,\" he said :) www.example.org", cache, lexemes, tokens);
         return {};
       }},
      {"vocab/lookups.bin",
       [](const auto& path) -> Result<void> {
         auto loaded = LexemeNorms::load(path);
         if (!loaded) return tl::unexpected(loaded.error());
         return {};
       }},
      {"attribute_ruler/patterns",
       [&norms, document](const auto& path) -> Result<void> {
         auto ruler = AttributeRuler::load(path / "attribute_ruler");
         if (!ruler) return tl::unexpected(ruler.error());
         LexemeStore lexemes(norms);
         Document words = document(lexemes);
         ruler->annotate(words, lexemes);
         return {};
       }},
      {"lemmatizer/lookups/lookups.bin",
       [&norms, document](const auto& path) -> Result<void> {
         auto lemmatizer = Lemmatizer::load(path / "lemmatizer", "rule", false);
         if (!lemmatizer) return tl::unexpected(lemmatizer.error());
         LexemeStore lexemes(norms);
         LemmaCache cache;
         Document words = document(lexemes);
         lemmatizer->annotate(words, cache, lexemes);
         return {};
       }},
  };
}

void expect_named(const Result<void>& loaded, const std::string& file) {
  ASSERT_FALSE(loaded) << file;
  EXPECT_NE(loaded.error().message.find(file), std::string::npos) << loaded.error().message;
  EXPECT_TRUE(loaded.error().code >= 2000 && loaded.error().code < 2100) << loaded.error().code;
}

TEST(PipelineFiles, MissingOrCutShortAreErrors) {
  SKIP_WITHOUT_PIPELINE();
  const auto norms = LexemeNorms::load(kPipeline);
  ASSERT_TRUE(norms);
  for (const auto& [file, load] : parts(*norms)) {
    SCOPED_TRACE(file);
    EXPECT_TRUE(load(kPipeline)) << load(kPipeline).error().message;
    const Directory directory;
    expect_named(load(directory.path()), file);
    const std::string bytes = read_file(kPipeline / file).value();
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{17}, bytes.size() / 3,
          bytes.size() / 2, bytes.size() - 100, bytes.size() - 1}) {
      SCOPED_TRACE(length);
      directory.write(file, std::string_view(bytes).substr(0, length));
      expect_named(load(directory.path()), file);
    }
    directory.write(file, bytes + "x");
    expect_named(load(directory.path()), file);
  }
}

TEST(PipelineFiles, AlteredBytesAreAnErrorOrAnotherPipelineButNoCrash) {
  SKIP_WITHOUT_PIPELINE();
  const auto norms = LexemeNorms::load(kPipeline);
  ASSERT_TRUE(norms);
  for (const auto& [file, load] : parts(*norms)) {
    const Directory directory;
    const std::string bytes = read_file(kPipeline / file).value();
    std::uint64_t random = 1;
    int errors = 0;
    for (int i = 0; i < 40; ++i) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      std::string altered = bytes;
      // Half of the time near the beginning, where the structure is.
      const std::size_t range = i % 2 == 0 ? bytes.size() : 200;
      altered[(random >> 33) % range] ^= static_cast<char>(1 + (random >> 20) % 255);
      directory.write(file, altered);
      const auto loaded = load(directory.path());
      if (!loaded) {
        expect_named(loaded, file);
        ++errors;
      }
    }
    EXPECT_GT(errors, 0) << file;
  }
}

TEST(PipelineFiles, AnUnknownLemmatizerModeIsNamed) {
  const auto loaded = Lemmatizer::load("anywhere", "lookup", false);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("\"lookup\""), std::string::npos);
}

using Object = msgpack::type::variant;
using Map = std::multimap<Object, Object>;
using List = std::vector<Object>;

std::string pack(const Object& object) {
  msgpack::sbuffer buffer;
  msgpack::pack(buffer, object);
  return {buffer.data(), buffer.size()};
}

Object rule(Map token, Map attributes, int index = 0) {
  List pattern;
  pattern.emplace_back(std::move(token));
  // List{List{…}} would be a copy to some compilers and a nested list to others.
  List patterns;
  patterns.emplace_back(std::move(pattern));
  return Map{{"patterns", std::move(patterns)}, {"attrs", std::move(attributes)}, {"index", index}};
}

TEST(PipelineFiles, UnknownRulesAreNamed) {
  const std::pair<Object, std::string> cases[] = {
      {rule({{"LENGTH", 3}}, {{"POS", "X"}}), "the attribute LENGTH is not supported"},
      {rule({{"OP", "+"}}, {{"POS", "X"}}), "the operator OP + is not supported"},
      {rule({{"LOWER", Map{{"FUZZY", "x"}}}}, {{"POS", "X"}}), "the operator FUZZY"},
      {rule({{"SHAPE", Map{{"REGEX", "x"}}}}, {{"POS", "X"}}), "the operator REGEX"},
      {rule({{"LOWER", Map{{"REGEX", "(x"}}}}, {{"POS", "X"}}), "a missing parenthesis"},
      {rule({{"LOWER", "x"}}, {{"ENT_TYPE", "X"}}), "setting the attribute ENT_TYPE"},
      {rule({{"LOWER", "x"}}, {{"POS", "THING"}}), "\"THING\" is no part of speech"},
      {rule({{"LOWER", "x"}}, {{"MORPH", "Number"}}), "\"Number\" is no morphology"},
      {rule({{"LOWER", "x"}}, {{"POS", "X"}}, 1), "sets a token outside its pattern"},
      {rule({{"LOWER", "x"}}, {{"POS", "X"}}, -2), "sets a token outside its pattern"},
      {Map{{"attrs", Map{}}}, "rule 0 is incomplete"},
      {"rules", "sets nothing"},
  };
  for (const auto& [object, message] : cases) {
    const Directory directory;
    directory.write("patterns", pack(List(1, object)));
    const auto ruler = AttributeRuler::load(directory.path());
    ASSERT_FALSE(ruler) << message;
    EXPECT_NE(ruler.error().message.find("patterns"), std::string::npos);
    EXPECT_NE(ruler.error().message.find(message), std::string::npos) << ruler.error().message;
  }
}

TEST(AttributeRuler, LaterRulesWinAndAllAreMatchedBeforeAnyIsApplied) {
  SKIP_WITHOUT_PIPELINE();
  const auto norms = LexemeNorms::load(kPipeline);
  ASSERT_TRUE(norms);
  const List rules = {
      rule({{"TAG", "NN"}}, {{"POS", "NOUN"}, {"MORPH", "Number=Sing|Case=Nom,Acc"}}),
      rule({{"LOWER", "left"}}, {{"TAG", "VBD"}, {"POS", "VERB"}}),
      rule({{"TAG", "VBD"}}, {{"LEMMA", "wrong"}}),
      Map{{"patterns", List{List{Map{{"TAG", Map{{"NOT_IN", List{"DT", ""}}}}},
                                 Map{{"ORTH", Map{{"REGEX", "^l?eft$"}}}, {"OP", "1"}}},
                            List{Map{{"TEXT", "The"}}}}},
          {"attrs", Map{{"LEMMA", "last"}}},
          {"index", -1}},
  };
  const Directory directory;
  directory.write("patterns", pack(rules));
  const auto ruler = AttributeRuler::load(directory.path());
  ASSERT_TRUE(ruler) << ruler.error().message;
  LexemeStore lexemes(*norms);
  Document document;
  for (const auto& [word, tag] :
       {std::pair{"The", "DT"}, std::pair{"left", "NN"}, std::pair{"left", "NN"}}) {
    Token& token = document.tokens.emplace_back();
    token.text = word;
    token.tag = tag;
    token.lexeme = lexemes.intern(word);
    token.lower = lexemes[token.lexeme].lower;
  }
  ruler->annotate(document, lexemes);
  EXPECT_EQ(document.tokens[0].lemma, "last");
  EXPECT_EQ(document.tokens[0].pos, "");
  EXPECT_EQ(document.tokens[1].tag, "VBD");
  EXPECT_EQ(document.tokens[1].pos, "VERB");
  EXPECT_EQ(document.tokens[1].morph, "Case=Acc,Nom|Number=Sing");
  EXPECT_EQ(document.tokens[1].lemma, "");
  EXPECT_EQ(document.tokens[2].lemma, "last");
}

}  // namespace
}  // namespace dateline::language
