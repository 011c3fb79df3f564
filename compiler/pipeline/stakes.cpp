// SPDX-License-Identifier: Apache-2.0
#include "groma/pipeline/stakes.h"

#include "groma/evaluate/plan_source.h"
#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"
#include "neighbours.h"
#include "rounds.h"

namespace groma::pipeline {
namespace {

using base::Date;
using base::Rational;
using evaluate::Source;
using plan::EntityId;
using plan::IsSome;
using plan::KnownMember;
using plan::Value;
using plan::ValueTag;
using schedule::Stakes;
using schedule::Shift;

constexpr int kWeek = 7;
constexpr size_t kMostWays = 5;
constexpr size_t kMostChoices = 3;

auto SumOf(llvm::ArrayRef<plan::CostEntry> costs) -> Rational {
  Rational sum = 0;
  for (const plan::CostEntry &cost : costs) sum = base::Add(sum, cost.amount).value_or(sum);
  return sum;
}

class Teller {
 public:
  Teller(Result &checked, plan::Environment &environment, const plan::Plan &plan,
         solve::Options options)
      : checked_(checked),
        model_(*checked.model),
        environment_(environment),
        plan_(plan),
        sealed_(Sealed(plan)),
        source_(model_, sealed_),
        options_(std::move(options)) {
    options_.is_comparing = false;
    options_.watch = nullptr;
  }

  auto Tell(EntityId step) -> std::string {
    solve::Solution solution;
    solution.placements = plan_.placements;
    const auto needs = Dates(model_, environment_, {}).NeedsOf(solution);
    const auto stakes = schedule::StakesOf(model_, plan_.environment, needs, step, kWeek);
    if (!stakes) return "";
    TellOrder(*stakes);
    Later("a day later", {Shift{step, stakes->finish.AddDays(1), std::nullopt}});
    Later("a week later", {Shift{step, stakes->finish.AddDays(kWeek), std::nullopt}});
    if (IsSome(stakes->culprit)) {
      std::vector<Shift> slow;
      for (const auto &[task, finish] : stakes->slow) {
        slow.push_back({task, finish.AddDays(kWeek), std::nullopt});
      }
      Later("a week more for " + Name(stakes->culprit), slow);
    }
    for (const Stakes::Fine &fine : stakes->fines) TellFine(fine);
    TellSooner(*stakes, step);
    return std::move(out_);
  }

 private:
  static auto Sealed(const plan::Plan &plan) -> plan::Environment {
    plan::Environment sealed = plan.environment.Unread();
    sealed.decisions = plan.decisions.get();
    return sealed;
  }

  void TellOrder(const Stakes &stakes) {
    if (stakes.by) {
      const int64_t spare = base::DaysBetween(stakes.finish, *stakes.by);
      Line("due by " + stakes.by->ToString() + ", " + std::to_string(std::abs(spare)) +
           (std::abs(spare) == 1 ? " day" : " days") + (spare < 0 ? " too late" : " to spare"));
    }
    if (!IsSome(stakes.first)) return;
    const std::string first = Name(stakes.first);
    const std::string planned = ", and is planned for " + stakes.starts.ToString();
    if (stakes.order_by) {
      return Line("order by " + stakes.order_by->ToString() + ": " + first + " can wait until then" + planned);
    }
    const bool is_bound = source_.Get(stakes.first, KnownMember::StepOrderBy).tag == ValueTag::Date;
    Line(is_bound ? "order at once: " + first + " cannot wait" + planned
                  : "nothing that has a `by` says how long " + first + " can wait; it is planned for " + stakes.starts.ToString());
  }

  // What all of the plan costs if steps are finished later.
  void Later(const std::string &what, llvm::ArrayRef<Shift> shifts) {
    Sink sink;
    const Decided decided = Decide(shifts, sink);
    Line(what + (IsPlan(decided) ? " costs " + Difference(decided)
                                 : " leaves no plan" + FirstError(sink, decided.said)));
  }

  auto Decide(llvm::ArrayRef<Shift> shifts, Sink &sink) -> Decided {
    auto decided = DecideInRounds(checked_, AllWith(checked_, environment_), 1, options_, sink, shifts);
    return std::move(decided[0]);
  }

  static auto IsPlan(const Decided &decided) -> bool {
    return decided.result.verdict == solve::Verdict::Solved &&
           decided.dates == schedule::Verdict::Scheduled;
  }

  static auto FirstError(const Sink &sink, const Sink &said) -> std::string {
    for (const Sink *one : {&sink, &said}) {
      for (const auto &diagnostic : one->diagnostics()) {
        if (diagnostic.row.severity == diagnostics::Severity::Error) return ": " + diagnostic.message;
      }
    }
    return "";
  }

  auto Difference(const Decided &decided) -> std::string {
    const Rational more = CostOf(decided);
    std::string text = more.is_zero()     ? "nothing that the plan prices"
                       : more.sign() > 0 ? Money(more) + " more"
                                         : Money(base::Abs(more)) + " less";
    return text + (IsProved(decided) ? "" : ", as far as was looked");
  }
  auto CostOf(const Decided &decided) const -> Rational {
    return base::Sub(SumOf(decided.result.solution.costs), SumOf(plan_.costs)).value_or(0);
  }
  static auto IsProved(const Decided &decided) -> bool {
    return llvm::all_of(decided.result.solution.aims, [](const auto &aim) { return aim.is_proved; });
  }

  void TellFine(const Stakes::Fine &fine) {
    const Value cap = source_.Get(fine.vendor, KnownMember::VendorPenaltyCap);
    Line(Name(fine.vendor) + " pays " +
         plan::Print(model_, source_.Get(fine.vendor, KnownMember::VendorPenalty)) + " while " +
         Name(fine.task) + " is not finished after " + fine.allowed.ToString() +
         (cap.is_none() ? "" : ", and " + plan::Print(model_, cap) + " at most"));
  }

  void TellSooner(const Stakes &stakes, EntityId step) {
    struct Way {
      std::optional<Rational> price;
      std::string text;
    };
    std::vector<Way> ways;
    if (auto other = Otherwise(stakes, step)) {
      ways.push_back({CostOf(*other), ChoicesOf(*other) + (IsProved(*other) ? "" : ", as far as was looked")});
    }
    for (const schedule::Sooner &sooner : stakes.sooner) {
      const auto price = sooner.cents ? base::Div(*sooner.cents, 100) : std::nullopt;
      ways.push_back({price, sooner.text});
    }
    if (ways.empty()) return Line("a week sooner: nothing that was tried brings it");
    llvm::stable_sort(ways, [](const Way &a, const Way &b) {
      return a.price && (!b.price || *a.price < *b.price);
    });
    Line("a week sooner, tried one by one:");
    for (const Way &way : llvm::ArrayRef(ways).take_front(kMostWays)) {
      const std::string price = !way.price             ? "no price stated"
                                : way.price->sign() < 0 ? Money(base::Abs(*way.price)) + " less"
                                                        : Money(*way.price);
      Line("  " + price + ": " + way.text);
    }
  }

  // The plan as it would be decided if the step had to be finished a week sooner.
  auto Otherwise(const Stakes &stakes, EntityId step) -> std::optional<Decided> {
    const Shift shift{step, std::nullopt, stakes.finish.AddDays(-kWeek)};
    options_.is_explaining = false;
    Sink ignored;
    Decided decided = Decide(shift, ignored);
    return IsPlan(decided) ? std::optional(std::move(decided)) : std::nullopt;
  }

  auto ChoicesOf(const Decided &decided) const -> std::string {
    std::string text;
    size_t others = 0;
    for (const plan::Decisions::Choice &choice : decided.result.solution.decisions.choices) {
      const auto *before = plan_.decisions->FindChoice(choice.entity, choice.slot);
      if (before == nullptr || plan::Compare(before->value, choice.value) == 0) continue;
      if (++others > kMostChoices) continue;
      const plan::Members &members = model_.kind(model_.entity(choice.entity).kind).members;
      text += (text.empty() ? "" : ", ") + model_.FullName(choice.entity) + "." +
              model_.text(members.list[choice.slot].name).str() + " = " +
              plan::Print(model_, choice.value);
    }
    if (others > kMostChoices) text += ", and " + std::to_string(others - kMostChoices) + " more";
    return text.empty() ? "other work of its teams waits" : text;
  }

  auto Money(const Rational &amount) -> std::string {
    const Value own = source_.Get(model_.plan, KnownMember::PlanCurrency);
    const base::ParsedUnit money = model_.units.Parse(
        own.tag == ValueTag::Currency ? model_.text(own.symbol) : "money");
    // Cents are no help in a sum over a plan.
    const Rational shown = amount > Rational(1) ? Rational(amount.Round()) : amount;
    return plan::Print(model_, Value::Number(shown, model_.units.unit(money.id).dimension,
                                             static_cast<uint32_t>(money.id)));
  }
  auto Name(EntityId id) const -> std::string { return "`" + model_.FullName(id) + "`"; }
  void Line(const std::string &text) { out_ += "  " + text + "\n"; }

  Result &checked_;
  plan::Model &model_;
  plan::Environment &environment_;
  const plan::Plan &plan_;
  plan::Environment sealed_;
  Source source_;
  solve::Options options_;
  std::string out_;
};

}  // namespace

auto TellStakes(Result &checked, plan::Environment &environment, const plan::Plan &plan,
                 EntityId step, solve::Options options) -> std::string {
  return Teller(checked, environment, plan, std::move(options)).Tell(step);
}

}  // namespace groma::pipeline
