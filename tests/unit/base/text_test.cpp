// SPDX-License-Identifier: Apache-2.0
#include "groma/base/text.h"

#include <gtest/gtest.h>

#include <string>

namespace groma::base {
namespace {

// The encoding of any number, also of those that UTF-8 forbids.
auto Encode(std::uint32_t c) -> std::string {
  const auto tail = [c](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) {
    return {static_cast<char>(c)};
  }
  if (c < 0x800) {
    return {static_cast<char>(0xC0 | c >> 6), tail(0)};
  }
  if (c < 0x10000) {
    return {static_cast<char>(0xE0 | c >> 12), tail(6), tail(0)};
  }
  return {static_cast<char>(0xF0 | c >> 18), tail(12), tail(6), tail(0)};
}

TEST(Utf8, AcceptsEveryScalarAndNoSurrogate) {
  for (std::uint32_t c = 0; c <= 0x120000; ++c) {
    const bool is_scalar = c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF);
    const std::string text = Encode(c);
    ASSERT_EQ(!FindInvalidUtf8(text), is_scalar) << std::hex << c;
    if (is_scalar) {
      ASSERT_EQ(CountScalars(text), 1U);
      ASSERT_EQ(CountUtf16(text), c > 0xFFFF ? 2U : 1U);
    }
  }
}

TEST(Utf8, FindsTheFirstBadByte) {
  EXPECT_EQ(FindInvalidUtf8(""), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8("ab\x80"), 2U) << "a continuation without a lead";
  EXPECT_EQ(FindInvalidUtf8("a\xC3"), 1U) << "cut short at the end";
  EXPECT_EQ(FindInvalidUtf8("a\xE2\x82 b"), 1U) << "cut short in the middle";
  EXPECT_EQ(FindInvalidUtf8("\xC0\xAF"), 0U) << "overlong";
  EXPECT_EQ(FindInvalidUtf8("\xE0\x9F\xBF"), 0U) << "overlong";
  EXPECT_EQ(FindInvalidUtf8("\xF0\x8F\xBF\xBF"), 0U) << "overlong";
  EXPECT_EQ(FindInvalidUtf8("\xC3\xA9\xFF"), 2U);
  EXPECT_EQ(FindInvalidUtf8(llvm::StringRef("a\0b", 3)), std::nullopt);
}

TEST(Utf8, CountsForPeopleAndForEditors) {
  const llvm::StringRef text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";  // a é € 😀 z
  EXPECT_EQ(CountScalars(text), 5U);
  EXPECT_EQ(CountUtf16(text), 6U);
}

TEST(Utf8, OffsetsOfUtf16Units) {
  const llvm::StringRef text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";
  const std::size_t expected[] = {0, 1, 3, 6, 6, 10, 11, 11};
  for (std::size_t units = 0; units < std::size(expected); ++units) {
    EXPECT_EQ(OffsetOfUtf16(text, units), expected[units]) << units;
  }
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t units = CountUtf16(text.take_front(i));
    EXPECT_LE(CountUtf16(text.take_front(OffsetOfUtf16(text, units))), units);
  }
}

}  // namespace
}  // namespace groma::base
