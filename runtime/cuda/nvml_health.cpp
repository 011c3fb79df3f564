// SPDX-License-Identifier: Apache-2.0
// Links and counters of a GPU by NVML.
#include "cuda/nvml.h"

namespace groma::runtime::cuda {
namespace {

// A field as a whole number; what NVML does not type so is missing.
auto WholeOf(const nvml::Field &field) -> Maybe<int64_t> {
  switch (field.type) {
    case 1:
      return int64_t{field.value.word};
    case 2:
      return static_cast<int64_t>(field.value.large);
    case 3:
      return static_cast<int64_t>(field.value.larger);
    case 4:
      return static_cast<int64_t>(field.value.whole);
    default:
      return Missing{"NVML's field " + std::to_string(field.id) + " is no whole number"};
  }
}

}  // namespace

auto Nvml::ReadField(unsigned id, unsigned link) -> Maybe<int64_t> {
  nvml::Field field{};
  field.id = id;
  field.scope = link;
  field.result = nvml::kNotSupported;
  field.type = -1;
  auto result = api_.FieldValues(device_, 1, &field);
  if (result == nvml::kSuccess) result = field.result;
  if (result != nvml::kSuccess) return Failed(("field " + std::to_string(id)).c_str(), result);
  return WholeOf(field);
}

auto Nvml::Links() -> Maybe<std::vector<NvLink>> {
  if (!fault_.empty()) return Missing{fault_};
  std::vector<NvLink> links;
  for (unsigned link = 0; link < nvml::kMaximalLinks; ++link) {
    unsigned is_active = 0;
    const auto result = api_.LinkState(device_, link, &is_active);
    // A GPU with fewer links answers so for the others, one without any for all.
    if (result == nvml::kNotSupported || result == 2) break;
    if (result != nvml::kSuccess) return Failed("the state of an NVLink", result);
    NvLink entry{static_cast<int>(link), is_active != 0, 0};
    if (entry.is_up) {
      auto speed = ReadField(nvml::kFieldSpeed, link);
      if (std::holds_alternative<Missing>(speed)) speed = ReadField(nvml::kFieldCommonSpeed, 0);
      if (const auto *missing = std::get_if<Missing>(&speed)) return *missing;
      entry.rate = static_cast<double>(std::get<int64_t>(speed)) / 1000;
    }
    links.push_back(entry);
  }
  return links;
}

auto Nvml::SumOfLinks(unsigned field) -> Maybe<int64_t> {
  const auto links = Links();
  if (const auto *missing = std::get_if<Missing>(&links)) return *missing;
  int64_t sum = 0;
  for (const NvLink &link : std::get<0>(links)) {
    if (!link.is_up) continue;
    const auto count = ReadField(field, static_cast<unsigned>(link.index));
    if (const auto *missing = std::get_if<Missing>(&count)) return *missing;
    sum += std::get<int64_t>(count);
  }
  return sum;
}

void Nvml::AddEcc(const char *name, unsigned type, Counters &counters) {
  unsigned long long count = 0;
  const auto result = api_.EccErrors(device_, type, nvml::kVolatile, &count);
  if (result == nvml::kSuccess) counters[name] = static_cast<int64_t>(count);
  if (result != nvml::kSuccess && result != nvml::kNotSupported)
    counters[name] = Failed("ECC errors", result);
}

void Nvml::AddRows(Counters &counters) {
  unsigned corrected = 0;
  unsigned uncorrected = 0;
  unsigned is_pending = 0;
  unsigned has_failed = 0;
  const auto result =
      api_.RemappedRows(device_, &corrected, &uncorrected, &is_pending, &has_failed);
  if (result == nvml::kNotSupported) return;
  const bool is_read = result == nvml::kSuccess;
  const auto entry = [&](int64_t count) -> Maybe<int64_t> {
    if (!is_read) return Failed("remapped rows", result);
    return count;
  };
  counters["rows.remapped"] = entry(int64_t{corrected} + uncorrected);
  counters["rows.pending"] = entry(is_pending);
  counters["rows.failed"] = entry(has_failed);
}

auto Nvml::Xids() -> Maybe<int64_t> {
  if (!events_fault_.empty()) return Missing{events_fault_};
  nvml::Event event{};
  auto result = nvml::kSuccess;
  while ((result = api_.EventSetWait(events_, &event, 0)) == nvml::kSuccess)
    if (event.device == device_ && (event.type & nvml::kXidEvent) != 0) ++xids_;
  if (result != nvml::kTimedOut) return Failed("Xids", result);
  return xids_;
}

// The power cap is no fault: a GPU at full work runs into it.
void Nvml::SampleThrottle() {
  unsigned long long reasons = 0;
  if (!fault_.empty() || api_.Throttle(device_, &reasons) != nvml::kSuccess) return;
  ++samples_;
  if ((reasons & (nvml::kThermal | nvml::kHardwareThermal)) != 0) ++thermal_;
  if ((reasons & nvml::kPowerBrake) != 0) ++power_brake_;
  if ((reasons & nvml::kHardware) != 0) ++hardware_;
}

// What the GPU does not count ("not supported") is left out: a test that needs it finds that it is
// not there. Errors that were corrected are information: large memories have some.
void Nvml::AddCounters(Counters &counters) {
  if (!fault_.empty()) {
    for (const char *name :
         {"ecc.uncorrected", "rows.remapped", "rows.pending", "rows.failed", "nvlink.replay",
          "nvlink.recovery", "nvlink.crc", "throttle.thermal", "throttle.power_brake",
          "throttle.hardware", "throttle.power_cap", "xid"})
      counters[name] = Missing{fault_};
    return;
  }
  AddEcc("info.ecc.corrected", nvml::kCorrected, counters);
  AddEcc("ecc.uncorrected", nvml::kUncorrected, counters);
  AddRows(counters);
  counters["nvlink.replay"] = SumOfLinks(nvml::kFieldReplay);
  counters["nvlink.recovery"] = SumOfLinks(nvml::kFieldRecovery);
  counters["nvlink.crc"] = SumOfLinks(nvml::kFieldCrc);
  counters["xid"] = Xids();
  SampleThrottle();
  const auto throttle = [this](int64_t count) -> Maybe<int64_t> {
    if (samples_ == 0) return Missing{"the GPU does not tell what throttles it"};
    return count;
  };
  counters["throttle.thermal"] = throttle(thermal_);
  counters["throttle.power_brake"] = throttle(power_brake_);
  counters["throttle.hardware"] = throttle(hardware_);
}

}  // namespace groma::runtime::cuda
