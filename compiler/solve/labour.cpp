// SPDX-License-Identifier: Apache-2.0
// What the work of teams costs. How much there is follows from what is decided, and when from the
// schedule.
#include "instance.h"
#include "prices.h"

namespace groma::solve {
namespace {

using plan::IsSome;

class LabourWriter {
 public:
  explicit LabourWriter(Instance &instance)
      : instance_(instance), reader_(instance.reader), prices_(instance.reader) {}

  void Add(const plan::Labour &labour) {
    if (labour.days.is_zero() && labour.per_effort.is_zero()) return;
    const auto rate = prices_.ShapeOf(reader_.Get(labour.team, KnownMember::TeamRate));
    if (!rate) {
      if (!llvm::is_contained(instance_.unpaid, labour.team)) instance_.unpaid.push_back(labour.team);
      return;
    }
    Form days = DaysOf(labour);
    days.Scale(rate->per == UnitPrice::Per::Second ? base::Mul(rate->amount, kDay).value_or(0)
                                                   : rate->amount);
    for (const auto &[month, share] : labour.shares) {
      const int t = reader_.months().Of(month.first());
      if (t < 0 || t >= reader_.months().count) continue;
      Form part = days;
      part.Scale(share);
      instance_.costs.push_back({labour.team, CostLine::Labour, t, std::move(part), labour.task});
    }
  }

 private:
  static constexpr int64_t kDay = int64_t{24} * 3600;

  // What an effort depends on may still be open.
  auto DaysOf(const plan::Labour &labour) -> Form {
    const Value spread = reader_.Get(labour.task, KnownMember::TaskEffort);
    // The most likely effort is what is paid.
    const Value effort = spread.tag == ValueTag::Spread ? spread.elements()[1] : spread;
    const bool is_open = effort.tag == ValueTag::Linear && !labour.per_effort.is_zero();
    if (!is_open) return Form::Of(labour.days);
    EntityId owner{};
    for (const plan::Term &term : effort.linear->terms) {
      if (term.of == plan::Term::Of::Outcome) return Form::Of(labour.days);
      const uint32_t variable =
          term.of == plan::Term::Of::Count ? term.variable : plan::Index(term.choices.front());
      owner = reader_.environment.unknowns[variable].entity;
    }
    Forms forms;
    // The most that there ever is of it.
    if (!instance_.LinearForms(*effort.linear, reader_.OffersOf(owner),
                               std::max(0, reader_.months().count - 1), forms)) {
      return Form::Of(labour.days);
    }
    Form days = SumOf(forms);
    days.Scale(labour.per_effort);
    return days;
  }

  Instance &instance_;
  Reader &reader_;
  Prices prices_;
};

}  // namespace

auto WorkThatCosts(const Instance &instance) -> std::vector<EntityId> {
  llvm::DenseSet<uint32_t> costs;
  for (const Cost &cost : instance.costs) {
    if (!IsSome(cost.task)) continue;
    costs.insert(plan::Index(cost.of));
    costs.insert(plan::Index(cost.task));
    costs.insert(plan::Index(instance.reader.model.entity(cost.task).parent));
  }
  std::vector<EntityId> found;
  for (const KnownKind kind : {KnownKind::Team, KnownKind::Task, KnownKind::Workstream}) {
    for (const EntityId id : instance.reader.All(kind)) {
      if (costs.contains(plan::Index(id))) found.push_back(id);
    }
  }
  return found;
}

void AddLabour(Instance &instance, llvm::ArrayRef<plan::Labour> labour) {
  LabourWriter writer(instance);
  for (const plan::Labour &one : labour) writer.Add(one);
}

}  // namespace groma::solve
