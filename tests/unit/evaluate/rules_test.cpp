// SPDX-License-Identifier: Apache-2.0
// Fields, rewrites, bounds, invariants, policies and waivers of whole plans.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluated.h"

namespace groma::evaluate {
namespace {

using plan::OriginKind;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Fields, AreReadAgainForTheHeir) {
  Evaluated plan(R"(
pool a { nodes = 4, twice = self.nodes * 3, tags = { x = "1" } }
pool b : a { nodes = 5, tags += { y = "2" }, spare += 4 }
)");
  EXPECT_THAT(plan.messages(), IsEmpty());
  EXPECT_EQ(plan.Text("a.twice"), "12 nodes");
  EXPECT_EQ(plan.Text("b.twice"), "15 nodes");
  EXPECT_EQ(plan.Text("b.tags"), "{ x = \"1\", y = \"2\" }");
  EXPECT_EQ(plan.Text("b.spare"), "4");
}

TEST(Fields, AChoiceIsMadeAfreshByTheHeir) {
  Evaluated plan(R"(
pool a { nodes = choose 1 .. 5 }
pool b : a { spare = 2 }
pool c { nodes = a.nodes }
)");
  EXPECT_THAT(plan.messages(), IsEmpty());
  EXPECT_EQ(plan.environment().unknowns.size(), 3U);
  EXPECT_EQ(plan.Text("b.nodes"), "b.nodes");
  EXPECT_EQ(plan.Text("c.nodes"), "a.nodes");
}

TEST(Fields, SayWhereTheyComeFrom) {
  Evaluated plan("let base = 4\npool a { spare = base, nodes = 2 }");
  EXPECT_EQ(plan.OriginOf("a.nodes").kind, OriginKind::Stated);
  EXPECT_EQ(plan.OriginOf("a.lead").kind, OriginKind::Imported);
  const plan::Origin derived = plan.OriginOf("a.spare");
  EXPECT_EQ(derived.kind, OriginKind::Derived);
  ASSERT_EQ(derived.premises.size(), 1U);
  const plan::Origin premise = plan.environment().origins.origin(derived.premises[0]);
  EXPECT_EQ(plan.sources().Text(premise.span), "let base = 4");
}

TEST(Fields, ThatNeedThemselvesAreReportedWithEveryStep) {
  Evaluated plan(
      "let a = b + 1\nlet b = p.spare\npool p { spare = q.spare }\npool q { spare += a }");
  EXPECT_THAT(plan.codes(), ElementsAre("GR0305"));
  EXPECT_EQ(plan.sink().diagnostics()[0].labels.size(), 4U);
}

TEST(Fields, MayBeDeepButNotEndless) {
  std::string text = "pool p0 { spare = 1 }\n";
  for (int i = 1; i <= 10'000; ++i) {
    // Read from the last to the first: names sort the other way round.
    text += "pool p" + std::to_string(i) + " { friends = [p" + std::to_string(i - 1) +
            "], tags = { x = \"${p" + std::to_string(i - 1) + ".spare}\" }, spare = p" +
            std::to_string(i - 1) + ".spare }\n";
  }
  Evaluated plan(text);
  for (const std::string &code : plan.codes()) EXPECT_EQ(code, "GR0306");
}

TEST(Bounds, AreCheckedForWhatIsWritten) {
  EXPECT_THAT(Evaluated("pool p { spare = 101 }").messages(),
              ElementsAre("`spare` is 101, but must be within 0 .. 100"));
  EXPECT_THAT(Evaluated("pool p { spare = choose 90 .. 120 step 10 }").codes(),
              ElementsAre("GR0321"));
}

TEST(Bounds, OfWhatIsComputedFromOpenFieldsAreDemands) {
  Evaluated plan("pool p { spare = choose 20 .. 50 }\npool q { spare = p.spare * 3 }");
  EXPECT_THAT(plan.messages(), IsEmpty());
  EXPECT_THAT(plan.Demands(), Contains("q on q: 3 * p.spare >= 0 and 3 * p.spare <= 100"));
}

TEST(Invariants, AreErrorsOrDemands) {
  EXPECT_THAT(Evaluated("pool p { spare = 13 }").codes(), ElementsAre("GR0322"));
  Evaluated open("pool p { spare = choose 11 .. 15 step 2 }");
  EXPECT_THAT(open.messages(), IsEmpty());
  EXPECT_THAT(open.Demands(), ElementsAre("p on p: p.spare != 13"));
}

TEST(Policies, NameEverySubjectThatBreaksThem) {
  Evaluated plan(R"(
policy few "Few spares" { require all p in pools: p.spare <= 3 because "they rust" }
pool a { spare = 2 }
pool b { spare = 4 }
pool c { spare = choose 1 .. 9 }
)");
  EXPECT_THAT(plan.messages(), ElementsAre("`few` is violated by `b`"));
  EXPECT_THAT(plan.Demands(), Contains("few on c: c.spare <= 3"));
}

TEST(Policies, OfLesserSeverityOnlyWarn) {
  EXPECT_THAT(Evaluated("policy few { severity = warning, require all p in pools: p.spare <= 3 }\n"
                        "pool b { spare = 4 }")
                  .codes(),
              ElementsAre("GR0324"));
}

TEST(Policies, NeedWhatTheyAskFor) {
  EXPECT_THAT(
      Evaluated("policy big { require all s in sites: s.power >= 2 kW }\nsite s {}").messages(),
      ElementsAre(HasSubstr("`s.power` is not given")));
}

constexpr char kWaived[] = R"(
plan me { currency = EUR, as_of = 2027-01-01 }
policy few { require all p in pools: p.spare <= 3 }
policy ready { require all p in pools: p.reachable(failures = 1) }
pool a { spare = 4 }
)";

TEST(Waivers, ExceptTheirSubjects) {
  Evaluated plan(std::string(kWaived) +
                 "waiver w { of = few, on = a, until = 2028-06 }\n"
                 "waiver v { of = ready, on = [a], until = 2028-06 }\n");
  EXPECT_THAT(plan.messages(), IsEmpty());
  ASSERT_EQ(plan.environment().demands.size(), 1U);
  EXPECT_TRUE(plan::IsSome(plan.environment().demands[0].waiver));
  EXPECT_EQ(plan.Demands()[0], "ready on a: a.reachable(1)");
}

TEST(Waivers, End) {
  Evaluated plan(std::string(kWaived) + "waiver w { of = few, on = a, until = 2026-12 }\n");
  EXPECT_THAT(plan.codes(), Contains("GR0327"));
}

TEST(Scenarios, RewritesAreFollowedByDefaults) {
  Evaluated plan(
      "param growth: ratio = 100 %\nenvironment prod { growth = 200 % }\n"
      "pool a { nodes = 3 node * growth }\n");
  EXPECT_EQ(plan.Text("a.nodes"), "6 nodes");
  EXPECT_EQ(plan.Text("a.twice"), "12 nodes");
  EXPECT_EQ(plan.OriginOf("growth").kind, OriginKind::Overridden);
}

TEST(Goals, BecomeAims) {
  Evaluated plan(
      "minimize sum(p.nodes for p in pools)\n"
      "pool a { nodes = choose 1 .. 5 }\npool b { nodes = 2 }");
  ASSERT_EQ(plan.environment().aims.size(), 1U);
  EXPECT_EQ(plan::Print(plan.model(), plan.environment().aims[0].value, &plan.environment()),
            "2 nodes + a.nodes");
}

TEST(Outcomes, TheSameQuestionHasOneAnswer) {
  Evaluated plan(
      "pool a {}\nlet x = a.used - a.used\n"
      "policy p1 { require a.reachable(failures = 1) }\n"
      "policy p2 { require a.reachable(failures = 1) and a.reachable(failures = 2) }\n");
  EXPECT_THAT(plan.messages(), IsEmpty());
  EXPECT_EQ(plan.Text("x"), "0 gpus");
  EXPECT_EQ(plan.environment().outcomes.size(), 4U);
}

TEST(Outcomes, OfMoneyAreInThePlansCurrency) {
  Evaluated plan("plan me { currency = EUR }\npool a {}\npolicy p { require a.spent <= 5 EUR }\n");
  EXPECT_THAT(plan.messages(), IsEmpty());
  EXPECT_EQ(plan.Demands().size(), 1U);
}

TEST(Outcomes, ThatAreDatesWaitForTheSchedule) {
  Evaluated plan(
      "pool a {}\nlet x = a.accepted + 2 days\nlet y = [a.done, a.start]\n"
      "let z = max(p.done for p in pools)\nlet w = 2027-01-04 + 10 workdays");
  EXPECT_THAT(plan.messages(), IsEmpty());
  EXPECT_EQ(plan.Of("x").tag, plan::ValueTag::Deferred);
  EXPECT_EQ(plan.Of("z").tag, plan::ValueTag::Deferred);
  // Days on which nobody works are those of the plan.
  EXPECT_EQ(plan.Text("w"), "2027-01-18");
}

constexpr char kOffers[] = R"(
plan me { currency = EUR }
rate usd { from = USD, to = EUR, value = 0.5, as_of = 2026-11-20 }
sku s { gpus = 8, price = 100 EUR/node }
sku t { gpus = 4, price = 100 USD/node }
pool a { sku = choose from [s, t], nodes = choose 1 .. 5 }
)";

TEST(Open, PricesInSeveralCurrenciesAreBroughtToOne) {
  Evaluated plan(std::string(kOffers) +
                 "let cost = a.nodes * a.sku.price\n"
                 "policy cheap { require cost <= 300 USD }\n");
  EXPECT_THAT(plan.messages(), IsEmpty());
  EXPECT_EQ(plan.Text("cost"), "a.sku { s: 100 EUR/node, t: 50 EUR/node } * a.nodes");
  ASSERT_EQ(plan.Demands().size(), 1U);
  EXPECT_THAT(plan.Demands()[0], HasSubstr("150 EUR"));
}

TEST(Open, WhatIsNotLinearNamesBothSides) {
  Evaluated plan(std::string(kOffers) +
                 "pool b { nodes = choose 1 .. 3 }\nlet x = a.nodes * b.nodes\n");
  EXPECT_THAT(plan.messages(),
              ElementsAre(testing::AllOf(HasSubstr("a.nodes"), HasSubstr("b.nodes"))));
}

TEST(Open, NothingThatIsPrintedDependsOnADecision) {
  EXPECT_THAT(Evaluated(std::string(kOffers) + "let x = \"${a.sku}\"\n").codes(),
              ElementsAre("GR0335"));
  EXPECT_THAT(Evaluated(std::string(kOffers) + "let x = a.sku in [s] and [a.sku] == [s]\n").codes(),
              ElementsAre("GR0335"));
}

}  // namespace
}  // namespace groma::evaluate
