// How countries lie on a map: knowledge/exports/outlines.tsv.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "dateline/result.h"
#include "knowledge/directory.h"

namespace dateline::exporting {

class Outlines {
 public:
  /// Fails (DL3010) where the table is missing or a cell is no list in JSON.
  static Result<Outlines> load(const knowledge::Directory& directory);
  /// The coordinates of a MultiPolygon (RFC 7946) in JSON by alpha-3 code; null where unknown.
  const std::string* of(std::string_view alpha3) const;

 private:
  std::map<std::string, std::string, std::less<>> outlines_;
};

}  // namespace dateline::exporting
