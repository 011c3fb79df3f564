// SPDX-License-Identifier: Apache-2.0
// `groma status`: how the plan stands on a day.
#include "groma/evaluate/evaluate.h"
#include "groma/pipeline/status.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {
namespace {

// The day that was asked for, or the one on which the plan says that it is looked at.
auto DayOf(Session &session, plan::Plan &plan) -> base::Date {
  if (const auto day = base::Date::Parse(session.arguments.at)) return *day;
  Sink ignored;
  const plan::Model &model = *plan.model;
  const plan::Slot slot =
      model.kind(model.entity(model.plan).kind).members.Find(model.symbols.Find("as_of"));
  const plan::Value value =
      evaluate::Evaluator(*plan.model, plan.environment, ignored).Read(model.plan, slot).value;
  return value.tag == plan::ValueTag::Date ? value.date : base::Date::First();
}

}  // namespace

auto RunStatus(Session &session) -> int {
  const std::string &at = session.arguments.at;
  if (!at.empty()) {
    if (!base::Date::Parse(at)) {
      session.sink.Report(message::NotADay, {}, at).Help("write it as in `2027-05-31`");
      return session.Finish("");
    }
    session.arguments.settings.push_back("plan.as_of=" + at);
  }
  if (!session.LoadPlan(session.operand(0, "."))) return session.Finish("");
  pipeline::Result result = session.Check(true);
  result.keeps_late = true;
  const auto options = session.SolveOptions(*result.model);
  if (!options) return session.Finish("");
  std::vector<plan::Plan> plans = session.Solve(result, *options);
  std::vector<pipeline::Status> statuses;
  for (plan::Plan &plan : plans) {
    if (!plan::IsSome(plan.model->plan)) continue;
    statuses.push_back(pipeline::StatusOf(plan, DayOf(session, plan), session.sink));
  }
  std::string out;
  if (session.arguments.format == "json") {
    out = pipeline::StatusJson(statuses);
  } else {
    for (const pipeline::Status &status : statuses) out += pipeline::StatusText(status);
  }
  return session.Finish(out);
}

}  // namespace groma::driver
