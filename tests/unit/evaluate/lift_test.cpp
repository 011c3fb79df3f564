// SPDX-License-Identifier: Apache-2.0
#include "groma/evaluate/lift.h"

#include <gtest/gtest.h>

#include <random>

#include "groma/plan/print.h"

namespace groma::evaluate {
namespace {

using base::DimensionId;
using base::Rational;
using plan::EntityId;
using plan::Formula;
using plan::UnknownId;
using plan::ValueTag;
using syntax::BinaryOp;

constexpr Span kAt{1, 2};

auto Plain(int64_t n) -> Value { return Value::Number(n, DimensionId::kNumber); }

// The meaning of the operators on decided plain numbers, names and truth values.
auto Apply(BinaryOp op, const Value &a, const Value &b, Span) -> Value {
  const int order = plan::Compare(a, b);
  // In the order of the operators from Equal on.
  const bool holds[] = {order == 0, order != 0, order < 0, order <= 0, order > 0, order >= 0};
  if (op >= BinaryOp::Equal && op <= BinaryOp::GreaterEqual) {
    return Value::Bool(holds[static_cast<size_t>(op) - static_cast<size_t>(BinaryOp::Equal)]);
  }
  if (op == BinaryOp::In) {
    return Value::Bool(
        llvm::any_of(b.elements(), [&](const Value &e) { return plan::Compare(a, e) == 0; }));
  }
  const auto number = op == BinaryOp::Multiply ? base::Mul(a.number, b.number)
                      : op == BinaryOp::Divide ? base::Div(a.number, b.number)
                      : op == BinaryOp::Add    ? base::Add(a.number, b.number)
                                               : base::Sub(a.number, b.number);
  return Value::Number(*number, a.dimension);
}

// Two pools, `train` and `infer`, each with a count `nodes`, choices `sku` and `site`, and the
// outcomes `used` and `up`.
class LiftTest : public ::testing::Test {
 protected:
  LiftTest() : lift_(model_, environment_, sink_) {
    plan::Kind kind;
    kind.name = model_.symbols.Intern("pool");
    for (const char *name : {"nodes", "sku", "site", "used", "up"}) {
      plan::Member member;
      member.name = model_.symbols.Intern(name);
      kind.members.list.push_back(member);
    }
    model_.kinds.push_back(kind);
    train_ = Declare("train");
    infer_ = Declare("infer");
    h200_ = Value::Entity(Declare("h200"));
    b200_ = Value::Entity(Declare("b200"));
    ams_ = Value::Entity(Declare("ams"));
    fra_ = Value::Entity(Declare("fra"));
    for (const EntityId pool : {train_, infer_}) {
      plan::Unknown count;
      count.entity = pool;
      count.is_count = true;
      count.low = Plain(0);
      count.high = Plain(3);
      count.step = Plain(1);
      environment_.unknowns.push_back(count);
      AddChoice(pool, 1, {h200_, b200_});
      AddChoice(pool, 2, {ams_, fra_});
    }
    environment_.outcomes.push_back({train_, 3, {}});
    environment_.outcomes.push_back({train_, 4, model_.Keep(llvm::ArrayRef<Value>(Plain(1)))});
  }

  auto Declare(const char *name) -> EntityId {
    plan::Entity entity;
    entity.name = entity.qualified = model_.symbols.Intern(name);
    entity.kind = plan::KindId{1};
    model_.entities.push_back(entity);
    return static_cast<EntityId>(model_.entities.size() - 1);
  }
  void AddChoice(EntityId pool, plan::Slot slot, std::vector<Value> values) {
    plan::Unknown choice;
    choice.entity = pool;
    choice.slot = slot;
    choice.choices = model_.Keep(llvm::ArrayRef<Value>(values));
    environment_.unknowns.push_back(choice);
  }

  auto Read(uint32_t unknown) -> Value { return lift_.OfUnknown(UnknownId{unknown}); }
  auto Nodes(bool infer = false) -> Value { return Read(infer ? 4 : 1); }
  auto Sku(bool infer = false) -> Value { return Read(infer ? 5 : 2); }
  auto Site(bool infer = false) -> Value { return Read(infer ? 6 : 3); }
  auto Used() -> Value {
    return lift_.OfNumberOutcome(plan::OutcomeId{1}, DimensionId::kNumber, 0);
  }
  auto Up() -> Value { return lift_.OfTruthOutcome(plan::OutcomeId{2}); }
  // A number looked up through a choice.
  auto Per(const Value &choice, int64_t first, int64_t second) -> Value {
    return lift_.Pointwise(*choice.per_offer, kAt, [&](const Value &value) {
      const bool is_first = plan::Compare(value, choice.per_offer->table[0]) == 0;
      return Plain(is_first ? first : second);
    });
  }
  auto Do(BinaryOp op, const Value &a, const Value &b) -> Value {
    return lift_.Binary(op, a, b, kAt, {3, 4}, {5, 6}, Apply);
  }
  auto Is(const Value &choice, const Value &value) -> Value {
    return Do(BinaryOp::Equal, choice, value);
  }
  auto If(const Value &condition, const Value &yes, const Value &no) -> Value {
    return lift_.If(condition, yes, no, kAt, Apply);
  }
  auto Text(const Value &value) -> std::string { return plan::Print(model_, value, &environment_); }
  auto List(std::vector<Value> values) -> Value {
    return Value::Items(ValueTag::List, model_.Keep(llvm::ArrayRef<Value>(values)));
  }
  auto Cond(const Value &value) -> const Formula * { return lift_.AsFormula(value, kAt); }
  // The codes of what was reported since the last call.
  auto Codes() -> std::string {
    std::string codes;
    for (; seen_ < sink_.diagnostics().size(); ++seen_) {
      codes += (codes.empty() ? "" : " ") + std::string(sink_.diagnostics()[seen_].row.code);
    }
    return codes;
  }

  plan::Model model_;
  plan::Environment environment_;
  diagnostics::Sink sink_;
  Lift lift_;
  EntityId train_{}, infer_{};
  Value h200_, b200_, ams_, fra_;
  size_t seen_ = 0;
};

TEST_F(LiftTest, Linear) {
  EXPECT_EQ(Text(Do(BinaryOp::Add, Nodes(), Nodes())), "2 * train.nodes");
  EXPECT_EQ(Text(Do(BinaryOp::Subtract, Nodes(), Nodes())), "0");
  EXPECT_EQ(Text(Do(BinaryOp::Divide, Nodes(), Plain(4))), "0.25 * train.nodes");
  EXPECT_EQ(Text(Do(BinaryOp::Add, Nodes(true), Do(BinaryOp::Subtract, Nodes(), Plain(2)))),
            Text(Do(BinaryOp::Add, Do(BinaryOp::Subtract, Nodes(), Plain(2)), Nodes(true))))
      << "terms have one order";
  EXPECT_EQ(Text(lift_.Negate(Per(Sku(), 1, 2), kAt, Apply)), "train.sku { h200: -1, b200: -2 }");
  EXPECT_EQ(Codes(), "");
}

TEST_F(LiftTest, Tables) {
  const Value gpus = Per(Sku(), 8, 4);
  EXPECT_EQ(Text(gpus), "train.sku { h200: 8, b200: 4 }");
  EXPECT_EQ(Text(Do(BinaryOp::Multiply, gpus, Nodes())), "train.sku { h200: 8, b200: 4 } * train.nodes");
  EXPECT_EQ(Text(Do(BinaryOp::Multiply, gpus, Per(Sku(), 1, 2))), "8") << "alike for every offer";
  EXPECT_EQ(Text(Do(BinaryOp::Add, gpus, Per(Site(), 0, 100))),
            "(train.sku, train.site) { h200, ams: 8, h200, fra: 108, b200, ams: 4, b200, fra: 104 }");
  EXPECT_EQ(Text(Do(BinaryOp::Multiply, Per(Sku(), 2, 4),
                    Do(BinaryOp::Multiply, Per(Sku(), 2, 1), Nodes()))),
            "4 * train.nodes");
  const Value both = Do(BinaryOp::Add, gpus, Per(Sku(true), 1, 2));
  EXPECT_EQ(both.tag, ValueTag::Linear) << "a sum over two entities";
  EXPECT_EQ(Text(Do(BinaryOp::Subtract, both, Per(Sku(true), 1, 2))), Text(gpus));
  EXPECT_EQ(Codes(), "");
}

TEST_F(LiftTest, Comparisons) {
  EXPECT_EQ(Text(Is(Sku(), h200_)), "train.sku in [h200]");
  EXPECT_EQ(Text(Do(BinaryOp::In, Sku(), List({h200_, b200_}))), "true");
  EXPECT_EQ(Text(Do(BinaryOp::GreaterEqual, Per(Sku(), 8, 4), Plain(9))), "false");
  EXPECT_EQ(Text(Do(BinaryOp::LessEqual, Used(), Do(BinaryOp::Multiply, Plain(7), Nodes()))),
            "train.used <= 7 * train.nodes");
  EXPECT_EQ(Text(Do(BinaryOp::Less, Nodes(), Nodes())), "false");
  const Value range =
      Value::Items(ValueTag::Range, model_.Keep(llvm::ArrayRef<Value>({Plain(1), Plain(2)})));
  EXPECT_EQ(Text(Do(BinaryOp::In, Nodes(), range)), "train.nodes >= 1 and train.nodes <= 2");
  EXPECT_EQ(Text(Is(Site(), Site(true))),
            "train.site in [ams] and infer.site in [ams] or "
            "train.site in [fra] and infer.site in [fra]");
  EXPECT_EQ(Text(Do(BinaryOp::In, Sku(), List({Sku(true)}))), Text(Is(Sku(), Sku(true))));
  EXPECT_EQ(Codes(), "");
}

TEST_F(LiftTest, Logic) {
  const Value row = Do(BinaryOp::LessEqual, Nodes(), Plain(2));
  const Value parts[] = {Is(Sku(), h200_), row, Value::Bool(true)};
  const Value both = lift_.And(parts, kAt);
  EXPECT_EQ(Text(both), "train.sku in [h200] and train.nodes <= 2");
  EXPECT_EQ(Text(lift_.Not(both, kAt)), "train.sku in [b200] or train.nodes > 2");
  EXPECT_EQ(Text(lift_.Not(lift_.Not(both, kAt), kAt)), Text(both));
  const Value contrary[] = {Is(Sku(), h200_), row, Is(Sku(), b200_)};
  EXPECT_EQ(Text(lift_.And(contrary, kAt)), "false");
  EXPECT_EQ(Text(lift_.Or(contrary, kAt)), "true");
  EXPECT_EQ(Text(lift_.Not(Up(), kAt)), "not train.up(1)");
  const Value nested[] = {lift_.Or({row, Up()}, kAt), Is(Sku(), h200_)};
  EXPECT_EQ(Text(lift_.And(nested, kAt)),
            "(train.nodes <= 2 or train.up(1)) and train.sku in [h200]");
  EXPECT_EQ(Text(lift_.And({Value(), row}, kAt)), "?") << "an error stays one";
  EXPECT_EQ(Codes(), "");
}

TEST_F(LiftTest, Conditionals) {
  const Value is_h200 = Is(Sku(), h200_);
  EXPECT_EQ(Text(If(is_h200, Plain(5), Per(Sku(), 1, 2))), "train.sku { h200: 5, b200: 2 }");
  EXPECT_EQ(Text(If(is_h200, Nodes(), Plain(0))), "train.sku { h200: 1, b200: 0 } * train.nodes");
  EXPECT_EQ(Text(If(is_h200, Up(), Value::Bool(true))),
            "train.sku in [h200] and train.up(1) or train.sku in [b200]");
  const Value at_ams = lift_.And({is_h200, Is(Site(), ams_)}, kAt);
  EXPECT_EQ(Text(If(at_ams, Plain(1), Plain(0))),
            "(train.sku, train.site) { h200, ams: 1, h200, fra: 0, b200, ams: 0, b200, fra: 0 }")
      << "several choices of one entity are one offer";
  EXPECT_EQ(Codes(), "");
}

TEST_F(LiftTest, Lists) {
  const Conditional terms[] = {{Nodes(), Cond(Is(Site(), ams_))},
                               {Nodes(true), Cond(Is(Site(true), ams_))},
                               {Plain(2), nullptr}};
  EXPECT_EQ(Text(lift_.Sum(terms, DimensionId::kNumber, kAt, Apply)),
            "2 + train.site { ams: 1, fra: 0 } * train.nodes + infer.site { ams: 1, fra: 0 } * infer.nodes");
  EXPECT_EQ(Text(lift_.Count({terms[0], terms[2]}, kAt, Apply)), "train.site { ams: 2, fra: 1 }");
  EXPECT_EQ(Text(lift_.Sum({}, DimensionId::kNumber, kAt, Apply)), "0");
  const Value row = Do(BinaryOp::LessEqual, Nodes(), Plain(2));
  EXPECT_EQ(Text(lift_.All({{row, Cond(Is(Site(), ams_))}}, kAt)),
            "train.site in [fra] or train.nodes <= 2");
  EXPECT_EQ(Text(lift_.Any({{row, Cond(Is(Site(), ams_))}}, kAt)),
            "train.site in [ams] and train.nodes <= 2");
  const Value guarded = lift_.Guard({{h200_, Cond(row)}, {b200_, nullptr}});
  EXPECT_EQ(Text(Do(BinaryOp::In, h200_, guarded)), "train.nodes <= 2");
  const Value most = lift_.Extremum(true, {terms[0], terms[1]}, kAt);
  EXPECT_EQ(
      Text(Do(BinaryOp::LessEqual, most, Plain(2))),
      "(train.site in [fra] or train.nodes <= 2) and (infer.site in [fra] or infer.nodes <= 2)");
  EXPECT_EQ(Text(Do(BinaryOp::Less, Plain(2), most)),
            "train.site in [ams] and train.nodes > 2 or infer.site in [ams] and infer.nodes > 2");
  EXPECT_EQ(Codes(), "");
}

TEST_F(LiftTest, Reports) {
  EXPECT_TRUE(Do(BinaryOp::Multiply, Nodes(), Nodes(true)).is_error());
  EXPECT_TRUE(Do(BinaryOp::Multiply, Per(Sku(), 1, 2), Nodes(true)).is_error());
  EXPECT_EQ(Codes(), "GR0331 GR0331");
  EXPECT_EQ(sink_.diagnostics()[0].message,
            "`train.nodes` and `infer.nodes` are both left open, so they cannot be multiplied");
  (void)Do(BinaryOp::Divide, Plain(1), Nodes());
  EXPECT_EQ(Codes(), "GR0332");
  (void)Do(BinaryOp::Divide, Nodes(), Per(Sku(), 0, 1));
  EXPECT_EQ(Codes(), "GR0302");
  (void)Do(BinaryOp::Divide, Nodes(), Per(Sku(true), 1, 2));
  EXPECT_EQ(Codes(), "GR0332");
  (void)Do(BinaryOp::Multiply, Per(Sku(), 1, 2), Per(Sku(true), 1, 2));
  EXPECT_EQ(Codes(), "GR0333");
  (void)Do(BinaryOp::Add, Nodes(), Value::Number(1, DimensionId::kNode));
  EXPECT_EQ(Codes(), "GR0303");
  (void)Do(BinaryOp::Less, Nodes(), Value::Number(1, DimensionId::kNode));
  EXPECT_EQ(Codes(), "GR0303");
  const Value huge = Value::Number(INT64_MAX, DimensionId::kNumber);
  (void)Do(BinaryOp::Multiply, Do(BinaryOp::Multiply, Nodes(), huge), huge);
  EXPECT_EQ(Codes(), "GR0301");
  const Value row = Do(BinaryOp::LessEqual, Nodes(), Plain(2));
  (void)If(row, Plain(1), Plain(2));
  EXPECT_EQ(Codes(), "GR0335");
  (void)If(Is(Sku(), h200_), Nodes(true), Plain(2));
  EXPECT_EQ(Codes(), "GR0335");
  (void)lift_.Count({{h200_, Cond(row)}}, kAt, Apply);
  EXPECT_EQ(Codes(), "GR0335");
  const Value most = lift_.Extremum(true, {{Nodes(), nullptr}, {Plain(1), nullptr}}, kAt);
  (void)Do(BinaryOp::Equal, most, Plain(2));
  EXPECT_EQ(Codes(), "GR0335");
  (void)Do(BinaryOp::Add, most, Plain(2));
  EXPECT_EQ(Codes(), "GR0335");
  (void)lift_.Pointwise(*Sku().per_offer, kAt, [&](const Value &) { return Nodes(); });
  EXPECT_EQ(Codes(), "GR0336");
}

TEST_F(LiftTest, TooManyOffers) {
  const uint32_t first = static_cast<uint32_t>(environment_.unknowns.size());
  for (int i = 0; i < 80; ++i) AddChoice(train_, 1, {h200_, b200_});
  Value sum = Plain(0);
  for (uint32_t i = 0; i < 16; ++i) sum = Do(BinaryOp::Add, sum, Per(Read(first + i), 0, 1));
  EXPECT_EQ(sum.per_offer->table.size(), 65'536U);
  EXPECT_TRUE(Do(BinaryOp::Add, sum, Per(Read(first + 16), 0, 1)).is_error());
  EXPECT_EQ(Codes(), "GR0334");
  std::vector<UnknownId> all;
  for (uint32_t i = 0; i < 80; ++i) all.push_back(UnknownId{first + i});
  plan::PerOffer wide;  // 2^80 offers, which no table holds; only its choices are looked at
  wide.choices = all;
  wide.table = Sku().per_offer->table;
  Value value = Value::Of(ValueTag::PerOffer);
  value.per_offer = &wide;
  EXPECT_TRUE(Do(BinaryOp::Equal, value, Sku()).is_error());
  EXPECT_EQ(Codes(), "GR0334");
}

// A random expression, lifted and at the same time worked out for every assignment of the unknowns.
class LiftProperty : public LiftTest {
 protected:
  // Counts 0..2 of both, sku and site of both: 3*3*2*2*2*2 assignments.
  static constexpr size_t kAssignments = 144;
  struct Both {
    Value lifted;
    std::vector<Value> direct;
  };

  // The value of unknown `id` in assignment `n`.
  auto Assigned(uint32_t id, size_t n) -> Value {
    static constexpr size_t kSizes[] = {3, 2, 2, 3, 2, 2};
    for (uint32_t i = 0; i + 1 < id; ++i) n /= kSizes[i];
    const size_t index = n % kSizes[id - 1];
    const plan::Unknown &unknown = environment_.unknowns[id];
    return unknown.is_count ? Plain(static_cast<int64_t>(index)) : unknown.choices[index];
  }
  auto Sum(const plan::Linear &linear, size_t n) -> Value {
    Rational total;
    for (const plan::Term &term : linear.terms) {
      const Rational variable =
          term.of == plan::Term::Of::Count ? Assigned(term.variable, n).number : Rational(1);
      total = *base::Add(total, *base::Mul(term.coefficients[IndexOf(term.choices, n)], variable));
    }
    return Value::Number(total, linear.dimension);
  }
  auto IndexOf(plan::Choices choices, size_t n) -> size_t {
    size_t index = 0;
    for (const UnknownId id : choices) {
      const auto &values = environment_.unknowns[plan::Index(id)].choices;
      const bool is_second = plan::Compare(Assigned(plan::Index(id), n), values[1]) == 0;
      index = index * 2 + (is_second ? 1 : 0);
    }
    return index;
  }
  auto Truth(const Formula &formula, size_t n) -> bool {
    const auto truth = [&](const Formula *part) { return Truth(*part, n); };
    switch (formula.of) {
      case Formula::Of::True:
        return true;
      case Formula::Of::Row: {
        const int sign = Sum(*formula.linear, n).number.sign();
        // In the order of the relations.
        const bool holds[] = {sign <= 0, sign == 0, sign >= 0, sign < 0, sign > 0, sign != 0};
        return holds[static_cast<size_t>(formula.relation)];
      }
      case Formula::Of::Offers:
        return formula.allowed[IndexOf(formula.choices, n)] != 0;
      case Formula::Of::And:
        return llvm::all_of(formula.parts, truth);
      case Formula::Of::Or:
        return llvm::any_of(formula.parts, truth);
      case Formula::Of::Not:
        return !truth(formula.parts[0]);
      default:
        return false;
    }
  }
  auto Work(const Value &value, size_t n) -> Value {
    if (value.tag == ValueTag::Linear) return Sum(*value.linear, n);
    if (value.tag == ValueTag::Formula) return Value::Bool(Truth(*value.formula, n));
    if (value.tag != ValueTag::PerOffer) return value;
    return value.per_offer->table[IndexOf(value.per_offer->choices, n)];
  }
  auto Below(uint32_t n) -> uint32_t { return static_cast<uint32_t>(random_() % n); }
  template <typename F>
  auto Direct(F f) -> std::vector<Value> {
    std::vector<Value> values;
    for (size_t n = 0; n < kAssignments; ++n) values.push_back(f(n));
    return values;
  }
  auto Make(BinaryOp op, const Both &a, const Both &b) -> Both {
    if (a.lifted.is_error() || b.lifted.is_error()) return {};
    const bool is_open = a.lifted.is_residual() || b.lifted.is_residual();
    return {is_open ? Do(op, a.lifted, b.lifted) : Apply(op, a.lifted, b.lifted, kAt),
            Direct([&](size_t n) { return Apply(op, a.direct[n], b.direct[n], kAt); })};
  }
  auto Leaf(uint32_t id) -> Both {
    return {Read(id), Direct([&](size_t n) { return Assigned(id, n); })};
  }
  auto Number(int depth) -> Both {
    if (depth == 0) {
      const uint32_t which = Below(4);
      if (which == 0) return Leaf(Below(2) == 0 ? 1 : 4);
      const auto first = static_cast<int64_t>(Below(4));
      const auto second = static_cast<int64_t>(Below(4));
      if (which == 1) return {Plain(first), Direct([&](size_t) { return Plain(first); })};
      static constexpr uint32_t kChoices[] = {2, 3, 5, 6};
      const uint32_t id = kChoices[Below(4)];
      const Value &zeroth = environment_.unknowns[id].choices[0];
      return {Per(Read(id), first, second), Direct([&](size_t n) {
                return Plain(plan::Compare(Assigned(id, n), zeroth) == 0 ? first : second);
              })};
    }
    const uint32_t which = Below(6);
    if (which == 0) return Summed(depth - 1);
    const Both a = Number(depth - 1);
    const Both b = Number(depth - 1);
    if (which == 1) return Choose(Truths(depth - 1), a, b);
    return Make(which == 2   ? BinaryOp::Multiply
                : which == 3 ? BinaryOp::Subtract
                             : BinaryOp::Add,
                a, b);
  }
  auto Truths(int depth) -> Both {
    if (depth == 0) {
      const bool is_infer = Below(2) == 0;
      const bool is_sku = Below(2) == 0;
      const Both choice = Leaf(is_infer ? (is_sku ? 5 : 6) : (is_sku ? 2 : 3));
      const Value value = is_sku ? h200_ : ams_;
      return Make(BinaryOp::Equal, choice, {value, Direct([&](size_t) { return value; })});
    }
    switch (Below(5)) {
      case 0: {
        const Both a = Truths(depth - 1);
        if (a.lifted.is_error()) return {};
        return {lift_.Not(a.lifted, kAt),
                Direct([&](size_t n) { return Value::Bool(!a.direct[n].boolean); })};
      }
      case 1:
      case 2: {
        const bool is_and = Below(2) == 0;
        const Both a = Truths(depth - 1);
        const Both b = Truths(depth - 1);
        if (a.lifted.is_error() || b.lifted.is_error()) return {};
        const Value parts[] = {a.lifted, b.lifted};
        return {is_and ? lift_.And(parts, kAt) : lift_.Or(parts, kAt), Direct([&](size_t n) {
                  const bool x = a.direct[n].boolean;
                  const bool y = b.direct[n].boolean;
                  return Value::Bool(is_and ? x && y : x || y);
                })};
      }
      case 3:
        return Make(BinaryOp::Equal, Leaf(Below(2) == 0 ? 2 : 3), Leaf(Below(2) == 0 ? 5 : 6));
      default: {
        const auto op = static_cast<BinaryOp>(static_cast<uint32_t>(BinaryOp::Equal) + Below(6));
        return Below(3) == 0 ? Extreme(op, depth - 1)
                             : Make(op, Number(depth - 1), Number(depth - 1));
      }
    }
  }
  auto Choose(const Both &c, const Both &yes, const Both &no) -> Both {
    if (c.lifted.is_error() || yes.lifted.is_error() || no.lifted.is_error()) return {};
    const Value value = c.lifted.tag == ValueTag::Bool ? (c.lifted.boolean ? yes.lifted : no.lifted)
                                                       : If(c.lifted, yes.lifted, no.lifted);
    return {value,
            Direct([&](size_t n) { return c.direct[n].boolean ? yes.direct[n] : no.direct[n]; })};
  }
  auto Summed(int depth) -> Both {
    std::vector<Both> terms;
    std::vector<Both> conditions;
    std::vector<Conditional> lifted;
    for (int i = 0; i < 3; ++i) {
      terms.push_back(Number(depth));
      conditions.push_back(Truths(0));
      if (terms.back().lifted.is_error()) return {};
      lifted.push_back({terms.back().lifted, Cond(conditions.back().lifted)});
    }
    return {lift_.Sum(lifted, DimensionId::kNumber, kAt, Apply), Direct([&](size_t n) {
              Value total = Plain(0);
              for (size_t i = 0; i < terms.size(); ++i) {
                if (!conditions[i].direct[n].boolean) continue;
                total = Apply(BinaryOp::Add, total, terms[i].direct[n], kAt);
              }
              return total;
            })};
  }
  auto Extreme(BinaryOp op, int depth) -> Both {
    const bool is_max = Below(2) == 0;
    const Both a = Number(depth);
    const Both b = Number(depth);
    const Both limit = Number(0);
    if (a.lifted.is_error() || b.lifted.is_error()) return {};
    const Value extremum = lift_.Extremum(is_max, {{a.lifted, nullptr}, {b.lifted, nullptr}}, kAt);
    return {Do(op, extremum, limit.lifted), Direct([&](size_t n) {
              const bool is_first = (plan::Compare(a.direct[n], b.direct[n]) > 0) == is_max;
              return Apply(op, is_first ? a.direct[n] : b.direct[n], limit.direct[n], kAt);
            })};
  }

  std::mt19937 random_{20261120};
};

TEST_F(LiftProperty, AgreesWithDirectEvaluation) {
  int compared = 0;
  for (int round = 0; round < 2000; ++round) {
    const int depth = 1 + static_cast<int>(Below(3));
    const Both both = Below(2) == 0 ? Number(depth) : Truths(depth);
    // What is not linear is an error of the plan, and says so.
    if (both.lifted.is_error()) {
      EXPECT_NE(Codes(), "") << "an error that nobody reported";
      continue;
    }
    (void)Codes();
    ++compared;
    for (size_t n = 0; n < kAssignments; ++n) {
      ASSERT_EQ(plan::Compare(Work(both.lifted, n), both.direct[n]), 0)
          << "round " << round << ", assignment " << n << ": " << Text(both.lifted);
    }
  }
  EXPECT_GT(compared, 1000);
}

}  // namespace
}  // namespace groma::evaluate
