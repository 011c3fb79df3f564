// SPDX-License-Identifier: Apache-2.0
#include "nodes.h"

#include <algorithm>

namespace groma::lower::azure {

using resources::Parameter;
using resources::Spans;

namespace {

constexpr int64_t kMostNodes = 1000;  // that a scale set or a pool of nodes holds

// How many there are now, and at least and at most over the horizon.
void SetCounts(Nodes &nodes, const Reader &reader, const plan::Value &value) {
  const auto count = [](const plan::Value &one) {
    return one.tag == plan::ValueTag::Number ? one.number.Ceil() : 0;
  };
  nodes.now = count(reader.Now(value));
  nodes.least = nodes.most = nodes.now;
  if (value.tag != plan::ValueTag::Curve) return;
  for (const plan::MapEntry &entry : value.map()) {
    nodes.least = std::min(nodes.least, count(entry.value));
    nodes.most = std::max(nodes.most, count(entry.value));
  }
}

auto SetSize(Nodes &nodes, Reader &reader, EntityId sku) -> bool {
  nodes.sku = sku;
  const auto size = reader.Text(sku, Name::VmSizeArm);
  if (!size) return false;
  nodes.size = *size;
  nodes.has_gpus = reader.Count(sku, Name::SkuGpus).value_or(0) > 0;
  const EntityId gpu = reader.Entity(sku, Name::SkuGpu);
  nodes.is_amd = reader.Word(gpu, Name::GpuModelVendor) == "amd";
  return true;
}

void AddPools(Context &context, std::vector<Nodes> &all) {
  Reader &reader = context.reader;
  for (const EntityId id : reader.All(Kind::RentedPool)) {
    Nodes nodes;
    nodes.of = id;
    nodes.place = context.PlaceOf(reader.Entity(id, Name::PoolSite));
    if (nodes.place == nullptr) continue;
    if (!SetSize(nodes, reader, reader.Entity(id, Name::PoolSku))) continue;
    SetCounts(nodes, reader, reader.Read(id, Name::PoolNodes));
    if (nodes.most == 0) continue;
    nodes.follows_load = reader.Flag(id, Name::RentedAutoscale);
    nodes.is_spot = reader.Word(id, Name::RentedContract) == "spot";
    nodes.is_one_fabric = reader.Word(id, Name::PoolFabric) == "infiniband";
    nodes.zones = reader.Count(id, Name::RentedZones).value_or(1);
    nodes.runs_on = reader.Word(id, Name::PoolRunsOn);
    nodes.image = reader.Text(id, Name::RentedImage);
    nodes.because = reader.Because(id);
    nodes.because_sku = reader.Because(id, Name::PoolSku);
    nodes.because_count = reader.Because(id, Name::PoolNodes);
    nodes.because_fabric = reader.Because(id, Name::PoolFabric);
    all.push_back(std::move(nodes));
  }
}

// Machines of a group are all of one size, or of those that were decided for what is packed onto them.
void AddMachines(Context &context, std::vector<Nodes> &all) {
  Reader &reader = context.reader;
  for (const EntityId id : reader.All(Kind::Machines)) {
    Nodes nodes;
    nodes.of = id;
    nodes.place = context.PlaceOf(reader.Entity(id, Name::MachinesSite));
    if (nodes.place == nullptr) continue;
    nodes.is_spot = reader.Word(id, Name::MachinesContract) == "spot";
    nodes.runs_on = reader.Word(id, Name::MachinesRunsOn);
    nodes.because = reader.Because(id);
    nodes.because_count = reader.Because(id, Name::MachinesNodes);
    nodes.because_sku = reader.Because(id, Name::MachinesSku);
    if (const EntityId sku = reader.Entity(id, Name::MachinesSku); IsSome(sku)) {
      SetCounts(nodes, reader, reader.Read(id, Name::MachinesNodes));
      if (nodes.most > 0 && SetSize(nodes, reader, sku)) all.push_back(std::move(nodes));
      continue;
    }
    const plan::Value packing = reader.Read(id, Name::MachinesPacking);
    if (packing.tag != plan::ValueTag::List) continue;
    std::map<EntityId, int64_t> counts;
    for (const plan::Value &one : packing.elements()) {
      const plan::Value sku = reader.Part(one, "sku"), count = reader.Part(one, "nodes");
      if (sku.tag == plan::ValueTag::Entity && count.tag == plan::ValueTag::Number) {
        counts[sku.entity] += count.number.Ceil();
      }
    }
    for (const auto &[sku, count] : counts) {
      Nodes of_size = nodes;
      of_size.now = of_size.least = of_size.most = count;
      if (counts.size() > 1) of_size.role = reader.SymbolOf(sku);
      if (count > 0 && SetSize(of_size, reader, sku)) all.push_back(std::move(of_size));
    }
  }
}

auto SymbolOf(Context &context, const Nodes &nodes) -> std::string {
  return context.reader.SymbolOf(nodes.of) + (nodes.role.empty() ? "" : "_" + nodes.role);
}

}  // namespace

auto NodesOf(Context &context) -> std::vector<Nodes> {
  std::vector<Nodes> all;
  AddPools(context, all);
  AddMachines(context, all);
  return all;
}

auto CountOf(Context &context, const Nodes &nodes) -> Value {
  Parameter parameter;
  parameter.name = SymbolOf(context, nodes) + "_nodes";
  parameter.sort = Parameter::Sort::Int;
  parameter.description = "How many machines `" + SymbolOf(context, nodes) + "` has.";
  if (nodes.varies()) {
    parameter.description += " The plan has from " + std::to_string(nodes.least) + " to " +
                             std::to_string(nodes.most) + ".";
  }
  parameter.least = 0;
  parameter.most = std::max(kMostNodes, nodes.most);
  parameter.value = Value::Int(nodes.now, nodes.because_count);
  parameter.because = nodes.because_count;
  return Value::Given(context.graph.Add(std::move(parameter)), nodes.because_count);
}

auto ZoneOf(Context &context, const Nodes &nodes) -> Value {
  const int64_t zones = context.reader.Count(nodes.place->site, Name::SiteZones).value_or(0);
  if (zones < 1) return {};
  Parameter parameter;
  parameter.name = SymbolOf(context, nodes) + "_zone";
  parameter.description =
      "The zone in which the machines of `" + SymbolOf(context, nodes) + "` stand: one that has room for all.";
  for (int64_t zone = 1; zone <= zones; ++zone) parameter.allowed.push_back(std::to_string(zone));
  parameter.value = Value::Text("1", nodes.because_fabric);
  parameter.because = nodes.because;
  const Value zone = Value::Given(context.graph.Add(std::move(parameter)), nodes.because);
  return Value::List({zone}, nodes.because);
}

auto ZonesOf(Context &context, const Nodes &nodes) -> Value {
  if (nodes.zones < 2) return {};
  const Spans because = context.reader.Is(nodes.of, Kind::RentedPool)
                            ? context.reader.Because(nodes.of, Name::RentedZones)
                            : nodes.because;
  std::vector<std::string> zones;
  for (int64_t zone = 1; zone <= nodes.zones; ++zone) zones.push_back(std::to_string(zone));
  return Value::Texts(zones, because);
}

}  // namespace groma::lower::azure
