// SPDX-License-Identifier: Apache-2.0
// Offers and counts: the columns of what a plan leaves open with `choose`.
#include "groma/base/check.h"
#include "instance.h"

namespace groma::solve {
namespace {

using plan::Index;

// The months in which a count must stay the same.
auto PhasesOf(plan::ChoosePeriod period, const Months &months, bool is_free)
    -> std::vector<MonthRange> {
  const auto name = [&](int t) -> int {
    if (is_free) return t;
    const base::Month month = months.month(t);
    switch (period) {
      case plan::ChoosePeriod::Once:
        return 0;
      case plan::ChoosePeriod::Month:
        return month.index();
      case plan::ChoosePeriod::Quarter:
        return month.index() / 3;
      case plan::ChoosePeriod::HalfYear:
        return month.index() / 6;
      case plan::ChoosePeriod::Year:
        return month.year();
    }
    return 0;
  };
  std::vector<MonthRange> phases;
  for (int t = 0; t < months.count; ++t) {
    if (t == 0 || name(t) != name(t - 1)) phases.push_back({t, t});
    phases.back().last = t;
  }
  if (phases.empty()) phases.push_back({0, 0});
  return phases;
}

class CountColumns {
 public:
  CountColumns(Instance &instance, plan::UnknownId id)
      : reader_(instance.reader),
        builder_(instance.builder),
        unknown_(instance.reader.environment.unknowns[Index(id)]),
        offers_(instance.reader.OffersOf(unknown_.entity)),
        chosen_(instance.ChosenOf(offers_)) {
    variable_.unknown = id;
    variable_.phases = PhasesOf(unknown_.period, reader_.months(), reader_.suspended.Has("each"));
    cause_ = builder_.CauseOf({.of = CauseInfo::Of::Range,
                               .entity = unknown_.entity,
                               .slot = unknown_.slot,
                               .span = unknown_.span,
                               .unknown = id});
  }

  auto Make() -> CountVariable {
    const Rational low = unknown_.low.number, step = unknown_.step.number;
    const auto range = base::Sub(unknown_.high.number, low);
    const auto steps = range ? base::Div(*range, step) : std::nullopt;
    const auto start = base::Div(low, step);
    base::Check(steps && start, "the bounds of a count fit");
    // Whole multiples of the step, if they are; so that a lower end can be let go in explanations.
    const bool is_aligned = start->is_integer() && start->sign() >= 0;
    offset_ = is_aligned ? Rational(0) : low;
    low_ = is_aligned ? start->Floor() : 0;
    high_ = low_ + steps->Floor();
    reach_ = std::max<int64_t>(high_ * 8, high_ + 1000);
    for (size_t phase = 0; phase < variable_.phases.size(); ++phase) {
      variable_.value.push_back(offers_.count == 1 ? Forms{OfOneOffer(step)} : OfManyOffers(step));
    }
    if (unknown_.is_rising) AddRising();
    return std::move(variable_);
  }

 private:
  auto OfOneOffer(Rational step) -> Form {
    Form form = Form::Of(builder_.Count(low_, high_, reach_, cause_), step);
    form.Add(offset_);
    return form;
  }

  // The count under an offer is 0 unless the offer is chosen.
  auto OfManyOffers(Rational step) -> Forms {
    Forms forms;
    for (const Form &chosen : chosen_) {
      const ColumnId column = builder_.Count(0, reach_, reach_, kGiven);
      Form over = Form::Of(column);
      over.Add(chosen, -high_);
      builder_.AtMost(over, 0, cause_);
      Form any = Form::Of(column);
      any.Add(chosen, -reach_);
      builder_.AtMost(any, 0, kGiven);
      if (low_ > 0) {
        Form under = Form::Of(column, -1);
        under.Add(chosen, low_);
        builder_.AtMost(under, 0, cause_);
      }
      Form form = Form::Of(column, step);
      form.Add(chosen, offset_);
      forms.push_back(form);
    }
    return forms;
  }

  // Not of the range's cause, which is about its ends: what is bought step by step is paid so, and
  // an explanation that let it shrink would earn money with it.
  void AddRising() {
    if (reader_.suspended.Has("rising")) return;
    for (size_t phase = 1; phase < variable_.value.size(); ++phase) {
      Form fall = SumOf(variable_.value[phase - 1]);
      fall.Add(SumOf(variable_.value[phase]), -1);
      builder_.AtMost(fall, 0, kGiven);
    }
  }

  Reader &reader_;
  Builder &builder_;
  const plan::Unknown unknown_;
  const Offers offers_;
  const Forms &chosen_;
  CountVariable variable_;
  Cause cause_ = kGiven;
  Rational offset_;
  int64_t low_ = 0, high_ = 0, reach_ = 0;
};

}  // namespace

auto PhaseOf(const std::vector<MonthRange> &phases, int t) -> size_t {
  size_t phase = 0;
  while (phase + 1 < phases.size() && phases[phase].last < t) ++phase;
  return phase;
}

auto Instance::FieldCause(EntityId entity, KnownMember member) -> Cause {
  const plan::Slot slot = reader.known.slot(member);
  return builder.CauseOf({.entity = entity, .slot = slot});
}

auto Instance::DemandCause(EntityId workload) -> Cause {
  return builder.CauseOf({.of = CauseInfo::Of::Demand,
                          .entity = workload,
                          .slot = reader.known.slot(KnownMember::WorkloadDemand)});
}

auto Instance::RankOf(EntityId entity) -> uint32_t {
  if (ranks_.empty()) {
    for (const EntityId id : reader.model.plan_entities) {
      ranks_.try_emplace(Index(id), static_cast<uint32_t>(ranks_.size()));
    }
  }
  // Entries of catalogues come behind, in the order of the library.
  const auto found = ranks_.find(Index(entity));
  return found == ranks_.end() ? static_cast<uint32_t>(ranks_.size()) + Index(entity)
                               : found->second;
}

auto Instance::PoolOf(EntityId id) const -> const Pool * {
  return pool_places_.Find(pools, id);
}

auto Instance::WorkloadOf(EntityId id) const -> const Workload * {
  return workload_places_.Find(workloads, id);
}

auto Instance::MachinesOf(EntityId id) const -> const Pool * {
  return machines_places_.Find(machines, id);
}

auto Instance::ChosenOf(const Offers &offers) -> const Forms & {
  const auto [at, is_new] = chosen_.try_emplace(Index(offers.entity));
  if (!is_new) return at->second;
  if (offers.count == 1) {
    at->second.push_back(Form::Of(Rational(1)));
    return at->second;
  }
  std::vector<reason::Group::Member> members;
  for (size_t offer = 0; offer < offers.count; ++offer) {
    const ColumnId column = builder.Boolean();
    members.push_back({column, static_cast<uint32_t>(offer)});
    at->second.push_back(Form::Of(column));
  }
  builder.program.AddGroup(members, 1, kGiven);
  return at->second;
}

auto Instance::CountOf(plan::UnknownId unknown) -> const CountVariable & {
  const auto found = counts_.find(Index(unknown));
  if (found != counts_.end()) return found->second;
  return counts_.emplace(Index(unknown), CountColumns(*this, unknown).Make()).first->second;
}

// In the order of entities, so that columns do not depend on what is read first.
void AddCounts(Instance &instance) {
  const plan::Environment &environment = instance.reader.environment;
  for (const EntityId entity : instance.reader.model.plan_entities) {
    const Offers offers = instance.reader.OffersOf(entity);
    if (offers.count > 1) (void)instance.ChosenOf(offers);
    for (uint32_t i = 1; i < environment.unknowns.size(); ++i) {
      const plan::Unknown &unknown = environment.unknowns[i];
      if (unknown.entity == entity && unknown.is_count) (void)instance.CountOf(plan::UnknownId{i});
    }
  }
}

}  // namespace groma::solve
