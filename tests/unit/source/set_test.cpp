// SPDX-License-Identifier: Apache-2.0
#include "groma/source/set.h"

#include <gtest/gtest.h>

#include <limits>

namespace groma::source {
namespace {

TEST(Span, Join) {
  EXPECT_EQ(Join({3, 5}, {9, 12}), (Span{3, 12}));
  EXPECT_EQ(Join({9, 12}, {3, 20}), (Span{3, 20}));
  EXPECT_EQ(Join({}, {3, 5}), (Span{3, 5}));
  EXPECT_EQ(Join({3, 5}, {}), (Span{3, 5}));
  EXPECT_FALSE(Join({}, {}).is_valid());
}

TEST(Set, FilesShareOneSpaceOfOffsets) {
  Set sources;
  const File &a = sources.file(sources.Add("a.groma", "12345"));
  const File &b = sources.file(sources.AddBorrowed("stdlib/b.groma", "67", true));
  const File &empty = sources.file(sources.Add("empty.groma", ""));
  EXPECT_EQ(sources.size(), 3u);
  EXPECT_EQ(a.base, 1u) << "0 belongs to no file";
  EXPECT_FALSE(a.is_library);
  EXPECT_TRUE(b.is_library);
  EXPECT_EQ(sources.FileAt(0), nullptr);
  EXPECT_EQ(sources.FileAt(1), &a);
  EXPECT_EQ(sources.FileAt(6), &a) << "the end of a file is its own";
  EXPECT_EQ(sources.FileAt(7), &b);
  EXPECT_EQ(sources.FileAt(9), &b);
  EXPECT_EQ(sources.FileAt(empty.base), &empty);
  EXPECT_EQ(sources.FileAt(empty.base + 100), &empty);
  EXPECT_EQ(Set().FileAt(1), nullptr);
  EXPECT_EQ(sources.Text({2, 5}), "234");
  EXPECT_EQ(sources.Text({b.base, b.base + 2}), "67");
  EXPECT_EQ(sources.Text({}), "");
}

TEST(Set, ColumnsCountScalarsAndUtf16Units) {
  // Two bytes, then three, then four, which are two UTF-16 units.
  Set sources;
  sources.Add("a.groma", "\xC3\xA9\xE6\x9D\xB1\xF0\x9F\x98\x80x\n\xF0\x9F\x98\x80y");
  struct Expected {
    uint32_t offset, line, column, utf16;
  };
  for (const Expected &e : {Expected{1, 1, 1, 1},
                            {3, 1, 2, 2},
                            {6, 1, 3, 3},
                            {10, 1, 4, 5},
                            {11, 1, 5, 6},
                            {12, 2, 1, 1},
                            {16, 2, 2, 3},
                            {17, 2, 3, 4}}) {
    const Place place = sources.PlaceOf(e.offset);
    EXPECT_EQ(place.line, e.line) << e.offset;
    EXPECT_EQ(place.column, e.column) << e.offset;
    EXPECT_EQ(place.utf16, e.utf16) << e.offset;
  }
  EXPECT_EQ(sources.PlaceOf(9999).column, 3u) << "beyond the end counts as the end";
  EXPECT_EQ(sources.PlaceOf(0).file, nullptr);
}

TEST(Set, LinesAreWithoutTheirEnds) {
  Set sources;
  const File &file = sources.file(sources.Add("a.groma", "one\r\n\nthree\n"));
  using Line = std::pair<llvm::StringRef, uint32_t>;
  EXPECT_EQ(sources.Line(file, 1), (Line{"one", 1}));
  EXPECT_EQ(sources.Line(file, 2), (Line{"", 6}));
  EXPECT_EQ(sources.Line(file, 3), (Line{"three", 7}));
  EXPECT_EQ(sources.Line(file, 4), (Line{"", 13})) << "behind the last newline";
  EXPECT_EQ(sources.Line(file, 5), (Line{"", 0}));
  EXPECT_EQ(sources.Line(file, 0), (Line{"", 0}));
}

TEST(Set, TextStaysWhereItIsWhenFilesAreAdded) {
  Set sources;
  const File &first = sources.file(sources.Add("a.groma", "short"));
  for (int i = 0; i < 1000; ++i) sources.Add("b.groma", "x");
  EXPECT_EQ(first.text, "short");
  EXPECT_EQ(sources.file(FileId{0}).name, "a.groma");
}

TEST(Set, FitsUpToFourGigabytes) {
  Set sources;
  EXPECT_TRUE(sources.Fits(4'000'000'000));
  EXPECT_FALSE(sources.Fits(std::numeric_limits<uint32_t>::max()));
  sources.Add("a.groma", std::string(1000, 'x'));
  EXPECT_TRUE(sources.Fits(std::numeric_limits<uint32_t>::max() - 1100u));
  EXPECT_FALSE(sources.Fits(std::numeric_limits<uint32_t>::max() - 1000u));
}

}  // namespace
}  // namespace groma::source
