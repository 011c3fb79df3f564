// SPDX-License-Identifier: Apache-2.0
#include "cuda/nvml.h"

#include <dlfcn.h>

#include <array>

namespace groma::runtime::cuda {
namespace {

template <class Function>
auto Find(void *library, const char *name, Function &function) -> bool {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

}  // namespace

auto Nvml::Load(const std::string &library) -> std::string {
  library_ = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) return "NVML cannot be loaded: " + library + " is not there";
  // The names with a version are the ones that today's headers call; none of them is optional.
  const bool has_all = Find(library_, "nvmlInit_v2", api_.Init) &&
                       Find(library_, "nvmlShutdown", api_.Shutdown) &&
                       Find(library_, "nvmlErrorString", api_.ErrorString) &&
                       Find(library_, "nvmlSystemGetDriverVersion", api_.DriverVersion) &&
                       Find(library_, "nvmlDeviceGetHandleByPciBusId_v2", api_.DeviceByPciBusId) &&
                       Find(library_, "nvmlDeviceGetName", api_.Name) &&
                       Find(library_, "nvmlDeviceGetSerial", api_.Serial) &&
                       Find(library_, "nvmlDeviceGetUUID", api_.Uuid) &&
                       Find(library_, "nvmlDeviceGetClockInfo", api_.ClockInfo) &&
                       Find(library_, "nvmlDeviceGetPowerUsage", api_.PowerUsage) &&
                       Find(library_, "nvmlDeviceGetCurrentClocksThrottleReasons", api_.Throttle) &&
                       Find(library_, "nvmlDeviceGetTotalEccErrors", api_.EccErrors) &&
                       Find(library_, "nvmlDeviceGetRemappedRows", api_.RemappedRows) &&
                       Find(library_, "nvmlDeviceGetNvLinkState", api_.LinkState) &&
                       Find(library_, "nvmlDeviceGetFieldValues", api_.FieldValues) &&
                       Find(library_, "nvmlDeviceGetCurrPcieLinkGeneration", api_.PcieGeneration) &&
                       Find(library_, "nvmlDeviceGetCurrPcieLinkWidth", api_.PcieWidth) &&
                       Find(library_, "nvmlEventSetCreate", api_.EventSetCreate) &&
                       Find(library_, "nvmlDeviceRegisterEvents", api_.RegisterEvents) &&
                       Find(library_, "nvmlEventSetWait_v2", api_.EventSetWait) &&
                       Find(library_, "nvmlEventSetFree", api_.EventSetFree);
  return has_all ? "" : "NVML is too old: a function is not in " + library;
}

Nvml::Nvml(const std::string &bus, const std::string &library) {
  fault_ = Load(library);
  if (!fault_.empty()) return;
  if (const auto result = api_.Init(); result != nvml::kSuccess) {
    fault_ = Failed("NVML does not start", result).reason;
    api_.Shutdown = nullptr;
    return;
  }
  if (const auto result = api_.DeviceByPciBusId(bus.c_str(), &device_); result != nvml::kSuccess) {
    fault_ = Failed(("NVML knows no GPU at " + bus).c_str(), result).reason;
    return;
  }
  auto result = api_.EventSetCreate(&events_);
  if (result == nvml::kSuccess) result = api_.RegisterEvents(device_, nvml::kXidEvent, events_);
  if (result != nvml::kSuccess) events_fault_ = Failed("Xids cannot be heard of", result).reason;
}

Nvml::~Nvml() {
  if (events_ != nullptr) api_.EventSetFree(events_);
  if (library_ != nullptr && api_.Shutdown != nullptr) api_.Shutdown();
  if (library_ != nullptr) dlclose(library_);
}

auto Nvml::Failed(const char *what, nvml::Result result) const -> Missing {
  const char *text = api_.ErrorString(result);
  return {std::string(what) + ": " + (text != nullptr ? text : std::to_string(result))};
}

auto Nvml::Text(const char *what, nvml::Result (*function)(nvml::Device, char *, unsigned))
    -> Maybe<std::string> {
  if (!fault_.empty()) return Missing{fault_};
  std::array<char, 128> text{};
  const auto result = function(device_, text.data(), static_cast<unsigned>(text.size()));
  if (result != nvml::kSuccess) return Failed(what, result);
  return std::string(text.data());
}

auto Nvml::Number(const char *what, nvml::Result (*function)(nvml::Device, unsigned *))
    -> Maybe<int64_t> {
  if (!fault_.empty()) return Missing{fault_};
  unsigned number = 0;
  const auto result = function(device_, &number);
  if (result != nvml::kSuccess) return Failed(what, result);
  return int64_t{number};
}

auto Nvml::Name() -> Maybe<std::string> { return Text("the GPU's name", api_.Name); }

auto Nvml::Driver() -> Maybe<std::string> {
  if (!fault_.empty()) return Missing{fault_};
  std::array<char, 128> text{};
  const auto result = api_.DriverVersion(text.data(), static_cast<unsigned>(text.size()));
  if (result != nvml::kSuccess) return Failed("the driver's version", result);
  return std::string(text.data());
}

auto Nvml::Serial() -> Maybe<std::string> {
  auto serial = Text("the serial number", api_.Serial);
  if (std::holds_alternative<std::string>(serial)) return serial;
  return Text("the UUID", api_.Uuid);
}

auto Nvml::Clock() -> Maybe<double> {
  if (!fault_.empty()) return Missing{fault_};
  unsigned clock = 0;
  const auto result = api_.ClockInfo(device_, nvml::kClockSm, &clock);
  if (result != nvml::kSuccess) return Failed("the clock", result);
  return static_cast<double>(clock);
}

auto Nvml::Power() -> Maybe<double> {
  const auto power = Number("the power", api_.PowerUsage);
  if (const auto *missing = std::get_if<Missing>(&power)) return *missing;
  return static_cast<double>(std::get<int64_t>(power)) / 1000;
}

auto Nvml::PcieGeneration() -> Maybe<int64_t> {
  return Number("the PCIe generation", api_.PcieGeneration);
}
auto Nvml::PcieWidth() -> Maybe<int64_t> { return Number("the PCIe width", api_.PcieWidth); }

}  // namespace groma::runtime::cuda
