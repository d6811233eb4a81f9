// What files say of a report by name: members of a JSON object, columns of a sheet.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/reader.h"

namespace dateline::stream {

enum class Field : std::size_t { kId, kText, kHtml, kDate, kTitle, kUrl, kOutlet, kLicence };
inline constexpr std::size_t kFields = 8;

/// By any of its names; nothing for a name that says nothing to us.
std::optional<Field> field_called(std::string_view name);

class ReportFields {
 public:
  std::optional<std::string>& operator[](Field field) {
    return values_[static_cast<std::size_t>(field)];
  }
  /// What is known of it from beside the report; leaves the rest.
  Beside beside() &&;
  /// Fails where there is neither text nor page.
  Result<Input> input() &&;

 private:
  std::string take(Field field) { return std::move((*this)[field]).value_or(""); }

  std::array<std::optional<std::string>, kFields> values_;
};

}  // namespace dateline::stream
