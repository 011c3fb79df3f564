// SPDX-License-Identifier: Apache-2.0
#include "groma/output/table.h"

#include <gtest/gtest.h>

namespace groma::output {
namespace {

auto TextOf(std::vector<Cell> cells) -> std::string {
  Table table;
  table.header = {"h"};
  table.rows.push_back({std::move(cells), {}});
  const std::string text = PrintCsv(table).text;
  return text.substr(text.find('\n') + 1);
}

TEST(Table, QuotesWhatWouldEndAField) {
  EXPECT_EQ(TextOf({"a", "b,c", "say \"x\"", "two\nlines", ""}),
            "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\r\n");
}

TEST(Table, FormulasAreWordsAndNumbersStayNumbers) {
  EXPECT_EQ(TextOf({"=1", "+1", "-1", "@x", "\tx", "a=1"}), "'=1,'+1,'-1,'@x,'\tx,a=1\r\n");
  EXPECT_EQ(TextOf({Cell::Number("-1.50")}), "-1.50\r\n");
}

TEST(Table, EveryLineHasItsPlaces) {
  Table table;
  table.header = {"h"};
  table.because = {{1, 2}};
  table.rows.push_back({{"two\nlines"}, {{3, 4}}});
  table.rows.push_back({{"one"}, {{5, 6}}});
  const File file = PrintCsv(table);
  ASSERT_EQ(file.trace.size(), 4U);
  EXPECT_EQ(file.trace[2].line, 3U);
  EXPECT_EQ(file.PlacesOf(file.trace[2].because)[0].begin, 3U);
  EXPECT_EQ(file.PlacesOf(file.trace[3].because)[0].begin, 5U);
}

TEST(Table, DecimalsAreRounded) {
  EXPECT_EQ(Decimal(*base::Div(2, 3), 2), "0.67");
  EXPECT_EQ(Decimal(*base::Div(-2, 3), 2), "-0.67");
  EXPECT_EQ(Decimal(*base::Div(-1, 1000), 2), "0.00");
  EXPECT_EQ(Decimal(12, 0), "12");
  EXPECT_EQ(Decimal(*base::Div(5, 100), 2), "0.05");
}

}  // namespace
}  // namespace groma::output
