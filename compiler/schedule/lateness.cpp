// SPDX-License-Identifier: Apache-2.0
#include "lateness.h"

#include "diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "remedies.h"

namespace groma::schedule {
namespace {

constexpr size_t kMostTold = 3;
constexpr size_t kMostHelps = 4;

auto DaysText(int64_t days) -> std::string {
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

}  // namespace

auto FindLate(const Source &source, const Steps &steps, const Layout &layout,
              const timing::Analysis &analysis, Leads &leads) -> std::vector<Miss> {
  std::vector<Miss> missed;
  for (uint32_t i = 0; i < steps.list.size(); ++i) {
    const timing::TaskId task = layout.ends[i].finish;
    if (!steps.list[i].by || steps.list[i].finished) continue;
    if (llvm::is_contained(source.environment.suspended, steps.list[i].id)) continue;
    if (analysis.tasks[task].early.finish <= layout.End(*steps.list[i].by)) continue;
    Miss miss;
    miss.step = steps.list[i].id;
    miss.is_own = true;
    miss.by = *steps.list[i].by;
    miss.finish = layout.DayOf(analysis.tasks[task].early.finish - 1);
    miss.lead = leads.Of(layout.ChainTo(task), analysis, true);
    missed.push_back(std::move(miss));
  }
  return missed;
}

void ReportLate(const Source &source, const Steps &steps, Layout &layout, Leads &leads,
                llvm::ArrayRef<Miss> late, Sink &sink) {
  for (const Miss &miss : late.take_front(kMostTold)) {
    const uint32_t step = steps.Find(miss.step);
    auto report = sink.Report(diag::TooLate, leads.SpanOfField(miss.step, KnownMember::StepBy),
                              leads.Name(step), miss.finish.ToString(),
                              DaysText(base::DaysBetween(miss.by, miss.finish)));
    report.Here("this is the day");
    for (const Lead::Line &line : miss.lead.lines) report.Label(line.span, line.text);
    report.Note("what leads to it, with the day on which it is finished: " + miss.lead.chain);
    const auto chain = layout.ChainTo(layout.ends[step].finish);
    const auto remedies = FindRemedies(source, steps, layout, step, chain);
    for (const std::string &text : llvm::ArrayRef(remedies).take_front(kMostHelps)) {
      report.Help(text);
    }
    report.Help("promise " + miss.finish.ToString() + " instead");
  }
}

}  // namespace groma::schedule
