// SPDX-License-Identifier: Apache-2.0
// From counted patterns back to machines that carry something.
#include "decode.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;
using plan::PackedMachines;

namespace {

class Unpacker {
 public:
  Unpacker(Instance &instance, uint32_t group, const std::vector<int64_t> &values)
      : instance_(instance), packing_(instance.packing), group_(group), values_(values) {}

  auto Unpack() -> std::vector<PackedMachines> {
    const Pool &pool = instance_.machines[group_];
    std::map<uint32_t, int64_t> carrying;  // by size
    FindSurplus();
    for (const Packing::Column &column : packing_.columns) {
      if (column.group != group_) continue;
      carrying[column.size] += values_[column.column];
      for (int64_t i = 0; i < values_[column.column]; ++i) Add(column);
    }
    // Machines that are there and carry nothing.
    for (uint32_t o = 0; o < pool.offers.count; ++o) {
      int64_t most = 0;
      for (const Forms &nodes : pool.nodes) {
        most = std::max(most, nodes[o].ValueAt(values_).Floor());
      }
      if (most > carrying[o]) machines_[{o, {}}] += most - carrying[o];
    }
    std::vector<PackedMachines> all;
    for (const auto &[what, nodes] : machines_) all.push_back(Tell(what.first, what.second, nodes));
    return all;
  }

 private:
  // Full patterns may hold more copies than there are.
  void FindSurplus() {
    surplus_.resize(packing_.components.size());
    for (size_t c = 0; c < surplus_.size(); ++c) {
      surplus_[c] = -packing_.placed[group_][c].ValueAt(values_).Floor();
    }
    for (const Packing::Column &column : packing_.columns) {
      if (column.group != group_) continue;
      for (size_t c = 0; c < surplus_.size(); ++c) {
        surplus_[c] += column.pattern[c] * values_[column.column];
      }
    }
  }

  void Add(const Packing::Column &column) {
    Pattern pattern = column.pattern;
    for (size_t c = 0; c < pattern.size(); ++c) {
      // The last one of these stays.
      const int64_t stays = packing_.kept[group_][c] != 0 ? std::min<int64_t>(1, pattern[c]) : 0;
      const int64_t dropped = std::min(surplus_[c], pattern[c] - stays);
      pattern[c] -= dropped;
      surplus_[c] -= dropped;
    }
    if (llvm::all_of(pattern, [](int64_t count) { return count == 0; })) pattern.clear();
    ++machines_[{column.size, pattern}];
  }

  auto Tell(uint32_t size, const Pattern &pattern, int64_t nodes) const -> PackedMachines {
    const Pool &pool = instance_.machines[group_];
    PackedMachines packed;
    packed.group = pool.id;
    packed.sku = pool.by_offer[size].sku;
    packed.nodes = nodes;
    for (size_t c = 0; c < pattern.size(); ++c) {
      if (pattern[c] > 0) packed.copies.push_back({packing_.components[c].id, pattern[c]});
    }
    return packed;
  }

  Instance &instance_;
  const Packing &packing_;
  const uint32_t group_;
  const std::vector<int64_t> &values_;
  std::vector<int64_t> surplus_;
  // By size and what it carries.
  std::map<std::pair<uint32_t, Pattern>, int64_t, std::greater<>> machines_;
};

}  // namespace

auto Unpack(Instance &instance, uint32_t group, const std::vector<int64_t> &values)
    -> std::vector<PackedMachines> {
  return Unpacker(instance, group, values).Unpack();
}

void Decoder::AddPackings() {
  for (uint32_t g = 0; g < instance_.machines.size(); ++g) {
    const EntityId id = instance_.machines[g].id;
    const auto packed = Unpack(instance_, g, values_);
    const plan::Slot slot = reader_.known.slot(KnownMember::MachinesPacking);
    solution_.decisions.results.push_back({id, slot, {}, PackingOf(packed, id), {}});
    solution_.packings.insert(solution_.packings.end(), packed.begin(), packed.end());
  }
}

// As the member says: a list of records.
auto Decoder::PackingOf(llvm::ArrayRef<PackedMachines> packed, EntityId group) -> Value {
  plan::Model &model = reader_.model;
  const plan::Member &member = model.kind(model.entity(group).kind)
                                   .members.list[reader_.known.slot(KnownMember::MachinesPacking)];
  const plan::TypeId element = model.types.argument(model.types.Unwrap(member.type));
  const uint32_t record = model.types.type(model.types.Unwrap(element)).decl;
  const auto unit = model.units.Find("node");
  std::vector<Value> elements;
  for (const PackedMachines &one : packed) {
    std::vector<plan::MapEntry> copies;
    for (const PackedMachines::Copies &of : one.copies) {
      copies.push_back({Value::Entity(of.component),
                        Value::Number(of.count, base::DimensionId::kNumber)});
    }
    const Value fields[] = {
        Value::Entity(one.sku),
        Value::Number(one.nodes, base::DimensionId::kNode, unit ? static_cast<uint32_t>(*unit) : 0),
        Value::Entries(ValueTag::Map, model.Keep(llvm::ArrayRef<plan::MapEntry>(copies)), false)};
    elements.push_back(Value::Items(ValueTag::Record, model.Keep(llvm::ArrayRef<Value>(fields)), record));
  }
  return Value::Items(ValueTag::List, model.Keep(llvm::ArrayRef<Value>(elements)));
}

}  // namespace groma::solve
