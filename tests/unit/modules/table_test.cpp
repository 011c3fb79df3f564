// SPDX-License-Identifier: Apache-2.0
#include "groma/modules/table.h"

#include "groma/modules/csv.h"
#include "gtest/gtest.h"

namespace groma::modules {
namespace {

constexpr uint32_t kBase = 100;

auto TextsOf(const Table &table, llvm::StringRef row) -> std::vector<std::string> {
  std::vector<std::string> out;
  const auto found = table.Find(row);
  if (!found) return {"no such row"};
  for (const Cell &cell : table.Cells(*found)) out.push_back(cell.text);
  return out;
}

using Texts = std::vector<std::string>;

TEST(Table, ReadsColumnsWithUnits) {
  const Table table("t.csv", "name,rate [Gbps],nics.count [ gpu/node ]\n", kBase);
  ASSERT_EQ(table.columns().size(), 3U);
  EXPECT_EQ(table.columns()[1].field, "rate");
  EXPECT_EQ(table.columns()[1].unit, "Gbps");
  EXPECT_EQ(table.columns()[2].field, "nics.count");
  EXPECT_EQ(table.columns()[2].unit, "gpu/node");
  EXPECT_EQ(table.columns()[0].unit, "");
  EXPECT_EQ(table.columns()[1].span.begin, kBase + 5);
  EXPECT_EQ(table.row_count(), 0U);
}

TEST(Table, FindsRowsInAnyOrder) {
  const Table table("t.csv", "name,a\nzeta,1\nalpha,2\nmid,3\n", kBase);
  ASSERT_EQ(table.row_count(), 3U);
  EXPECT_EQ(table.RowName(0), "alpha");
  EXPECT_EQ(table.RowName(2), "zeta");
  EXPECT_EQ(TextsOf(table, "mid"), (Texts{"mid", "3"}));
  EXPECT_FALSE(table.Find("beta").has_value());
  EXPECT_FALSE(table.Find("").has_value());
}

TEST(Table, ReadsQuotes) {
  const Table table("t.csv", "name,a,b\nx,\"one, two\",\"say \"\"hi\"\"\"\n\"q\",\"\",\"l1\nl2\"\n",
                    kBase);
  EXPECT_EQ(TextsOf(table, "x"), (Texts{"x", "one, two", "say \"hi\""}));
  EXPECT_EQ(TextsOf(table, "q"), (Texts{"q", "", "l1\nl2"}));
  const auto cell = table.Cells(*table.Find("x"))[1];
  EXPECT_EQ(table.text().slice(cell.span.begin - kBase, cell.span.end - kBase), "one, two");
}

TEST(Table, ReadsWindowsLinesAndByteOrderMark) {
  const Table table("t.csv", "\xEF\xBB\xBFname,a\r\n\r\nx,1\r\ny,2", kBase);
  EXPECT_EQ(table.columns()[0].field, "name");
  EXPECT_EQ(table.row_count(), 2U);
  EXPECT_EQ(TextsOf(table, "x"), (Texts{"x", "1"}));
  EXPECT_EQ(TextsOf(table, "y"), (Texts{"y", "2"}));
}

TEST(Table, KeepsEmptyAndSurplusCells) {
  const Table table("t.csv", "name,a,b\nshort,1\nempty,1,\nlong,1,2,3\n", kBase);
  EXPECT_EQ(TextsOf(table, "short"), (Texts{"short", "1"}));
  EXPECT_EQ(TextsOf(table, "empty"), (Texts{"empty", "1", ""}));
  EXPECT_EQ(TextsOf(table, "long"), (Texts{"long", "1", "2", "3"}));
}

TEST(Table, FindsTheFirstOfTwins) {
  const Table table("t.csv", "name,a\nx,1\nx,2\nw,0\n", kBase);
  EXPECT_EQ(table.RowName(1), "x");
  EXPECT_EQ(table.RowName(2), "x");
  EXPECT_EQ(TextsOf(table, "x"), (Texts{"x", "1"}));
}

TEST(Table, SurvivesAnything) {
  for (const llvm::StringRef text :
       {"", "\n", "\r\n", "\"", "a,\"b", "a\n\"x\"y,\n", ",,,\n,,,", "\r"}) {
    const Table table("t.csv", text, kBase);
    for (size_t i = 0; i < table.row_count(); ++i) {
      (void)table.RowName(i);
      (void)table.Cells(i);
    }
    (void)table.Find("x");
  }
}

TEST(Csv, TellsMalformedQuotes) {
  EXPECT_FALSE(FindCsvMistake("a,b\n\"x\",\"y \"\"z\"\"\"\n").has_value());
  EXPECT_EQ(FindCsvMistake("a\n\"x")->fault, CsvFault::Unterminated);
  EXPECT_EQ(FindCsvMistake("a\n\"x\"y")->fault, CsvFault::AfterQuote);
  EXPECT_EQ(FindCsvMistake("a\nx\"y")->fault, CsvFault::StrayQuote);
  EXPECT_EQ(FindCsvMistake("a\nx\"y")->at, 3U);
}

}  // namespace
}  // namespace groma::modules
