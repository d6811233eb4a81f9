// SPDX-License-Identifier: Apache-2.0
#include "knowledge/countries.h"

#include <fmt/format.h>

#include <algorithm>

#include "knowledge/table.h"

namespace dateline::knowledge {

namespace {

std::string_view without_article(std::string_view words) {
  if (words.starts_with("the ") || words.starts_with("The ")) words.remove_prefix(4);
  return words;
}

std::string capitals_of(std::string_view words) {
  std::string made(words);
  std::transform(made.begin(), made.end(), made.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return made;
}

std::string curly(std::string_view words) {
  std::string made;
  for (const char c : words) {
    if (c == '\'') {
      made += "\u2019";
    } else {
      made += c;
    }
  }
  return made;
}

}  // namespace

Result<Countries> Countries::load(const Directory& directory) {
  const auto path = directory / "countries.tsv";
  auto table =
      Table::load(path, {"alpha3", "alpha2", "name", "names", "demonyms", "capitals", "doubtful"});
  if (!table) return tl::unexpected(table.error());

  Countries countries;
  for (const Table::Row& row : table->rows()) {
    const auto& c = row.cells;
    if (c[0].size() != 3 || c[1].size() != 2 || c[2].empty()) {
      return fail(3010, fmt::format("{}:{}: a country needs an alpha-3 code, an alpha-2 code and a "
                                    "name",
                                    path.string(), row.line));
    }
    const auto number = static_cast<std::uint32_t>(countries.all_.size());
    if (!countries.codes_.emplace(c[0], number).second) {
      return fail(3010, fmt::format("{}:{}: {} is there twice", path.string(), row.line, c[0]));
    }
    countries.all_.push_back(
        {c[0], c[1], c[2], values_of(c[3]), values_of(c[4]), values_of(c[5]), values_of(c[6])});
    const Country& country = countries.all_.back();
    // The first country to claim a word keeps it.
    auto index = [number](Index& map, const std::vector<std::string>& words) {
      for (const std::string& word : words) {
        const std::string bare(without_article(word));
        for (const std::string& form : {bare, curly(bare)}) {
          map.emplace(form, number);
          map.emplace(capitals_of(form), number);
        }
      }
    };
    index(countries.names_, country.names);
    index(countries.demonyms_, country.demonyms);
    index(countries.capitals_, country.capitals);
  }
  return countries;
}

const Country* Countries::find_in(const Index& index, std::string_view words) const {
  const std::uint32_t* number = find(index, without_article(words));
  return number ? &all_[*number] : nullptr;
}

const Country* Countries::by_alpha3(std::string_view code) const {
  const std::uint32_t* number = find(codes_, code);
  return number ? &all_[*number] : nullptr;
}

}  // namespace dateline::knowledge
