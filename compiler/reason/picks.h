// SPDX-License-Identifier: Apache-2.0
// Who sits where in a local search: each group fills as many slots as it picks, and each member
// belongs to a place, which is what its rows make large first. Private to the engines.
#pragma once

#include <vector>

#include "groma/reason/neighborhood.h"

namespace groma::reason {

class Picks {
 public:
  struct Member {
    ColumnId column = 0;
    uint32_t of_class = 0;
    uint32_t place = 0;
  };
  struct Slot {
    uint32_t group = 0;
    uint32_t member = Neighborhood::kNone;  // index in members()
  };

  // Members are in the order of `reduced` costs, cheapest first.
  Picks(const Program &program, const Neighborhood &neighborhood, llvm::ArrayRef<double> reduced);

  // False if some group cannot be filled; else slots hold the first members that go together.
  auto Fill() -> bool;

  auto slots() const -> const std::vector<Slot> & { return slots_; }
  // Slots whose group leaves a choice.
  auto movable() const -> const std::vector<uint32_t> & { return movable_; }
  auto member(uint32_t id) const -> const Member & { return members_[id]; }
  auto members_of(uint32_t group) const -> llvm::ArrayRef<Member> {
    return llvm::ArrayRef<Member>(members_).slice(groups_[group].begin, size_of(group));
  }
  auto first_member(uint32_t group) const -> uint32_t { return groups_[group].begin; }
  auto size_of(uint32_t group) const -> uint32_t {
    return groups_[group].end - groups_[group].begin;
  }
  // The member of a group at a place; kNone.
  auto MemberAt(uint32_t group, uint32_t place) const -> uint32_t;
  // True if the slot could hold the member, which the group does not hold yet.
  auto Takes(uint32_t slot, uint32_t member) const -> bool;
  // The slots at a place, without those that bounds fix.
  auto occupants(uint32_t place) const -> const std::vector<uint32_t> & {
    return occupants_[place];
  }
  void Put(uint32_t slot, uint32_t member);

 private:
  struct Range {
    uint32_t begin = 0, end = 0;  // members
    uint32_t slot_begin = 0, slot_end = 0;
    bool is_fillable = true;
  };
  void AddGroup(const Program &program, const Group &group, llvm::ArrayRef<double> reduced);

  const Neighborhood &neighborhood_;
  std::vector<Member> members_;
  std::vector<uint32_t> by_place_;  // members of each group, sorted by place
  std::vector<Range> groups_;
  std::vector<Slot> slots_;
  std::vector<uint32_t> movable_, position_;  // of a slot among the occupants
  std::vector<uint8_t> is_fixed_;             // by slot
  std::vector<std::vector<uint32_t>> occupants_;
};

}  // namespace groma::reason
