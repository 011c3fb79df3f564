// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/print.h"

#include <gtest/gtest.h>

#include "groma/plan/dump.h"
#include "groma/plan/why.h"
#include "groma/syntax/tree.h"

namespace groma::plan {
namespace {

using base::DimensionId;
using base::Rational;

// A pool `train` with a count `nodes`, a choice `sku` and an outcome `used`.
class PrintTest : public ::testing::Test {
 protected:
  PrintTest() {
    Kind kind;
    kind.name = model_.symbols.Intern("pool");
    const TypeId gpus = model_.types.Number(NumberForm::Quantity, {DimensionId::kGpu});
    for (const char *name : {"nodes", "sku", "used", "up"}) {
      Member member;
      member.name = model_.symbols.Intern(name);
      if (member.name == model_.symbols.Find("used")) member.type = gpus;
      kind.members.list.push_back(member);
    }
    model_.kinds.push_back(kind);
    train_ = Declare("train");
    h200_ = Value::Entity(Declare("h200"));
    b200_ = Value::Entity(Declare("b200"));
    Unknown nodes;
    nodes.entity = train_;
    nodes.is_count = true;
    nodes.low = In("node", 8);
    nodes.high = In("node", 48);
    nodes.step = In("node", 4);
    nodes.period = ChoosePeriod::Quarter;
    nodes.is_rising = true;
    environment_.unknowns.push_back(nodes);
    Unknown sku;
    sku.entity = train_;
    sku.slot = 1;
    sku.choices = Keep({h200_, b200_});
    environment_.unknowns.push_back(sku);
    environment_.outcomes.push_back({train_, 2, {}});
    environment_.outcomes.push_back({train_, 3, Keep({Plain(1)})});
  }

  auto Declare(const char *name) -> EntityId {
    Entity entity;
    entity.name = entity.qualified = model_.symbols.Intern(name);
    entity.kind = KindId{1};
    model_.entities.push_back(entity);
    return static_cast<EntityId>(model_.entities.size() - 1);
  }
  static auto Plain(int64_t n) -> Value { return Value::Number(n, DimensionId::kNumber); }
  auto In(llvm::StringRef unit, Rational n) -> Value {
    const base::UnitId id = model_.units.Parse(unit).id;
    return Value::Number(*model_.units.ToBase(n, id), model_.units.unit(id).dimension,
                         static_cast<uint32_t>(id));
  }
  auto Keep(std::vector<Value> values) -> llvm::ArrayRef<Value> {
    return model_.Keep(llvm::ArrayRef<Value>(values));
  }
  auto Text(const Value &value) -> std::string { return Print(model_, value, &environment_); }
  auto Of(Term::Of of, uint32_t variable, std::vector<Rational> coefficients,
          std::vector<UnknownId> choices = {}) -> Term {
    return {of, variable, model_.Keep(llvm::ArrayRef<UnknownId>(choices)),
            model_.Keep(llvm::ArrayRef<Rational>(coefficients))};
  }
  auto Gpus(std::vector<Term> terms) -> const Linear * {
    Linear linear;
    linear.dimension = DimensionId::kGpu;
    linear.terms = model_.Keep(llvm::ArrayRef<Term>(terms));
    return model_.New(linear);
  }

  Model model_;
  Environment environment_;
  EntityId train_{};
  Value h200_, b200_;
};

TEST_F(PrintTest, Scalars) {
  EXPECT_EQ(Text(Value::None()), "none");
  EXPECT_EQ(Text(Value::Bool(true)), "true");
  EXPECT_EQ(Text(In("kW", 480)), "480 kW");
  EXPECT_EQ(Text(In("%", *Rational::Make(999, 10))), "99.9 %");
  EXPECT_EQ(Text(Value::String("a \"b\"\n\\ ${c} $d")), R"("a \"b\"\n\\ \u{24}{c} $d")");
  Value date = Value::Of(ValueTag::Date);
  date.date = *base::Date::Make(2027, 6, 30);
  EXPECT_EQ(Text(date), "2027-06-30");
  Value subject = Value::Of(ValueTag::Subject);
  subject.subject = {train_, 1};
  EXPECT_EQ(Text(subject), "train.sku");
}

TEST_F(PrintTest, Composites) {
  EXPECT_EQ(Text(Value::Items(ValueTag::List, Keep({h200_, Plain(2)}))), "[h200, 2]");
  EXPECT_EQ(Text(Value::Items(ValueTag::Range, Keep({In("GB", 1), In("GB", 2)}))), "1 GB .. 2 GB");
  const MapEntry entries[] = {{Value::String("a"), Plain(1)}, {Value::String("b"), Plain(2)}};
  EXPECT_EQ(Text(Value::Entries(ValueTag::Map, entries, false)), "{ a = 1, b = 2 }");
  EXPECT_EQ(Text(Value::Entries(ValueTag::Map, llvm::ArrayRef(entries).take_front(1), true)), "1");

  RecordDecl record;
  for (const char *name : {"memory", "note", "rank"}) {
    Member member;
    member.name = model_.symbols.Intern(name);
    record.members.list.push_back(member);
  }
  model_.records.push_back(record);
  Value bound = Value::Items(ValueTag::Bound, Keep({In("GB", 80)}));
  bound.op = static_cast<uint8_t>(syntax::BoundOp::GreaterEqual);
  const Value need = Value::Items(ValueTag::Record, Keep({bound, Value::None(), Plain(3)}), 1);
  EXPECT_EQ(Text(need), "{ memory >= 80 GB, rank = 3 }");
  UnionDecl choice;
  choice.tags.push_back({model_.symbols.Intern("aks"), RecordId{1}, {}});
  choice.tags.push_back({model_.symbols.Intern("bare"), {}, {}});
  model_.unions.push_back(choice);
  EXPECT_EQ(Text(Value::Items(ValueTag::Union, Keep({need}), 1, 0)),
            "aks { memory >= 80 GB, rank = 3 }");
  EXPECT_EQ(Text(Value::Items(ValueTag::Union, {}, 1, 1)), "bare");
}

TEST_F(PrintTest, Unknowns) {
  Value value = Value::Of(ValueTag::Unknown);
  value.unknown = UnknownId{1};
  EXPECT_EQ(Text(value), "choose 8 nodes .. 48 nodes step 4 nodes each quarter rising");
  value.unknown = UnknownId{2};
  EXPECT_EQ(Text(value), "choose from [h200, b200]");
  EXPECT_EQ(Print(model_, value), "?");

  PerOffer table;
  const UnknownId choices[] = {UnknownId{2}};
  table.choices = choices;
  table.table = Keep({Plain(8), Plain(4)});
  value = Value::Of(ValueTag::PerOffer);
  value.per_offer = &table;
  EXPECT_EQ(Text(value), "train.sku { h200: 8, b200: 4 }");
  table.table = Keep({Plain(8), Plain(8)});
  EXPECT_EQ(Text(value), "8");
}

TEST_F(PrintTest, Forms) {
  const Term used = Of(Term::Of::Outcome, 1, {1});
  const Term nodes = Of(Term::Of::Count, 1, {-8, -4}, {UnknownId{2}});
  EXPECT_EQ(Print(model_, *Gpus({Of(Term::Of::Count, 1, {8}), Of(Term::Of::Outcome, 1, {-1})}),
                  &environment_),
            "8 gpus/node * train.nodes - train.used");
  EXPECT_EQ(Print(model_, *Gpus({Of(Term::Of::One, 0, {-2})}), &environment_), "-2 gpus");
  Formula row;
  row.of = Formula::Of::Row;
  row.linear = Gpus({nodes, used});
  EXPECT_EQ(Print(model_, row, &environment_),
            "train.used <= train.sku { h200: 8 gpus/node, b200: 4 gpus/node } * train.nodes");
  Formula up;
  up.of = Formula::Of::Outcome;
  up.outcome = OutcomeId{2};
  Formula down;
  down.of = Formula::Of::Not;
  const Formula *const of_down[] = {&up};
  down.parts = of_down;
  Formula offers;
  offers.of = Formula::Of::Offers;
  const UnknownId choices[] = {UnknownId{2}};
  const uint8_t allowed[] = {0, 1};
  offers.choices = choices;
  offers.allowed = allowed;
  Formula either;
  either.of = Formula::Of::Or;
  const Formula *const of_either[] = {&down, &offers};
  either.parts = of_either;
  EXPECT_EQ(Print(model_, either, &environment_), "not train.up(1) or train.sku in [b200]");
  Formula both;
  both.of = Formula::Of::And;
  const Formula *const of_both[] = {&up, &either};
  both.parts = of_both;
  EXPECT_EQ(Print(model_, both, &environment_),
            "train.up(1) and (not train.up(1) or train.sku in [b200])");
}

TEST_F(PrintTest, Dump) {
  Entity &entity = model_.entities[Index(train_)];
  entity.title = "Training";
  entity.written = {{0, {}, 0, {}}, {3, {}, 0, {}}};
  model_.plan_entities = {train_};
  environment_.name = model_.symbols.Intern("prod");
  EXPECT_EQ(Dump(model_, environment_),
            "environment prod\npool train \"Training\"\nleft open: 1 count, 1 choice\n")
      << "nothing is evaluated yet";
  environment_.facts = {{}, {Value::Bool(true), {}}};
  environment_.facts_of.resize(model_.entities.size());
  environment_.facts_of[Index(train_)] = std::make_unique<uint32_t[]>(4);
  environment_.facts_of[Index(train_)][0] = 1;
  environment_.facts_of[Index(train_)][3] = 1;
  Demand demand;
  demand.owner = train_;
  environment_.demands.push_back(demand);
  environment_.aims.push_back({true, Plain(3), {}});
  EXPECT_EQ(Dump(model_, environment_),
            "environment prod\n"
            "pool train \"Training\"\n"
            "  nodes = choose 8 nodes .. 48 nodes step 4 nodes each quarter rising\n"
            "  up = true\n"
            "demand train: true\n"
            "maximize 3\n"
            "left open: 1 count, 1 choice\n");
  entity.is_template = true;
  EXPECT_NE(Dump(model_, environment_).find("\ntemplate pool train\n"), std::string::npos);
}

TEST_F(PrintTest, Why) {
  source::Set sources;
  const source::File &plan = sources.file(sources.Add("plan.groma", "a = 1\n  b = {\n}\n"));
  const OriginId a = environment_.origins.Add(OriginKind::Stated, {plan.base, plan.base + 5});
  const OriginId b =
      environment_.origins.Add(OriginKind::Derived, {plan.base + 8, plan.base + 15}, {{a, a}});
  EXPECT_EQ(Why(model_, environment_, sources, "train.nodes", {Plain(1), b}),
            "train.nodes = 1\n"
            "  derived  plan.groma:2  b = { ...\n"
            "    because  stated  plan.groma:1  a = 1\n")
      << "each reason is told once";
}

}  // namespace
}  // namespace groma::plan
