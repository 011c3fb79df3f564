// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/state.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

// Excesses are capped here, so that sums of them stay small.
constexpr int64_t kLargestExcess = int64_t{1} << 40;

// Weights of lines that hold, and how far those of others rise.
constexpr int64_t kUsual = 16, kHeaviest = kUsual * 256;

auto ExcessOf(int64_t over, uint64_t scale, int64_t weight) -> int64_t {
  const auto part = static_cast<int64_t>((static_cast<__int128>(over) * scale) >> 32);
  return (State::kAnyExcess + std::min(part, kLargestExcess)) * weight / kUsual;
}

auto IsExceeded(int64_t load, const Neighborhood::Limit &limit) -> bool {
  return load > 0 || (limit.is_equal && load < 0);
}

auto Pressed(int64_t weight, bool is_exceeded) -> int64_t {
  return is_exceeded ? std::min(weight + weight / 4, kHeaviest)
                     : std::max(weight - weight / 16 - 1, kUsual);
}

auto DivideUp(int64_t load, int64_t share) -> int64_t {
  return load > 0 ? (load - 1) / share + 1 : -(-load / share);
}

}  // namespace

State::State(const Program &program, const Neighborhood &neighborhood)
    : program_(program), neighborhood_(neighborhood), values_(program.columns.size()) {
  for (const Neighborhood::Limit &limit : neighborhood.limits) {
    limit_loads_.push_back(limit.start);
    limit_weights_.push_back(kUsual);
    limit_excess_ += LimitExcess(static_cast<uint32_t>(limit_loads_.size() - 1), limit.start);
  }
  for (const Neighborhood::Cover &cover : neighborhood.covers) cover_loads_.push_back(cover.start);
  cost_ = program.fixed_cost;
  is_awake_.resize(neighborhood.followers.size());
  shortfalls_.resize(is_awake_.size());
  shortfall_weights_.resize(is_awake_.size(), kUsual);
  limit_times_.resize(limit_loads_.size());
  upper_times_.resize(is_awake_.size());
  for (const Neighborhood::Follower &follower : neighborhood.followers) {
    const Column &column = program.columns[follower.column];
    // What earns something is to be large, as far as rows let it.
    floors_.push_back(column.cost < 0 ? column.upper : column.lower);
    Wake(static_cast<uint32_t>(floors_.size() - 1));
  }
  Settle();
  Weigh();
  Keep();
}

auto State::LimitExcess(uint32_t line, int64_t load) const -> int64_t {
  const Neighborhood::Limit &limit = neighborhood_.limits[line];
  if (!IsExceeded(load, limit)) return 0;
  return ExcessOf(load < 0 ? -load : load, limit.scale, limit_weights_[line]);
}

auto State::ShortfallExcess(uint32_t follower, int64_t shortfall) const -> int64_t {
  if (shortfall == 0) return 0;
  return ExcessOf(shortfall, neighborhood_.followers[follower].scale, shortfall_weights_[follower]);
}

void State::Press() {
  limit_excess_ = 0;
  for (uint32_t line = 0; line < limit_loads_.size(); ++line) {
    int64_t &weight = limit_weights_[line];
    weight = Pressed(weight, IsExceeded(limit_loads_[line], neighborhood_.limits[line]));
    if (weight > kUsual) ++limit_times_[line];
    limit_excess_ += LimitExcess(line, limit_loads_[line]);
  }
  shortfall_excess_ = 0;
  for (uint32_t f = 0; f < shortfalls_.size(); ++f) {
    shortfall_weights_[f] = Pressed(shortfall_weights_[f], shortfalls_[f] > 0);
    if (shortfall_weights_[f] > kUsual) ++upper_times_[f];
    shortfall_excess_ += ShortfallExcess(f, shortfalls_[f]);
  }
  Keep();
}

void State::Add(ColumnId column, int64_t by) {
  changes_.push_back({column, by});
  values_[column] += by;
  cost_ += program_.columns[column].cost * by;
  const auto covers = neighborhood_.covers_of(column);
  steps_ += covers.size();
  for (const auto &touch : covers) cover_loads_[touch.line] += touch.amount * by;
  for (const uint32_t follower : neighborhood_.moved_by(column)) Wake(follower);
}

void State::Weigh() {
  is_weighed_ = true;
  for (const Change &change : changes_) {
    const auto limits = neighborhood_.limits_of(change.column);
    steps_ += limits.size();
    for (const auto &touch : limits) {
      int64_t &load = limit_loads_[touch.line];
      const Neighborhood::Limit &limit = neighborhood_.limits[touch.line];
      const int64_t before = load;
      load += touch.amount * change.by;
      if (before > 0 || load > 0 || limit.is_equal) {
        limit_excess_ += LimitExcess(touch.line, load) - LimitExcess(touch.line, before);
      }
    }
  }
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
    shortfall_excess_ += ShortfallExcess(id, shortfall) - ShortfallExcess(id, shortfalls_[id]);
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
  kept_limit_excess_ = limit_excess_;
  kept_shortfall_excess_ = shortfall_excess_;
  is_weighed_ = false;
}

void State::Undo() {
  for (const Change &change : changes_) {
    values_[change.column] -= change.by;
    if (is_weighed_) {
      for (const auto &touch : neighborhood_.limits_of(change.column)) {
        limit_loads_[touch.line] -= touch.amount * change.by;
      }
    }
    for (const auto &touch : neighborhood_.covers_of(change.column)) {
      cover_loads_[touch.line] -= touch.amount * change.by;
    }
  }
  for (const Old &old : llvm::reverse(old_floors_)) floors_[old.follower] = old.value;
  for (const Old &old : llvm::reverse(old_shortfalls_)) shortfalls_[old.follower] = old.value;
  cost_ = kept_cost_;
  limit_excess_ = kept_limit_excess_;
  shortfall_excess_ = kept_shortfall_excess_;
  Keep();
}

}  // namespace groma::reason
