// organs.tsv: organs that every state has, and words that tell no two organisations apart.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "dateline/result.h"
#include "knowledge/directory.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

struct Organ {
  std::string name, sector;
};

class Organs {
 public:
  static Result<Organs> load(const Directory& directory);

  /// By one of its names, as name_key() has it.
  const Organ* by_name(std::string_view key) const { return find(organs_, key); }
  /// Whether a word tells no two organisations apart.
  bool is_common(std::string_view word) const { return common_.contains(word); }

 private:
  StringMap<Organ> organs_;
  StringSet common_;
};

}  // namespace dateline::knowledge
