// SPDX-License-Identifier: Apache-2.0
#include "lateness.h"

#include "diagnostics.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

constexpr size_t kMostTold = 3;

auto DaysText(int64_t days) -> std::string {
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

}  // namespace

auto ReportLateness(const Source &source, const Steps &steps, const Layout &layout,
                    const timing::Analysis &analysis, Leads &leads, Sink &sink) -> std::vector<Miss> {
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
    if (missed.size() < kMostTold) {
      auto report = sink.Report(diag::TooLate, leads.SpanOfField(miss.step, KnownMember::StepBy),
                                leads.Name(i), miss.finish.ToString(),
                                DaysText(base::DaysBetween(miss.by, miss.finish)));
      report.Here("this is the day");
      for (const Lead::Line &line : miss.lead.lines) report.Label(line.span, line.text);
      report.Note("what leads to it, with the day on which it is finished: " + miss.lead.chain);
      report.Help("shorten one of these, start it earlier, or promise a later day");
    }
    missed.push_back(std::move(miss));
  }
  return missed;
}

}  // namespace groma::schedule
