// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "groma/base/suggest.h"
#include "groma/evaluate/evaluate.h"
#include "groma/pipeline/stakes.h"
#include "groma/plan/known.h"
#include "groma/plan/print.h"
#include "groma/plan/why.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include "messages.h"
#include "session.h"
#include "why_line.h"

namespace groma::driver {
namespace {

using plan::EntityId;
using plan::Model;

// What a dotted name leads to: a `param` or `let`, or an entity and the members behind it.
struct Subject {
  plan::GlobalId global{};
  EntityId entity{};
  llvm::StringRef members;
};

auto Find(const Model &model, llvm::StringRef name) -> std::optional<Subject> {
  for (uint32_t i = 1; i < model.globals.size(); ++i) {
    const plan::Global &global = model.globals[i];
    if (!global.is_library && model.text(global.name) == name) {
      return Subject{plan::GlobalId{i}, {}, {}};
    }
  }
  // The longest name wins: `foundation.hardening` before `foundation`.
  std::optional<Subject> best;
  for (const EntityId id : model.plan_entities) {
    llvm::StringRef rest = name;
    const std::string full = model.FullName(id);
    if (!rest.consume_front(full) || (!rest.empty() && !rest.consume_front("."))) continue;
    if (!best || rest.size() < best->members.size()) best = Subject{{}, id, rest};
  }
  if (best) return best;
  // What the library declares: `cost.total`, or an entry of a catalogue.
  const auto [first, members] = name.split('.');
  for (uint32_t i = 1; i < model.entities.size(); ++i) {
    const plan::Entity &entity = model.entities[i];
    if (!entity.is_library || entity.is_template || model.text(entity.qualified) != first) continue;
    return Subject{{}, EntityId{i}, members};
  }
  return std::nullopt;
}

void ReportUnknown(const Model &model, const std::string &name, Sink &sink) {
  auto report = sink.Report(message::NothingOfThatName, {}, name);
  std::vector<std::string> names;
  for (const EntityId id : model.plan_entities) {
    if (plan::IsSome(model.entity(id).qualified)) names.push_back(model.FullName(id));
  }
  for (const plan::Global &global : model.globals) {
    if (!global.is_library && plan::IsSome(global.name)) {
      names.push_back(model.text(global.name).str());
    }
  }
  base::Suggestion suggestion(name);
  for (const std::string &known : names) suggestion.Consider(known);
  if (const auto best = suggestion.best()) report.Help("did you mean `" + best->str() + "`?");
}

class Teller {
 public:
  // `solved` is what was decided for `open`, or null: then `open` itself is told of.
  Teller(Session &session, pipeline::Result &checked, plan::Environment &open, plan::Plan *solved,
         const solve::Options &options)
      : session_(session),
        checked_(checked),
        model_(*checked.model),
        open_(open),
        environment_(solved == nullptr ? open : solved->environment),
        solved_(solved),
        options_(options),
        evaluator_(model_, environment_, ignored_) {}

  // True if something that is told of was left open: its reasons are known once it is decided.
  auto IsOpen(const Subject &subject) -> bool {
    if (plan::IsSome(subject.global)) {
      return evaluator_.ReadGlobal(subject.global).value.is_residual();
    }
    if (subject.members.empty()) {
      return llvm::any_of(model_.entity(subject.entity).written, [&](const plan::Written &written) {
        return evaluator_.Read(subject.entity, written.slot).value.is_residual();
      });
    }
    // What cannot be reckoned with choices may well be without them.
    const plan::Value value = Follow(subject).fact.value;
    return value.is_error() || HasOpen(value);
  }

  auto Tell(const Subject &subject, const std::string &name) -> std::string {
    if (plan::IsSome(subject.global)) return Why(name, evaluator_.ReadGlobal(subject.global));
    if (subject.members.empty()) return TellEntity(subject.entity);
    return TellMember(subject);
  }

 private:
  // How far a dotted name led: to a fact, and what of the name is left where it led nowhere.
  struct Step {
    std::string name;
    plan::Fact fact;
    EntityId entity{};
    plan::Slot slot = plan::kNoSlot;
    llvm::StringRef rest;
  };

  static auto HasOpen(const plan::Value &value) -> bool {
    if (value.tag != plan::ValueTag::Record) return value.is_residual();
    return llvm::any_of(value.elements(), HasOpen);
  }

  auto Why(const std::string &name, const plan::Fact &fact) const -> std::string {
    return plan::Why(model_, environment_, session_.program.sources, name, fact);
  }

  // All that is written of it.
  auto TellEntity(EntityId id) -> std::string {
    const plan::Entity &entity = model_.entity(id);
    const plan::Members &members = model_.kind(entity.kind).members;
    std::string out;
    for (const plan::Written &written : entity.written) {
      const std::string field = model_.text(members.list[written.slot].name).str();
      out += Why(model_.FullName(id) + "." + field, evaluator_.Read(id, written.slot));
    }
    return out;
  }

  // `train.vendor.lead` goes from entity to entity, `train.spend.total` into a record.
  auto Follow(const Subject &subject) -> Step {
    Step step;
    step.name = model_.FullName(subject.entity);
    step.fact.value = plan::Value::Entity(subject.entity);
    for (step.rest = subject.members; !step.rest.empty();) {
      const auto [field, after] = step.rest.split('.');
      const plan::Value &value = step.fact.value;
      if (value.tag == plan::ValueTag::Entity) {
        const plan::Members &members = model_.kind(model_.entity(value.entity).kind).members;
        const plan::Slot slot = members.Find(model_.symbols.Find(field));
        if (slot == plan::kNoSlot || members.list[slot].is_method) return step;
        step.entity = value.entity;
        step.slot = slot;
        if (FollowPart(step, members.list[slot], after)) continue;
        step.fact = evaluator_.Read(step.entity, slot);
      } else if (value.tag == plan::ValueTag::Record) {
        const plan::Members &members = model_.records[value.items.decl].members;
        const plan::Slot slot = members.Find(model_.symbols.Find(field));
        if (slot == plan::kNoSlot || slot >= value.elements().size()) return step;
        step.slot = plan::kNoSlot;
        step.fact.value = plan::Value(value.elements()[slot]);
      } else {
        return step;
      }
      step.name += "." + field.str();
      step.rest = after;
    }
    return step;
  }

  // A field of a record that is a member has reasons of its own, and may be known where others are left open.
  auto FollowPart(Step &step, const plan::Member &member, llvm::StringRef rest) -> bool {
    const plan::Type &type = model_.types.type(model_.types.Unwrap(member.type));
    if (rest.empty() || type.kind != plan::TypeKind::Record) return false;
    const auto [field, after] = rest.split('.');
    const plan::Members &parts = model_.records[type.decl].members;
    const plan::Slot part = parts.Find(model_.symbols.Find(field));
    if (part == plan::kNoSlot || parts.list[part].is_method) return false;
    step.fact = evaluator_.ReadPart(step.entity, step.slot, part);
    step.slot = plan::kNoSlot;
    step.name += "." + model_.text(member.name).str() + "." + field.str();
    step.rest = after;
    return true;
  }

  auto TellMember(const Subject &subject) -> std::string {
    const Step step = Follow(subject);
    if (step.rest.empty()) {
      std::string out = Why(step.name, step.fact);
      if (plan::IsSome(step.entity) && step.slot != plan::kNoSlot) {
        out += IsFinish(step) ? Stakes(step) : NextBest(step);
      }
      return out;
    }
    const llvm::StringRef field = step.rest.split('.').first;
    const plan::Value &value = step.fact.value;
    if (value.tag == plan::ValueTag::Entity) {
      ReportMember(model_.kind(model_.entity(value.entity).kind).members, step.name, field);
    } else if (value.tag == plan::ValueTag::Record) {
      ReportMember(model_.records[value.items.decl].members, step.name, field);
    } else {
      session_.sink.Report(message::NothingOfThatName, {}, step.name + "." + step.rest.str())
          .Note("`" + step.name + "` is not an entity");
    }
    return "";
  }

  auto IsFinish(const Step &step) const -> bool {
    const plan::Known known(model_);
    const plan::KindId kind = known.kind(plan::KnownKind::Step);
    return plan::IsSome(kind) && model_.IsA(model_.entity(step.entity).kind, kind) &&
           step.slot == known.slot(plan::KnownMember::StepFinish);
  }

  auto Stakes(const Step &step) -> std::string {
    if (solved_ == nullptr) return "";
    return pipeline::TellStakes(checked_, open_, *solved_, step.entity, options_);
  }

  // What a choice would be if it had to be another one, and what that would cost.
  auto NextBest(const Step &step) -> std::string {
    if (solved_ == nullptr) return "";
    const pipeline::Alternative other =
        pipeline::NextBest(checked_, open_, *solved_, step.entity, step.slot, options_);
    switch (other.verdict) {
      case solve::Verdict::Failed:  // it is no choice
        return "";
      case solve::Verdict::Undecided:
        return "  next best: none was found within the effort, and none was ruled out\n";
      case solve::Verdict::Infeasible:
        return "  no other value is possible" + std::string(other.forcing.empty() ? "\n" : ":\n") +
               Lines(other.forcing);
      case solve::Verdict::Solved:
        break;
    }
    std::string out = "  next best: " + plan::Print(model_, other.value);
    if (!other.difference) return out + ", which is as good\n";
    plan::Value by = other.difference->by;
    const bool is_more = by.number.sign() > 0;
    by.number = base::Abs(by.number);
    // Cents are no help in a sum over a plan.
    if (model_.units.CurrencyOf(by.dimension) && by.number > base::Rational(1)) {
      by.number = by.number.Round();
    }
    out += ", " + plan::Print(model_, by) + (is_more ? " more" : " less");
    if (other.difference->aim > 0) {
      out += " of `" +
             session_.program.sources.Text(solved_->aims[other.difference->aim].span).str() + "`";
    }
    return out + (other.is_proved ? "" : ", as far as was looked") + "\n";
  }

  auto Lines(const std::vector<source::Span> &spans) const -> std::string {
    const source::Set &sources = session_.program.sources;
    std::string out;
    std::set<std::pair<std::string, uint32_t>> told;
    for (const source::Span span : spans) {
      const source::Place place = sources.PlaceOf(span.begin);
      if (place.file == nullptr || !told.emplace(place.file->name, place.line).second) continue;
      out += "    " + place.file->name + ":" + std::to_string(place.line) + "  " +
             sources.Line(*place.file, place.line).first.trim().str() + "\n";
    }
    return out;
  }

  void ReportMember(const plan::Members &members, const std::string &name,
                    llvm::StringRef field) {
    auto report = session_.sink.Report(message::NothingOfThatName, {}, name + "." + field.str());
    base::Suggestion suggestion(field);
    for (const plan::Member &member : members.list) {
      if (!member.is_method) suggestion.Consider(model_.text(member.name));
    }
    if (const auto best = suggestion.best()) {
      report.Help("did you mean `" + name + "." + best->str() + "`?");
    }
  }

  Session &session_;
  pipeline::Result &checked_;
  Model &model_;
  plan::Environment &open_, &environment_;
  plan::Plan *solved_;
  const solve::Options &options_;
  // What is wrong was reported when everything was evaluated.
  Sink ignored_;
  evaluate::Evaluator evaluator_;
};

}  // namespace

auto RunWhy(Session &session) -> int {
  const std::string name = session.operand(0, "");
  const auto line = ParseLine(name);
  if (line && !line->is_plan()) {
    const auto told = TellWritten(*line, session.sink);
    return session.Finish(told.value_or(""));
  }
  const llvm::StringRef folder = line ? llvm::sys::path::parent_path(line->path) : "";
  if (!session.LoadPlan(session.operand(1, folder.empty() ? "." : folder))) return session.Finish("");
  pipeline::Result result = session.Check(true);
  const auto options = session.SolveOptions(*result.model);
  if (!options) return session.Finish("");
  Model &model = *result.model;
  std::vector<std::string> names{name};
  if (line) names = NamesAt(*line, model, session.program.sources);
  if (names.empty()) {
    session.sink.Report(message::NothingOnLine, {}, line->path, static_cast<int64_t>(line->line))
        .Help("ask for a line on which a field or a declaration begins");
    return session.Finish("");
  }
  std::vector<std::pair<std::string, Subject>> subjects;
  for (const std::string &one : names) {
    const auto subject = Find(model, one);
    if (!subject) {
      ReportUnknown(model, one, session.sink);
      return session.Finish("");
    }
    subjects.emplace_back(one, *subject);
  }
  std::string out;
  for (plan::Environment &environment : model.environments) {
    if (model.environments.size() > 1) {
      out += "environment " + model.text(environment.name).str() + "\n";
    }
    std::optional<plan::Plan> solved;
    const bool is_open = llvm::any_of(subjects, [&](const auto &subject) {
      return Teller(session, result, environment, nullptr, *options).IsOpen(subject.second);
    });
    if (!session.sink.has_errors() && is_open) {
      solve::Verdict verdict{};
      solved = pipeline::SolveEnvironment(result, environment, *options, session.sink, verdict);
    }
    for (const auto &[one, subject] : subjects) {
      out += Teller(session, result, environment, solved ? &*solved : nullptr, *options)
                 .Tell(subject, one);
    }
  }
  return session.Finish(out);
}

}  // namespace groma::driver
