// The weights of the event reader: what is wrong with them is an error that names it.
// SPDX-License-Identifier: Apache-2.0
#include "reading/events/heads.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace dateline::reading::events {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWidth = 384;

class HeadsFile : public ::testing::Test {
 protected:
  void SetUp() override {
    given_ = fs::path(DATELINE_SOURCE_DIR) / "components/trunk/events.safetensors";
    std::ifstream file(given_, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(file), {});
    ASSERT_FALSE(bytes_.empty());
  }
  void TearDown() override { fs::remove(made_); }

  /// The error of loading these bytes.
  std::string error_of(const std::string& bytes) {
    std::ofstream(made_, std::ios::binary) << bytes;
    const auto heads = Heads::load(made_, kWidth);
    return heads ? std::string() : heads.error().message;
  }

  fs::path given_;
  fs::path made_ =
      fs::path(::testing::TempDir()) / fmt::format("dateline_heads-{}.safetensors", ::getpid());
  std::string bytes_;
};

TEST_F(HeadsFile, IsLoadedAsItIs) { EXPECT_EQ(error_of(bytes_), ""); }

TEST_F(HeadsFile, WrongOnesAreNamed) {
  EXPECT_NE(error_of("").find("dateline_heads"), std::string::npos);
  EXPECT_NE(error_of(bytes_.substr(0, bytes_.size() / 2)).find("dateline_heads"),
            std::string::npos);
  std::string renamed = bytes_;
  const std::string part = "slots.places.answer.bias";
  ASSERT_NE(renamed.find(part), std::string::npos);
  renamed.replace(renamed.find(part), part.size(), "slots.places.answer.bia5");
  EXPECT_NE(error_of(renamed).find(part), std::string::npos);
}

TEST_F(HeadsFile, OtherWidthsAreRefused) {
  const auto heads = Heads::load(given_, kWidth / 2);
  ASSERT_FALSE(heads);
  EXPECT_NE(heads.error().message.find("kind.weight"), std::string::npos);
}

}  // namespace
}  // namespace dateline::reading::events
