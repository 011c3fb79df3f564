// SPDX-License-Identifier: Apache-2.0
#include "hardware.h"

#include "llvm/ADT/STLExtras.h"
#include "messages.h"

namespace groma::lower::azure {
namespace {

// Data-centre GPUs of NVIDIA with hardware for parts, by their generation.
auto CanBeParted(Reader &reader, const Nodes &nodes) -> bool {
  const EntityId gpu = reader.Entity(nodes.sku, Name::SkuGpu);
  const bool is_share = reader.Count(gpu, Name::GpuModelSlices).value_or(1) > 1;
  const int64_t sm = reader.Count(gpu, Name::GpuModelSm).value_or(0);
  return nodes.has_gpus && !nodes.is_amd && !is_share && llvm::is_contained({80, 90, 100, 103}, sm);
}

// Families of sizes of which Azure says that they start nothing with trusted launch: two of the A100, and those that are
// confidential by themselves.
auto CanBeTrusted(Reader &reader, const Nodes &nodes) -> bool {
  const std::string family = reader.SymbolOf(reader.Entity(nodes.sku, Name::VmSizeFamily));
  return !llvm::is_contained({"NDasrA100_v4", "NDm_A100_v4", "NCCads_H100_v5"}, family);
}

void Tell(Context &context, const Nodes &nodes, Name field, const char *what, const char *why,
          const char *help) {
  Reader &reader = context.reader;
  context.sink
      .Report(message::CannotSay, reader.Because(nodes.of, field).front(),
              reader.SymbolOf(nodes.of), what, why)
      .Help(help);
}

void ReadMig(Context &context, Nodes &nodes) {
  Reader &reader = context.reader;
  const std::string word = reader.Word(nodes.of, Name::RentedMig);
  if (word.empty()) return;
  if (!CanBeParted(reader, nodes)) {
    return Tell(context, nodes, Name::RentedMig, "GPUs in parts", "machines of its size have none that can be divided",
                "take a size with A100, H100 or newer GPUs of NVIDIA, or leave `mig` out");
  }
  if (nodes.runs_on != "aks") {
    return Tell(context, nodes, Name::RentedMig, "GPUs in parts", "only AKS divides them; elsewhere the image must",
                "let the pool run on `aks`, or divide the GPUs in the image and leave `mig` out");
  }
  nodes.mig = "MIG" + word.substr(3);
}

void ReadTrusted(Context &context, Nodes &nodes) {
  Reader &reader = context.reader;
  if (!reader.Flag(nodes.of, Name::RentedTrusted)) return;
  if (!CanBeTrusted(reader, nodes)) {
    return Tell(context, nodes, Name::RentedTrusted, "trusted launch", "Azure has none for machines of its size",
                "leave `trusted_launch` out, or take another size");
  }
  nodes.is_trusted = true;
  if (!nodes.has_gpus) return;
  if (nodes.runs_on == "aks") {
    if (nodes.has_own_driver) return;
    return Tell(context, nodes, Name::RentedTrusted, "secure boot",
                "AKS has it on GPUs only where it does not install their driver; the virtual TPM is there all the same",
                "bring a signed driver and say `driver = own`");
  }
  Tell(context, nodes, Name::RentedTrusted, "secure boot", "the driver of its GPUs is not signed; the virtual TPM is there all the same",
       "sign the modules of the driver in an image of your own, and turn secure boot on there");
}

}  // namespace

void ReadHardware(Context &context, std::vector<Nodes> &all) {
  for (Nodes &nodes : all) {
    if (!context.reader.Is(nodes.of, Kind::RentedPool)) continue;
    nodes.has_own_driver = context.reader.Word(nodes.of, Name::RentedDriver) == "own";
    ReadMig(context, nodes);
    ReadTrusted(context, nodes);
  }
}

}  // namespace groma::lower::azure
