// The target of a request, taken apart: its path and its parameters, decoded.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dateline::server {

struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> parameters;
};

/// "/search?q=a+b%21" to "/search" and q = "a b!". A "%" without two digits stands for itself.
Target split(std::string_view target);

}  // namespace dateline::server
