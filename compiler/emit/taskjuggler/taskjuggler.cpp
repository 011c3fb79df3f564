// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/taskjuggler/taskjuggler.h"

#include <algorithm>

#include "groma/emit/taskjuggler/tasks.h"
#include "groma/plan/known.h"

namespace groma::emit {
namespace {

using namespace taskjuggler;
using plan::KnownKind;
using plan::KnownMember;

constexpr int64_t kDay = 24 * 60;
// A schedule that is not the best one takes longer; there must be room for it.
constexpr int64_t kMoreDays = 182;

class Writer {
 public:
  Writer(plan::Plan &plan, EntityId target, diagnostics::Sink &sink)
      : plan_(plan),
        context_{plan, *plan.model, plan.decisions->timeline, sink,
                 plan.model->entity(target).span} {}

  auto Write() -> output::File {
    FindDays();
    ReportUnsaid();
    Resources resources(context_);
    context_.slot = resources.SlotOf();
    Tasks tasks(context_, resources);
    std::vector<Statement> work = tasks.Statements();
    std::vector<Statement> all = {Header(resources)};
    for (Statement &one : resources.Statements()) all.push_back(std::move(one));
    for (Statement &one : work) all.push_back(std::move(one));
    all.push_back(Report());
    output::File file = Print(all);
    file.path = Name() + ".tjp";
    return file;
  }

 private:
  void FindDays() {
    Timeline::Moment first = context_.line.start, last = first;
    for (const Timeline::Step &step : context_.line.steps) {
      first = std::min(first, step.start);
      last = std::max(last, step.finish);
    }
    // TaskJuggler reads the first day of a project before it knows its time zone.
    context_.from = context_.line.LocalAt(first) / kDay - 1;
    const int64_t end = context_.line.LocalAt(last) / kDay + 1;
    context_.until = end + std::max(kMoreDays, (end - context_.from) / 2);
  }

  auto Name() const -> std::string {
    const plan::Model &model = context_.model;
    return IsSome(model.plan) ? model.text(model.entity(model.plan).name).str() : "plan";
  }

  auto Zone() const -> std::string {
    const plan::Slot slot = plan::Known(context_.model).slot(KnownMember::PlanTimezone);
    if (!IsSome(context_.model.plan) || slot == plan::kNoSlot) return "UTC";
    const auto *facts = plan_.environment.facts_of[plan::Index(context_.model.plan)].get();
    if (facts == nullptr || facts[slot] == 0) return "UTC";
    const plan::Value &value = plan_.environment.facts[facts[slot]].value;
    return value.tag == plan::ValueTag::String ? value.string().str() : "UTC";
  }

  auto Header(const Resources &resources) -> Statement {
    const std::vector<source::Span> because = {IsSome(context_.model.plan)
                                                   ? context_.model.entity(context_.model.plan).span
                                                   : context_.target};
    Statement header{{}, because};
    const std::string title =
        IsSome(context_.model.plan) ? context_.TitleOf(context_.model.plan) : "plan";
    header.Add("project").Add(Names().Take(Name())).Quote(title);
    header.Add(DayText(context_.from) + " - " + DayText(context_.until));
    const auto say = [&](Statement line) {
      line.because = because;
      header.inside.push_back(std::move(line));
    };
    say(Statement().Add("timezone").Quote(Zone()));
    // It sets hours back, and so comes before them.
    say(Statement().Add("timingresolution").Add(std::to_string(context_.slot) + "min"));
    say(Statement().Add("timeformat").Quote("%Y-%m-%d-%H:%M"));
    for (Statement &line : resources.ProjectHours()) say(std::move(line));
    Statement extend = Statement().Add("extend task");
    extend.because = because;
    extend.inside.push_back(Statement{{}, because}.Add("date GromaStart").Quote("start by groma"));
    extend.inside.push_back(
        Statement{{}, because}.Add("date GromaFinish").Quote("finish by groma"));
    header.inside.push_back(std::move(extend));
    return header;
  }

  // Its dates beside ours.
  auto Report() const -> Statement {
    const std::vector<source::Span> because = {context_.target};
    Statement report{{}, because};
    report.Add("taskreport dates").Quote(Name() + "_dates");
    for (const char *line :
         {"formats csv", "columns id, start, end, GromaStart, GromaFinish", "hideresource 1"}) {
      report.inside.push_back(Statement{{}, because}.Add(line));
    }
    return report;
  }

  void ReportUnsaid() {
    std::string names;
    size_t count = 0;
    source::Span at;
    for (const Timeline::Step &step : context_.line.steps) {
      if (!step.is_uncertain) continue;
      if (count == 0) at = step.takes_at.is_valid() ? step.takes_at : step.span;
      if (count++ < 3)
        names += (names.empty() ? "`" : ", `") + context_.model.FullName(step.id) + "`";
    }
    if (count == 0) return;
    if (count > 3) names += " and " + std::to_string(count - 3) + " more";
    context_.sink.Report(diag::NoWords, at, "durations that are uncertain: " + names)
        .Help("the project has the most likely ones, as the schedule of groma does");
  }

  plan::Plan &plan_;
  Context context_;
};

}  // namespace

auto TaskJuggler(plan::Plan &plan, plan::EntityId target, diagnostics::Sink &sink)
    -> std::vector<output::File> {
  if (plan.decisions->timeline.steps.empty()) return {};
  return {Writer(plan, target, sink).Write()};
}

}  // namespace groma::emit
