// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/validation/shape.h"

#include "groma/lower/validation/messages.h"

namespace groma::lower::validation {
namespace {

using acceptance::Fabric;
using acceptance::Shape;

auto FabricOf(const std::string &word) -> Fabric {
  if (word == "infiniband") return Fabric::Infiniband;
  return word == "roce" || word == "efa" ? Fabric::Roce : Fabric::Ethernet;
}

// Models that have what the one that was asked for lacks.
auto KnownModels(Reader &reader) -> std::string {
  std::string names;
  for (const EntityId model : reader.All(Kind::GpuModel)) {
    const bool is_whole = reader.Count(model, Name::GpuSlices).value_or(1) == 1;
    const bool is_known = reader.Count(model, Name::GpuSm).has_value() && is_whole &&
                          reader.Word(model, Name::GpuVendor) == "nvidia";
    if (is_known) names += (names.empty() ? "`" : ", `") + reader.NameOf(model) + "`";
  }
  return names;
}

// What the driver's name contains: "H200" of "H200 SXM 141GB".
auto ReportedName(Reader &reader, EntityId model) -> std::string {
  std::string name = reader.Text(model, Name::GpuReported);
  if (!name.empty()) return name;
  const plan::SymbolId symbol = reader.model().symbols.Find("display");
  const plan::Entity &entity = reader.model().entity(model);
  const plan::Slot slot = reader.model().kind(entity.kind).members.Find(symbol);
  if (slot == plan::kNoSlot) return name;
  const Value display = reader.evaluator().Read(model, slot).value;
  if (display.tag != plan::ValueTag::String) return name;
  return display.string().take_until([](char c) { return c == ' ' || c == ','; }).str();
}

}  // namespace

auto ShapeOf(Reader &reader, EntityId pool, diagnostics::Sink &sink) -> std::optional<Shape> {
  const EntityId sku = reader.Entity(pool, Name::PoolSku);
  const EntityId gpu = reader.Entity(sku, Name::SkuGpu);
  const int64_t gpus = reader.Count(sku, Name::SkuGpus).value_or(0);
  const int64_t nodes = reader.Count(pool, Name::PoolNodes).value_or(0);
  if (gpus == 0 || nodes == 0) return std::nullopt;
  const auto refuse = [&](const std::string &why) {
    sink.Report(message::NoKnownGpu, reader.SpanOf(pool), reader.NameOf(pool), why)
        .Note("suites are made for " + KnownModels(reader))
        .Help("state what is missing in a model of the plan: `gpu_model mine : gpu.h200_sxm { sm = 90, source = ..., "
              "as_of = ... }`");
    return std::nullopt;
  };
  if (!plan::IsSome(gpu)) return refuse("`" + reader.NameOf(sku) + "` does not say which GPUs it has");
  const std::string model = reader.NameOf(gpu);
  if (reader.Word(gpu, Name::GpuVendor) != "nvidia") {
    return refuse("`" + model + "` is no GPU that CUDA runs on");
  }
  const auto sm = reader.Count(gpu, Name::GpuSm);
  if (!sm) return refuse("nobody says what generation `" + model + "` is of (`sm`)");
  Shape shape;
  shape.pool = reader.NameOf(pool);
  shape.site = reader.NameOf(reader.Entity(pool, Name::PoolSite));
  shape.sku = reader.NameOf(sku);
  shape.gpu = ReportedName(reader, gpu);
  shape.nodes = nodes;
  shape.gpus_per_node = gpus;
  shape.sm = *sm;
  shape.slices = reader.Count(gpu, Name::GpuSlices).value_or(1);
  shape.memory = reader.Amount(reader.Read(gpu, Name::GpuMemory).value, "GB").value_or(Rational(0));
  if (reader.Word(sku, Name::SkuInterconnect) != "pcie") {
    const int64_t domain = reader.Count(sku, Name::SkuDomain).value_or(1);
    shape.domain = std::min(domain, shape.world());
    shape.nvlinks = reader.Count(gpu, Name::GpuLinks).value_or(0);
    shape.nvlink_rate =
        reader.Amount(reader.Read(gpu, Name::GpuLinkRate).value, "GB/s").value_or(Rational(0));
  }
  const Value fabric = reader.Read(pool, Name::PoolFabric).value;
  if (fabric.tag == plan::ValueTag::Union) {
    shape.fabric = FabricOf(reader.WordOf(fabric));
    shape.nics_per_node = reader.Amount(reader.Part(fabric, "rails"), "").value_or(Rational(0)).Ceil();
    shape.nic_rate = reader.Amount(reader.Part(fabric, "rate"), "Gbps").value_or(Rational(0));
  }
  shape.pcie_generation = shape.slices > 1 ? 0 : reader.Count(gpu, Name::GpuPcie).value_or(0);
  shape.pcie_width =
      shape.pcie_generation == 0 ? 0 : reader.Count(gpu, Name::GpuPcieLanes).value_or(0);
  return shape;
}

}  // namespace groma::lower::validation
