// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/dominance.h"

#include <gtest/gtest.h>

namespace groma::reason {
namespace {

TEST(Dominance, AMonthBelowAnotherIsNeedless) {
  Program program;
  for (int i = 0; i < 3; ++i) program.AddColumn({});
  const ColumnId size = program.AddColumn({.upper = 9, .reach = 9});
  program.AddRow({{0, 2}, {1, 3}, {size, -1}}, 0, 1);
  program.AddRow({{0, 2}, {1, 4}, {2, 1}, {size, -1}}, 0, 1);
  program.AddRow({{0, 3}, {size, -1}}, 0, 1);
  program.AddRow({{0, 1}, {size, -1}}, 2, 2);
  program.AddRow({{0, 1}, {size, -2}}, 0, 1);
  EXPECT_EQ(DominatedRows(program, Dominance::OfAnyCause), (std::vector<uint8_t>{1, 0, 0, 1, 0}));
  EXPECT_EQ(DominatedRows(program, Dominance::OfOneCause), (std::vector<uint8_t>{1, 0, 0, 0, 0}));
  program.columns[1].lower = -1;
  EXPECT_EQ(DominatedRows(program, Dominance::OfOneCause), (std::vector<uint8_t>{0, 0, 0, 0, 0}));
}

TEST(Dominance, OneOfTwoEqualRowsIsKept) {
  Program program;
  const ColumnId need = program.AddColumn({}), size = program.AddColumn({});
  program.AddRow({{need, 1}, {size, -1}}, 0, 1);
  program.AddRow({{need, 1}, {size, -1}}, 0, 1);
  EXPECT_EQ(DominatedRows(program, Dominance::OfOneCause), (std::vector<uint8_t>{0, 1}));
}

}  // namespace
}  // namespace groma::reason
