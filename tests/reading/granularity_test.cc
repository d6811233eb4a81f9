// SPDX-License-Identifier: Apache-2.0
#include "reading/times/granularity.h"

#include <gtest/gtest.h>

namespace dateline::reading {
namespace {

TEST(Granularity, OfValues) {
  constexpr struct {
    const char *value, *granularity;
  } kRows[] = {
      {"2026-03-11", "day"},
      {"XXXX-WXX-5", "day"},
      {"BC0044-03-15", "day"},
      {"2026-W11", "week"},
      {"2026-W11-WE", "weekend"},
      {"2026-03", "month"},
      {"2026-WI", "season"},
      {"2026-SP", "season"},
      {"2026-Q3", "quarter"},
      {"2026-H1", "half_year"},
      {"2026", "year"},
      {"BC0241", "year"},
      {"202", "decade"},
      {"20", "century"},
      {"2026-03-11T17:30", "minute"},
      {"2026-03-11T17", "hour"},
      {"2026-03-11TNI", "part_of_day"},
      {"XXXX-WXX-5TNI", "part_of_day"},
      {"P2W", "week"},
      {"P1Y6M", "month"},
      {"PXDE", "decade"},
      {"P1WE", "weekend"},
      {"PTXM", "minute"},
      {"P2DT12H", "hour"},
      {"PAST_REF", ""},
      {"PXX", ""},
      {"P", ""},
      {"", ""},
  };
  for (const auto& row : kRows) EXPECT_EQ(granularity_of(row.value), row.granularity) << row.value;
}

}  // namespace
}  // namespace dateline::reading
