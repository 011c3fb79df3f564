// SPDX-License-Identifier: Apache-2.0
// The back end of one rank: finds its GPU, asks the parts of this folder, and turns whatever they
// throw into an answer that is missing.
#include <cstdlib>
#include <memory>

#include "cuda/arrivals.h"
#include "cuda/collectives.h"
#include "cuda/copies.h"
#include "cuda/gemm.h"
#include "cuda/host.h"
#include "cuda/memory_test.h"
#include "cuda/nvml.h"
#include "cuda/ports.h"
#include "cuda/sysfs.h"
#include "cuda/timing.h"
#include "cuda/variants.h"
#include "groma/runtime/cuda.h"

namespace groma::runtime::cuda {
namespace {

constexpr const char *kRoot = "";

auto Version(int number, int thousand, int ten) -> std::string {
  std::string text =
      std::to_string(number / thousand) + "." + std::to_string(number % thousand / ten);
  if (ten == 100) text += "." + std::to_string(number % ten);
  return text;
}

auto CudaVersion() -> std::string {
  int version = 0;
  GROMA_CHECK(cudaRuntimeGetVersion(&version));
  return Version(version, 1000, 10);  // 13000: 13.0
}

auto NcclVersion() -> std::string {
  int version = 0;
  GROMA_CHECK(ncclGetVersion(&version));
  return version < 10000 ? Version(version, 1000, 100) : Version(version, 10000, 100);
}

// The GPU of this rank. A launcher may show each process its own one only.
auto DeviceOf(int local) -> int {
  int count = 0;
  GROMA_CHECK(cudaGetDeviceCount(&count));
  if (local < count) return local;
  if (count == 1) return 0;
  throw Fault("GPU " + std::to_string(local) + " is not there: the process sees " +
              std::to_string(count));
}

auto Attribute(cudaDeviceAttr attribute, int device) -> int {
  int value = 0;
  GROMA_CHECK(cudaDeviceGetAttribute(&value, attribute, device));
  return value;
}

// What is asked may itself be missing.
template <class T>
auto Answer(T) -> Maybe<T>;
template <class T>
auto Answer(Maybe<T>) -> Maybe<T>;

class CudaBackend : public Backend {
 public:
  explicit CudaBackend(const CudaOptions &options)
      : options_(options), rules_{options.timeout, options.holds_stream} {
    if (const char *hca = std::getenv("NCCL_IB_HCA"); hca != nullptr && options_.adapters.empty())
      options_.adapters = AdaptersOf(kRoot, hca);
    log_ = options_.logs + "/nccl." + std::to_string(options_.rank) + "." +
           std::to_string(static_cast<int>(options_.variant)) + ".log";
    ApplyVariant(options_.variant, log_);
    if (options_.is_over_line) ApplyLine();
    try {
      Open();
    } catch (const std::exception &fault) {
      fault_ = fault.what();
    }
  }

  auto Identify() -> Maybe<Identity> override {
    return Guard([this] { return IdentifyGpu(); });
  }
  auto CopyHost(Direction direction, Bytes bytes, int repeats)
      -> Maybe<std::vector<Seconds>> override {
    return Guard([&] { return TimeHostCopies(direction, bytes, repeats, rules_, NearestCpus()); });
  }
  auto CopyPeer(int peer, Bytes bytes, int repeats) -> Maybe<std::vector<Seconds>> override {
    return Guard([&] { return TimePeerCopies(device_, peer, bytes, repeats, rules_); });
  }
  auto CopyMemory(Bytes bytes, int repeats) -> Maybe<std::vector<Seconds>> override {
    return Guard([&] {
      collectives_->Release();
      return TimeMemoryCopies(bytes, repeats, rules_);
    });
  }
  auto March(Bytes bytes) -> Maybe<MarchRun> override {
    return Guard([&] {
      collectives_->Release();
      return MarchOver(bytes, options_.timeout, [this](bool) { nvml_->SampleThrottle(); });
    });
  }
  auto Gemm(Dtype dtype, int repeats) -> Maybe<GemmRun> override {
    return Guard([&]() -> Maybe<GemmRun> {
      const auto product = ProductOf(dtype, capability_);
      if (const auto *missing = std::get_if<Missing>(&product)) return *missing;
      return RunGemm(std::get<Product>(product), repeats, rules_, *nvml_);
    });
  }
  auto Collect(Collective op, const Scope &scope, Variant variant, Bytes bytes, int repeats)
      -> Maybe<std::vector<Seconds>> override {
    return Guard(variant, [&] { return collectives_->Collect(op, scope, bytes, repeats); });
  }
  auto Verify(Collective op, const Scope &scope, Variant variant, Bytes bytes)
      -> Maybe<Exactness> override {
    return Guard(variant, [&] { return collectives_->Verify(op, scope, bytes); });
  }
  auto Arrivals(const Scope &scope, int repeats) -> Maybe<std::vector<Seconds>> override {
    return Guard([&] { return TimeArrivals(scope, options_, repeats); });
  }
  auto TransportOf(const Scope &scope, Variant variant) -> Maybe<Transport> override {
    return Guard(variant, [&] { return collectives_->TransportOf(scope); });
  }
  auto NvLinks() -> Maybe<std::vector<NvLink>> override {
    return Guard([this] { return nvml_->Links(); });
  }
  auto Ports() -> Maybe<std::vector<Port>> override { return ReadPorts(kRoot, options_.adapters); }
  auto Health() -> Counters override;
  auto Host() -> Facts override;

 private:
  void Open();
  auto IdentifyGpu() -> Identity;
  auto NearestCpus() const -> std::string;
  void AddPcieUnderLoad(Facts &facts);

  // The wall: nothing that CUDA or NCCL throws goes through.
  template <class Ask>
  auto Guard(const Ask &ask) -> decltype(Answer(ask())) {
    if (!fault_.empty()) return Missing{fault_};
    try {
      GROMA_CHECK(cudaSetDevice(device_));
      return ask();
    } catch (const std::exception &fault) {
      return Missing{fault.what()};
    }
  }
  template <class Ask>
  auto Guard(Variant variant, const Ask &ask) -> decltype(Answer(ask())) {
    if (variant == options_.variant) return Guard(ask);
    return Missing{std::string("this process is for NCCL '") + NameOf(options_.variant) +
                   "', not '" + NameOf(variant) + "'"};
  }

  CudaOptions options_;
  TimingRules rules_;
  std::string log_;
  std::string fault_;  // why there is no GPU
  std::string bus_;
  int device_ = 0;
  int capability_ = 0;
  std::unique_ptr<Nvml> nvml_;
  std::unique_ptr<Collectives> collectives_;
};

void CudaBackend::Open() {
  device_ = DeviceOf(options_.local);
  GROMA_CHECK(cudaSetDevice(device_));
  capability_ = 10 * Attribute(cudaDevAttrComputeCapabilityMajor, device_) +
                Attribute(cudaDevAttrComputeCapabilityMinor, device_);
  char bus[32] = {};
  GROMA_CHECK(cudaDeviceGetPCIBusId(bus, sizeof(bus), device_));
  bus_ = bus;
  nvml_ = std::make_unique<Nvml>(bus_);
  collectives_ = std::make_unique<Collectives>(options_, log_);
}

auto CudaBackend::NearestCpus() const -> std::string {
  const auto cpus = ReadLine(PciFolder(kRoot, bus_) + "/local_cpulist");
  return std::holds_alternative<std::string>(cpus) ? std::get<std::string>(cpus) : "";
}

auto CudaBackend::IdentifyGpu() -> Identity {
  cudaDeviceProp properties;
  GROMA_CHECK(cudaGetDeviceProperties(&properties, device_));
  const auto text = [](const Maybe<std::string> &value) {
    return std::holds_alternative<std::string>(value) ? std::get<std::string>(value) : "";
  };
  Identity identity;
  identity.host = text(ReadLine(std::string(kRoot) + "/proc/sys/kernel/hostname"));
  identity.gpu = properties.name;
  identity.serial = text(nvml_->Serial());
  identity.driver = text(nvml_->Driver());
  identity.cuda = CudaVersion();
  identity.nccl = NcclVersion();
  identity.node = options_.node;
  identity.local = options_.local;
  identity.memory = properties.totalGlobalMem;
  identity.compute_capability = capability_;
  return identity;
}

auto CudaBackend::Health() -> Counters {
  Counters counters;
  if (nvml_ != nullptr) {
    nvml_->AddCounters(counters);
  } else {
    for (const char *name : {"ecc.uncorrected", "xid"}) counters[name] = Missing{fault_};
  }
  // A node without adapters has no such counters; a test that needs them finds that they are
  // missing.
  const bool has_ports = !options_.adapters.empty() || !List("/sys/class/infiniband").empty();
  if (has_ports) AddPortCounters(kRoot, options_.adapters, options_.port, counters);
  return counters;
}

// An idle GPU lets its link sleep at a lower generation, so the link is read while copies run.
void CudaBackend::AddPcieUnderLoad(Facts &facts) {
  constexpr size_t kBytes = size_t{64} << 20;
  const PinnedMemory host(kBytes);
  const DeviceMemory device(kBytes);
  const Stream stream;
  for (int i = 0; i < 20; ++i)
    GROMA_CHECK(
        cudaMemcpyAsync(device.as(), host.as(), kBytes, cudaMemcpyHostToDevice, stream.get()));
  AddPcie(kRoot, bus_, facts);
  GROMA_CHECK(cudaStreamSynchronize(stream.get()));
}

auto CudaBackend::Host() -> Facts {
  Facts facts;
  struct Done {};
  const auto pcie = Guard([&] {
    AddPcieUnderLoad(facts);
    return Done();
  });
  if (const auto *missing = std::get_if<Missing>(&pcie))
    for (const char *name : {"pcie.generation", "pcie.width"}) facts[name] = *missing;
  const auto identity = Identify();
  if (const auto *missing = std::get_if<Missing>(&identity)) {
    for (const char *name : {"driver", "cuda", "nccl"}) facts[name] = *missing;
  } else {
    const auto &known = std::get<Identity>(identity);
    facts["driver"] = known.driver.empty() ? Maybe<std::string>(Missing{"NVML does not tell it"})
                                           : Maybe<std::string>(known.driver);
    facts["cuda"] = known.cuda;
    facts["nccl"] = known.nccl;
  }
  AddClock(facts);
  AddDisks(kRoot, facts);
  return facts;
}

}  // namespace
}  // namespace groma::runtime::cuda

namespace groma::runtime {

auto MakeCudaBackend(const CudaOptions &options) -> std::unique_ptr<Backend> {
  return std::make_unique<cuda::CudaBackend>(options);
}

}  // namespace groma::runtime
