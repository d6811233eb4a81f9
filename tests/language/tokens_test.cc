// Tokens, lexical attributes, attribute rules and lemmas against what spaCy said (make_cases.py).
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <deque>

#include "language/attribute_ruler.h"
#include "language/cases.h"
#include "language/lemmatizer.h"
#include "language/lexeme_store.h"
#include "language/string_key.h"
#include "language/tokenizer.h"

namespace dateline::language {
namespace {

// Places in a token of tokens.jsonl.
enum Field {
  kBegin,
  kEnd,
  kSpaceAfter,
  kLower,
  kNorm,
  kPrefix,
  kSuffix,
  kShape,
  kIsSpace,
  kTag,
  kDep,
  kTagAfter,
  kPos,
  kMorph,
  kLemma,
  kDepAfter
};

struct Engine {
  LexemeNorms norms = LexemeNorms::load(kPipeline).value();
  Tokenizer tokenizer = Tokenizer::load(kPipeline).value();
  AttributeRuler ruler = AttributeRuler::load(kPipeline / "attribute_ruler").value();
  Lemmatizer lemmatizer = Lemmatizer::load(kPipeline / "lemmatizer", "rule", false).value();
};

/// What one thread works with.
struct Work {
  explicit Work(const Engine& engine) : lexemes(engine.norms) {}
  LexemeStore lexemes;
  TokenizerCache cache;
  LemmaCache lemmas;
  Document document;
};

void expect_tokens(const Engine& engine, Work& work, const rapidjson::Value& example) {
  const std::string text = text_of(example["text"]);
  const auto& expected = example["tokens"].GetArray();
  Document& document = work.document;
  document.text = text;
  engine.tokenizer.tokenize(text, work.cache, work.lexemes, document.tokens);
  ASSERT_EQ(document.tokens.size(), expected.Size());
  std::deque<std::string> given;
  for (rapidjson::SizeType i = 0; i < expected.Size(); ++i) {
    Token& token = document.tokens[i];
    const Lexeme& lexeme = work.lexemes[token.lexeme];
    const auto string = [&](Field field) { return text_of(expected[i][field]); };
    SCOPED_TRACE(std::string(token.text));
    EXPECT_EQ(token.span.begin, expected[i][kBegin].GetUint());
    EXPECT_EQ(token.span.end, expected[i][kEnd].GetUint());
    EXPECT_EQ(token.space_after, expected[i][kSpaceAfter].GetBool());
    EXPECT_EQ(token.text, token.span.of(text));
    EXPECT_EQ(token.lower, string(kLower));
    EXPECT_EQ(lexeme.text, token.text);
    EXPECT_EQ(lexeme.lower, token.lower);
    EXPECT_EQ(lexeme.orth, string_key(token.text));
    EXPECT_EQ(lexeme.lower_key, string_key(string(kLower)));
    EXPECT_EQ(lexeme.norm, string_key(string(kNorm)));
    EXPECT_EQ(lexeme.prefix, string_key(string(kPrefix)));
    EXPECT_EQ(lexeme.suffix, string_key(string(kSuffix)));
    EXPECT_EQ(lexeme.shape, string_key(string(kShape)));
    EXPECT_EQ(lexeme.is_space, expected[i][kIsSpace].GetBool());
    token.tag = given.emplace_back(string(kTag));
    token.dep = given.emplace_back(string(kDep));
  }
  engine.ruler.annotate(document, work.lexemes);
  engine.lemmatizer.annotate(document, work.lemmas, work.lexemes);
  for (rapidjson::SizeType i = 0; i < expected.Size(); ++i) {
    const Token& token = document.tokens[i];
    const auto string = [&](Field field) { return text_of(expected[i][field]); };
    SCOPED_TRACE(std::string(token.text));
    EXPECT_EQ(token.tag, string(kTagAfter));
    EXPECT_EQ(token.pos, string(kPos));
    EXPECT_EQ(token.morph, string(kMorph));
    EXPECT_EQ(token.lemma, string(kLemma));
    EXPECT_EQ(token.dep, string(kDepAfter));
  }
}

TEST(Tokens, AreThoseOfSpacy) {
  SKIP_WITHOUT_PIPELINE();
  const Engine engine;
  Work work(engine);
  // Twice: the second time all is in the caches.
  for (int round = 0; round < 2; ++round) {
    for (const auto& example : read_cases("tokens.jsonl")) {
      SCOPED_TRACE(text_of(example["why"]) + ": " + text_of(example["text"]));
      expect_tokens(engine, work, example);
    }
  }
}

TEST(Tokens, AreTheSameAfterTheLexemesAreCleared) {
  SKIP_WITHOUT_PIPELINE();
  const Engine engine;
  Work work(engine);
  for (const auto& example : read_cases("tokens.jsonl")) {
    SCOPED_TRACE(text_of(example["text"]));
    const std::uint64_t generation = work.lexemes.generation();
    work.lexemes.clear();
    EXPECT_NE(work.lexemes.generation(), generation);
    EXPECT_EQ(work.lexemes.size(), 0u);
    expect_tokens(engine, work, example);
  }
}

TEST(Tokens, CoverTheTextInOrder) {
  SKIP_WITHOUT_PIPELINE();
  const Engine engine;
  Work work(engine);
  // More different words than the caches hold, and each byte of the text in exactly one token or a
  // space after one.
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += fmt::format("w{}{}", i, i % 7 == 0 ? ",  " : " ");
  std::vector<Token> tokens;
  engine.tokenizer.tokenize(text, work.cache, work.lexemes, tokens);
  std::size_t at = 0;
  for (const Token& token : tokens) {
    ASSERT_EQ(token.span.begin, at);
    at = token.span.end + (token.space_after ? 1 : 0);
  }
  EXPECT_EQ(at, text.size());
}

struct LongWord {
  std::string unit;
  std::string end;
  std::size_t tokens;  ///< Of the unit a hundred thousand times, then the end.
};

TEST(Tokens, OfLongWordsTakeNoMoreThanTheirLength) {
  SKIP_WITHOUT_PIPELINE();
  const Engine engine;
  // Each takes milliseconds where it is linear, and minutes where it is not. The numbers follow
  // from the rules; spaCy gives them for shorter words of the kind (tokens.jsonl).
  const LongWord words[] = {{"a", "", 1},  {"!", "", 100'000},    {"(", "a", 100'001},
                            {".", "", 1},  {"a-b", "", 200'001},  {"a-b.", "com", 1},
                            {":@", "", 2}, {"a:", "@x-y.com", 1}, {"\"", "'", 100'001},
                            {"é", "", 1},  {"x@", "y-z!", 4}};
  for (const auto& [unit, end, count] : words) {
    Work work(engine);
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += unit;
    text += end;
    std::vector<Token> tokens;
    engine.tokenizer.tokenize(text, work.cache, work.lexemes, tokens);
    EXPECT_EQ(tokens.size(), count) << unit << end;
  }
}

TEST(Lexemes, OfOneTextDifferByTheirNorm) {
  SKIP_WITHOUT_PIPELINE();
  const auto norms = LexemeNorms::load(kPipeline);
  ASSERT_TRUE(norms);
  LexemeStore lexemes(*norms);
  const std::uint32_t plain = lexemes.intern("Ca");
  const std::uint32_t special = lexemes.intern("Ca", "can");
  EXPECT_NE(plain, special);
  EXPECT_EQ(lexemes[plain].norm, string_key("ca"));
  EXPECT_EQ(lexemes[special].norm, string_key("can"));
  EXPECT_EQ(lexemes[special].orth, lexemes[plain].orth);
  EXPECT_EQ(lexemes.intern("Ca", "can"), special);
  EXPECT_EQ(lexemes.intern("Ca", "ca"), plain);
  EXPECT_EQ(lexemes.intern("Ca"), plain);
}

TEST(Lexemes, StayWhereTheyAreAsOthersCome) {
  SKIP_WITHOUT_PIPELINE();
  const auto norms = LexemeNorms::load(kPipeline);
  ASSERT_TRUE(norms);
  LexemeStore lexemes(*norms);
  const Lexeme* first = &lexemes[lexemes.intern("first")];
  const std::string_view text = first->text;
  for (int i = 0; i < 50'000; ++i) lexemes.intern(fmt::format("word{}", i));
  EXPECT_EQ(&lexemes[lexemes.intern("first")], first);
  EXPECT_EQ(text, "first");
  const std::size_t held = lexemes.bytes();
  lexemes.clear();
  EXPECT_LT(lexemes.bytes(), held / 10);
}

TEST(StringKey, IsTheSymbolOrTheHash) {
  EXPECT_EQ(string_key(""), 0u);
  EXPECT_EQ(string_key("X"), 101u);
  EXPECT_EQ(string_key("NOUN"), 92u);
  EXPECT_EQ(string_key("agent"), 401u);
  EXPECT_EQ(string_key("_"), 456u);
  EXPECT_EQ(string_key("FLAG19"), 19u);
  EXPECT_EQ(string_key("FLAG63"), 63u);
  EXPECT_EQ(string_key("DEPRECATED001"), 104u);
  EXPECT_EQ(string_key("DEPRECATED276"), 379u);
  EXPECT_EQ(string_key("Agent"), 38070539555602595u);
}

}  // namespace
}  // namespace dateline::language
