// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/taskjuggler/tasks.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"

namespace groma::emit::taskjuggler {

using Sort = Timeline::Sort;
using Takes = Timeline::Takes;

Tasks::Tasks(Context &context, Resources &resources) : context_(context), resources_(resources) {
  for (const Timeline::Step &step : context.line.steps) {
    if (step.sort != Sort::Stream) plain_.insert(step.id);
  }
  for (uint32_t i = 0; i < context.line.steps.size(); ++i) {
    nodes_[NodeOf(context.line.steps[i].id)].step = i;
  }
  moments_id_ = names_.Take("moments");
  for (const Timeline::Step &step : context.line.steps) {
    for (const Timeline::Wait &wait : step.waits) {
      if (wait.step == Timeline::kNoStep || !wait.is_start) continue;
      const Timeline::Step &other = context.line.steps[wait.step];
      const bool is_work = other.takes == Takes::Effort || other.takes == Takes::Hours;
      if (is_work && !other.started && !other.finished) split_.insert(wait.step);
    }
  }
}

auto Tasks::NodeOf(EntityId entity) -> size_t {
  const auto found = by_entity_.find(entity);
  if (found != by_entity_.end()) return found->second;
  const plan::Entity &declared = context_.model.entity(entity);
  const size_t parent = IsSome(declared.parent) ? NodeOf(declared.parent) : kNone;
  const size_t at = nodes_.size();
  Node node;
  node.entity = entity;
  node.parent = parent;
  const bool is_module = parent == kNone && IsSome(declared.module_name);
  const std::string name =
      is_module ? context_.model.FullName(entity) : context_.model.text(declared.name).str();
  Names &names = parent == kNone ? names_ : names_in_[parent];
  node.id = names.Take(name);
  node.path = parent == kNone ? node.id : nodes_[parent].path + "." + node.id;
  nodes_.push_back(std::move(node));
  by_entity_.emplace(entity, at);
  // Its own parts have these names, whatever stands in it.
  if (plain_.contains(entity)) {
    for (const char *part : {"first", "work", "until"}) (void)names_in_[at].Take(part);
  }
  if (parent == kNone) {
    roots_.push_back(at);
  } else {
    nodes_[parent].children.push_back(at);
  }
  return at;
}

auto Tasks::IsWithin(EntityId inner, EntityId outer) const -> bool {
  for (EntityId at = inner; IsSome(at); at = context_.model.entity(at).parent) {
    if (at == outer) return true;
  }
  return false;
}

auto Tasks::HasWaitsForFinish(const Timeline::Step &step) const -> bool {
  return llvm::any_of(step.waits, [](const auto &wait) { return wait.holds_finish; });
}

auto Tasks::Say(const Timeline::Step &step, std::string words) const -> Statement {
  Statement out;
  out.Add(std::move(words));
  for (const source::Span span : {step.span, step.after_at, step.takes_at, step.by_at}) {
    if (span.is_valid()) out.because.push_back(span);
  }
  return out;
}

auto Tasks::MomentTask(Timeline::Moment moment, const std::string &title) -> std::string {
  const auto found = moments_.find(moment);
  if (found != moments_.end()) return found->second;
  const std::string text = MomentText(context_.line, moment);
  const std::string id = moment_names_.Take("at_" + text);
  Statement task{{}, {context_.target}};
  task.Add("task").Add(id).Quote(title.empty() ? text : title);
  task.inside.push_back(Statement{{}, task.because}.Add("start").Add(text));
  moment_tasks_.push_back(std::move(task));
  return moments_[moment] = moments_id_ + "." + id;
}

auto Tasks::LagText(const Timeline::Lag &lag) const -> std::string {
  return lag.is_work ? "gaplength " + LengthText(lag.minutes)
                     : "gapduration " + ClockText(lag.minutes);
}

// So much later than something, as a task of its own.
auto Tasks::LagTask(const std::string &depends, const Timeline::Lag &lag,
                    const std::vector<source::Span> &because) -> std::string {
  const std::string id = moment_names_.Take("later");
  Statement task{{}, because};
  task.Add("task").Add(id).Quote("so much later");
  const bool is_plain = !lag.is_work || resources_.IsOfProject(lag.team);
  task.inside.push_back(Statement{{}, because}.Add("depends").Add(depends));
  if (is_plain) {
    const std::string takes = lag.is_work ? "length" : "duration";
    if (lag.minutes > 0)
      task.inside.push_back(Statement{{}, because}.Add(takes).Add(
          lag.is_work ? LengthText(lag.minutes) : ClockText(lag.minutes)));
  } else {
    task.inside.push_back(Statement{{}, because}.Add("effort").Add(LengthText(lag.minutes)));
    task.inside.push_back(
        Statement{{}, because}.Add("allocate").Add(resources_.NewClock(lag.team)));
  }
  moment_tasks_.push_back(std::move(task));
  return moments_id_ + "." + id;
}

void Tasks::UseDates(const Timeline::Step &step, const std::string &why, const std::string &help) {
  const source::Span at = step.after_at.is_valid() ? step.after_at : step.span;
  context_.sink.Report(diag::DatesInstead, at, context_.model.FullName(step.id), why).Help(help);
}

// As short as can be said, and never so long that what is left is too short.
auto Tasks::PieceOf(const Timeline::Step &step) const -> Piece {
  const int64_t slot = context_.slot, rate = std::max<int64_t>(1, resources_.RateOf(step));
  int64_t work = std::max(slot, slot * rate / 100);
  if (step.minutes - work < slot) work = step.minutes;
  const int64_t lasts = (work * 100 + rate - 1) / rate;
  return {work, (lasts + slot - 1) / slot * slot};
}

auto Tasks::StartOf(uint32_t i) -> Start {
  const Timeline::Step &step = context_.line.steps[i];
  const std::string &path = nodes_[by_entity_.at(step.id)].path;
  if (step.started || step.finished) return {MomentTask(step.started.value_or(step.start), "")};
  if (IsSplit(i)) return {path + ".first", false, PieceOf(step).lasts};
  if (step.sort != Sort::Stream) return {HasWaitsForFinish(step) ? path + ".work" : path, true};
  // A workstream starts when what it waits for is done, whenever the first of its tasks does.
  std::string &begin = begins_[i];
  if (begin.empty()) {
    const std::string depends = DependsOf(step, false);
    const std::string id = moment_names_.Take("start_of_" + context_.model.FullName(step.id));
    begin = moments_id_ + "." + id;
    Statement task = Say(step, "task");
    task.Add(id).Quote("start of " + context_.TitleOf(step.id));
    task.inside.push_back(Say(step, "depends " + depends));
    moment_tasks_.push_back(std::move(task));
  }
  return {begin};
}

// What stands behind `depends`.
auto Tasks::WaitText(const Timeline::Step &step, const Timeline::Wait &wait) -> std::string {
  const bool is_back = llvm::any_of(wait.lags, [](const auto &lag) { return lag.minutes < 0; });
  const EntityId other =
      wait.step == Timeline::kNoStep ? EntityId{} : context_.line.steps[wait.step].id;
  const bool is_own = IsSome(other) && IsWithin(step.id, other);
  if (is_back || is_own) {
    UseDates(
        step,
        is_back ? "it waits for a moment before another one" : "it waits for what it stands in",
        "the project has the moment at which groma lets it start; it moves no more when that other "
        "step does");
    return MomentTask(wait.holds_finish ? step.finish : step.start, "");
  }
  Start from = {IsSome(other) ? nodes_[by_entity_.at(other)].path : MomentTask(wait.at, "")};
  if (IsSome(other) && wait.is_start) from = StartOf(wait.step);
  std::string path = from.path;
  bool is_start = from.is_on_start;
  const Statement because = Say(step, "");
  std::vector<Timeline::Lag> all = wait.lags;
  if (from.later > 0 && (all.empty() || all[0].minutes < from.later)) {
    context_.sink
        .Report(diag::NoWords, step.after_at.is_valid() ? step.after_at : step.span,
                "the moment at which work on `" + context_.model.FullName(other) + "` starts")
        .Help("in the project `" + context_.model.FullName(step.id) + "` waits for the first " +
              std::to_string(from.later) + " minutes of it");
  }
  if (!all.empty()) all[0].minutes = std::max<int64_t>(0, all[0].minutes - from.later);
  llvm::ArrayRef<Timeline::Lag> lags = all;
  const auto is_alone = [&] {
    return lags.size() == 1 && (!lags[0].is_work || resources_.IsOfProject(lags[0].team));
  };
  while (!lags.empty() && !is_alone()) {
    path = LagTask(path + (is_start ? " { onstart }" : ""), lags.front(), because.because);
    is_start = false;
    lags = lags.drop_front();
  }
  std::string inside = is_start ? "onstart " : "";
  if (!lags.empty() && lags[0].minutes > 0) inside += LagText(lags[0]) + " ";
  return inside.empty() ? path : path + " { " + inside + "}";
}

void Tasks::WriteLength(const Timeline::Step &step, Statement &out) {
  const auto say = [&](const std::string &words) { out.inside.push_back(Say(step, words)); };
  const std::string length = LengthText(std::max(step.minutes, context_.slot));
  if (step.takes == Takes::Nothing || step.minutes == 0) return;
  // Only what somebody works on can be kept out of something.
  std::optional<Statement> closures = resources_.ClosuresOf(step);
  const bool is_closed = closures.has_value();
  if (is_closed) out.inside.push_back(*std::move(closures));
  if (step.takes == Takes::Clock) {
    if (!is_closed) return say("duration " + ClockText(step.minutes));
    say("effort " + length);
    return say("allocate " + resources_.DayAndNight());
  }
  if (IsSome(step.team)) {
    const Timeline::Team *team = context_.line.TeamOf(step.team);
    say("effort " + length);
    if (step.takes == Takes::Hours && team->share != 100) {
      // A share of somebody does not make a day of work.
      context_.sink
          .Report(diag::NoWords, step.takes_at.is_valid() ? step.takes_at : step.span,
                  "days of work of a team that has a share of its time only")
          .Help("in the project nobody of the team is kept busy by `" +
                context_.model.FullName(step.id) + "`");
      return say("allocate " + resources_.NewClock(step.team));
    }
    Statement allocation = resources_.AllocationOf(step);
    allocation.because = Say(step, "").because;
    out.inside.push_back(std::move(allocation));
    return;
  }
  if (resources_.IsOfProject({}) && !is_closed) return say("length " + length);
  say("effort " + length);
  say("allocate " + resources_.NewClock({}));
}

auto Tasks::DependsOf(const Timeline::Step &step, bool is_container) -> std::string {
  std::string depends;
  const auto wait_for = [&](const std::string &what) {
    depends += (depends.empty() ? "" : ", ") + what;
  };
  for (const Timeline::Wait &wait : step.waits) {
    if (!wait.holds_finish) wait_for(WaitText(step, wait));
  }
  if (step.not_before) wait_for(MomentTask(*step.not_before, ""));
  if (step.is_unbroken && step.takes != Takes::Clock && step.takes != Takes::Nothing) {
    UseDates(step, "nothing may interrupt it",
             "the project has the moment at which groma lets it start");
    wait_for(MomentTask(step.start, ""));
  }
  if (depends.empty() && !is_container)
    wait_for(MomentTask(context_.line.start, "the plan starts"));
  return depends;
}

void Tasks::WriteStep(size_t node, Statement &out) {
  const Timeline::Step &step = context_.line.steps[nodes_[node].step];
  const auto say = [&](const std::string &words) { out.inside.push_back(Say(step, words)); };
  const bool is_container = !nodes_[node].children.empty();
  if (!step.finished && !step.started) {
    const std::string depends = DependsOf(step, is_container);
    if (!depends.empty()) say("depends " + depends);
  }
  if (is_container) return;
  if (step.finished) {
    say("start " + MomentText(context_.line, step.started.value_or(step.start)));
    if (step.takes != Takes::Nothing) say("end " + MomentText(context_.line, step.finish));
    return;
  }
  if (step.started) {
    // What is left is done from now on.
    say("start " + MomentText(context_.line,
                              std::max(*step.started, context_.line.now.value_or(*step.started))));
    Timeline::Step left = step;
    left.minutes = step.remaining;
    return WriteLength(left, out);
  }
  WriteLength(step, out);
  if (step.takes != Takes::Nothing && step.priority != 500) {
    say("priority " + std::to_string(std::max(1, step.priority)));
  }
}

// The work as a task within, since something waits for its start, or it for something to be
// finished.
void Tasks::WriteParted(size_t at, Statement &out) {
  Node node = nodes_[at];
  const Timeline::Step &step = context_.line.steps[node.step];
  const std::string path = node.path;
  node.children.clear();
  Statement work{{}, out.because};
  work.Add("task").Add("work").Quote("the work itself");
  if (IsSplit(node.step)) {
    Statement first{{}, out.because};
    first.Add("task").Add("first").Quote("the first piece of it");
    first.inside.push_back(Say(step, "depends " + DependsOf(step, false)));
    Timeline::Step piece = step;
    piece.minutes = PieceOf(step).work;
    WriteLength(piece, first);
    out.inside.push_back(std::move(first));
    work.inside.push_back(Say(step, "depends " + path + ".first"));
    piece.minutes = step.minutes - piece.minutes;
    WriteLength(piece, work);
  } else {
    nodes_.push_back(node);
    WriteStep(nodes_.size() - 1, work);
    nodes_.pop_back();
  }
  out.inside.push_back(std::move(work));
  std::string depends;
  for (const Timeline::Wait &wait : step.waits) {
    if (wait.holds_finish) depends += (depends.empty() ? "" : ", ") + WaitText(step, wait);
  }
  if (depends.empty()) return;
  Statement until{{}, out.because};
  until.Add("task").Add("until").Quote("what it may not be finished before");
  until.inside.push_back(Say(step, "depends " + depends));
  out.inside.push_back(std::move(until));
}

// A copy of the node, since what is written within may move the list.
auto Tasks::Write(size_t at) -> Statement {
  const Node node = nodes_[at];
  Statement out;
  out.Add("task").Add(node.id).Quote(context_.TitleOf(node.entity));
  out.is_block = true;
  if (node.step == Timeline::kNoStep) {
    out.because = {context_.model.entity(node.entity).span};
  } else {
    const Timeline::Step &step = context_.line.steps[node.step];
    out.because = Say(step, "").because;
    const bool is_parted = HasWaitsForFinish(step) || IsSplit(node.step) ||
                           (!node.children.empty() && step.takes != Takes::Nothing);
    if (is_parted) {
      WriteParted(at, out);
    } else {
      WriteStep(at, out);
    }
    // A day beyond those of the project would be an error, and is kept anyway.
    constexpr int64_t kDay = 24 * 60;
    if (step.deadline && context_.line.LocalAt(*step.deadline) <= context_.until * kDay)
      out.inside.push_back(Say(step, "maxend " + MomentText(context_.line, *step.deadline)));
    out.inside.push_back(Say(step, "GromaStart " + MomentText(context_.line, step.start)));
    out.inside.push_back(Say(step, "GromaFinish " + MomentText(context_.line, step.finish)));
  }
  for (const size_t child : node.children) out.inside.push_back(Write(child));
  return out;
}

auto Tasks::Statements() -> std::vector<Statement> {
  std::vector<Statement> out;
  for (const size_t root : roots_) out.push_back(Write(root));
  if (moment_tasks_.empty()) return out;
  Statement moments{{}, {context_.target}};
  moments.Add("task").Add(moments_id_).Quote("Moments that steps wait for");
  moments.inside = std::move(moment_tasks_);
  out.push_back(std::move(moments));
  return out;
}

}  // namespace groma::emit::taskjuggler
