// SPDX-License-Identifier: Apache-2.0
// The state of one evaluation: facts so far, what is being computed, and what it has read.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <set>

#include "groma/evaluate/days_off.h"
#include "groma/evaluate/diagnostics.h"
#include "groma/evaluate/evaluate.h"
#include "groma/evaluate/lift.h"
#include "groma/plan/model.h"
#include "groma/syntax/tree.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace groma::evaluate {

using plan::EntityId;
using plan::ExprId;
using plan::ExprKind;
using plan::Fact;
using plan::IsSome;
using plan::OriginId;
using plan::OriginKind;
using plan::Slot;
using plan::Value;
using plan::ValueTag;
using syntax::BinaryOp;

// What an expression sees: its self, and the variables of comprehensions and functions.
struct Frame {
  Value self;
  llvm::SmallVector<Value, 4> locals;

  auto local(uint32_t index) -> Value & {
    if (index >= locals.size()) locals.resize(index + 1);
    return locals[index];
  }
};

class Engine {
 public:
  Engine(plan::Model &model, plan::Environment &environment, Sink &sink);

  // facts.cpp: values with their reasons, computed when asked for and then kept.
  auto Read(EntityId entity, Slot slot) -> Fact;
  // For who asks from outside: nothing is computed whose premise it would be.
  auto ReadAlone(EntityId entity, Slot slot) -> Fact;
  auto ReadNamed(EntityId entity, llvm::StringRef member) -> Value;
  // parts.cpp: one field of a computed record; none if the record is not computed, or not from one literal.
  auto ReadPart(EntityId entity, Slot slot, Slot part) -> std::optional<Fact>;
  auto ReadPartAlone(EntityId entity, Slot slot, Slot part) -> Fact;
  auto ReadGlobal(plan::GlobalId global) -> Fact;
  auto Evaluate(ExprId expr, Frame &frame) -> Value;
  // A value with an origin of its own, whose premises are what it read.
  auto Reasoned(ExprId expr, Frame &frame, OriginKind kind, Span span) -> Fact;
  auto SpellEntity(EntityId entity) const -> std::string;

  // A value, or a parameter or `let`.
  struct Step {
    EntityId entity{};
    Slot slot = 0;
    plan::GlobalId global{};
  };

  // order.cpp
  void ReadInOrder(Step root);

  // rules.cpp, policies.cpp
  void LoadRates();
  void EvaluateEntity(EntityId entity);
  void EvaluateGoals();

 private:
  // How deep expressions and values may lie in each other; a value that is read counts as several
  // expressions. One expression has at most 1000 words.
  static constexpr int64_t kMostSteps = 1200;
  static constexpr int64_t kStepOfValue = 3;

  auto IsRead(const Step &step) const -> bool;
  void NeedsOf(const Step &step, std::vector<Step> &needs) const;
  auto IsTooDeep(Span at) -> bool;
  auto EvaluateForm(ExprId expr, Frame &frame) -> Value;
  auto Compute(EntityId entity, Slot slot) -> Fact;
  auto FieldOf(EntityId entity, Slot slot) -> Fact;
  auto WrittenOf(EntityId at, Slot slot) const -> const plan::Written *;
  auto Default(EntityId entity, Slot slot) -> Fact;
  auto Pinned(Fact fact, EntityId entity, Slot slot) -> Fact;
  auto IsReplaced(EntityId at, Slot slot) const -> bool;
  auto Rewritten(Fact fact, EntityId entity, EntityId at, Slot slot, plan::GlobalId global) -> Fact;
  auto Combine(syntax::AssignOp op, const Value &before, const Value &operand, Span at) -> Value;
  auto OutcomeOf(EntityId entity, Slot slot, llvm::ArrayRef<Value> arguments) -> Value;
  auto NestedOf(EntityId entity, plan::SymbolId name) -> EntityId;
  // outcomes.cpp: members without a formula, once decided and before.
  auto OutcomeFact(EntityId entity, Slot slot, OriginKind origin) -> Fact;
  auto NewOutcome(EntityId entity, Slot slot, llvm::ArrayRef<Value> arguments) -> plan::OutcomeId;
  auto RecordOfOutcomes(EntityId entity, Slot slot, plan::RecordId record,
                        llvm::ArrayRef<Value> arguments) -> Value;
  auto ListOfOutcomes(EntityId entity, Slot slot, plan::KindId kind,
                      llvm::ArrayRef<Value> arguments) -> Value;
  auto IsChosen(ExprId value) const -> bool;
  void ReadBindings(llvm::ArrayRef<plan::Binding> bindings);
  auto Finish(Value value, OriginKind kind, Span span, size_t mark) -> Fact;
  auto EnterStep(Step step, Span at) -> bool;
  void LeaveStep();
  auto IsBeingRead(const Step &step) const -> bool;
  auto SpellStep(const Step &step) const -> std::string;
  void ReportCycle(size_t first);
  auto SpanOf(const Step &step) const -> Span;

  // expressions.cpp
  auto EvaluateField(ExprId expr, Frame &frame) -> Value;
  auto MemberOf(const Value &object, ExprId expr, Frame &frame) -> Value;
  auto MemberByName(const Value &object, ExprId expr) -> Value;
  auto EvaluateIndex(ExprId expr, Frame &frame) -> Value;
  auto IndexOf(const Value &object, const Value &index, ExprId expr) -> Value;
  auto EvaluateCall(ExprId expr, Frame &frame) -> Value;
  auto EvaluateIf(ExprId expr, Frame &frame, bool negate = false) -> Value;
  auto EvaluateRecord(ExprId expr, Frame &frame) -> Value;
  auto EvaluateMap(ExprId expr, Frame &frame) -> Value;
  auto EvaluateRange(ExprId expr, Frame &frame) -> Value;
  auto EvaluateChoose(ExprId expr, Frame &frame) -> Value;
  auto CountOf(ExprId expr, Frame &frame, plan::Unknown &unknown) -> bool;
  auto EvaluateText(ExprId expr, Frame &frame) -> Value;
  auto EvaluateIs(ExprId expr, Frame &frame) -> Value;
  auto Is(const Value &value, ExprId expr) -> Value;
  auto EvaluateSubject(ExprId expr, Frame &frame) -> Value;
  auto EvaluateMethod(ExprId expr, Frame &frame) -> Value;
  auto Defer(ExprId expr, const Frame &frame) -> Value;
  auto Entities(llvm::ArrayRef<EntityId> entities) -> Value;
  auto CollectionOf(plan::KindId kind) -> Value;
  auto Taggable() -> Value;

  // operators.cpp, arithmetic.cpp, dates.cpp, compare.cpp
  auto EvaluateBinary(ExprId expr, Frame &frame) -> Value;
  auto EvaluateLogic(ExprId expr, Frame &frame, bool negate = false) -> Value;
  auto WithNone(BinaryOp op, const Value &a, const Value &b) -> Value;
  auto Apply(BinaryOp op, const Value &a, const Value &b, Span at) -> Value;
  // operate.cpp: any two values, decided or not.
  auto Operate(BinaryOp op, const Value &a, const Value &b, Span at, Span left, Span right) -> Value;
  static auto HasOpenElement(const Value &value) -> bool;
  static auto DimensionOf(const Value &value) -> base::DimensionId;
  auto InMoneyOf(const Value &value, const Value &other, Span at) -> Value;
  auto InOneCurrency(const Value &value, Span at) -> Value;
  auto InPlanCurrency(base::DimensionId dimension) -> base::DimensionId;
  // `not e`, pushed down to what `e` is made of: an absent truth value stays absent.
  auto EvaluateNot(ExprId expr, Frame &frame) -> Value;
  auto NotOf(const Value &value, Span at) -> Value;
  auto Numbers(BinaryOp op, const Value &a, const Value &b, Span at) -> Value;
  auto Sum(BinaryOp op, const Value &a, const Value &b, Span at) -> Value;
  auto Family(BinaryOp op, const Value &a, const Value &b, Span at) -> Value;
  auto Curves(BinaryOp op, const Value &a, const Value &b, Span at) -> Value;
  auto Move(BinaryOp op, const Value &date, const Value &by, Span at) -> Value;
  struct Workdays;
  auto MoveByWork(const Value &date, const Value &by, const base::Rational &amount, Span at)
      -> Value;
  auto ReadWorkdays() -> Workdays;
  auto IsWorkday(base::Date day) -> bool;
  auto Compare(BinaryOp op, const Value &a, const Value &b, Span at) -> Value;
  auto CompareCurves(BinaryOp op, const Value &a, const Value &b, Span at) -> Value;
  auto CompareOpenCurve(BinaryOp op, const Value &a, const Value &b, Span at, Span left,
                        Span right) -> Value;
  auto HorizonDays() -> std::optional<std::pair<base::Date, base::Date>>;
  auto Order(const Value &a, const Value &b, Span at, bool &is_error) -> int;
  auto Contains(const Value &container, const Value &value, Span at) -> Value;
  auto InCurrencyOf(const Value &value, const Value &other, Span at) -> std::optional<Value>;
  auto RateBetween(llvm::StringRef from, llvm::StringRef to, base::Rational &rate) -> bool;
  auto Overflow(const std::string &what, Span at) -> Value;
  auto Spell(const Value &value) const -> std::string;

  // lists.cpp, builtins.cpp
  auto Elements(const Value &list, std::vector<Conditional> &out) -> bool;
  // The same, but conditions may have to be made: `MakeCondition` before one is looked at.
  auto OpenElements(const Value &list, std::vector<Conditional> &out) -> bool;
  void MakeCondition(Conditional &element);
  // alike.cpp
  using Alike = std::vector<uint32_t>;
  auto FieldsRead(ExprId id, uint32_t variable, std::set<Slot> &slots) const -> bool;
  auto AlikeIn(const plan::Guarded &list, ExprId condition, uint32_t variable)
      -> const std::vector<Alike> *;
  auto OpenUnsettled(const Value &list, ExprId condition, uint32_t variable, bool holds,
                     bool negate, Frame &frame, std::vector<Conditional> &out) -> bool;
  auto WithCondition(const Value &element, const plan::Guarded &list) -> Value;
  auto ElementsOfTable(const plan::PerOffer &lists, std::vector<Conditional> &out) -> bool;
  static auto IsList(const Value &value) -> bool;
  auto EvaluateList(ExprId expr, Frame &frame) -> Value;
  auto EvaluateGenerator(ExprId expr, Frame &frame) -> Value;
  auto EvaluateWhere(ExprId expr, Frame &frame) -> Value;
  auto EvaluateQuantifier(ExprId expr, Frame &frame, bool negate = false) -> Value;
  void ForgetRow(const Value &element, const Value &keep, size_t mark);
  auto PremisesSince(size_t mark) const -> std::vector<OriginId>;
  auto Quantify(bool is_all, llvm::ArrayRef<Conditional> bodies, Span at) -> Value;
  auto MakeList(std::vector<Conditional> elements) -> Value;
  auto EvaluateBuiltin(ExprId expr, Frame &frame) -> Value;
  auto SumOf(const Value &list, ExprId expr, const Frame &frame) -> Value;
  auto DefaultOf(const Value &value, ExprId otherwise, Frame &frame) -> Value;
  auto Decided(plan::BuiltinFunction function, llvm::ArrayRef<Value> arguments, Span at) -> Value;
  auto ExtremumOf(bool is_max, llvm::ArrayRef<Value> arguments, ExprId expr, const Frame &frame)
      -> Value;
  auto RoundTo(plan::BuiltinFunction function, const Value &value, Span at) -> Value;
  auto HasIn(llvm::ArrayRef<Value> arguments, Span at) -> Value;

  // convert.cpp
  auto EvaluateConvert(ExprId expr, Frame &frame) -> Value;
  auto ConvertTo(plan::TypeId type, const Value &value, bool last_day, Span at) -> Value;
  auto FirstDay(const Value &value) const -> std::optional<base::Date>;
  auto LastDay(const Value &value) const -> std::optional<base::Date>;
  static auto DateValue(base::Date date) -> Value;

  // rules.cpp, policies.cpp
  void CheckBounds(EntityId entity, Slot slot);
  void CheckParts(const Value &value, const Fact &of, EntityId entity);
  void CheckBound(const plan::Member &member, const plan::MemberBound &bound, const Fact &fact,
                  EntityId entity, const Value &self);
  auto CountIn(const Value &value, EntityId entity) const -> const plan::Unknown *;
  void CheckUnknownBound(const plan::Member &member, const plan::MemberBound &bound,
                         const plan::Unknown &unknown, const Value &limit);
  void CheckInvariants(EntityId entity);
  void CheckPolicies(EntityId entity);
  void Demand(EntityId owner, const plan::Requirement &requirement, ExprId condition,
              EntityId subject, Frame &frame);
  // The words after `because`, or none.
  auto Because(ExprId because, Frame &frame) -> llvm::StringRef;
  void DemandFormula(EntityId owner, EntityId subject, const Value &value, Span span,
                     OriginId origin);
  void Violated(EntityId owner, EntityId subject, const plan::Requirement &requirement,
                const Fact &fact);
  void Undecided(EntityId owner, EntityId subject, const plan::Requirement &requirement,
                 const Fact &fact);
  // The waiver that covers a subject; none if there is none.
  auto WaiverOf(EntityId policy, EntityId subject) -> EntityId;
  void CheckWaiver(EntityId waiver);
  auto HasEnded(EntityId waiver) -> bool;
  auto HasBegun(EntityId waiver) -> bool;
  auto SpellPolicy(EntityId policy) const -> std::string;
  void Prefer(EntityId owner, const plan::Preference &preference);
  auto KindNamed(llvm::StringRef name) -> plan::KindId;

  plan::Model &model_;
  plan::Environment &environment_;
  Sink &sink_;
  Lift lift_;
  // Origins read so far by what is being computed; each computation looks at its own tail.
  std::vector<OriginId> premises_;
  // Of the filter that was evaluated last: how many premises its list has, and by which each element
  // that it kept came through.
  struct Filtered {
    size_t list_end = 0;
    std::vector<std::vector<OriginId>> by_element;
  };
  Filtered filtered_;
  std::map<std::pair<uint32_t, const plan::Guarded::Element *>, std::vector<Alike>> alike_;
  // Days on which the plan's calendar works.
  struct Workdays {
    Weekdays of_week{};
    Value holidays = Value::None();
    Value every_year = Value::None();
    std::map<int32_t, std::set<base::Date>> off;  // by year
  };
  std::optional<Workdays> workdays_;
  // Fields of computed records that were asked for by themselves: by entity, slot and field.
  std::map<std::array<uint32_t, 3>, Fact> parts_;
  std::vector<Step> steps_;
  int64_t depth_ = 0;
  // What the walk in order has seen: (entity, slot), or (0, global).
  llvm::DenseSet<std::pair<uint32_t, uint32_t>> ordered_;
  // Reported once: everything above it fails with it.
  bool is_too_deep_ = false;
  // The field whose value is being read: a `choose` in it belongs to this entity.
  Step target_;
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, EntityId> nested_;
  bool has_nested_ = false;
  llvm::DenseMap<uint32_t, Value> collections_;
  std::optional<Value> taggable_;
  // Rewrites by what they rewrite: (entity, slot), or (0, global).
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, std::vector<const plan::Rewrite *>> rewrites_;
  // The waivers by policy and subject, once one was asked for.
  std::optional<llvm::DenseMap<std::pair<uint32_t, uint32_t>, EntityId>> waivers_;
  // Those that are not in force yet.
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, EntityId> early_waivers_;
  // What was asked of methods: the same question has one answer. By entity, slot, and the entity that
  // is the last argument.
  using OutcomeKey = std::pair<std::pair<uint32_t, uint32_t>, uint32_t>;
  static auto KeyOf(EntityId entity, Slot slot, llvm::ArrayRef<Value> arguments) -> OutcomeKey;
  llvm::DenseMap<OutcomeKey, std::vector<plan::OutcomeId>> outcomes_;
  // All entities of a kind, as elements of lists that are decided later.
  llvm::DenseMap<uint32_t, llvm::ArrayRef<plan::Guarded::Element>> all_of_kind_;
  // Where a table of values meets an operator, each of its values does.
  std::function<Value(BinaryOp, const Value &, const Value &, Span)> scalar_ =
      [this](BinaryOp op, const Value &a, const Value &b, Span at) { return Apply(op, a, b, at); };
  // What was read as none last, for messages about what is not given.
  std::string not_given_;
};

}  // namespace groma::evaluate
