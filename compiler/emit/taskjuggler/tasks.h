// SPDX-License-Identifier: Apache-2.0
// Steps as tasks, in the tree in which the plan declares them.
#pragma once

#include "groma/emit/taskjuggler/resources.h"

namespace groma::emit::taskjuggler {

class Tasks {
 public:
  Tasks(Context &context, Resources &resources);
  auto Statements() -> std::vector<Statement>;

 private:
  static constexpr size_t kNone = ~size_t{0};
  // A step, or a thing of the plan in which steps stand.
  struct Node {
    EntityId entity{};
    uint32_t step = Timeline::kNoStep;
    size_t parent = kNone;
    std::vector<size_t> children;
    std::string id, path;
  };

  auto NodeOf(EntityId entity) -> size_t;
  auto Write(size_t node) -> Statement;
  void WriteStep(size_t node, Statement &out);
  void WriteLength(const Timeline::Step &step, Statement &out);
  auto WaitText(const Timeline::Step &step, const Timeline::Wait &wait) -> std::string;
  auto LagText(const Timeline::Lag &lag) const -> std::string;
  // A milestone beside the tasks of the plan; its path.
  auto MomentTask(Timeline::Moment moment, const std::string &title) -> std::string;
  auto LagTask(const std::string &depends, const Timeline::Lag &lag,
               const std::vector<source::Span> &because) -> std::string;
  // What `depends` names for the start of a step, and by how much that is after the start.
  struct Start {
    std::string path;
    bool is_on_start = false;
    int64_t later = 0;
  };
  auto StartOf(uint32_t step) -> Start;
  // The first piece of some work, and how long it takes.
  struct Piece {
    int64_t work = 0, lasts = 0;
  };
  auto PieceOf(const Timeline::Step &step) const -> Piece;
  auto DependsOf(const Timeline::Step &step, bool is_container) -> std::string;
  void WriteParted(size_t node, Statement &out);
  auto IsSplit(uint32_t step) const -> bool { return split_.contains(step); }
  void UseDates(const Timeline::Step &step, const std::string &why, const std::string &help);
  auto IsWithin(EntityId inner, EntityId outer) const -> bool;
  auto HasWaitsForFinish(const Timeline::Step &step) const -> bool;
  auto Say(const Timeline::Step &step, std::string words) const -> Statement;

  Context &context_;
  Resources &resources_;
  Names names_, moment_names_;
  std::vector<Node> nodes_;
  std::vector<size_t> roots_;
  std::map<EntityId, size_t> by_entity_;
  // Steps that are no workstreams.
  std::set<EntityId> plain_;
  // Steps for whose start another one waits. TaskJuggler knows when work starts only once it is
  // done, so the first piece of theirs stands by itself.
  std::set<uint32_t> split_;
  std::map<uint32_t, std::string> begins_;
  std::map<size_t, Names> names_in_;
  std::string moments_id_;
  std::map<Timeline::Moment, std::string> moments_;
  std::vector<Statement> moment_tasks_;
};

}  // namespace groma::emit::taskjuggler
