// What a request asks for: its parameters as the chronicle takes them, and lists as it is answered.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/chronicle.h"
#include "server/api.h"

namespace dateline::server {

/// A query of events, as the chronicle takes it.
struct Query {
  HappeningFilter filter{};
  std::string words{};            ///< q, for /api/search.
  std::vector<std::string> by{};  ///< For /api/count.
  std::string format{};           ///< For /api/export.
};

/// `most`: of `limit`, and what it is where it is not given; 0: no end. `extras`: parameters that
/// this path takes beside the filter's: q, background, by, after, format, tolls.
Result<Query> query_of(const Request& request, std::size_t most,
                       std::initializer_list<std::string_view> extras = {});

/// The parameters of a path that takes no filter.
struct Fields {
  std::map<std::string, std::string> values{};
  std::size_t limit;
  bool background = false;

  const std::string& operator[](const std::string& name) { return values[name]; }
};

/// `most`: of `limit`; 0: the path takes none.
Result<Fields> fields_of(const Request& request, std::size_t most,
                         std::initializer_list<std::string_view> names);

/// The name that a path ends in, or why it is none.
tl::expected<std::string_view, Answer> name_of(const Request& request, std::string_view prefix);

/// Why the chronicle gave no answer.
Answer failure(const Error& error);

/// "{"name":[a,b],"more":false}" from items that are added while there is room.
class List {
 public:
  List(std::string_view name, std::size_t most) : most_(most) {
    body_ = fmt::format("{{\"{}\":[", name);
  }

  /// Calls `write` with the text that the item goes behind. False where there is no room.
  template <typename Write>
  bool add(Write write) {
    if (count_ == most_ || body_.size() >= kMostBytes) {
      more_ = true;
      return false;
    }
    if (count_++ > 0) body_ += ',';
    write(body_);
    return true;
  }

  bool is_cut() const { return more_; }

  /// `beside`: members that stand beside the list: ",\"cursor\":\"a\"".
  Answer answer(std::string_view beside = "") && {
    body_ += fmt::format("],\"more\":{}{}}}\n", more_, beside);
    return {.body = std::move(body_)};
  }

 private:
  std::size_t most_, count_ = 0;
  bool more_ = false;
  std::string body_;
};

}  // namespace dateline::server
