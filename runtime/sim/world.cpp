// SPDX-License-Identifier: Apache-2.0
#include "sim/world.h"

#include <algorithm>
#include <stdexcept>

#include "core/names.h"
#include "sim/noise.h"

namespace groma::runtime {
namespace {

// The start of a kernel at each rank; derived from NCCL's smallest latencies, rounded.
constexpr double kLaunch = 6e-6;

auto KeyOf(const Scope &scope) -> std::string {
  std::string key = scope.name;
  for (const int rank : scope.ranks) key += "," + std::to_string(rank);
  return key;
}

}  // namespace

World::World(Model model, uint64_t seed, int first, int count, std::chrono::milliseconds patience)
    : model_(std::move(model)), seed_(seed), first_(first), count_(count), patience_(patience) {}

void World::Hang(std::unique_lock<std::mutex> &lock) {
  // Forever, as far as others can tell; a test must end all the same.
  changed_.wait_for(lock, 4 * patience_, [&] { return is_abandoned_; });
  throw std::runtime_error("it hangs in a collective");
}

auto World::Meet(int rank, Request request, bool compares) -> Outcome {
  const std::string key = KeyOf(request.scope);
  std::unique_lock<std::mutex> lock(mutex_);
  if (model_.FaultOf(FaultKind::kHungRank, rank)) Hang(lock);
  const auto missed = [&](const std::string &who) {
    const Missing missing{who + " did not come to the collective"};
    return Outcome{missing, missing};
  };
  for (const int other : request.scope.ranks) {
    if (gone_.count(other) != 0) return missed(model_.topology().GpuName(other));
  }
  Meeting &meeting = meetings_[key];
  std::set<int> wanted;
  for (const int other : request.scope.ranks) {
    if (other >= first_ && other < first_ + count_) wanted.insert(other);
  }
  meeting.here.insert(rank);
  const uint64_t round = meeting.round;
  if (meeting.here == wanted) {
    lock.unlock();
    std::map<int, Outcome> outcomes = PlayFor(std::move(request), compares, round);
    lock.lock();
    meeting.outcomes = std::move(outcomes);
    meeting.here.clear();
    ++meeting.round;
    changed_.notify_all();
  } else {
    // Less than others wait elsewhere, so that it is known who is missed.
    const auto deadline = std::chrono::steady_clock::now() + patience_ / 2;
    const auto has_met = [&] { return meeting.round != round || is_abandoned_; };
    while (!has_met()) {
      if (changed_.wait_until(lock, deadline) == std::cv_status::no_timeout || has_met()) continue;
      // Only if somebody is missing: who plays may take long.
      if (meeting.here == wanted) {
        changed_.wait(lock, has_met);
        break;
      }
      for (const int other : wanted) {
        if (meeting.here.count(other) == 0) gone_.insert(other);
      }
      break;
    }
    if (meeting.round == round) {
      meeting.here.erase(rank);
      return missed(gone_.empty() ? "a rank" : model_.topology().GpuName(*gone_.begin()));
    }
  }
  return meeting.outcomes[rank];
}

auto World::PlayFor(Request request, bool compares, uint64_t round) -> std::map<int, Outcome> {
  request.noise = Mix(MixText(MixText(seed_, request.scope.name), NameOf(request.op)), round);
  request.noise = Mix(request.noise, request.bytes.value);
  std::map<int, Outcome> outcomes;
  std::string why;
  try {
    ExchangeRun run(model_, request, first_, count_, mesh_.get(),
                    std::chrono::steady_clock::now() + patience_ / 2);
    Play(run);
    for (int at = 0; at < run.n(); ++at) {
      if (!run.place(at).is_here) continue;
      Outcome outcome;
      std::vector<Seconds> times;
      for (int r = 0; r < request.repeats; ++r) {
        times.push_back({run.EndOf(at, r) + kLaunch * At(run.place(at).wobble, r)});
      }
      outcome.times = std::move(times);
      if (compares) outcome.exactness = Compare(run, at);
      outcomes[run.place(at).rank] = std::move(outcome);
    }
    return outcomes;
  } catch (const DeadWay &dead) {
    why = dead.why;
  } catch (const SocketError &error) {
    why = error.what();
  }
  for (const int rank : request.scope.ranks) outcomes[rank] = {Missing{why}, Missing{why}};
  return outcomes;
}

void World::Abandon() {
  const std::lock_guard<std::mutex> lock(mutex_);
  is_abandoned_ = true;
  changed_.notify_all();
}

}  // namespace groma::runtime
