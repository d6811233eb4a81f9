// What a report says of one of its entities, as it is counted in the entity's persona.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "chronicle/actors/naming.h"
#include "chronicle/database.h"

namespace dateline::chronicle::actors {

/// what: a word of docs/store.md.
struct Fact {
  std::string what, value, outlet;
  auto operator<=>(const Fact&) const = default;
};

/// Those by which personas are weighed, in the order of Shared's members.
inline constexpr std::array<std::string_view, 6> kSigns = {"event", "beside", "role",
                                                           "of",    "week",   "outlet week"};

/// An entity that is somebody over reports.
struct Member {
  std::string entity, id;
  Naming naming;
  Called called;
  std::string signature;  ///< Of its persona.
  std::vector<Fact> facts;
};

/// Those of a report, in order.
std::vector<Member> members_of(Database& database, std::int64_t report, const Names& names);

/// As one text, and back.
std::string written(const std::vector<Fact>& facts);
std::vector<Fact> facts_in(std::string_view text);

}  // namespace dateline::chronicle::actors
