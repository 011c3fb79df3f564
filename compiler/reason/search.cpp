// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/search.h"

#include <algorithm>

#include "groma/base/check.h"
#include "groma/reason/chance.h"
#include "groma/reason/neighborhood.h"
#include "groma/reason/picks.h"
#include "groma/reason/state.h"
#include "llvm/ADT/DenseSet.h"

namespace groma::reason {
namespace {

using Wide = __int128;
constexpr uint32_t kNone = Neighborhood::kNone;
constexpr uint64_t kSeed = 20240229;
constexpr int kMovesPerRound = 4096;    // after each the penalty and the temperature change
constexpr uint64_t kStepsPerMove = 16;  // beside the lines that it touches
constexpr uint32_t kOften = 8;          // this part of the most often is still often
constexpr int kFraction = 10;           // temperatures are in units of 2^-10
// Temperatures fall from a fifth of the mean cost of a slot, by this many halvings times 2^16.
constexpr int64_t kHalvings = 8 * 65536 + 42000;

class Annealer {
 public:
  Annealer(const Program &program, llvm::ArrayRef<double> reduced, Effort &effort, SearchFor goal,
           const Watch &watch)
      : program_(program),
        effort_(effort),
        goal_(goal),
        watch_(watch),
        neighborhood_(program),
        picks_(program, neighborhood_, reduced),
        state_(program, neighborhood_),
        chance_(kSeed) {}

  auto Run() -> Answer {
    if (!Start()) return {};
    const uint64_t budget = effort_.left;
    while (!IsDone() && effort_.left > 0) {
      Cool(budget);
      const bool has_moved = Round();
      if (!has_moved) break;
      state_.Press();
      if (watch_) watch_({.phase = "searching", .has_cost = has_best_, .cost = best_cost_});
      // Penalties rise until rows hold, and fall while they do.
      if (state_.excess() > 0) {
        penalty_ = std::min(penalty_ + penalty_ / 10 + 1, highest_penalty_);
      } else {
        penalty_ = std::max(penalty_ - penalty_ / 20, lowest_penalty_);
      }
    }
    if (!has_best_) return {};
    base::Check(program_.IsSolution(best_), "a local search keeps count of its rows");
    Answer answer;
    answer.verdict = Verdict::Feasible;
    answer.values = std::move(best_);
    answer.cost = best_cost_;
    return answer;
  }

  // All but the limits that often did not hold, and what makes the columns in them large.
  auto EasyRows() const -> std::vector<uint8_t> {
    std::vector<uint8_t> is_easy(program_.rows.size(), 1), is_meant(program_.columns.size());
    const auto keep = [&](RowId row) {
      is_easy[row] = 0;
      for (const Entry &entry : program_.entries(program_.rows[row])) is_meant[entry.column] = 1;
    };
    uint32_t most = 0;
    for (uint32_t i = 0; i < neighborhood_.limits.size(); ++i) {
      most = std::max(most, state_.times_pressed(i));
    }
    for (uint32_t f = 0; f < neighborhood_.followers.size(); ++f) {
      most = std::max(most, state_.times_upper_pressed(f));
    }
    const uint32_t often = std::max<uint32_t>(most / kOften, 1);
    // What is pressed in one month is mostly short in others too.
    llvm::DenseSet<Cause> pressed;
    for (uint32_t i = 0; i < neighborhood_.limits.size(); ++i) {
      const Cause cause = program_.rows[neighborhood_.limits[i].row].cause;
      if (state_.times_pressed(i) >= often && cause != kGiven) pressed.insert(cause);
    }
    for (uint32_t i = 0; i < neighborhood_.limits.size(); ++i) {
      const RowId row = neighborhood_.limits[i].row;
      if (state_.times_pressed(i) >= often || pressed.contains(program_.rows[row].cause)) {
        keep(row);
      } else if (Fixes(program_.rows[row])) {
        is_easy[row] = 0;  // a search does not even try what it rules out
      }
    }
    // Each follows from earlier ones only.
    for (size_t f = neighborhood_.followers.size(); f-- > 0;) {
      const Neighborhood::Follower &follower = neighborhood_.followers[f];
      if (is_meant[follower.column] == 0 && state_.times_upper_pressed(f) < often) continue;
      for (uint32_t c = follower.begin; c < follower.end; ++c) keep(neighborhood_.covers[c].row);
    }
    return is_easy;
  }

 private:
  // Whether some column cannot take all that its bounds allow, whatever the others are.
  auto Fixes(const Row &row) const -> bool {
    int64_t least = 0, widest = 0;
    for (const Entry &entry : program_.entries(row)) {
      const Column &column = program_.columns[entry.column];
      const int64_t one = entry.coefficient * column.lower, other = entry.coefficient * column.upper;
      least += std::min(one, other);
      widest = std::max(widest, std::abs(one - other));
    }
    return row.is_equal || least + widest > row.limit;
  }

  auto IsDone() const -> bool { return has_best_ && goal_ == SearchFor::Any; }

  auto Start() -> bool {
    if (!picks_.Fill()) return false;
    for (const Picks::Slot &slot : picks_.slots()) state_.Set(picks_.member(slot.member).column, 1);
    state_.Settle();
    state_.Weigh();
    state_.Keep();
    effort_.Spend(state_.TakeSteps());
    for (uint32_t f = 0; f < neighborhood_.followers.size(); ++f) {
      const Column &column = program_.columns[neighborhood_.followers[f].column];
      if (column.lower < column.upper) floors_.push_back(f);
    }
    const int64_t cost = std::max<int64_t>(std::abs(state_.cost() - program_.fixed_cost), 1000);
    const auto slots = static_cast<int64_t>(std::max<size_t>(picks_.movable().size(), 1));
    hottest_ = static_cast<Wide>(cost) * (2 << kFraction) / (10 * slots);
    penalty_ = cost / 10;
    lowest_penalty_ = std::max<int64_t>(cost / 500, 1);
    highest_penalty_ = cost;
    Note();
    return true;
  }

  void Cool(uint64_t budget) {
    const auto spent = static_cast<int64_t>(static_cast<Wide>(budget - effort_.left) * kHalvings /
                                            static_cast<Wide>(budget));
    const int64_t halvings = spent >> 16, rest = spent & 65535;
    temperature_ = (hottest_ >> halvings) * (131072 - rest) / 131072;
  }

  // Some moves; false if there is none to make.
  auto Round() -> bool {
    const size_t slots = picks_.movable().size(), floors = floors_.size();
    if (slots == 0 && floors == 0) return false;
    for (int i = 0; i < kMovesPerRound && !IsDone(); ++i) {
      const uint32_t kind = chance_.Below(32);
      const bool is_floor = floors > 0 && (slots == 0 || kind == 0);
      moved_count_ = 0;
      if (is_floor) {
        MoveFloor();
      } else if (kind < 22) {
        MoveTwo();
      } else {
        MoveOne(picks_.movable()[chance_.Below(slots)]);
      }
      if (is_floor || moved_count_ > 0) Decide();
      if (!effort_.Spend(state_.TakeSteps() + kStepsPerMove)) break;
    }
    return true;
  }

  // A member that the slot could take instead of its own, rather a cheap one; kNone.
  auto OtherMember(uint32_t slot) -> uint32_t {
    const uint32_t group = picks_.slots()[slot].group;
    const uint32_t count = picks_.size_of(group);
    for (int tries = 0; tries < 4; ++tries) {
      uint32_t at = chance_.Below(count);
      // The best of as many draws as the count has digits, but now and then of one.
      const uint32_t most = chance_.Below(8) == 0 ? 1 : count;
      for (uint32_t left = most; left > 1; left /= 2) at = std::min(at, chance_.Below(count));
      const uint32_t member = picks_.first_member(group) + at;
      if (picks_.Takes(slot, member)) return member;
    }
    return kNone;
  }

  void Move(uint32_t slot, uint32_t member) {
    moved_[moved_count_++] = {slot, member};
    state_.Set(picks_.member(picks_.slots()[slot].member).column, 0);
    state_.Set(picks_.member(member).column, 1);
  }

  void MoveOne(uint32_t slot) {
    const uint32_t member = OtherMember(slot);
    if (member != kNone) Move(slot, member);
  }

  // Sends a slot where another one sits, and that one to where it came from, or else anywhere.
  void MoveTwo() {
    const uint32_t one = picks_.movable()[chance_.Below(picks_.movable().size())];
    const uint32_t member = OtherMember(one);
    if (member == kNone) return;
    const uint32_t left = picks_.member(picks_.slots()[one].member).place;
    const auto &occupants = picks_.occupants(picks_.member(member).place);
    uint32_t two = kNone, back = kNone;
    for (int tries = 0; tries < 3 && back == kNone && !occupants.empty(); ++tries) {
      two = occupants[chance_.Below(occupants.size())];
      if (picks_.slots()[two].group == picks_.slots()[one].group) continue;
      back = picks_.MemberAt(picks_.slots()[two].group, left);
      if (back != kNone && !picks_.Takes(two, back)) back = kNone;
    }
    if (two != kNone && back == kNone) {
      if (picks_.slots()[two].group == picks_.slots()[one].group) return;
      back = OtherMember(two);
    }
    Move(one, member);
    if (back != kNone) Move(two, back);
  }

  // Makes something larger than its covers ask, up to what follows from it; or takes that back.
  void MoveFloor() {
    const uint32_t follower = floors_[chance_.Below(floors_.size())];
    const ColumnId id = neighborhood_.followers[follower].column;
    const Column &column = program_.columns[id];
    const int64_t floor = state_.floor(follower), value = state_.values()[id];
    int64_t to = column.lower;
    const uint32_t kind = chance_.Below(4);
    const int64_t by = int64_t{1} << chance_.Below(8);
    if (floor > column.lower && kind < 2) {
      if (kind == 0) to = std::max(floor - by, column.lower);
    } else {
      to = std::min(value + by, column.upper);
      const auto moved = neighborhood_.moved_by(id);
      if (kind == 3 && !moved.empty()) {
        const uint32_t next = moved[chance_.Below(moved.size())];
        to = std::clamp(state_.values()[neighborhood_.followers[next].column], value, column.upper);
      }
    }
    if (to != floor) state_.SetFloor(follower, to);
  }

  auto Worse(int64_t excess_moved) const -> Wide {
    return state_.cost_moved() + ((static_cast<Wide>(penalty_) * excess_moved) >> 16);
  }

  void Decide() {
    state_.Settle();
    const Wide worst = (temperature_ * Surprise(chance_)) >> (kFraction + 16);
    // Most moves cost too much whatever the limits say.
    bool is_kept = Worse(state_.least_excess_moved()) <= worst;
    if (is_kept) {
      state_.Weigh();
      is_kept = Worse(state_.excess_moved()) <= worst;
    }
    if (!is_kept) {
      state_.Undo();
      return;
    }
    for (int i = 0; i < moved_count_; ++i) picks_.Put(moved_[i].slot, moved_[i].member);
    for (const State::Change &change : state_.changes()) since_best_.push_back(change.column);
    state_.Keep();
    Note();
    if (since_best_.size() > program_.columns.size()) best_is_far_ = true;
    if (best_is_far_) since_best_.clear();
  }

  // Remembers the cheapest solution so far; copies only what changed since the last one.
  void Note() {
    if (state_.excess() > 0 || (has_best_ && state_.cost() >= best_cost_)) return;
    if (!has_best_ || best_is_far_) {
      best_ = state_.values();
    } else {
      for (const ColumnId column : since_best_) best_[column] = state_.values()[column];
    }
    since_best_.clear();
    best_is_far_ = false;
    has_best_ = true;
    best_cost_ = state_.cost();
  }

  struct Moved {
    uint32_t slot = 0, member = 0;
  };
  const Program &program_;
  Effort &effort_;
  SearchFor goal_;
  const Watch &watch_;
  Neighborhood neighborhood_;
  Picks picks_;
  State state_;
  Chance chance_;
  std::vector<uint32_t> floors_;  // followers that could be larger
  Moved moved_[2];
  int moved_count_ = 0;
  int64_t penalty_ = 1, lowest_penalty_ = 1, highest_penalty_ = 1;
  Wide hottest_ = 0, temperature_ = 0;
  bool has_best_ = false, best_is_far_ = false;
  int64_t best_cost_ = 0;
  std::vector<int64_t> best_;
  std::vector<ColumnId> since_best_;
};

}  // namespace

auto SearchOrStruggle(const Program &program, Effort &effort, const Watch &watch) -> Struggle {
  Annealer annealer(program, {}, effort, SearchFor::Any, watch);
  Struggle struggle{annealer.Run(), {}};
  if (struggle.answer.values.empty()) struggle.is_easy = annealer.EasyRows();
  return struggle;
}

auto Search(const Program &program, llvm::ArrayRef<double> reduced, Effort &effort, SearchFor goal,
            const Watch &watch) -> Answer {
  return Annealer(program, reduced, effort, goal, watch).Run();
}

}  // namespace groma::reason
