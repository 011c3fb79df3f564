// SPDX-License-Identifier: Apache-2.0
// What stands against a plan before anything is decided, and what is told of a decided one.
#include <map>

#include "diagnostics.h"
#include "explain.h"
#include "groma/plan/known.h"
#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"
#include "room.h"
#include "solver.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

// Lines that are read and then decide nothing.
void Solver::WarnOfWhatDoesNothing() {
  for (const Workload &workload : instance_.workloads) {
    if (workload.months.is_empty()) ReportOutside(reader_, workload.id, sink_);
  }
  // Where nobody is paid the plan is not about the money of work.
  const bool is_anybody_paid = llvm::any_of(
      instance_.costs, [](const Cost &cost) { return cost.line == CostLine::Labour; });
  for (const EntityId team : instance_.unpaid) {
    if (!is_anybody_paid) break;
    sink_.Report(diag::Unpaid, reader_.model.entity(team).span, reader_.NameOf(team))
        .Help("state what a day of one person costs, as in `rate = 760 EUR/day`");
  }
  for (const Instance::Misfit &misfit : instance_.misfits) {
    const source::Span at = IsSome(misfit.price) ? reader_.model.entity(misfit.price).span
                                                 : reader_.model.entity(misfit.thing).span;
    sink_
        .Report(diag::PriceByAnother, at, reader_.NameOf(misfit.price),
                reader_.NameOf(misfit.thing), misfit.what.str())
        .Help("state what one of it costs, once, for each month or for each hour");
  }
  for (const auto &[price, thing] : instance_.idle_prices) {
    const bool has_contract = !reader_.Get(price, KnownMember::PriceContract).is_none();
    sink_
        .Report(diag::IdlePrice, reader_.model.entity(price).span, reader_.NameOf(price),
                reader_.NameOf(thing))
        .Note(has_contract ? "it holds under a contract, which only pools and machines are under"
                           : "costs are those of machines, storage, links, services, networks, sites, "
                             "components and what is there already");
  }
  for (const EntityId site : instance_.without_electricity) {
    sink_
        .Report(diag::NoElectricity, reader_.model.entity(site).span, reader_.NameOf(site))
        .Note("other sites of the plan have a price: beside them this one looks too cheap")
        .Help("give it `electricity = ... EUR/kWh`; where it is part of another price, `0 EUR/kWh`");
  }
}

auto Solver::CanPack() -> bool {
  for (const EntityId group : instance_.packing.too_varied) {
    sink_.Report(diag::TooVaried, reader_.model.entity(group).span, reader_.NameOf(group))
        .Help("say with `on` which components it is for, or keep copies `apart`");
  }
  return instance_.packing.too_varied.empty();
}

// A workload without enough places cannot be helped by any choice.
auto Solver::HasAllPlaces() -> bool {
  bool has_all = true;
  for (const Workload &workload : instance_.workloads) {
    if (workload.months.is_empty()) continue;
    std::vector<uint32_t> sites;
    for (const uint32_t c : workload.cells) {
      const Cell &cell = instance_.cells[c];
      sites.push_back(Index(instance_.pools[cell.pool].by_offer[cell.offer].site));
    }
    llvm::sort(sites);
    sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
    if (sites.size() >= workload.pick) continue;
    has_all = false;
    ReportNoPlace(instance_, workload, sites.size(), sink_);
  }
  return has_all;
}

auto Solver::HasAllRoutes() -> bool {
  for (const EntityId flow : network_->unroutable()) {
    ReportNoRoute(instance_, *network_, flow, sink_);
  }
  return network_->unroutable().empty();
}

auto Solver::HasAllPrices() -> bool {
  bool has_all = true;
  std::vector<EntityId> told;
  const auto report = [&](EntityId thing, source::Span at, const std::string &what) {
    has_all = false;
    if (llvm::is_contained(told, thing)) return;
    told.push_back(thing);
    sink_.Report(diag::NoPrice, at, reader_.NameOf(thing), what)
        .Label(reader_.model.entity(thing).span, "what it costs is not known")
        .Help(reader_.IsA(thing, KnownKind::Team)
                  ? "state what a day of one person costs, as in `rate = 760 EUR/day`"
                  : "give it a `price`, or state one for the plan: `price p { of = [" +
                        reader_.NameOf(thing) +
                        "], amount = ..., basis = estimate, source = \"...\", as_of = ... }`");
  };
  for (const Formulas::NoPrice &missing : formulas_->without_price) {
    report(missing.thing, missing.span, "this");
  }
  const auto cannot_pay = [&](EntityId thing) {
    return llvm::is_contained(instance_.unpriced, thing) ||
           llvm::is_contained(instance_.unpaid, thing);
  };
  for (const EntityId budget : reader_.All(KnownKind::Budget)) {
    const Value covers = reader_.Get(budget, KnownMember::BudgetCovers);
    if (covers.tag != ValueTag::List) continue;
    for (const Value &thing : covers.elements()) {
      if (thing.tag != ValueTag::Entity) continue;
      if (!cannot_pay(thing.entity)) continue;
      report(thing.entity, reader_.model.entity(budget).span, "this budget");
    }
  }
  return has_all;
}

// What a requirement reads must be worked out by somebody, or the plan would break it unseen.
auto Solver::CanDecideAll() -> bool {
  bool can_decide = true;
  for (const auto &[id, span] : formulas_->left_out) {
    const plan::Outcome &outcome = reader_.environment.outcomes[Index(id)];
    const std::string name = plan::NameOf(reader_.model, reader_.environment, id);
    // The schedule works it out; it is judged when that is done.
    if (plan::IsOfDates(reader_.model, outcome)) continue;
    if (reader_.IsA(outcome.entity, KnownKind::Suite)) {
      sink_.Report(diag::RuleOfSchedule, span, name);
      continue;
    }
    can_decide = false;
    sink_.Report(diag::NotWorkedOut, span, name)
        .Label(reader_.model.entity(outcome.entity).span, "this is what it is asked of")
        .Help("ask for something that the capacity of pools, sites and links decides");
  }
  return can_decide;
}

// In hundredths of a percent.
void Solver::ReportGap(const plan::AimResult &aim) {
  if (aim.is_proved) return;
  const auto difference = base::Sub(aim.value, aim.bound);
  if (!difference || aim.bound.is_zero()) {
    sink_.Report(diag::NotProved, aim.span, "an unknown way");
    return;
  }
  const auto share = base::Div(base::Abs(*difference), base::Abs(aim.bound));
  const auto percent = share ? base::Mul(*share, 10'000) : std::nullopt;
  const int64_t hundredths = percent ? percent->Ceil() : 10'000;
  const std::string rest = std::to_string(hundredths % 100);
  sink_
      .Report(diag::NotProved, aim.span,
              std::to_string(hundredths / 100) + "." + (rest.size() < 2 ? "0" : "") + rest + " %")
      .Help("`--effort` with a larger number may find a better one, or prove that there is none");
}

void Solver::ReportSaving(const plan::AimResult &pinned, const plan::AimResult &free,
                          const plan::Decisions &decisions) {
  Value saved = pinned.shown;
  saved.number = base::Abs(base::Sub(pinned.value, free.value).value_or(0));
  const bool is_money = reader_.model.units.CurrencyOf(saved.dimension).has_value();
  if (is_money && saved.number > Rational(1)) saved.number = saved.number.Round();
  auto report = sink_.Report(diag::PinsCost, pinned.span, pinned.is_maximize ? "gain" : "save",
                             plan::Print(reader_.model, saved));
  constexpr size_t kMostTold = 5;
  size_t told = 0;
  for (const plan::Pin &pin : options_.pins) {
    if (pin.environment != reader_.model.text(reader_.environment.name)) continue;
    for (const plan::Decisions::Choice &choice : decisions.choices) {
      const std::string value = plan::Print(reader_.model, choice.value);
      if (reader_.NameOf(choice.entity, choice.slot) != pin.name || value == pin.value) continue;
      if (++told <= kMostTold) report.Label(pin.span, "would be " + value);
    }
  }
  report.Help("`groma update` takes all pins off, `groma update NAME` those of one name");
}

void Solver::ReportGivingWay(const std::vector<int64_t> &values) {
  for (const GivingWay &one : FindGivingWay(instance_, values)) {
    const EntityId workload = instance_.workloads[one.workload].id;
    const EntityId holder = instance_.workloads[one.holder].id;
    sink_
        .Report(diag::GivesWay, reader_.model.entity(workload).span, reader_.NameOf(workload),
                reader_.NameOf(instance_.pools[one.pool].id), reader_.NameOf(holder))
        .Label(reader_.model.entity(holder).span, "this goes before it")
        .Help("if it must not stop, promise its availability: `slo = { availability = ... }`, or give "
              "it the same `priority`");
  }
}

void Solver::ReportLeftOut() {
  std::map<uint32_t, std::vector<std::string>> left_out;
  for (const Instance::Unpriced &offer : instance_.without_price) {
    std::string what = reader_.NameOf(offer.sku);
    if (!offer.contract.is_none()) {
      what = plan::Print(reader_.model, offer.contract) + " of " + what;
    }
    left_out[Index(offer.pool)].push_back(what);
  }
  for (const auto &[pool, offers] : left_out) {
    const EntityId id{pool};
    const std::string what =
        offers.size() == 1 ? "`" + offers[0] + "`"
                           : std::to_string(offers.size()) + " offers, such as `" + offers[0] + "`";
    sink_.Report(diag::OfferWithoutPrice, reader_.model.entity(id).span, reader_.NameOf(id), what)
        .Help("state its price in the plan if it is to be compared: `price p { of = [...] }`");
  }
}

}  // namespace groma::solve
