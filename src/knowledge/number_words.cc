// SPDX-License-Identifier: Apache-2.0
#include "knowledge/number_words.h"

#include <fmt/format.h>

#include <array>

#include "knowledge/parse.h"
#include "knowledge/table.h"

namespace dateline::knowledge {

Result<NumberWords> NumberWords::load(const Directory& directory) {
  using Kind = NumberWord::Kind;
  static constexpr std::array<std::pair<std::string_view, Kind>, 10> kKinds = {{
      {"one", Kind::kOne},
      {"ten", Kind::kTen},
      {"hundred", Kind::kHundred},
      {"scale", Kind::kScale},
      {"ordinal", Kind::kOrdinal},
      {"vague", Kind::kVague},
      {"half", Kind::kHalf},
      {"part", Kind::kPart},
      {"money_scale", Kind::kMoneyScale},
      {"few", Kind::kFew},
  }};
  const auto path = directory / "number_words.tsv";
  auto table = Table::load(path, {"word", "kind", "value", "most"});
  if (!table) return tl::unexpected(table.error());
  NumberWords words;
  for (const Table::Row& row : table->rows()) {
    const auto* kind = find_pair(kKinds, row.cells[1]);
    const auto value = parse_double(row.cells[2]);
    const auto most = parse_double(row.cells[3]);
    if (!kind || !value || (!row.cells[3].empty() && !most)) {
      return fail(3011, fmt::format("{}:{}: a number word needs a kind (one, ten, hundred, scale, "
                                    "ordinal, vague, half, part, money_scale, few) and a value",
                                    path.string(), row.line));
    }
    for (const std::string_view word : split_cell(row.cells[0])) {
      words.words_.insert_or_assign(std::string(word), NumberWord{*kind, *value, most, row.line});
    }
  }
  return words;
}

}  // namespace dateline::knowledge
