// What a plain text says of itself around its story: the day and the outlet in its head, its
// dateline, or its foot.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/record.h"
#include "knowledge/string_map.h"

namespace dateline::article {

/// Words that names of outlets end with (knowledge/outlet_words.tsv).
class OutletWords {
 public:
  static Result<OutletWords> load(const std::filesystem::path& path);
  /// "Horn Wire": up to six words with capitals, the last a word of outlets.
  bool is_outlet(std::string_view name) const;

 private:
  knowledge::StringMap<bool> words_;
};

struct OwnHead {
  std::string day;                 ///< ISO 8601; empty where none is told.
  std::string outlet;              ///< Empty where none is named.
  std::vector<std::size_t> lines;  ///< Sections that hold nothing else.
};

OwnHead read_own_head(const Record& record, const OutletWords& words);

}  // namespace dateline::article
