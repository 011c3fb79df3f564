// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/state.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

// Excesses are capped here, so that sums of them stay small.
constexpr int64_t kLargestExcess = int64_t{1} << 40;

auto ExcessOf(int64_t over, uint64_t scale) -> int64_t {
  const auto part = static_cast<int64_t>((static_cast<__int128>(over) * scale) >> 32);
  return State::kAnyExcess + std::min(part, kLargestExcess);
}

auto ExcessOf(int64_t load, const Neighborhood::Limit &limit) -> int64_t {
  if (load <= 0 && !limit.is_equal) return 0;
  return load == 0 ? 0 : ExcessOf(load < 0 ? -load : load, limit.scale);
}

auto DivideUp(int64_t load, int64_t share) -> int64_t {
  return load > 0 ? (load - 1) / share + 1 : -(-load / share);
}

}  // namespace

State::State(const Program &program, const Neighborhood &neighborhood)
    : program_(program), neighborhood_(neighborhood), values_(program.columns.size()) {
  for (const Neighborhood::Limit &limit : neighborhood.limits) {
    limit_loads_.push_back(limit.start);
    excess_ += ExcessOf(limit.start, limit);
  }
  for (const Neighborhood::Cover &cover : neighborhood.covers) cover_loads_.push_back(cover.start);
  cost_ = program.fixed_cost;
  is_awake_.resize(neighborhood.followers.size());
  shortfalls_.resize(is_awake_.size());
  for (const Neighborhood::Follower &follower : neighborhood.followers) {
    const Column &column = program.columns[follower.column];
    // What earns something is to be large, as far as rows let it.
    floors_.push_back(column.cost < 0 ? column.upper : column.lower);
    Wake(static_cast<uint32_t>(floors_.size() - 1));
  }
  Settle();
  Keep();
}

void State::Add(ColumnId column, int64_t by) {
  changes_.push_back({column, by});
  values_[column] += by;
  cost_ += program_.columns[column].cost * by;
  const auto limits = neighborhood_.limits_of(column);
  const auto covers = neighborhood_.covers_of(column);
  steps_ += limits.size() + covers.size();
  for (const auto &touch : limits) {
    int64_t &load = limit_loads_[touch.line];
    const Neighborhood::Limit &limit = neighborhood_.limits[touch.line];
    const int64_t before = load;
    load += touch.amount * by;
    if (before > 0 || load > 0 || limit.is_equal) {
      excess_ += ExcessOf(load, limit) - ExcessOf(before, limit);
    }
  }
  for (const auto &touch : covers) cover_loads_[touch.line] += touch.amount * by;
  for (const uint32_t follower : neighborhood_.moved_by(column)) Wake(follower);
}

void State::Wake(uint32_t follower) {
  if (is_awake_[follower] != 0) return;
  is_awake_[follower] = 1;
  size_t at = awake_.size();
  awake_.push_back(follower);
  for (; at > 0 && awake_[at - 1] < follower; --at) awake_[at] = awake_[at - 1];
  awake_[at] = follower;
}

auto State::Asked(uint32_t id) const -> int64_t {
  const Neighborhood::Follower &follower = neighborhood_.followers[id];
  int64_t asked = floors_[id];
  if (follower.begin == follower.end) return asked;
  if (follower.is_even) {
    int64_t load = cover_loads_[follower.begin];
    for (uint32_t c = follower.begin + 1; c < follower.end; ++c) {
      load = std::max(load, cover_loads_[c]);
    }
    const int64_t share = neighborhood_.covers[follower.begin].share;
    // Mostly nothing changes, and then there is nothing to divide.
    const int64_t value = values_[follower.column];
    if (load <= value * share && load > (value - 1) * share) return std::max(asked, value);
    return std::max(asked, DivideUp(load, share));
  }
  for (uint32_t c = follower.begin; c < follower.end; ++c) {
    asked = std::max(asked, DivideUp(cover_loads_[c], neighborhood_.covers[c].share));
  }
  return asked;
}

void State::Follow(uint32_t id) {
  const Neighborhood::Follower &follower = neighborhood_.followers[id];
  steps_ += follower.end - follower.begin;
  const int64_t asked = Asked(id), upper = program_.columns[follower.column].upper;
  const int64_t shortfall = std::max<int64_t>(asked - upper, 0);
  if (shortfall != shortfalls_[id]) {
    old_shortfalls_.push_back({id, shortfalls_[id]});
    if (shortfalls_[id] > 0) excess_ -= ExcessOf(shortfalls_[id], follower.scale);
    if (shortfall > 0) excess_ += ExcessOf(shortfall, follower.scale);
    shortfalls_[id] = shortfall;
  }
  Set(follower.column, asked - shortfall);
}

void State::SetFloor(uint32_t follower, int64_t floor) {
  old_floors_.push_back({follower, floors_[follower]});
  floors_[follower] = floor;
  Wake(follower);
}

void State::Settle() {
  while (!awake_.empty()) {
    const uint32_t next = awake_.back();
    awake_.pop_back();
    is_awake_[next] = 0;
    Follow(next);
  }
}

void State::Keep() {
  changes_.clear();
  old_floors_.clear();
  old_shortfalls_.clear();
  kept_cost_ = cost_;
  kept_excess_ = excess_;
}

void State::Undo() {
  for (const Change &change : changes_) {
    values_[change.column] -= change.by;
    for (const auto &touch : neighborhood_.limits_of(change.column)) {
      limit_loads_[touch.line] -= touch.amount * change.by;
    }
    for (const auto &touch : neighborhood_.covers_of(change.column)) {
      cover_loads_[touch.line] -= touch.amount * change.by;
    }
  }
  for (const Old &old : llvm::reverse(old_floors_)) floors_[old.follower] = old.value;
  for (const Old &old : llvm::reverse(old_shortfalls_)) shortfalls_[old.follower] = old.value;
  cost_ = kept_cost_;
  excess_ = kept_excess_;
  Keep();
}

}  // namespace groma::reason
