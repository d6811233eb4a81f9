// What the address of a report tells of where it was published: the towns that its host is named
// after ("theparisnews.com"), and the country of its domain.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "knowledge/countries.h"
#include "knowledge/gazetteer.h"

namespace dateline::reading {

class Outlet {
 public:
  Outlet(const std::string& address, const knowledge::Countries& countries,
         const knowledge::Gazetteer& gazetteer);

  /// Whether the host holds this name of a place, written together.
  bool has_name(const std::string& form) const;
  /// From 0, far from all towns that the host may be named after, to 1.
  double nearness(knowledge::Gazetteer::Point point) const;
  /// 1 where the domain is this country's (alpha-3), -1 where it is another's, else 0.
  int country_says(std::string_view code) const;

 private:
  std::string host_;  ///< Its own name alone: "theparisnews".
  std::string_view country_;
  std::vector<knowledge::Gazetteer::Point> towns_;
};

}  // namespace dateline::reading
