// Where the tables lie: a user's own directory, which may hold only some, before the installed one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace dateline::knowledge {

class Directory {
 public:
  /// A directory that holds all.
  template <typename Path>
    requires std::is_convertible_v<Path, std::filesystem::path>
  Directory(Path&& whole) : own_(std::forward<Path>(whole)) {}
  /// What `own` lacks is taken from `installed`.
  Directory(std::filesystem::path own, std::filesystem::path installed)
      : own_(std::move(own)), installed_(std::move(installed)) {}

  const std::filesystem::path& own() const { return own_; }
  /// Empty where own() is all there is.
  const std::filesystem::path& installed() const { return installed_; }
  /// The directory that what else is installed lies beside: the installed one, unless `own` has all
  /// tables.
  std::filesystem::path base() const;

  /// The file of a table.
  std::filesystem::path operator/(const std::string& name) const;
  /// The names of all tables, in order.
  std::vector<std::string> names() const;
  /// Files of `own` that look like tables and have the name of none, in order.
  std::vector<std::string> strangers() const;

 private:
  std::filesystem::path own_, installed_;
};

/// The names of the tables (*.tsv) in a directory, in order; none where it cannot be listed.
std::vector<std::string> tables_in(const std::filesystem::path& directory);

}  // namespace dateline::knowledge
