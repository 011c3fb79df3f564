// SPDX-License-Identifier: Apache-2.0
#include "releases.h"

#include "diagnostics.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

constexpr size_t kMostTold = 3;

}  // namespace

auto ReportClosedWindows(const Source &source, const Steps &steps, const Layout &layout,
                         const timing::Analysis &analysis, Leads &leads, Sink &sink)
    -> std::vector<Miss> {
  std::vector<Miss> missed;
  for (uint32_t i = 0; i < steps.list.size(); ++i) {
    const Step &step = steps.list[i];
    if (!step.closes || step.finished) continue;
    if (llvm::is_contained(source.environment.suspended, step.id)) continue;
    const timing::TaskId task = layout.ends[i].finish;
    const timing::Moment finish = analysis.tasks[task].early.finish;
    if (finish <= layout.End(*step.closes)) continue;
    Miss miss;
    miss.step = step.id;
    miss.is_own = true;
    miss.by = *step.closes;
    miss.finish = layout.DayOf(finish - 1);
    miss.lead = leads.Of(layout.ChainTo(task), analysis, true);
    if (missed.size() < kMostTold) {
      auto report = sink.Report(diag::WindowClosed, source.model.entity(step.id).span,
                                leads.Name(i), miss.finish.ToString(),
                                source.model.FullName(step.release), miss.by.ToString());
      report.Label(leads.SpanOfField(step.release, KnownMember::ReleaseWindow),
                   "this is the window");
      for (const Lead::Line &line : miss.lead.lines) report.Label(line.span, line.text);
      report.Note("what leads to it, with the day on which it is finished: " + miss.lead.chain);
      report.Help("shorten one of these, start it earlier, or give the release a later window");
    }
    missed.push_back(std::move(miss));
  }
  return missed;
}

}  // namespace groma::schedule
