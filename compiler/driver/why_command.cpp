// SPDX-License-Identifier: Apache-2.0
#include "groma/base/suggest.h"
#include "groma/evaluate/evaluate.h"
#include "groma/plan/why.h"
#include "llvm/ADT/STLExtras.h"
#include "messages.h"
#include "session.h"

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
  return best;
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
  Teller(Session &session, Model &model, plan::Environment &environment)
      : session_(session),
        model_(model),
        environment_(environment),
        evaluator_(model, environment, ignored_) {}

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
    EntityId entity = subject.entity;
    for (llvm::StringRef rest = subject.members; !rest.empty();) {
      const auto [field, after] = rest.split('.');
      rest = after;
      const plan::Kind &kind = model_.kind(model_.entity(entity).kind);
      const plan::Slot slot = kind.members.Find(model_.symbols.Find(field));
      if (slot == plan::kNoSlot || kind.members.list[slot].is_method) return false;
      const plan::Value value = evaluator_.Read(entity, slot).value;
      if (value.tag != plan::ValueTag::Entity) return value.is_residual();
      entity = value.entity;
    }
    return false;
  }

  auto Tell(const Subject &subject, const std::string &name) -> std::string {
    if (plan::IsSome(subject.global)) return Why(name, evaluator_.ReadGlobal(subject.global));
    if (subject.members.empty()) return TellEntity(subject.entity);
    return TellMember(subject);
  }

 private:
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

  // `train.vendor.lead` goes from entity to entity.
  auto TellMember(const Subject &subject) -> std::string {
    EntityId entity = subject.entity;
    std::string name = model_.FullName(entity);
    for (llvm::StringRef rest = subject.members; !rest.empty();) {
      auto [field, after] = rest.split('.');
      rest = after;
      const plan::Kind &kind = model_.kind(model_.entity(entity).kind);
      const plan::Slot slot = kind.members.Find(model_.symbols.Find(field));
      if (slot == plan::kNoSlot || kind.members.list[slot].is_method) {
        ReportMember(kind, name, field);
        return "";
      }
      const plan::Fact fact = evaluator_.Read(entity, slot);
      name += "." + field.str();
      if (rest.empty()) return Why(name, fact);
      if (fact.value.tag != plan::ValueTag::Entity) {
        session_.sink.Report(message::NothingOfThatName, {}, name + "." + rest.str())
            .Note("`" + name + "` is not an entity");
        return "";
      }
      entity = fact.value.entity;
    }
    return "";
  }

  void ReportMember(const plan::Kind &kind, const std::string &name, llvm::StringRef field) {
    auto report = session_.sink.Report(message::NothingOfThatName, {}, name + "." + field.str());
    base::Suggestion suggestion(field);
    for (const plan::Member &member : kind.members.list) {
      if (!member.is_method) suggestion.Consider(model_.text(member.name));
    }
    if (const auto best = suggestion.best()) {
      report.Help("did you mean `" + name + "." + best->str() + "`?");
    }
  }

  Session &session_;
  Model &model_;
  plan::Environment &environment_;
  // What is wrong was reported when everything was evaluated.
  Sink ignored_;
  evaluate::Evaluator evaluator_;
};

}  // namespace

auto RunWhy(Session &session) -> int {
  const std::string name = session.operand(0, "");
  if (!session.LoadPlan(session.operand(1, "."))) return session.Finish("");
  pipeline::Result result = session.Check(true);
  const auto options = session.SolveOptions();
  if (!options) return session.Finish("");
  Model &model = *result.model;
  const auto subject = Find(model, name);
  if (!subject) {
    ReportUnknown(model, name, session.sink);
    return session.Finish("");
  }
  std::string out;
  for (plan::Environment &environment : model.environments) {
    if (model.environments.size() > 1) {
      out += "environment " + model.text(environment.name).str() + "\n";
    }
    std::optional<plan::Plan> solved;
    if (!session.sink.has_errors() && Teller(session, model, environment).IsOpen(*subject)) {
      solve::Verdict verdict{};
      solved = pipeline::SolveEnvironment(result, environment, *options, session.sink, verdict);
    }
    plan::Environment &told = solved ? solved->environment : environment;
    out += Teller(session, model, told).Tell(*subject, name);
  }
  return session.Finish(out);
}

}  // namespace groma::driver
