// SPDX-License-Identifier: Apache-2.0
// Branch and bound over one connected program. Floating point chooses where to look; what is
// given up is given up by integers: by propagation and by certified bounds.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "groma/reason/propagate.h"
#include "groma/reason/simplex.h"
#include "groma/reason/watch.h"

namespace groma::reason {

class Tree {
 public:
  // The program is presolved, fits, and outlives the tree. `best` may be a solution of it.
  Tree(const Program &program, std::optional<std::vector<int64_t>> best, Effort &effort,
       const Watch *watch = nullptr);

  // Without a core: why nothing fits is for others to find.
  auto Run() -> Answer;
  auto nodes() const -> uint64_t { return node_count_; }

 private:
  struct Node {
    Bounds bounds;
    int64_t bound = 0;  // certified
    uint32_t depth = 0;
    // How it came about, for what is learnt from it: the column, the way, the cost before.
    ColumnId column = 0;
    bool is_up = false, is_child = false;
    double distance = 0, cost = 0;
  };
  enum class Fate : uint8_t { Closed, Open, OutOfEffort };
  struct Gain {  // what one unit of a column cost where it was branched on
    double sum = 0;
    uint32_t count = 0;
  };
  struct Choice {
    ColumnId column = 0;
    double at = 0;
    double down = 0, up = 0;  // gains
  };

  auto Limit() const -> int64_t { return best_ ? best_cost_ - 1 : INT64_MAX; }
  auto Enough() const -> double;
  void SetBounds(const Bounds &bounds);
  auto Offer(std::vector<int64_t> values) -> bool;
  auto Visit(Node &node) -> Fate;
  auto Relax(Node &node) -> Fate;
  auto RoundedIfWhole(const Bounds &bounds) const -> std::optional<std::vector<int64_t>>;
  auto Fractional(const Bounds &bounds) const -> std::vector<Choice>;
  auto Choose(Node &node, Choice &choice) -> Fate;
  auto Probe(const Node &node, const Choice &choice, bool is_up, double &gain) -> bool;
  void Learn(const Node &node);
  void Split(Node node, const Choice &choice);
  void Dive(Bounds bounds);
  auto CutRoot(const Node &node) -> Fate;
  auto TakeNext() -> Node;
  void Tell() const;

  const Program &base_;
  Program program_;  // with its cuts
  Effort &effort_;
  const Watch *watch_;
  std::optional<std::vector<int64_t>> best_;
  int64_t best_cost_ = 0;
  std::optional<Propagator> propagator_;
  std::optional<Simplex> simplex_;
  std::vector<Node> open_;
  bool is_diving_ = false;  // the last node was split: go on with its child
  std::vector<Gain> down_, up_;
  Simplex::State state_;
  uint64_t node_count_ = 0;
};

}  // namespace groma::reason
