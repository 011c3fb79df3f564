// SPDX-License-Identifier: Apache-2.0
// The part of a simulated pool that is in this process: its ranks meet here for collectives.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "sim/exchange_run.h"
#include "sim/mesh.h"
#include "sim/model.h"

namespace groma::runtime {

struct Outcome {
  Maybe<std::vector<Seconds>> times = Missing{"not measured"};
  Maybe<Exactness> exactness = Missing{"not compared"};
};

class World {
 public:
  World(Model model, uint64_t seed, int first, int count, std::chrono::milliseconds patience);

  auto model() const -> const Model & { return model_; }
  auto seed() const -> uint64_t { return seed_; }
  void SetMesh(std::unique_ptr<Mesh> mesh) { mesh_ = std::move(mesh); }
  auto mesh() -> Mesh * { return mesh_.get(); }

  // All ranks of the scope call this; the last of them that is here plays the collective for all
  // that are here. Throws if the rank hangs, once the run is given up.
  auto Meet(int rank, Request request, bool compares) -> Outcome;
  void Abandon();

 private:
  struct Meeting {
    uint64_t round = 0;
    std::set<int> here;
    std::map<int, Outcome> outcomes;  // of the last round
  };
  void Hang(std::unique_lock<std::mutex> &lock);
  auto PlayFor(Request request, bool compares, uint64_t round) -> std::map<int, Outcome>;

  const Model model_;
  const uint64_t seed_;
  const int first_, count_;
  const std::chrono::milliseconds patience_;
  std::unique_ptr<Mesh> mesh_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Meeting> meetings_;
  std::set<int> gone_;
  bool is_abandoned_ = false;
};

}  // namespace groma::runtime
