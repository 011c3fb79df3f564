// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/why.h"

#include "groma/plan/print.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"

namespace groma::plan {
namespace {

constexpr int kDeepest = 40;

auto Word(OriginKind kind) -> llvm::StringRef {
  switch (kind) {
    case OriginKind::Stated:
      return "stated";
    case OriginKind::Imported:
      return "imported";
    case OriginKind::Pinned:
      return "pinned";
    case OriginKind::Overridden:
      return "overridden";
    case OriginKind::Derived:
      return "derived";
    case OriginKind::Chosen:
      return "chosen";
  }
  return "";
}

class Story {
 public:
  Story(const Model &model, const Environment &environment, const source::Set &sources)
      : model_(model), environment_(environment), sources_(sources) {
    if (environment.decisions == nullptr) return;
    // Dates say more than the lines from which they come.
    for (const Decisions::Result &result : environment.decisions->results) {
      const auto *facts = environment.facts_of[Index(result.entity)].get();
      if (result.value.tag != ValueTag::Date || facts == nullptr || facts[result.slot] == 0) continue;
      const Members &members = model.kind(model.entity(result.entity).kind).members;
      named_[Index(environment.facts[facts[result.slot]].origin)] = {
          result.entity, model.FullName(result.entity) + "." +
                             model.text(members.list[result.slot].name).str() + " = " +
                             Print(model, result.value)};
    }
  }

  // `of`: the step of which a date was told last. When it starts is told with its finish.
  void Tell(OriginId id, int depth, EntityId of = {}) {
    if (!IsSome(id) || depth > kDeepest || !told_.insert(Index(id)).second) return;
    const Origin origin = environment_.origins.origin(id);
    const source::Place place = sources_.PlaceOf(origin.span.begin);
    std::string line = Word(origin.kind).str();
    const auto named = named_.find(Index(id));
    const EntityId step = named == named_.end() ? EntityId{} : named->second.first;
    if (IsSome(step) && step == of) {
      for (const OriginId premise : origin.premises) Tell(premise, depth, step);
      return;
    }
    if (IsSome(step) && depth > 0) line += "  " + named->second.second;
    if (place.file != nullptr) line += "  " + Place(origin, place) + Citation(origin);
    // Several facts of one line (the fields of a rate) are one reason for a reader.
    if (lines_.insert(line).second) {
      const std::string indent(static_cast<size_t>(depth) * 2 + 2, ' ');
      out += indent + (depth > 0 ? "because  " : "") + line + "\n";
    }
    for (const OriginId premise : origin.premises) Tell(premise, depth + 1, step);
  }

  std::string out;

 private:
  // A setting of the command line is its own place and its own text.
  auto Place(const Origin &origin, const source::Place &place) const -> std::string {
    if (llvm::StringRef(place.file->name).starts_with("--set ")) return place.file->name;
    return place.file->name + ":" + std::to_string(place.line) + "  " + Line(origin, place);
  }

  auto Line(const Origin &origin, const source::Place &place) const -> std::string {
    const auto [text, start] = sources_.Line(*place.file, place.line);
    const bool goes_on = origin.span.end > start + text.size();
    return text.trim().str() + (goes_on ? " ..." : "");
  }

  // Where a figure of the library comes from, and of which day it is.
  auto Citation(const Origin &origin) const -> std::string {
    if (origin.kind != OriginKind::Imported) return {};
    for (uint32_t i = 1; i < model_.entities.size(); ++i) {
      const Entity &entity = model_.entities[i];
      if (!entity.is_library || entity.whole.begin > origin.span.begin ||
          entity.whole.end < origin.span.end || entity.written.empty()) {
        continue;
      }
      std::string cited;
      const Members &members = model_.kind(entity.kind).members;
      for (const llvm::StringRef name : {"source", "as_of"}) {
        const Slot slot = members.Find(model_.symbols.Find(name));
        for (const Written &written : entity.written) {
          if (written.slot != slot || model_.exprs.expr(written.value).kind != ExprKind::Literal)
            continue;
          cited += (name == "as_of" ? ", as of " : "; source: ") +
                   Print(model_, model_.exprs.literal(written.value));
        }
      }
      if (!cited.empty()) return cited;
    }
    return {};
  }

  const Model &model_;
  const Environment &environment_;
  const source::Set &sources_;
  llvm::DenseSet<uint32_t> told_;
  llvm::StringSet<> lines_;
  llvm::DenseMap<uint32_t, std::pair<EntityId, std::string>> named_;  // by origin
};

}  // namespace

auto Why(const Model &model, const Environment &environment, const source::Set &sources,
         const std::string &subject, const Fact &fact) -> std::string {
  Story story(model, environment, sources);
  story.out = subject + " = " + Print(model, fact.value, &environment) + "\n";
  story.Tell(fact.origin, 0);
  return story.out;
}

}  // namespace groma::plan
