// SPDX-License-Identifier: Apache-2.0
#include "knowledge/directory.h"

#include <algorithm>
#include <iterator>

namespace dateline::knowledge {

namespace fs = std::filesystem;

std::vector<std::string> tables_in(const fs::path& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".tsv") names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

fs::path Directory::operator/(const std::string& name) const {
  std::error_code ignored;
  if (!installed_.empty() && !fs::exists(own_ / name, ignored)) return installed_ / name;
  return own_ / name;
}

fs::path Directory::base() const {
  const auto own = tables_in(own_), all = names();
  return std::includes(own.begin(), own.end(), all.begin(), all.end()) ? own_ : installed_;
}

std::vector<std::string> Directory::names() const {
  return tables_in(installed_.empty() ? own_ : installed_);
}

std::vector<std::string> Directory::strangers() const {
  const auto own = tables_in(own_), all = names();
  std::vector<std::string> found;
  std::set_difference(own.begin(), own.end(), all.begin(), all.end(), std::back_inserter(found));
  return found;
}

}  // namespace dateline::knowledge
