// SPDX-License-Identifier: Apache-2.0
// The one law of lifting: what an expression over open fields comes to, read at any decision, is
// what the same expression comes to in the plan that states that decision.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "evaluated.h"

namespace groma::evaluate {
namespace {

using base::Rational;
using plan::Formula;
using plan::Value;
using plan::ValueTag;

constexpr int kPlans = 100;
constexpr int kExpressions = 12;
constexpr int kDecisions = 6;

constexpr char kSkus[] = R"(
sku s0 { gpus = 8, power = 10 kW/node, weight = 3, fast = true, size = large }
sku s1 { gpus = 4, power = 5 kW/node, size = small }
sku s2 { gpus = 8, power = 7 kW/node, weight = 5, size = medium }
site a { zones = 1, skus = [s0, s1] }
site b { zones = 3, power = 20 kW, skus = [s1, s2] }
)";

struct Decision {
  int sku[2], site[2], nodes[2], spare[2];
};

auto Pools(const Decision *decision) -> std::string {
  std::string text = kSkus;
  for (int i = 0; i < 2; ++i) {
    text += i == 0 ? "pool p {\n" : "pool q {\n";
    if (decision == nullptr) {
      text += "sku = choose from [s0, s1, s2]\nsite = choose from [a, b]\n";
      text += "nodes = choose 0 .. 12 step 4\nspare = choose 1 .. 9 step 2\n}\n";
    } else {
      text += "sku = s" + std::to_string(decision->sku[i]) + "\n";
      text += std::string("site = ") + (decision->site[i] == 0 ? "a" : "b") + "\n";
      text += "nodes = " + std::to_string(decision->nodes[i] * 4) + "\n";
      text += "spare = " + std::to_string(1 + decision->spare[i] * 2) + "\n}\n";
    }
  }
  return text;
}

// Expressions as a person might write them; some are not linear, and the engine says so.
class Writer {
 public:
  explicit Writer(uint32_t seed) : random_(seed) {}

  auto Number(int depth) -> std::string {
    const std::string pool = Pool();
    switch (depth <= 0 ? Roll(6) : Roll(14)) {
      case 0:
        return std::to_string(Roll(9) + 1);
      case 1:
        return pool + ".spare";
      case 2:
        return pool + ".sku.gpus";
      case 3:
        return pool + ".site.zones";
      case 4:
        return pool + ".nodes / 1 node";
      case 5:
        return Roll(3) == 0 ? pool + ".sku.weight" : "default(" + pool + ".sku.weight, 2)";
      case 6:
        return "(" + Number(depth - 1) + " + " + Number(depth - 1) + ")";
      case 7:
        return "(" + Number(depth - 1) + " - " + Number(depth - 1) + ")";
      case 8:
        return std::to_string(Roll(5) + 1) + " * " + Number(depth - 1);
      case 9:
        return pool + ".spare * " + pool + ".sku.gpus";
      case 10:
        return "(if " + Truth(depth - 1) + " then " + Number(depth - 1) + " else " +
               Number(depth - 1) + ")";
      case 11:
        return "sum(x.spare for x in pools where site.zones > " + std::to_string(Roll(3)) + ")";
      case 12:
        return "count(" + pool + ".site.skus where gpus > " + std::to_string(Roll(8)) + ")";
      default:
        return "sum(x.gpus for x in " + pool + ".site.skus)";
    }
  }

  auto Truth(int depth) -> std::string {
    const std::string pool = Pool();
    switch (depth <= 0 ? Roll(8) : Roll(18)) {
      case 0:
        return pool + ".sku.fast";
      case 1:
        return pool + ".sku == s" + std::to_string(Roll(3));
      case 2:
        return pool + ".site in [a, " + Pool() + ".site]";
      case 3:
        return "p.sku " + std::string(Roll(2) == 0 ? "==" : "!=") + " q.sku";
      case 4:
        return pool + ".sku.size >= medium";
      case 5:
        return pool + ".sku.weight " + (Roll(2) == 0 ? "== none" : "> 3");
      case 6:
        return pool + ".sku in " + Pool() + ".site.skus";
      case 7:
        return "has(" + pool + ".sku.weight)";
      case 8:
        return "(" + Truth(depth - 1) + " and " + Truth(depth - 1) + ")";
      case 9:
        return "(" + Truth(depth - 1) + " or " + Truth(depth - 1) + ")";
      case 10:
        return "not (" + Truth(depth - 1) + ")";
      case 11:
        return "(all x in pools: x.site.zones > 1 or " + Truth(depth - 1) + ")";
      case 12:
        return "(any x in " + pool + ".site.skus: x.gpus > " + std::to_string(Roll(9)) + ")";
      case 13:
        return "max(" + Number(depth - 1) + ", " + Number(depth - 1) + ")" + Relation() +
               Number(depth - 1);
      case 14:
        return "(all x in pools where sku.fast: x.spare > " + std::to_string(Roll(9)) + ")";
      case 15:
        return Number(depth - 1) + " in 2 .. 20";
      default:
        return Number(depth - 1) + Relation() + Number(depth - 1);
    }
  }

  auto Roll(int sides) -> int { return static_cast<int>(random_() % static_cast<uint32_t>(sides)); }

 private:
  auto Pool() -> std::string { return Roll(2) == 0 ? "p" : "q"; }
  auto Relation() -> std::string {
    static constexpr const char *kRelations[] = {" <= ", " >= ", " < ", " > ", " == ", " != "};
    return kRelations[Roll(6)];
  }

  std::mt19937 random_;
};

// Reads a residual at a decision.
class Reader {
 public:
  Reader(Evaluated &plan, const Decision &decision) : plan_(plan), decision_(decision) {}

  auto At(const Value &value) const -> Value {
    switch (value.tag) {
      case ValueTag::PerOffer:
        return value.per_offer->table[Index(value.per_offer->choices)];
      case ValueTag::Linear:
        return Value::Number(At(*value.linear), value.linear->dimension);
      case ValueTag::Formula:
        return Value::Bool(At(*value.formula));
      default:
        return value;
    }
  }

 private:
  auto Index(plan::Choices choices) const -> size_t {
    size_t index = 0;
    for (const plan::UnknownId id : choices) {
      const plan::Unknown &unknown = plan_.environment().unknowns[plan::Index(id)];
      index = index * unknown.choices.size() + static_cast<size_t>(Taken(unknown));
    }
    return index;
  }

  auto Taken(const plan::Unknown &unknown) const -> int {
    const plan::Model &model = plan_.model();
    const int pool = model.text(model.entity(unknown.entity).name) == "p" ? 0 : 1;
    const auto &members = model.kind(model.entity(unknown.entity).kind).members;
    const llvm::StringRef field = model.text(members.list[unknown.slot].name);
    if (field == "sku") return decision_.sku[pool];
    if (field == "site") return decision_.site[pool];
    return field == "nodes" ? decision_.nodes[pool] * 4 : 1 + decision_.spare[pool] * 2;
  }

  auto At(const plan::Linear &linear) const -> Rational {
    Rational sum;
    for (const plan::Term &term : linear.terms) {
      const Rational factor = term.coefficients[Index(term.choices)];
      EXPECT_NE(term.of, plan::Term::Of::Outcome);
      const Rational variable = term.of == plan::Term::Of::One
                                    ? Rational(1)
                                    : Rational(Taken(plan_.environment().unknowns[term.variable]));
      sum = *base::Add(sum, *base::Mul(factor, variable));
    }
    return sum;
  }

  auto At(const Formula &formula) const -> bool {
    switch (formula.of) {
      case Formula::Of::True:
        return true;
      case Formula::Of::False:
        return false;
      case Formula::Of::Row: {
        const int sign = At(*formula.linear).sign();
        switch (formula.relation) {
          case plan::Relation::LessEqual:
            return sign <= 0;
          case plan::Relation::Equal:
            return sign == 0;
          case plan::Relation::GreaterEqual:
            return sign >= 0;
          case plan::Relation::Less:
            return sign < 0;
          case plan::Relation::Greater:
            return sign > 0;
          case plan::Relation::NotEqual:
            return sign != 0;
        }
        return false;
      }
      case Formula::Of::Offers:
        return formula.allowed[Index(formula.choices)] != 0;
      case Formula::Of::And:
        return llvm::all_of(formula.parts, [&](const Formula *part) { return At(*part); });
      case Formula::Of::Or:
        return llvm::any_of(formula.parts, [&](const Formula *part) { return At(*part); });
      case Formula::Of::Not:
        return !At(*formula.parts[0]);
      case Formula::Of::Outcome:
      case Formula::Of::During:
        break;
    }
    ADD_FAILURE() << "an outcome where there is none";
    return false;
  }

  Evaluated &plan_;
  const Decision &decision_;
};

// Where a decided plan says none, an open one may say none, or that it does not hold.
auto Agree(const Value &open, const Value &decided) -> bool {
  if (open.is_none()) return true;
  if (decided.is_none()) return open.tag == ValueTag::Bool && !open.boolean;
  return plan::Compare(open, decided) == 0;
}

TEST(Meaning, OpenPlansAgreeWithDecidedOnes) {
  int lifted = 0;
  int refused = 0;
  for (int seed = 1; seed <= kPlans; ++seed) {
    Writer writer(static_cast<uint32_t>(seed));
    std::map<std::string, std::string> lets;
    std::string text;
    for (int i = 0; i < kExpressions; ++i) {
      const std::string name = "e" + std::to_string(i);
      lets[name] = i % 2 == 0 ? writer.Number(3) : writer.Truth(3);
      text += "let " + name + " = " + lets[name] + "\n";
    }
    Evaluated open(text + Pools(nullptr));
    for (const auto &d : open.sink().diagnostics()) {
      EXPECT_TRUE(d.row.code >= "GR0331" && d.row.code <= "GR0336")
          << d.row.code << " " << d.message << "\n"
          << open.sources().Text(d.primary()).str();
    }
    for (int i = 0; i < kDecisions; ++i) {
      Decision decision;
      for (int pool = 0; pool < 2; ++pool) {
        decision.sku[pool] = writer.Roll(3);
        decision.site[pool] = writer.Roll(2);
        decision.nodes[pool] = writer.Roll(4);
        decision.spare[pool] = writer.Roll(5);
      }
      Evaluated decided(text + Pools(&decision));
      ASSERT_THAT(decided.messages(), testing::IsEmpty());
      const Reader reader(open, decision);
      for (const auto &[name, expression] : lets) {
        const Value residual = open.Of(name);
        const Value expected = decided.Of(name);
        ASSERT_FALSE(expected.is_residual() || expected.is_error()) << expression;
        if (residual.is_error()) {
          ++refused;
          // Nothing is refused silently.
          ASSERT_TRUE(open.sink().has_errors()) << expression;
          continue;
        }
        if (residual.tag == ValueTag::Extremum || residual.tag == ValueTag::Guarded) continue;
        lifted += residual.is_residual() ? 1 : 0;
        const Value actual = reader.At(residual);
        ASSERT_TRUE(Agree(actual, expected))
            << expression << "\nis " << plan::Print(open.model(), residual, &open.environment())
            << "\nwhich is " << plan::Print(open.model(), actual) << " at\n"
            << Pools(&decision).substr(sizeof(kSkus) - 1) << "but "
            << plan::Print(decided.model(), expected) << " was expected";
      }
    }
  }
  // Most of what is written is linear.
  EXPECT_GT(lifted, refused);
}

}  // namespace
}  // namespace groma::evaluate
