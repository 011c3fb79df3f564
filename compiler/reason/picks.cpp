// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/picks.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"

namespace groma::reason {

Picks::Picks(const Program &program, const Neighborhood &neighborhood,
             llvm::ArrayRef<double> reduced)
    : neighborhood_(neighborhood) {
  for (const Group &group : program.groups) AddGroup(program, group, reduced);
  uint32_t places = 0;
  for (const Member &member : members_) places = std::max(places, member.place + 1);
  occupants_.resize(places);
  position_.resize(slots_.size());
}

void Picks::AddGroup(const Program &program, const Group &group, llvm::ArrayRef<double> reduced) {
  Range range{.begin = static_cast<uint32_t>(members_.size()),
              .slot_begin = static_cast<uint32_t>(slots_.size())};
  const auto id = static_cast<uint32_t>(groups_.size());
  // Those that must be picked take the first slots for good.
  std::vector<Member> open;
  for (const Group::Member &member : program.members(group)) {
    const Column &column = program.columns[member.column];
    if (column.upper < 1) continue;
    const auto moved = neighborhood_.moved_by(member.column);
    // Members that move nothing are at the place of their class.
    const auto place = moved.empty()
                           ? static_cast<uint32_t>(neighborhood_.followers.size()) + member.of_class
                           : moved[0];
    if (column.lower < 1) {
      open.push_back({member.column, member.of_class, place});
      continue;
    }
    slots_.push_back({id, static_cast<uint32_t>(members_.size())});
    is_fixed_.push_back(1);
    members_.push_back({member.column, member.of_class, place});
  }
  const auto worth = [&](const Member &member) {
    return reduced.empty() ? static_cast<double>(program.columns[member.column].cost)
                           : reduced[member.column];
  };
  std::stable_sort(open.begin(), open.end(),
                   [&](const Member &a, const Member &b) { return worth(a) < worth(b); });
  llvm::append_range(members_, open);
  range.end = static_cast<uint32_t>(members_.size());
  for (uint32_t m = range.begin; m < range.end; ++m) by_place_.push_back(m);
  std::stable_sort(by_place_.begin() + range.begin, by_place_.end(),
                   [&](uint32_t a, uint32_t b) { return members_[a].place < members_[b].place; });
  const size_t fixed = slots_.size() - range.slot_begin;
  range.is_fillable = fixed <= group.pick;
  for (size_t i = fixed; i < group.pick; ++i) {
    if (range.end - range.begin > group.pick) movable_.push_back(slots_.size());
    slots_.push_back({id});
    is_fixed_.push_back(0);
  }
  range.slot_end = static_cast<uint32_t>(slots_.size());
  groups_.push_back(range);
}

auto Picks::Fill() -> bool {
  for (const Range &range : groups_) {
    if (!range.is_fillable) return false;
    uint32_t m = range.begin;
    for (uint32_t s = range.slot_begin; s < range.slot_end; ++s) {
      if (is_fixed_[s] != 0) continue;
      while (m < range.end && !Takes(s, m)) ++m;
      if (m == range.end) return false;
      Put(s, m);
    }
  }
  return true;
}

auto Picks::MemberAt(uint32_t group, uint32_t place) const -> uint32_t {
  const auto begin = by_place_.begin() + groups_[group].begin;
  const auto end = by_place_.begin() + groups_[group].end;
  const auto at = std::lower_bound(begin, end, place, [&](uint32_t member, uint32_t wanted) {
    return members_[member].place < wanted;
  });
  return at != end && members_[*at].place == place ? *at : Neighborhood::kNone;
}

auto Picks::Takes(uint32_t slot, uint32_t member) const -> bool {
  if (is_fixed_[slot] != 0) return false;
  const Range &range = groups_[slots_[slot].group];
  for (uint32_t s = range.slot_begin; s < range.slot_end; ++s) {
    const uint32_t held = slots_[s].member;
    if (held == member) return false;
    if (s != slot && held != Neighborhood::kNone &&
        members_[held].of_class == members_[member].of_class) {
      return false;
    }
  }
  return true;
}

void Picks::Put(uint32_t slot, uint32_t member) {
  Slot &held = slots_[slot];
  if (held.member != Neighborhood::kNone) {
    std::vector<uint32_t> &left = occupants_[members_[held.member].place];
    position_[left.back()] = position_[slot];
    left[position_[slot]] = left.back();
    left.pop_back();
  }
  held.member = member;
  std::vector<uint32_t> &entered = occupants_[members_[member].place];
  position_[slot] = static_cast<uint32_t>(entered.size());
  entered.push_back(slot);
}

}  // namespace groma::reason
