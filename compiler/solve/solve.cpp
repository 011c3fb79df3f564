// SPDX-License-Identifier: Apache-2.0
#include "solve.h"

#include "aims.h"
#include "alternative.h"
#include "decode.h"
#include "diagnostics.h"
#include "explain.h"
#include "formulas.h"
#include "groma/base/check.h"
#include "groma/plan/print.h"
#include "groma/reason/restrict.h"
#include "llvm/ADT/STLExtras.h"
#include "pins.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

class Solver {
 public:
  Solver(plan::Model &model, plan::Environment &environment, llvm::ArrayRef<Cut> cuts,
         const Options &options, Sink &sink)
      : reader_(model, environment),
        instance_(reader_, builder_),
        cuts_(cuts),
        options_(options),
        sink_(sink),
        effort_(WholeEffort()) {
    for (const Cut &cut : cuts) {
      instance_.usable_from[Index(cut.pool)] = reader_.months().Of(cut.usable_from);
    }
  }

  auto Run() -> Result {
    Build();
    if (!CanPack() || !HasAllPlaces() || !HasAllRoutes() || !HasAllPrices() || !CanDecideAll()) {
      return {is_impossible_ ? Verdict::Infeasible : Verdict::Failed, {}, {}};
    }
    if (builder_.is_broken() || !builder_.program.Fits()) {
      sink_.Report(diag::TooLarge, {})
          .Help("write quantities in coarser steps, or shorten the horizon");
      return {};
    }
    return Decide();
  }

 private:
  void Build() {
    AddCounts(instance_);
    AddPools(instance_);
    AddMachines(instance_);
    AddPacking(instance_);
    AddWorkloads(instance_);
    AddCapacity(instance_);
    AddSiteLimits(instance_);
    network_.emplace(instance_);
    network_->AddFlows();
    AddCosts(instance_);
    AddBudgets(instance_);
    outcomes_.emplace(instance_, *network_);
    formulas_.emplace(instance_, *outcomes_);
    for (const plan::Demand &demand : reader_.environment.demands) formulas_->Require(demand);
    aims_.emplace(instance_, options_, effort_);
    aims_->Read(*formulas_, sink_);
    // Where nothing is open there is one plan all the same: it has a column that decides nothing.
    if (builder_.program.columns.empty()) (void)builder_.Boolean();
  }

  auto CanPack() -> bool {
    for (const EntityId group : instance_.packing.too_varied) {
      sink_.Report(diag::TooVaried, reader_.model.entity(group).span, reader_.NameOf(group))
          .Help("say with `on` which components it is for, or keep copies `apart`");
    }
    return instance_.packing.too_varied.empty();
  }

  // A workload without enough places cannot be helped by any choice.
  auto HasAllPlaces() -> bool {
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
      is_impossible_ = true;
      ReportNoPlace(instance_, workload, sites.size(), sink_);
    }
    return has_all;
  }

  auto HasAllRoutes() -> bool {
    for (const EntityId flow : network_->unroutable()) {
      is_impossible_ = true;
      ReportNoRoute(instance_, flow, sink_);
    }
    return network_->unroutable().empty();
  }

  auto HasAllPrices() -> bool {
    bool has_all = true;
    std::vector<EntityId> told;
    const auto report = [&](EntityId thing, source::Span at, const std::string &what) {
      has_all = false;
      if (llvm::is_contained(told, thing)) return;
      told.push_back(thing);
      sink_.Report(diag::NoPrice, at, reader_.NameOf(thing), what)
          .Label(reader_.model.entity(thing).span, "what it costs is not known")
          .Help("give it a `price`, or state one for the plan: `price p { of = [" +
                reader_.NameOf(thing) +
                "], amount = ..., basis = estimate, source = \"...\", as_of = ... }`");
    };
    for (const Formulas::NoPrice &missing : formulas_->without_price) {
      report(missing.thing, missing.span, "this");
    }
    for (const EntityId budget : reader_.All(KnownKind::Budget)) {
      const Value covers = reader_.Get(budget, KnownMember::BudgetCovers);
      if (covers.tag != ValueTag::List) continue;
      for (const Value &thing : covers.elements()) {
        if (thing.tag != ValueTag::Entity) continue;
        if (!llvm::is_contained(instance_.unpriced, thing.entity)) continue;
        report(thing.entity, reader_.model.entity(budget).span, "this budget");
      }
    }
    return has_all;
  }

  // What a requirement reads must be worked out by somebody, or the plan would break it unseen.
  auto CanDecideAll() -> bool {
    bool can_decide = true;
    for (const plan::Demand &demand : reader_.environment.waiting) {
      // That nothing ends before it starts is for the schedule itself to see to.
      if (reader_.IsA(demand.owner, KnownKind::Step)) continue;
      sink_.Report(diag::RuleOfSchedule, demand.span, reader_.NameOf(demand.owner));
    }
    for (const auto &[id, span] : formulas_->left_out) {
      const plan::Outcome &outcome = reader_.environment.outcomes[Index(id)];
      const std::string name = plan::NameOf(reader_.model, reader_.environment, id);
      if (IsOfSchedule(outcome)) {
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
  // Dates, work and what tests measure are not the solver's.
  auto IsOfSchedule(const plan::Outcome &outcome) const -> bool {
    const KnownKind theirs[] = {KnownKind::Step, KnownKind::Suite, KnownKind::Team,
                                KnownKind::Timeline};
    return llvm::any_of(theirs, [&](KnownKind kind) { return reader_.IsA(outcome.entity, kind); });
  }

  auto Decide() -> Result {
    if (options_.ruled_out && !RuleOut(instance_, *options_.ruled_out)) return {};
    Pins pins(instance_, options_);
    // The program without pins: it tells why there is no plan, and what the pins cost.
    std::optional<Builder> bare;
    reason::Answer start;
    if (!pins.is_empty()) {
      bare = builder_;
      start = pins.Keep(effort_);
      if (start.values.empty()) builder_ = *bare;
    }
    Reached reached = aims_->Reach(std::move(start.values));
    if (reached.answer.values.empty()) return NoAnswer(reached.answer);
    base::Check(builder_.program.IsSolution(reached.answer.values), "a solution keeps every row");
    std::vector<plan::AimResult> free;
    if (bare) {
      reached.answer.values.resize(bare->program.columns.size());
      if (options_.is_comparing) free = CompareWithout(*bare, reached);
      builder_ = *std::move(bare);
      for (const Reached::Kept &kept : reached.kept) builder_.AtMost(kept.form, kept.value, kGiven);
    }
    Result result;
    result.verdict = Verdict::Solved;
    result.solution = Decode(reached);
    pins.Note(result.solution, sink_);
    for (const plan::AimResult &aim : free.empty() ? reached.aims : free) ReportGap(aim);
    result.solution.aims = std::move(reached.aims);
    ReportLeftOut();
    return result;
  }

  auto Decode(const Reached &reached) -> Solution {
    return Decoder(instance_, *outcomes_, reached.answer.values, reached.is_aim_used).Decode();
  }

  // What the aims come to without pins. What is pinned is the best there is only if that is no better.
  auto CompareWithout(const Builder &bare, Reached &reached) -> std::vector<plan::AimResult> {
    builder_ = bare;
    const Reached free = aims_->Reach(reached.answer.values);
    for (size_t i = 0; i < std::min(free.aims.size(), reached.aims.size()); ++i) {
      plan::AimResult &pinned = reached.aims[i];
      pinned.bound = free.aims[i].bound;
      pinned.is_proved = free.aims[i].is_proved && pinned.value == free.aims[i].value;
      if (pinned.value == free.aims[i].value) continue;
      ReportSaving(pinned, free.aims[i], Decode(free).decisions);
      break;
    }
    return free.aims;
  }

  // How far a plan that was not proved to be the best may be from it, in hundredths of a percent.
  void ReportGap(const plan::AimResult &aim) {
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

  // What `groma update` is good for, and what it would change.
  void ReportSaving(const plan::AimResult &pinned, const plan::AimResult &free,
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

  auto WholeEffort() const -> reason::Effort {
    return {options_.effort * (reason::kUsualEffort / 100)};
  }

  auto NoAnswer(const reason::Answer &answer) -> Result {
    const bool is_infeasible = answer.verdict == reason::Verdict::Infeasible;
    // The search for a plan may have left nothing.
    reason::Effort effort = WholeEffort();
    if (options_.ruled_out) {
      auto lines = LinesThatForce(instance_, options_.prover, effort);
      if (!is_infeasible && lines.empty()) return {Verdict::Undecided, {}, {}};
      return {Verdict::Infeasible, {}, std::move(lines)};
    }
    if (is_infeasible && !options_.is_explaining) return {Verdict::Infeasible, {}, {}};
    if (!options_.is_explaining) return Undecided();
    const auto still = [&](llvm::ArrayRef<Cause> core, const Relaxed &relaxed) {
      reason::Slice slice(effort, effort.left / 16);
      return StillContradicts(core, relaxed, slice.part);
    };
    if (Explain(instance_, options_.prover, effort, still, sink_)) return {Verdict::Infeasible, {}, {}};
    if (!is_infeasible) return Undecided();
    sink_.Report(diag::Contradiction, {}, "the requirements of the plan")
        .Note("which of them was not found within the effort")
        .Help("try `--effort` with a larger number");
    return {Verdict::Infeasible, {}, {}};
  }

  auto Undecided() -> Result {
    sink_.Report(diag::OutOfEffort, {}).Help("try `--effort` with a larger number");
    return {Verdict::Undecided, {}, {}};
  }

  // Builds anew without these fields, and keeps what the core names and what nobody can change.
  auto StillContradicts(llvm::ArrayRef<Cause> core, const Relaxed &relaxed, reason::Effort &effort)
      -> bool {
    Sink ignored;
    Solver other(reader_.model, reader_.environment, cuts_, options_, ignored);
    other.instance_.relaxed = relaxed;
    other.Build();
    if (!other.instance_.packing.too_varied.empty() || other.builder_.is_broken()) return false;
    std::vector<Cause> kept = {kGiven};
    for (const Cause cause : core) kept.push_back(other.builder_.CauseOf(builder_.causes[cause]));
    std::vector<uint8_t> dropped(other.builder_.causes.size(), 1);
    for (const Cause cause : kept) dropped[cause] = 0;
    reason::Program program = reason::Restrict(other.builder_.program, {.dropped = dropped});
    for (reason::Column &column : program.columns) column.cost = 0;
    if (!program.Fits()) return false;
    return reason::Solve(program, effort, options_.prover).verdict == reason::Verdict::Infeasible;
  }

  void ReportLeftOut() {
    for (const Instance::Unpriced &offer : instance_.without_price) {
      std::string what = reader_.NameOf(offer.sku);
      if (!offer.contract.is_none()) {
        what = plan::Print(reader_.model, offer.contract) + " of " + what;
      }
      left_out_[Index(offer.pool)].push_back(what);
    }
    for (const auto &[pool, offers] : left_out_) {
      const EntityId id{pool};
      const std::string what = offers.size() == 1 ? "`" + offers[0] + "`"
                                                  : std::to_string(offers.size()) +
                                                        " offers, such as `" + offers[0] + "`";
      sink_.Report(diag::OfferWithoutPrice, reader_.model.entity(id).span, reader_.NameOf(id), what)
          .Help("state its price in the plan if it is to be compared: `price p { of = [...] }`");
    }
  }

  Builder builder_;
  Reader reader_;
  Instance instance_;
  llvm::ArrayRef<Cut> cuts_;
  const Options &options_;
  Sink &sink_;
  reason::Effort effort_;
  std::optional<Network> network_;
  std::optional<Outcomes> outcomes_;
  std::optional<Formulas> formulas_;
  std::optional<Aims> aims_;
  std::map<uint32_t, std::vector<std::string>> left_out_;
  bool is_impossible_ = false;
};

}  // namespace

auto Solve(plan::Model &model, plan::Environment &environment, llvm::ArrayRef<Cut> cuts,
           const Options &options, Sink &sink) -> Result {
  return Solver(model, environment, cuts, options, sink).Run();
}

}  // namespace groma::solve
