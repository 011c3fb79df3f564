// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/taskjuggler/tasks.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"

namespace groma::emit::taskjuggler {

using Sort = Timeline::Sort;
using Takes = Timeline::Takes;

Tasks::Tasks(Context &context, Resources &resources) : context_(context), resources_(resources) {
  for (uint32_t i = 0; i < context.line.steps.size(); ++i) {
    nodes_[NodeOf(context.line.steps[i].id)].step = i;
  }
  moments_id_ = names_.Take("moments");
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
  const std::string name = is_module ? context_.model.FullName(entity) : context_.model.text(declared.name).str();
  Names &names = parent == kNone ? names_ : names_in_[parent];
  node.id = names.Take(name);
  node.path = parent == kNone ? node.id : nodes_[parent].path + "." + node.id;
  nodes_.push_back(std::move(node));
  by_entity_.emplace(entity, at);
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
  return (lag.is_work ? "gaplength " : "gapduration ") + LengthText(lag.minutes);
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
    if (lag.minutes > 0) task.inside.push_back(Statement{{}, because}.Add(takes).Add(LengthText(lag.minutes)));
  } else {
    task.inside.push_back(Statement{{}, because}.Add("effort").Add(LengthText(lag.minutes)));
    task.inside.push_back(Statement{{}, because}.Add("allocate").Add(resources_.NewClock(lag.team)));
  }
  moment_tasks_.push_back(std::move(task));
  return moments_id_ + "." + id;
}

void Tasks::UseDates(const Timeline::Step &step, const std::string &why, const std::string &help) {
  const source::Span at = step.after_at.is_valid() ? step.after_at : step.span;
  context_.sink.Report(diag::DatesInstead, at, context_.model.FullName(step.id), why).Help(help);
}

// What stands behind `depends`.
auto Tasks::WaitText(const Timeline::Step &step, const Timeline::Wait &wait) -> std::string {
  const bool is_back = llvm::any_of(wait.lags, [](const auto &lag) { return lag.minutes < 0; });
  const EntityId other = wait.step == Timeline::kNoStep ? EntityId{} : context_.line.steps[wait.step].id;
  const bool is_own = IsSome(other) && IsWithin(step.id, other);
  if (is_back || is_own) {
    UseDates(step, is_back ? "it waits for a moment before another one" : "it waits for what it stands in",
             "the project has the moment at which groma lets it start; it moves no more when that other step does");
    return MomentTask(wait.holds_finish ? step.finish : step.start, "");
  }
  std::string path = IsSome(other) ? nodes_[by_entity_.at(other)].path : MomentTask(wait.at, "");
  bool is_start = IsSome(other) && wait.is_start;
  const Statement because = Say(step, "");
  llvm::ArrayRef<Timeline::Lag> lags = wait.lags;
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
  const std::string length = LengthText(step.minutes);
  if (step.takes == Takes::Nothing || step.minutes == 0) return;
  if (step.takes == Takes::Clock) return say("duration " + length);
  if (IsSome(step.team)) {
    const Timeline::Team *team = context_.line.TeamOf(step.team);
    say("effort " + length);
    if (step.takes == Takes::Hours && team->share != 100) {
      // A share of somebody does not make a day of work.
      context_.sink.Report(diag::NoWords, step.takes_at.is_valid() ? step.takes_at : step.span,
                           "days of work of a team that has a share of its time only")
          .Help("in the project nobody of the team is kept busy by `" + context_.model.FullName(step.id) + "`");
      return say("allocate " + resources_.NewClock(step.team));
    }
    Statement allocation = resources_.AllocationOf(step);
    allocation.because = Say(step, "").because;
    out.inside.push_back(std::move(allocation));
    return;
  }
  if (resources_.IsOfProject({})) return say("length " + length);
  say("effort " + length);
  say("allocate " + resources_.NewClock({}));
}

void Tasks::WriteStep(size_t node, Statement &out) {
  const Timeline::Step &step = context_.line.steps[nodes_[node].step];
  const auto say = [&](const std::string &words) { out.inside.push_back(Say(step, words)); };
  const bool is_container = !nodes_[node].children.empty();
  const bool has_happened = step.finished || step.started;
  std::string depends;
  const auto wait_for = [&](const std::string &what) { depends += (depends.empty() ? "" : ", ") + what; };
  if (!has_happened) {
    for (const Timeline::Wait &wait : step.waits) {
      if (!wait.holds_finish) wait_for(WaitText(step, wait));
    }
    if (step.not_before) wait_for(MomentTask(*step.not_before, ""));
    if (step.is_unbroken && step.takes != Takes::Clock && step.takes != Takes::Nothing) {
      UseDates(step, "nothing may interrupt it", "the project has the moment at which groma lets it start");
      wait_for(MomentTask(step.start, ""));
    }
    if (depends.empty() && !is_container) wait_for(MomentTask(context_.line.start, "the plan starts"));
  }
  if (!depends.empty()) say("depends " + depends);
  if (is_container) return;
  if (has_happened) {
    if (!step.finished) {
      UseDates(step, "it has begun", "the project has the days on which groma has it");
    }
    say("start " + MomentText(context_.line, step.started.value_or(step.start)));
    if (step.takes != Takes::Nothing) say("end " + MomentText(context_.line, step.finish));
    return;
  }
  WriteLength(step, out);
  if (step.takes != Takes::Nothing && step.priority != 500) {
    say("priority " + std::to_string(std::max(1, step.priority)));
  }
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
    const bool is_parted = HasWaitsForFinish(step) || (!node.children.empty() && step.takes != Takes::Nothing);
    Statement inner;
    if (is_parted) {
      // The finish waits for something too: that is a milestone beside the work.
      Names &names = names_in_[at];
      inner.because = out.because;
      inner.Add("task").Add(names.Take("work")).Quote("the work itself");
      Node copy = node;
      copy.children.clear();
      nodes_.push_back(std::move(copy));
      WriteStep(nodes_.size() - 1, inner);
      nodes_.pop_back();
      out.inside.push_back(std::move(inner));
      std::string depends;
      for (const Timeline::Wait &wait : step.waits) {
        if (wait.holds_finish) depends += (depends.empty() ? "" : ", ") + WaitText(step, wait);
      }
      if (!depends.empty()) {
        Statement until{{}, out.because};
        until.Add("task").Add(names.Take("until")).Quote("what it may not be finished before");
        until.inside.push_back(Say(step, "depends " + depends));
        out.inside.push_back(std::move(until));
      }
    } else {
      WriteStep(at, out);
    }
    if (step.deadline) out.inside.push_back(Say(step, "maxend " + MomentText(context_.line, *step.deadline)));
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
