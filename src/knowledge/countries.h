// countries.tsv: codes, names, demonyms and capitals of countries.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/directory.h"
#include "knowledge/string_map.h"

namespace dateline::knowledge {

struct Country {
  std::string alpha3, alpha2;
  std::string name;  ///< The usual short one.
  std::vector<std::string> names, demonyms, capitals;
  std::vector<std::string> doubtful;  ///< Names that are as often another place's.
};

class Countries {
 public:
  static Result<Countries> load(const Directory& directory);

  const std::vector<Country>& all() const { return all_; }

  /// Each finds a country by the words for it, as the table writes them or wholly in capitals
  /// ("IRAQ"), a leading "the" aside; null where there is none.
  const Country* by_name(std::string_view name) const { return find_in(names_, name); }
  const Country* by_demonym(std::string_view word) const { return find_in(demonyms_, word); }
  const Country* by_capital(std::string_view city) const { return find_in(capitals_, city); }
  const Country* by_alpha3(std::string_view code) const;

 private:
  using Index = StringMap<std::uint32_t>;
  const Country* find_in(const Index& index, std::string_view words) const;

  std::vector<Country> all_;
  Index names_, demonyms_, capitals_, codes_;
};

}  // namespace dateline::knowledge
