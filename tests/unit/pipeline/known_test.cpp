// SPDX-License-Identifier: Apache-2.0
// Every name that the compiler knows of the standard library is there: what it cannot find it would
// silently do without.
#include "groma/plan/known.h"

#include "decided.h"
#include "gtest/gtest.h"

namespace groma::pipeline {
namespace {

using plan::Known;
using plan::KnownKind;
using plan::KnownMember;

TEST(Known, IsDeclaredByThePrelude) {
  // A model has the kinds that its plan speaks of.
  std::string text;
  for (size_t i = 0; i < static_cast<size_t>(KnownKind::End); ++i) {
    const llvm::StringRef name = Known::SpellingOf(static_cast<KnownKind>(i));
    text += "let k" + std::to_string(i) + ": [" + name.str() + "] = []\n";
  }
  CheckedPlan plan(text);
  const Known known(plan.model());
  for (size_t i = 0; i < static_cast<size_t>(KnownKind::End); ++i) {
    const auto kind = static_cast<KnownKind>(i);
    EXPECT_TRUE(plan::IsSome(known.kind(kind))) << Known::SpellingOf(kind).str();
  }
  for (size_t i = 0; i < static_cast<size_t>(KnownMember::End); ++i) {
    const auto member = static_cast<KnownMember>(i);
    EXPECT_NE(known.slot(member), plan::kNoSlot)
        << Known::SpellingOf(Known::KindOf(member)).str() << "."
        << Known::SpellingOf(member).str();
  }
}

// What is there twice would be looked up twice, and changed once.
TEST(Known, HasEachNameOnce) {
  std::set<std::string> names;
  for (size_t i = 0; i < static_cast<size_t>(KnownMember::End); ++i) {
    const auto member = static_cast<KnownMember>(i);
    const std::string name = Known::SpellingOf(Known::KindOf(member)).str() + "." +
                             Known::SpellingOf(member).str();
    EXPECT_TRUE(names.insert(name).second) << name;
  }
}

}  // namespace
}  // namespace groma::pipeline
