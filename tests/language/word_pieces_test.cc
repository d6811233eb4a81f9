// Words against Hugging Face's tokenizers (word_pieces.jsonl, make_trunk_cases.py), and what JSON
// cannot hold.
// SPDX-License-Identifier: Apache-2.0
#include "language/word_pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "language/cases.h"

namespace dateline::language {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::filesystem::path kVocabulary = kSource / "components/trunk/vocab.txt";

std::vector<WordPieces::Piece> cut(const WordPieces& words, std::string_view text,
                                   std::size_t most = 1000) {
  std::vector<WordPieces::Piece> pieces;
  words.cut(text, most, pieces);
  return pieces;
}

TEST(WordPieces, CutsAsHuggingFace) {
  if (!std::filesystem::exists(kVocabulary)) GTEST_SKIP() << "no trunk in components/";
  const auto words = WordPieces::load(kVocabulary);
  ASSERT_TRUE(words) << words.error().message;
  std::vector<std::string> names;
  std::ifstream file(kVocabulary);
  for (std::string line; std::getline(file, line);) names.push_back(line);
  for (const auto& row : read_cases("word_pieces.jsonl")) {
    std::vector<std::string> expected, found;
    for (const auto& piece : row["pieces"].GetArray()) expected.push_back(text_of(piece));
    for (const auto piece : cut(*words, text_of(row["text"]))) found.push_back(names[piece]);
    EXPECT_EQ(found, expected) << text_of(row["text"]);
  }
}

/// A vocabulary in a directory of its own.
Result<WordPieces> words_of(std::string_view lines) {
  const Directory directory;
  directory.write("vocab.txt", lines);
  return WordPieces::load(directory.path() / "vocab.txt");
}

TEST(WordPieces, TakesAnyBytesAndStopsWhereItIsTold) {
  const auto words = words_of("[UNK]\n[CLS]\n[SEP]\nab\n##c\n-\n");
  ASSERT_TRUE(words) << words.error().message;
  EXPECT_EQ(words->size(), 6u);
  EXPECT_EQ(words->first(), 1u);
  EXPECT_EQ(words->last(), 2u);
  EXPECT_THAT(cut(*words, "ABc"), ElementsAre(3, 4));
  EXPECT_THAT(cut(*words, "abx"), ElementsAre(0)) << "unknown as a whole";
  EXPECT_THAT(cut(*words, "\xff\xfe"), IsEmpty()) << "what is no character goes";
  EXPECT_THAT(cut(*words,
                  "a\xc3"
                  "b\xed\xa0\x80"
                  "c"),
              ElementsAre(3, 4));
  EXPECT_THAT(cut(*words, std::string(100'000, '-'), 192), testing::SizeIs(192));
  EXPECT_THAT(cut(*words, "abccc", 2), ElementsAre(3, 4));
  EXPECT_THAT(cut(*words, std::string(100'000, 'a')), ElementsAre(0));
  std::string accents = "ab";
  for (int i = 0; i < 50'000; ++i) accents += "\xcc\x81";
  EXPECT_THAT(cut(*words, accents), ElementsAre(3));
}

TEST(WordPieces, AVocabularyThatLacksAPieceIsAnErrorThatNamesIt) {
  for (const auto& [lines, name] : {std::pair{"[UNK]\n[CLS]\n", "[SEP]"}, std::pair{"", "[UNK]"},
                                    std::pair{"[UNK]\n[CLS]\n[SEP]\nab\nab\n", "'ab' twice"}}) {
    const auto words = words_of(lines);
    ASSERT_FALSE(words) << lines;
    EXPECT_EQ(words.error().code, 2040);
    EXPECT_THAT(words.error().message, testing::HasSubstr(name));
  }
  EXPECT_EQ(WordPieces::load("/nowhere/vocab.txt").error().code, 2002);
}

}  // namespace
}  // namespace dateline::language
