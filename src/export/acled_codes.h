// knowledge/exports/: what ACLED calls types of events and actors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "knowledge/countries.h"
#include "knowledge/directory.h"

namespace dateline::exporting {

class AcledCodes {
 public:
  struct Type {
    std::string type, mode;
    std::vector<std::string> against;
    std::string event_type, sub_event_type;

    bool fits_all() const { return type.empty() && mode.empty() && against.empty(); }
  };

  static Result<AcledCodes> load(const knowledge::Directory& directory);

  /// `against`: what inter() gives of the second actor. The last row of the table fits all.
  const Type& type_of(std::string_view type, std::string_view mode, std::string_view against) const;
  /// Empty where the sector is not known.
  std::string_view inter(std::string_view type, std::string_view mode, std::string_view role,
                         std::string_view sector) const;
  /// "Nigeria"; the code itself where it is no country's.
  std::string_view country(std::string_view alpha3) const;

 private:
  struct Actor {
    std::string type, mode, role;
    std::vector<std::string> sectors;
    std::string inter;
  };

  std::vector<Type> types_;
  std::vector<Actor> actors_;
  knowledge::Countries countries_;
};

}  // namespace dateline::exporting
