// SPDX-License-Identifier: Apache-2.0
#include "alternative.h"

#include "groma/reason/conflicts.h"
#include "llvm/ADT/STLExtras.h"
#include "repair.h"

namespace groma::solve {
namespace {

using plan::Index;

// No offer in which the field has this value.
void RuleOutOffers(Instance &instance, plan::UnknownId id, const Value &value) {
  Reader &reader = instance.reader;
  const Offers offers = reader.OffersOf(reader.environment.unknowns[Index(id)].entity);
  const Forms &chosen = instance.ChosenOf(offers);
  Value open = Value::Of(ValueTag::Unknown);
  open.unknown = id;
  Form taken;
  for (size_t o = 0; o < offers.count; ++o) {
    if (plan::Compare(reader.At(open, offers, o), value) == 0) taken.Add(chosen[o]);
  }
  instance.builder.AtMost(taken, 0, kGiven);
}

// A step more or less, in one phase at least.
void RuleOutCount(Instance &instance, plan::UnknownId id, const Value &value) {
  Builder &builder = instance.builder;
  const Rational step = instance.reader.environment.unknowns[Index(id)].step.number;
  const CountVariable &count = instance.CountOf(id);
  Form any;
  for (size_t phase = 0; phase < count.phases.size(); ++phase) {
    const Rational now =
        instance.reader.NumberIn(value, count.phases[phase].first).value_or(Rational(0));
    const Form sum = SumOf(count.value[phase]);
    Form negative;
    negative.Add(sum, -1);
    const ColumnId less = builder.Boolean(), more = builder.Boolean();
    builder.AtMostIf(less, sum, base::Sub(now, step).value_or(now), false, kGiven);
    builder.AtMostIf(more, negative, Negate(base::Add(now, step).value_or(now)), false, kGiven);
    any.Add(Form::Of(less, -1));
    any.Add(Form::Of(more, -1));
  }
  builder.AtMost(any, -1, kGiven);
}

// One pool at least that it is on now and would not be, or the other way round.
void RuleOutPlaces(Instance &instance, const Workload &workload, const Value &value) {
  Form same;
  int64_t listed = 0;
  std::map<uint32_t, Form> by_pool;
  for (const uint32_t c : workload.cells) {
    by_pool[instance.cells[c].pool].Add(Form::Of(instance.cells[c].column));
  }
  for (const auto &[pool, form] : by_pool) {
    const EntityId id = instance.pools[pool].id;
    const bool is_listed = llvm::any_of(
        value.elements(), [&](const Value &v) { return v.tag == ValueTag::Entity && v.entity == id; });
    same.Add(form, is_listed ? 1 : -1);
    listed += is_listed ? 1 : 0;
  }
  instance.builder.AtMost(same, listed - 1, kGiven);
}

}  // namespace

auto RuleOut(Instance &instance, const RuledOut &out) -> bool {
  Reader &reader = instance.reader;
  for (uint32_t i = 1; i < reader.environment.unknowns.size(); ++i) {
    const plan::Unknown &unknown = reader.environment.unknowns[i];
    if (unknown.entity != out.entity || unknown.slot != out.slot) continue;
    unknown.is_count ? RuleOutCount(instance, plan::UnknownId{i}, out.value)
                     : RuleOutOffers(instance, plan::UnknownId{i}, out.value);
    return true;
  }
  const Workload *workload = instance.WorkloadOf(out.entity);
  const bool is_list = out.value.tag == ValueTag::List;
  if (workload == nullptr || !is_list ||
      out.slot != reader.known.slot(KnownMember::WorkloadPlacedOn)) {
    return false;
  }
  RuleOutPlaces(instance, *workload, out.value);
  return true;
}

auto LinesThatForce(Instance &instance, reason::MakeProver prover, reason::Effort &effort)
    -> std::vector<source::Span> {
  std::vector<uint32_t> ranks;
  for (const CauseInfo &info : instance.builder.causes) {
    ranks.push_back(static_cast<uint32_t>(info.of));
  }
  std::vector<source::Span> lines;
  const reason::CoreWish wish{.rank = ranks, .is_aggregate = {}};
  for (const auto &conflict :
       reason::FindConflicts(instance.builder.program, wish, 1, prover, effort)) {
    for (const Cause cause : conflict.causes) {
      const CauseInfo &info = instance.builder.causes[cause];
      lines.push_back(info.of == CauseInfo::Of::Rule
                          ? info.span
                          : PlaceOfField(instance.reader, info.entity, info.slot));
    }
  }
  return lines;
}

}  // namespace groma::solve
