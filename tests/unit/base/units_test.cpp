// SPDX-License-Identifier: Apache-2.0
#include "groma/base/units.h"

#include <gtest/gtest.h>

#include <string>

namespace groma::base {
namespace {

using enum DimensionId;

class Units : public testing::Test {
 protected:
  auto Id(llvm::StringRef text) -> UnitId {
    const ParsedUnit parsed = table_.Parse(text);
    EXPECT_TRUE(parsed) << text.str();
    return parsed.id;
  }
  auto Of(llvm::StringRef text) -> Unit { return table_.unit(Id(text)); }

  UnitTable table_;
};

TEST_F(Units, ScalesAreExact) {
  const struct {
    const char *text;
    std::int64_t numerator, denominator;
    DimensionId dimension;
  } cases[] = {{"%", 1, 100, kNumber},
               {"GB", 8'000'000'000, 1, kData},
               {"GiB", 8'589'934'592, 1, kData},
               {"KiB", 8'192, 1, kData},
               {"EB", 8'000'000'000'000'000'000, 1, kData},
               {"PiB", 9'007'199'254'740'992, 1, kData},
               {"Gbps", 1'000'000'000, 1, kDataRate},
               {"kWh", 3'600'000, 1, kEnergy},
               {"MW", 1'000'000, 1, kPower},
               {"ns", 1, 1'000'000'000, kTime},
               {"weeks", 604'800, 1, kTime},
               {"quarter", 3, 1, kMonth},
               {"year", 12, 1, kMonth},
               {"g", 1, 1'000, kMass},
               {"PFLOPS", 1'000'000'000'000'000, 1, kComputeRate},
               {"GHz", 1'000'000'000, 1, kFrequency}};
  for (const auto &c : cases) {
    EXPECT_EQ(Of(c.text).scale, *Rational::Make(c.numerator, c.denominator)) << c.text;
    EXPECT_EQ(Of(c.text).dimension, c.dimension) << c.text;
    EXPECT_TRUE(Of(c.text).offset.is_zero()) << c.text;
  }
}

TEST_F(Units, SpellingsOfOneUnitShareItsId) {
  for (const auto &[a, b] : {std::pair{"h", "hours"},
                             {"hour", "hours"},
                             {"min", "minutes"},
                             {"day", "days"},
                             {"week", "weeks"},
                             {"month", "months"},
                             {"year", "years"},
                             {"quarter", "quarters"},
                             {"workday", "workdays"},
                             {"node", "nodes"},
                             {"gpu", "gpus"},
                             {"rack", "racks"},
                             {"vcpu", "vcpus"},
                             {"person", "people"},
                             {"persons", "people"},
                             {"B", "bytes"},
                             {"h/node", "hours/nodes"},
                             {"EUR/node/day", "EUR/nodes/days"}}) {
    EXPECT_EQ(Id(a), Id(b)) << a << " " << b;
  }
  EXPECT_EQ(Of("hours/nodes").spelling, "h/node");
  EXPECT_EQ(Of("gpu/node").plural, "gpus/node");
}

TEST_F(Units, CompositesAreInternedOnce) {
  const UnitId id = Id("EUR/node/day");
  const std::size_t size = table_.units().size();
  EXPECT_EQ(Id("EUR/node/day"), id);
  EXPECT_EQ(table_.units().size(), size);
  EXPECT_NE(Id("EUR/day/node"), id) << "another spelling";
  EXPECT_EQ(Of("EUR/day/node").dimension, Of("EUR/node/day").dimension);
  EXPECT_EQ(table_.Find("EUR/node/day"), std::nullopt) << "composites have no name";
}

TEST_F(Units, CompositesKeepScaleAndDimension) {
  EXPECT_EQ(Of("Gbit/s").dimension, kDataRate);
  EXPECT_EQ(Of("Gbit/s").scale, Of("Gbps").scale);
  EXPECT_EQ(Of("kWh/h").dimension, kPower);
  EXPECT_EQ(Of("kWh/h").scale, Of("kW").scale);
  EXPECT_EQ(Of("GB/s").scale, Rational(8'000'000'000));
  EXPECT_EQ(Of("kW/node").dimension, table_.Divide(kPower, kNode));
  EXPECT_EQ(Of("EUR/day").scale, *Rational::Make(1, 86'400));
  EXPECT_EQ(Of("%/month").scale, *Rational::Make(1, 100));
}

TEST_F(Units, DataKeepsItsFamily) {
  EXPECT_EQ(Of("GB").family, UnitFamily::kByte);
  EXPECT_EQ(Of("GiB/s").family, UnitFamily::kByte);
  EXPECT_EQ(Of("Gbps").family, UnitFamily::kBit);
  EXPECT_EQ(Of("Gbit/s").family, UnitFamily::kBit);
  EXPECT_EQ(Of("EUR/GB").family, UnitFamily::kByte);
  EXPECT_EQ(Of("kW").family, UnitFamily::kNone);
  EXPECT_EQ(Of("degC").family, UnitFamily::kAffine);
}

TEST_F(Units, SaysWhatIsWrong) {
  const struct {
    const char *text;
    UnitError::Kind kind;
    const char *part;
    std::size_t offset;
  } cases[] = {{"kw", UnitError::Kind::kUnknown, "kw", 0},
               {"EUR/nod/day", UnitError::Kind::kUnknown, "nod", 4},
               {"EUR/node/dya", UnitError::Kind::kUnknown, "dya", 9},
               {"", UnitError::Kind::kMissing, "", 0},
               {"/node", UnitError::Kind::kMissing, "", 0},
               {"EUR/", UnitError::Kind::kMissing, "", 4},
               {"EUR//day", UnitError::Kind::kMissing, "", 4},
               {"EUR / day", UnitError::Kind::kUnknown, "EUR ", 0},
               {"kW/degC", UnitError::Kind::kAffine, "degC", 3},
               {"degC/h", UnitError::Kind::kAffine, "degC", 0},
               {"EB/ms", UnitError::Kind::kTooLarge, "ms", 3}};
  for (const auto &c : cases) {
    const std::size_t size = table_.units().size();
    const ParsedUnit parsed = table_.Parse(c.text);
    ASSERT_FALSE(parsed) << c.text;
    EXPECT_EQ(parsed.error->kind, c.kind) << c.text;
    EXPECT_EQ(parsed.error->part, c.part) << c.text;
    EXPECT_EQ(parsed.error->offset, c.offset) << c.text;
    EXPECT_EQ(table_.units().size(), size) << "a wrong unit is not kept";
  }
}

TEST_F(Units, ConvertsThereAndBack) {
  for (const llvm::StringRef spelling : table_.spellings()) {
    const UnitId id = *table_.Find(spelling);
    for (const Rational value : {Rational(0), Rational(1), *Rational::Make(-7, 4)}) {
      if (table_.unit(id).scale > Rational(1LL << 60)) {
        continue;  // Seven exabytes do not fit.
      }
      const auto base = table_.ToBase(value, id);
      ASSERT_TRUE(base) << spelling.str();
      EXPECT_EQ(table_.FromBase(*base, id), value) << spelling.str();
    }
  }
  EXPECT_EQ(table_.ToBase(25, Id("degC")), *Rational::Make(29'815, 100));
  EXPECT_EQ(table_.FromBase(0, Id("degC")), *Rational::Make(-27'315, 100));
  EXPECT_EQ(table_.ToBase(2, Id("EB")), std::nullopt);
}

TEST_F(Units, DeclaresCountingUnits) {
  EXPECT_TRUE(table_.Declare("rack_unit", "U"));
  EXPECT_EQ(table_.Find("rack_unit"), table_.Find("U"));
  EXPECT_TRUE(table_.IsCounting(Of("U").dimension));
  EXPECT_EQ(table_.Name(Of("U/rack").dimension), "rack_unit per rack");
  EXPECT_EQ(table_.Display(42, Of("U").dimension), "42 U");
  EXPECT_TRUE(table_.Declare("tray", "", "trays"));
  EXPECT_EQ(table_.Display(2, Of("tray").dimension), "2 trays");
  EXPECT_TRUE(table_.Declare("pod", "pod", "pod")) << "a name may repeat itself";
}

TEST_F(Units, ATakenNameDeclaresNothing) {
  const std::size_t size = table_.units().size();
  const std::size_t dimensions = table_.dimensions().size();
  const std::size_t spellings = table_.spellings().size();
  EXPECT_FALSE(table_.Declare("node"));
  EXPECT_FALSE(table_.Declare("EUR"));
  EXPECT_FALSE(table_.Declare("box", "kW"));
  EXPECT_FALSE(table_.Declare("box", "bx", "gpus"));
  EXPECT_FALSE(table_.Declare(""));
  EXPECT_FALSE(table_.Declare("a/b"));
  EXPECT_FALSE(table_.Declare("2x"));
  EXPECT_FALSE(table_.Declare("%%"));
  EXPECT_FALSE(table_.DeclareAlias("kW", 1, kPower));
  EXPECT_FALSE(table_.DeclareAlias("none", 0, kPower));
  EXPECT_FALSE(table_.DeclareAlias("less", -1, kPower));
  EXPECT_EQ(table_.units().size(), size);
  EXPECT_EQ(table_.dimensions().size(), dimensions);
  EXPECT_EQ(table_.spellings().size(), spellings);
  EXPECT_TRUE(table_.Declare("box"));
  EXPECT_FALSE(table_.Declare("box"));
}

TEST_F(Units, DeclaresAliases) {
  EXPECT_TRUE(table_.DeclareAlias("furlong_rate", 3'000'000'000, kDataRate, UnitFamily::kBit));
  EXPECT_EQ(table_.ToBase(2, Id("furlong_rate")), Rational(6'000'000'000));
  EXPECT_EQ(Of("furlong_rate/node").family, UnitFamily::kBit);
  EXPECT_EQ(table_.Display(6'000'000'000, kDataRate), "6 Gbps")
      << "written by those who ask for it";
  EXPECT_EQ(table_.Display(6'000'000'000, kDataRate, Id("furlong_rate")), "2 furlong_rate");
}

TEST_F(Units, CopiesAreIndependent) {
  const UnitId before = Id("EUR/rack/week");
  auto original = std::make_unique<UnitTable>(table_);
  ASSERT_TRUE(original->Declare("a_rather_long_name_of_a_unit"));
  UnitTable copy = *original;
  original.reset();
  EXPECT_EQ(copy.Parse("EUR/rack/week").id, before);
  EXPECT_EQ(copy.unit(before).spelling, "EUR/rack/week");
  EXPECT_TRUE(copy.Find("a_rather_long_name_of_a_unit"));
  EXPECT_TRUE(copy.Parse("a_rather_long_name_of_a_unit/node"));
  EXPECT_FALSE(table_.Find("a_rather_long_name_of_a_unit"));
  EXPECT_TRUE(copy.Declare("slot"));
  EXPECT_FALSE(table_.Find("slot"));
}

TEST_F(Units, ListsEverySpellingOnce) {
  std::vector<llvm::StringRef> spellings = table_.spellings().vec();
  std::ranges::sort(spellings);
  EXPECT_EQ(std::ranges::adjacent_find(spellings), spellings.end());
  for (const char *text : {"kW", "%", "days", "EUR", "people", "TFLOPS", "degC"}) {
    EXPECT_TRUE(std::ranges::binary_search(spellings, llvm::StringRef(text))) << text;
  }
  EXPECT_TRUE(table_.Parse("kW/node"));
  EXPECT_EQ(table_.spellings().size(), spellings.size()) << "composites are no names";
}

TEST_F(Units, KnowsMoneyOfAnyCurrency) {
  EXPECT_EQ(table_.CurrencyOf(Of("money/month").dimension), llvm::StringRef("money"));
  EXPECT_EQ(table_.ReplaceCurrency(Of("EUR/month").dimension, "money"),
            Of("money/month").dimension);
}

}  // namespace
}  // namespace groma::base
