// SPDX-License-Identifier: Apache-2.0
#include "uncertainty_warning.h"

#include "diagnostics.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

constexpr size_t kMostTold = 3;

auto DaysText(int64_t days) -> std::string {
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

// To whole days, halves up.
auto DaysOf(timing::Minutes minutes, int64_t runs) -> int64_t {
  const int64_t all = runs * timing::kDay;
  return runs == 0 ? 0 : (minutes + all / 2) / all;
}

class Warner {
 public:
  Warner(Source &source, const Steps &steps, const Layout &layout, const Inputs &inputs,
         const timing::Outcomes &outcomes, Sink &sink)
      : source_(source),
        steps_(steps),
        layout_(layout),
        inputs_(inputs),
        outcomes_(outcomes),
        sink_(sink) {}

  void Warn(size_t target) {
    const Step &step = steps_.list[inputs_.targets[target]];
    const timing::TargetOutcome &outcome = outcomes_.targets[target];
    const timing::TaskId task = layout_.ends[inputs_.targets[target]].finish;
    // What is late anyway is told as that.
    if (inputs_.DateOf(outcomes_.finishes[task].likely_day) > *step.by) return;
    const int64_t wanted = WantedOf(step);
    const int64_t kept = outcomes_.runs - outcome.late_runs;
    if (kept * 100 >= wanted * outcomes_.runs) return;
    const std::string day = inputs_.DateOf(outcomes_.DayOf(task, wanted)).ToString();
    auto report =
        sink_.Report(diag::Unsure, SpanOf(step.id, KnownMember::StepBy),
                     source_.model.FullName(step.id), step.by->ToString(),
                     static_cast<size_t>(kept * 100 / outcomes_.runs), static_cast<size_t>(wanted));
    report.Here(std::to_string(wanted) + " % of the runs are done on " + day);
    for (const std::string &cause : CausesOf(target)) report.Note(cause);
    report.Help("promise " + day +
                ", make what is named here shorter or surer, or ask for less `certainty`");
  }

 private:
  auto WantedOf(const Step &step) -> int64_t {
    const Value value = source_.Get(step.id, KnownMember::MilestoneCertainty);
    if (value.tag != ValueTag::Number) return 80;
    const auto percent = base::Mul(value.number, 100);
    return percent ? percent->Ceil() : 80;
  }

  auto SpanOf(EntityId id, KnownMember member) -> source::Span {
    const plan::Fact fact = source_.evaluator.Read(id, source_.known.slot(member));
    return source_.environment.origins.origin(fact.origin).span;
  }

  // The tasks that take longest in the runs that are late, and the risks that cost most.
  auto CausesOf(size_t target) -> std::vector<std::string> {
    const timing::TargetOutcome &outcome = outcomes_.targets[target];
    struct Cause {
      timing::Minutes minutes;
      std::string text;
    };
    std::vector<Cause> causes;
    for (size_t i = 0; i < outcome.tasks.size(); ++i) {
      const timing::Effect &effect = outcome.tasks[i];
      const int64_t days = DaysOf(effect.excess, outcome.late_runs);
      if (days <= 0) continue;
      const std::string name = source_.model.FullName(steps_.list[inputs_.uncertain[i]].id);
      causes.push_back({effect.excess, "in the runs that are late, `" + name + "` takes " +
                                           DaysText(days) + " longer than is most likely"});
    }
    for (size_t i = 0; i < outcome.lost.size(); ++i) {
      const int64_t days = DaysOf(outcome.lost[i], outcomes_.runs);
      if (outcome.lost[i] <= 0) continue;
      const std::string name = source_.model.FullName(inputs_.risks[i]);
      causes.push_back({outcome.lost[i], "the risk `" + name + "` costs it " +
                                             (days == 0 ? "less than a day" : DaysText(days)) +
                                             ", as the mean of all runs"});
    }
    llvm::stable_sort(causes, [](const Cause &a, const Cause &b) { return a.minutes > b.minutes; });
    std::vector<std::string> texts;
    for (const Cause &cause : llvm::ArrayRef(causes).take_front(kMostTold))
      texts.push_back(cause.text);
    return texts;
  }

  Source &source_;
  const Steps &steps_;
  const Layout &layout_;
  const Inputs &inputs_;
  const timing::Outcomes &outcomes_;
  Sink &sink_;
};

}  // namespace

void WarnOfUnsure(Source &source, const Steps &steps, const Layout &layout, const Inputs &inputs,
                  const timing::Outcomes &outcomes, Sink &sink) {
  Warner warner(source, steps, layout, inputs, outcomes, sink);
  for (size_t target = 0; target < inputs.targets.size(); ++target) warner.Warn(target);
}

}  // namespace groma::schedule
