// SPDX-License-Identifier: Apache-2.0
// Groups of plain servers and the copies of components that are packed onto them. What shares a
// machine is a pattern; the columns count machines of one size with one pattern, so that machines
// which are alike are never told apart.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "form.h"
#include "groma/plan/ids.h"
#include "groma/plan/plan.h"
#include "patterns.h"

namespace groma::solve {

class Instance;
struct Pool;

// Fields that an explanation does without for a while, to see whether they matter.
using Relaxed = std::set<std::pair<plan::EntityId, plan::Slot>>;

struct Component {
  plan::EntityId id{};
  int64_t most = 0;          // copies that there may be
  int64_t reach = 0;         // those that there might be if nobody had said how many
  std::vector<Form> copies;  // stated, in months that differ
  reason::Cause cause = reason::kGiven;  // where the copies are a number, not something to choose
};

class Packing {
 public:
  // Machines of one size with one pattern.
  struct Column {
    uint32_t group = 0, size = 0;
    Pattern pattern;  // by component
    ColumnId column = 0;
  };

  std::vector<Component> components;
  // By group, by component: copies there. Empty forms where it may not be.
  std::vector<std::vector<Form>> placed;
  std::vector<Column> columns;
  // By group, by component: one that must not be left out of a pattern.
  std::vector<std::vector<uint8_t>> kept;
  // Groups whose machines can be shared in more ways than can be tried.
  std::vector<plan::EntityId> too_varied;

  // 1 if there is a copy on one of the machines. Once the columns have values, none is made.
  auto IsOn(Instance &instance, plan::EntityId component, plan::EntityId group,
            const std::vector<int64_t> *values) -> Form;

 private:
  std::map<std::pair<uint32_t, uint32_t>, Form> is_on_;
};

// The machines of a group in a decided plan, those that are alike together.
auto Unpack(Instance &instance, uint32_t group, const std::vector<int64_t> &values)
    -> std::vector<plan::PackedMachines>;

}  // namespace groma::solve
