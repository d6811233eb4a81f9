// SPDX-License-Identifier: Apache-2.0
#include "article/head/statements.h"

#include <fmt/format.h>

#include <algorithm>

#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::article {

namespace {

using Field = PageStatements::Field;

constexpr std::array<std::pair<std::string_view, Field>, 8> kFields = {
    {{"title", Field::kTitle},
     {"published", Field::kPublished},
     {"dated", Field::kDated},
     {"modified", Field::kModified},
     {"author", Field::kAuthor},
     {"publisher", Field::kPublisher},
     {"language", Field::kLanguage},
     {"url", Field::kUrl}}};

constexpr std::array<std::pair<std::string_view, PageStatements::Type>, 4> kTypes = {
    {{"article", PageStatements::Type::kArticle},
     {"page", PageStatements::Type::kPage},
     {"organization", PageStatements::Type::kOrganization},
     {"site", PageStatements::Type::kSite}}};

}  // namespace

Result<PageStatements> PageStatements::load(const std::filesystem::path& path) {
  auto table = knowledge::Table::load(path, {"field", "from", "names"});
  if (!table) return tl::unexpected(table.error());
  PageStatements out;
  std::uint16_t rank = 0;
  for (const auto& [cells, line] : table->rows()) {
    const auto complain = [&](const std::string& what) {
      return fail(3010, fmt::format("{}:{}: {}", path.string(), line, what));
    };
    if (cells[1] == "type") {
      const Type* type = knowledge::find_pair(kTypes, cells[0]);
      if (type == nullptr) return complain(fmt::format("no sort of thing '{}'", cells[0]));
      for (const std::string_view name : knowledge::split_cell(cells[2])) {
        out.types_.emplace_back(name, *type);
      }
      continue;
    }
    const Field* field = knowledge::find_pair(kFields, cells[0]);
    if (field == nullptr) return complain(fmt::format("no field '{}'", cells[0]));
    const bool meta = cells[1] == "meta", item = cells[1] == "item";
    if (!meta && !item && cells[1] != "script") {
      return complain(fmt::format("nothing is stated from '{}'", cells[1]));
    }
    for (const std::string_view name : knowledge::split_cell(cells[2])) {
      const Name row{*field, rank++};
      if (meta) {
        out.metas_.try_emplace(std::string(name), row);
      } else if (item) {
        out.items_.try_emplace(std::string(name), row);
      } else {
        out.members_.try_emplace(std::string(name), row);
        out.member_begins_[static_cast<unsigned char>(name.front())] = true;
      }
    }
  }
  return out;
}

PageStatements::Type PageStatements::type(std::string_view name) const {
  const auto found = std::find_if(types_.begin(), types_.end(),
                                  [&](const auto& one) { return name.ends_with(one.first); });
  return found == types_.end() ? Type::kOther : found->second;
}

}  // namespace dateline::article
