// SPDX-License-Identifier: Apache-2.0
#include "outputs.h"

#include <set>

#include "clouds.h"
#include "groma/emit/boards/boards.h"
#include "groma/emit/csv/csv.h"
#include "groma/emit/mermaid/mermaid.h"
#include "groma/emit/taskjuggler/taskjuggler.h"
#include "groma/evaluate/evaluate.h"
#include "groma/plan/known.h"
#include "llvm/ADT/STLExtras.h"
#include "messages.h"
#include "suites.h"

namespace groma::pipeline {
namespace {

using plan::EntityId;
using plan::KnownMember;
using plan::Value;
using plan::ValueTag;

using Write = auto (*)(plan::Plan &, EntityId, Sink &) -> std::vector<output::File>;

// A kind of `emit`, by its last word, and who writes it.
struct Target {
  llvm::StringRef name;
  Write write;  // none: a language of clouds, or suites
  bool needs_steps = false;
};
constexpr Target kTargets[] = {
    {"boards", emit::Boards, true},
    {"csv", emit::Csv},
    {"mermaid", emit::Mermaid, true},
    {"taskjuggler", emit::TaskJuggler, true},
};

// Suites take more than a plan: the places of its lines, and who made them.
constexpr llvm::StringRef kSuites = "validation";

// A path that stays where it is put, on every system.
auto IsBelow(llvm::StringRef folder) -> bool {
  if (folder.empty() || folder.starts_with("/") || folder.ends_with("/")) return false;
  llvm::SmallVector<llvm::StringRef> parts;
  folder.split(parts, '/');
  return llvm::all_of(parts, [](llvm::StringRef part) {
    const bool is_plain = llvm::all_of(part, [](char c) {
      return static_cast<unsigned char>(c) >= 0x20 &&
             llvm::StringRef("\\:*?\"<>|").find(c) == llvm::StringRef::npos;
    });
    return is_plain && !part.empty() && part != "." && part != "..";
  });
}

class Outputs {
 public:
  Outputs(std::vector<plan::Plan> &plans, const source::Set &sources, llvm::StringRef version,
          std::vector<output::File> &files, Sink &sink)
      : plans_(plans),
        sources_(sources),
        version_(version),
        model_(*plans.front().model),
        known_(model_),
        files_(files),
        sink_(sink),
        clouds_(sink) {
    for (const output::File &file : files) taken_.insert(file.path);
  }

  void WriteAll() {
    for (const EntityId id : model_.plan_entities) {
      const llvm::StringRef kind = model_.text(model_.kind(model_.entity(id).kind).name);
      if (!kind.starts_with("emit.") || model_.entity(id).is_template) continue;
      const llvm::StringRef name = kind.drop_front(5);
      const Target *target =
          llvm::find_if(kTargets, [&](const Target &t) { return t.name == name; });
      const Target other{name, nullptr};
      if (Clouds::Writes(name) || name == kSuites) target = &other;
      if (target == std::end(kTargets)) {
        sink_.Report(message::NoEmitter, model_.entity(id).span, name.str())
            .Help("the decided plan is in `plan.json`, which other programs can read");
        continue;
      }
      for (plan::Plan &plan : plans_) WriteOne(id, *target, plan);
    }
  }

 private:
  void WriteOne(EntityId id, const Target &target, plan::Plan &plan) {
    if (!IsWanted(id, plan)) return;
    const source::Span at = model_.entity(id).span;
    if (target.needs_steps && plan.decisions->timeline.steps.empty()) {
      sink_.Report(message::NothingToWrite, at, target.name.str())
          .Help("add tasks and milestones, or take the `emit` out");
      return;
    }
    const Value given = Read(id, plan, KnownMember::EmitFolder);
    std::string folder = given.tag == ValueTag::String ? given.string().str() : target.name.str();
    if (!IsBelow(folder)) {
      sink_.Report(message::BadFolder, at, folder)
          .Help("name one by words with `/` between them, such as `plans/gantt`");
      return;
    }
    const llvm::StringRef environment = model_.text(plan.environment.name);
    if (!environment.empty()) folder += "/" + environment.str();
    std::vector<output::File> files = Make(target, plan, id, folder);
    for (output::File &file : files) {
      file.path = folder + "/" + file.path;
      if (!taken_.insert(file.path).second) {
        sink_.Report(message::WrittenTwice, at, file.path)
            .Help("give one of them a `folder` of its own");
        return;
      }
      files_.push_back(std::move(file));
    }
  }

  auto Make(const Target &target, plan::Plan &plan, EntityId id, const std::string &folder)
      -> std::vector<output::File> {
    if (target.write != nullptr) return target.write(plan, id, sink_);
    if (target.name == kSuites) return WriteSuites(plan, id, sources_, version_, sink_);
    return clouds_.Write(target.name, plan, id, folder);
  }

  auto Read(EntityId id, plan::Plan &plan, KnownMember member) -> Value {
    Sink ignored;
    evaluate::Evaluator evaluator(model_, plan.environment, ignored);
    return evaluator.Read(id, known_.slot(member)).value;
  }

  auto IsWanted(EntityId id, plan::Plan &plan) -> bool {
    const Value wanted = Read(id, plan, KnownMember::EmitEnvironments);
    if (wanted.tag != ValueTag::List || wanted.elements().empty()) return true;
    return llvm::any_of(wanted.elements(), [&](const Value &one) {
      return one.tag == ValueTag::Entity && one.entity == plan.environment.entity;
    });
  }

  std::vector<plan::Plan> &plans_;
  const source::Set &sources_;
  const llvm::StringRef version_;
  plan::Model &model_;
  const plan::Known known_;
  std::vector<output::File> &files_;
  Sink &sink_;
  Clouds clouds_;
  std::set<std::string> taken_;
};

}  // namespace

void WriteOutputs(std::vector<plan::Plan> &plans, const source::Set &sources, llvm::StringRef version,
                  std::vector<output::File> &files, Sink &sink) {
  Outputs(plans, sources, version, files, sink).WriteAll();
}

}  // namespace groma::pipeline
