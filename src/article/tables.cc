// SPDX-License-Identifier: Apache-2.0
#include "article/tables.h"

#include <utility>

namespace dateline::article {

Result<Tables> Tables::load(const knowledge::Directory& knowledge) {
  auto markers = Markers::load(knowledge / "section_markers.tsv");
  if (!markers) return tl::unexpected(markers.error());
  auto names = PageMarkers::load(knowledge / "page_markers.tsv");
  if (!names) return tl::unexpected(names.error());
  auto words = PageWords::load(knowledge / "page_words.tsv");
  if (!words) return tl::unexpected(words.error());
  auto statements = PageStatements::load(knowledge / "page_statements.tsv");
  if (!statements) return tl::unexpected(statements.error());
  auto bylines = Bylines::load(knowledge / "byline_words.tsv");
  if (!bylines) return tl::unexpected(bylines.error());
  auto outlets = OutletWords::load(knowledge / "outlet_words.tsv");
  if (!outlets) return tl::unexpected(outlets.error());
  auto dates = PageDates::load(knowledge / "page_months.tsv", knowledge / "page_date_words.tsv");
  if (!dates) return tl::unexpected(dates.error());
  auto days = DayModel::load(knowledge / "page_day_signs.tsv");
  if (!days) return tl::unexpected(days.error());
  auto model = PageModel::load(knowledge / "page_trees.tsv");
  if (!model) return tl::unexpected(model.error());
  return Tables{std::move(*markers),    std::move(*names),   std::move(*words),
                std::move(*statements), std::move(*bylines), std::move(*outlets),
                std::move(*dates),      std::move(*days),    std::move(*model)};
}

}  // namespace dateline::article
