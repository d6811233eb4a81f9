// SPDX-License-Identifier: Apache-2.0
#include "language/config.h"

#include <gtest/gtest.h>

namespace dateline::language {
namespace {

TEST(Config, ReadsValuesListsAndReferences) {
  const auto config = Config::parse(
      "# a comment\r\n"
      "[nlp]\r\n"
      "lang = \"en\"\n"
      "pipeline = [\"tok2vec\",\n"
      "  \"tagger\"]\n"
      "\n"
      "[components.tok2vec.model.encode]\n"
      "width = 96\n"
      "[components.tagger.model.tok2vec]\n"
      "@architectures = \"spacy.Tok2VecListener.v1\"\n"
      "include_static_vectors = true\n"
      "colon = ${nlp:lang}\n"
      "dot = ${nlp.lang}\n"
      "loop = ${components.tagger.model.tok2vec.loop}\n",
      "config.cfg");
  ASSERT_TRUE(config);
  const std::string listener = "components.tagger.model.tok2vec";
  EXPECT_EQ(config->string("nlp", "lang"), "en");
  EXPECT_EQ(config->strings("nlp", "pipeline"), (std::vector<std::string>{"tok2vec", "tagger"}));
  EXPECT_EQ(config->string(listener, "@architectures"), "spacy.Tok2VecListener.v1");
  EXPECT_TRUE(config->flag(listener, "include_static_vectors", false));
  EXPECT_TRUE(config->flag(listener, "absent", true));
  EXPECT_EQ(config->string(listener, "colon"), "en");
  EXPECT_EQ(config->string(listener, "dot"), "en");
  EXPECT_EQ(config->string(listener, "loop"), std::nullopt);
  EXPECT_EQ(config->string("nlp", "absent"), std::nullopt);
  EXPECT_EQ(config->string("components.tok2vec.model.encode", "width"), std::nullopt)
      << "a number is no string";
}

TEST(Config, NamesTheLineItCannotRead) {
  const auto config = Config::parse("[nlp]\nlang = \"en\"\nneither this nor that\n", "a.cfg");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().message, "a.cfg:3: neither a [section] nor a key = value");
}

}  // namespace
}  // namespace dateline::language
