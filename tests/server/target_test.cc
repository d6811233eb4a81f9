// The target of a request, taken apart.
// SPDX-License-Identifier: Apache-2.0
#include "server/target.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace dateline::server {
namespace {

TEST(Target, IsTakenApartAndDecoded) {
  const struct {
    std::string_view target, parts;
  } kCases[] = {
      {"/", "/"},
      {"/api/health", "/api/health"},
      {"/a?", "/a"},
      {"/a?b", "/a|b="},
      {"/a?b=c&d=e", "/a|b=c|d=e"},
      {"/a?b=c&b=d&&", "/a|b=c|b=d"},
      {"/a?=c", "/a|=c"},
      {"/a?b=c=d?e", "/a|b=c=d?e"},
      {"/a+b%2Fc%20d?e+f=g%2bh+i", "/a+b/c d|e f=g+h i"},
      {"/%", "/%"},
      {"/%4", "/%4"},
      {"/%4G%-1% 1%+1", "/%4G%-1% 1%+1"},
      {"/%c3%A9", "/\u00e9"},
      {"", ""},
      {"?a=b", "|a=b"},
  };
  for (const auto& [target, parts] : kCases) {
    const Target found = split(target);
    std::string joined = found.path;
    for (const auto& [name, value] : found.parameters) joined += fmt::format("|{}={}", name, value);
    EXPECT_EQ(joined, parts) << target;
  }
}

}  // namespace
}  // namespace dateline::server
