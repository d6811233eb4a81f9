// own_actors.tsv: which names a user knows to be one actor over reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/countries.h"
#include "knowledge/directory.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

struct OwnActor {
  static constexpr std::string_view kTable = "own_actors.tsv";
  std::string name, kind, country, sector;
  std::size_t line = 0;
};

class OwnActors {
 public:
  /// Countries of rows must be among `countries`, or world actors of PLOVER's.
  static Result<OwnActors> load(const Directory& directory, const Countries& countries);

  /// The row with this name, as name_key() has it, for an entity of this kind; or null.
  const OwnActor* by_name(std::string_view key, std::string_view kind) const;

 private:
  std::vector<OwnActor> rows_;
  StringMap<std::vector<std::uint32_t>> names_;
};

}  // namespace dateline::knowledge
