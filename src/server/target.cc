// SPDX-License-Identifier: Apache-2.0
#include "server/target.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace dateline::server {

namespace {

std::string decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned char byte = 0;
    const char* const digits = text.data() + at + 1;
    if (text[at] == '%' && text.size() - at > 2) {
      const auto got = std::from_chars(digits, digits + 2, byte, 16);
      if (got.ec == std::errc() && got.ptr == digits + 2) {
        out += static_cast<char>(byte);
        at += 2;
        continue;
      }
    }
    out += plus_is_space && text[at] == '+' ? ' ' : text[at];
  }
  return out;
}

}  // namespace

Target split(std::string_view target) {
  const std::size_t question = std::min(target.find('?'), target.size());
  Target parts{decoded(target.substr(0, question), false), {}};
  std::string_view query = target.substr(std::min(question + 1, target.size()));
  while (!query.empty()) {
    const std::string_view item = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(item.size() + 1, query.size()));
    if (item.empty()) continue;
    const std::size_t equals = std::min(item.find('='), item.size());
    parts.parameters.emplace_back(decoded(item.substr(0, equals), true),
                                  decoded(item.substr(std::min(equals + 1, item.size())), true));
  }
  return parts;
}

}  // namespace dateline::server
