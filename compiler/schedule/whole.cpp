// SPDX-License-Identifier: Apache-2.0
#include "whole.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

class WholeWriter {
 public:
  WholeWriter(Source &source, plan::Decisions &decisions)
      : source_(source), decisions_(decisions) {
    for (const plan::Decisions::Result &result : decisions.results) {
      if (result.slot == source.known.slot(KnownMember::StepStart)) starts_[result.entity] = &result;
      if (result.slot == source.known.slot(KnownMember::StepFinish)) finishes_[result.entity] = &result;
      const bool is_flag = result.slot == source.known.slot(KnownMember::StepCritical);
      if (is_flag && result.value.tag == ValueTag::Bool && result.value.boolean) {
        critical_.push_back(result.entity);
      }
    }
  }

  void Write(EntityId timeline, const Steps &steps) {
    const Step *first = nullptr, *last = nullptr, *tightest = nullptr;
    for (const Step &step : steps.list) {
      if (!DateIn(starts_, step) || !DateIn(finishes_, step)) continue;
      if (first == nullptr || *DateIn(starts_, step) < *DateIn(starts_, *first)) first = &step;
      const bool counts = !step.is_after_use;
      if (counts && (last == nullptr || *DateIn(finishes_, step) > *DateIn(finishes_, *last))) last = &step;
      // A decision is counted on for its day.
      if (!step.by || step.finished || step.sort == Step::Sort::Decision) continue;
      if (tightest == nullptr || SlackOf(step) < SlackOf(*tightest)) tightest = &step;
    }
    if (first == nullptr || last == nullptr) return;
    const Date start = *DateIn(starts_, *first), finish = *DateIn(finishes_, *last);
    const auto at = [&](const Step &step, KnownMember member) {
      return plan::Binding{step.id, source_.known.slot(member), {}};
    };
    std::vector<plan::Decisions::Result> found;
    const auto add = [&](KnownMember member, const Value &value, std::vector<plan::Binding> binding) {
      found.push_back({timeline, source_.known.slot(member), {}, value, std::move(binding)});
    };
    add(KnownMember::TimelineStart, DateOf(start), {at(*first, KnownMember::StepStart)});
    add(KnownMember::TimelineFinish, DateOf(finish), {at(*last, KnownMember::StepFinish)});
    add(KnownMember::TimelineLength, Days(base::DaysBetween(start, finish) + 1),
        {at(*first, KnownMember::StepStart), at(*last, KnownMember::StepFinish)});
    if (tightest != nullptr) {
      add(KnownMember::TimelineSlack, Days(SlackOf(*tightest)),
          {at(*tightest, KnownMember::StepBy), at(*tightest, KnownMember::StepFinish)});
    }
    std::vector<Value> critical;
    for (const EntityId step : critical_) critical.push_back(Value::Entity(step));
    add(KnownMember::TimelineCritical,
        Value::Items(ValueTag::List, source_.model.Keep(llvm::ArrayRef<Value>(critical))), {});
    llvm::append_range(decisions_.results, found);
  }

 private:
  using Results = std::map<EntityId, const plan::Decisions::Result *>;

  static auto DateIn(const Results &results, const Step &step) -> std::optional<Date> {
    const auto found = results.find(step.id);
    if (found == results.end() || found->second->value.tag != ValueTag::Date) return std::nullopt;
    return found->second->value.date;
  }
  auto SlackOf(const Step &step) const -> int64_t {
    return base::DaysBetween(*DateIn(finishes_, step), *step.by);
  }
  static auto DateOf(Date date) -> Value {
    Value value = Value::Of(ValueTag::Date);
    value.date = date;
    return value;
  }
  auto Days(int64_t days) const -> Value {
    const auto unit = source_.model.units.Find("days");
    return Value::Number(Rational(days * 86'400), base::DimensionId::kTime,
                         unit ? static_cast<uint32_t>(*unit) : 0);
  }

  Source &source_;
  plan::Decisions &decisions_;
  Results starts_, finishes_;
  std::vector<EntityId> critical_;
};

}  // namespace

void AddWhole(Source &source, const Steps &steps, plan::Decisions &decisions) {
  for (uint32_t i = 1; i < source.model.entities.size(); ++i) {
    if (source.IsA(EntityId{i}, KnownKind::Timeline)) {
      WholeWriter(source, decisions).Write(EntityId{i}, steps);
    }
  }
}

}  // namespace groma::schedule
