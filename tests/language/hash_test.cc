// SPDX-License-Identifier: Apache-2.0
#include "language/hash.h"

#include <gtest/gtest.h>

namespace dateline::language {
namespace {

// Expected values: spacy.strings.hash_string and thinc's NumpyOps.hash, versions 3.8 and 8.3.
TEST(Hash, StringsAreKeyedAsInSpacy) {
  EXPECT_EQ(hash_string(""), 0u);
  EXPECT_EQ(hash_string("a"), 11901859001352538922u);
  EXPECT_EQ(hash_string("eightbyt"), 7361903302148923535u);
  EXPECT_EQ(hash_string("nine byte"), 7927847277936756825u);
  EXPECT_EQ(hash_string("Überraschung"), 8858412418843196165u);
  EXPECT_EQ(hash_string("the quick brown fox"), 5053123802802448951u);
}

TEST(Hash, KeysFallOnTheRowsOfThinc) {
  using Rows = std::array<std::uint32_t, 4>;
  EXPECT_EQ(hash_rows(hash_string("apple"), 8),
            (Rows{2653853934, 3922826080, 3980780901, 3736755472}));
  EXPECT_EQ(hash_rows(0, 8), (Rows{0, 0, 0, 0}));
  EXPECT_EQ(hash_rows(~std::uint64_t{0}, 8),
            (Rows{2488739950, 2974852181, 1585626277, 2314794624}));
}

}  // namespace
}  // namespace dateline::language
