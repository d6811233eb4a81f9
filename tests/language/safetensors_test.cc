// What a safetensors file gives, and what is wrong with bad ones.
// SPDX-License-Identifier: Apache-2.0
#include "language/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

namespace dateline::language {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string file_of(std::string header, std::string data) {
  std::string bytes(8, '\0');
  const std::uint64_t length = header.size();
  std::memcpy(bytes.data(), &length, sizeof(length));
  return bytes + header + data;
}

std::string floats(std::initializer_list<float> values) {
  return {reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(float)};
}

constexpr char kHeader[] =
    R"({"__metadata__":{"heads":"2"},"b":{"dtype":"I8","shape":[3],"data_offsets":[8,11]},)"
    R"("a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})";

TEST(Safetensors, GivesTensorsByName) {
  auto file = Safetensors::parse(file_of(kHeader, floats({1.5f, -2}) + "\1\2\xff"), "x");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->metadata("heads"), "2");
  EXPECT_EQ(file->metadata("tails"), "");
  EXPECT_TRUE(file->any(""));
  EXPECT_FALSE(file->any("aa"));
  EXPECT_FALSE(file->any("c"));
  EXPECT_THAT(file->shape("a"), ElementsAre(1, 2));
  EXPECT_THAT(file->shape("c"), testing::IsEmpty());
  EXPECT_THAT(file->f32("a", {1, 2}), ElementsAre(1.5f, -2));
  EXPECT_THAT(file->i8("b", {3}), ElementsAre(1, 2, -1));
  EXPECT_FALSE(file->error());
}

TEST(Safetensors, HalvesAreFloats) {
  constexpr std::pair<std::uint16_t, float> kHalves[] = {
      {0x0000, 0.0f},      {0x3c00, 1.0f},       {0xc000, -2.0f},    {0x3555, 0x1.554p-2f},
      {0x7bff, 65504.0f},  {0xfbff, -65504.0f},  {0x0400, 0x1p-14f}, {0x03ff, 0x3ffp-24f},
      {0x8001, -0x1p-24f}, {0x2e66, 0x1.998p-4f}};
  std::string bytes;
  std::vector<float> expected;
  for (const auto& [half, value] : kHalves) {
    bytes.append(reinterpret_cast<const char*>(&half), sizeof(half));
    expected.push_back(value);
  }
  auto file = Safetensors::parse(
      file_of(R"({"a":{"dtype":"F16","shape":[10],"data_offsets":[0,20]}})", bytes), "x");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->f32("a", {10}), expected);
  EXPECT_FALSE(file->error());
  for (const std::uint16_t odd : {0x7c00, 0xfc00, 0x7e00}) {
    auto infinite =
        Safetensors::parse(file_of(R"({"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}})",
                                   std::string(reinterpret_cast<const char*>(&odd), sizeof(odd))),
                           "x");
    EXPECT_THAT(infinite->f32("a", {1}), testing::IsEmpty()) << odd;
    EXPECT_TRUE(infinite->error());
  }
}

TEST(Safetensors, AskingForWhatIsNotThereIsAnErrorThatNamesIt) {
  const std::string bytes = file_of(kHeader, floats({1.5f, -2}) + "\1\2\3");
  const auto complaint = [&](auto ask) {
    auto file = Safetensors::parse(bytes, "the file");
    ask(*file);
    EXPECT_TRUE(file->error());
    EXPECT_EQ(file->error()->code, 2005);
    return file->error()->message;
  };
  EXPECT_THAT(complaint([](auto& file) { file.f32("a", {2}); }),
              testing::AllOf(HasSubstr("the file"), HasSubstr("'a'"), HasSubstr("[2]")));
  EXPECT_THAT(complaint([](auto& file) { file.i8("a", {1, 2}); }), HasSubstr("'a'"));
  EXPECT_THAT(complaint([](auto& file) { file.i8("c", {1}); }), HasSubstr("'c' is missing"));
  EXPECT_THAT(complaint([](auto& file) {
                file.i8("c", {1});
                file.i8("d", {1});
              }),
              HasSubstr("'c'"))
      << "the first one counts";
  auto infinite = Safetensors::parse(
      file_of(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", floats({1.0f / 0.0f})),
      "x");
  EXPECT_THAT(infinite->f32("a", {1}), testing::IsEmpty());
  EXPECT_TRUE(infinite->error());
}

TEST(Safetensors, ABadFileIsAnErrorThatSaysWhatIsWrong) {
  const auto tensor = [](const std::string& a) { return R"({"a":)" + a + "}"; };
  const std::string data(8, '\0');
  const std::pair<std::string, std::string> cases[] = {
      {"", "no header"},
      {std::string(8, '\xff') + "{}", "cut short"},
      {file_of("[]", ""), "no JSON object"},
      {file_of("{", ""), "no JSON object"},
      {file_of(std::string(100'000, '['), ""), "no JSON object"},
      {file_of(R"({"__metadata__":3})", ""), "__metadata__"},
      {file_of(R"({"__metadata__":{"heads":3}})", ""), "__metadata__"},
      {file_of(tensor("1"), data), "'a' is not described"},
      {file_of(tensor(R"({"shape":[2],"data_offsets":[0,8]})"), data), "'a' has no type"},
      {file_of(tensor(R"({"dtype":"F32","data_offsets":[0,8]})"), data), "'a' has no shape"},
      {file_of(tensor(R"({"dtype":"F32","shape":[2]})"), data), "'a' has no place"},
      {file_of(tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[0,-8]})"), data), "no place"},
      {file_of(tensor(R"({"dtype":"F64","shape":[1],"data_offsets":[0,8]})"), data), "type F64"},
      {file_of(tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[0,12]})"), data), "beyond"},
      {file_of(tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[8,0]})"), data), "beyond"},
      {file_of(tensor(R"({"dtype":"F32","shape":[3],"data_offsets":[0,8]})"), data), "not fit"},
      {file_of(tensor(R"({"dtype":"I8","shape":[4294967296,4294967296],"data_offsets":[0,8]})"),
               data),
       "cannot be"},
      {file_of(tensor(R"({"dtype":"I8","shape":["8"],"data_offsets":[0,8]})"), data), "cannot be"},
      {file_of(tensor(R"({"dtype":"I8","shape":[4],"data_offsets":[0,4]})"), data), "bytes follow"},
      {file_of(tensor(R"({"dtype":"I8","shape":[4],"data_offsets":[4,8]})"), data), "gap"},
      {file_of(R"({"a":{"dtype":"I8","shape":[5],"data_offsets":[0,5]},)"
               R"("b":{"dtype":"I8","shape":[4],"data_offsets":[4,8]}})",
               data),
       "'b' overlaps"},
      {file_of(R"({"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]},)"
               R"("a":{"dtype":"I8","shape":[4],"data_offsets":[4,8]}})",
               data),
       "twice"},
  };
  for (const auto& [bytes, what] : cases) {
    const auto file = Safetensors::parse(bytes, "the file");
    ASSERT_FALSE(file) << what;
    EXPECT_EQ(file.error().code, 2003);
    EXPECT_THAT(file.error().message, testing::AllOf(HasSubstr("the file"), HasSubstr(what)));
  }
}

TEST(Safetensors, EveryCutOfAFileIsAnError) {
  const std::string whole = file_of(kHeader, floats({1, 2}) + "abc");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(Safetensors::parse(whole.substr(0, size), "x")) << size;
  }
}

}  // namespace
}  // namespace dateline::language
