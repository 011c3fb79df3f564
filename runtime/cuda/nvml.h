// SPDX-License-Identifier: Apache-2.0
// What the driver knows of one GPU, through NVML, which is loaded when the program runs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cuda/nvml_api.h"
#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

class Nvml {
 public:
  // `bus` is "0000:3b:00.0", `library` a file for dlopen. Errors are told by what is asked later.
  explicit Nvml(const std::string &bus, const std::string &library = "libnvidia-ml.so.1");
  ~Nvml();
  Nvml(const Nvml &) = delete;
  auto operator=(const Nvml &) -> Nvml & = delete;

  auto Name() -> Maybe<std::string>;
  auto Driver() -> Maybe<std::string>;
  // The board's serial number, or where it has none that of the GPU (UUID).
  auto Serial() -> Maybe<std::string>;
  auto Clock() -> Maybe<double>;  // MHz of the multiprocessors, now
  auto Power() -> Maybe<double>;  // W
  auto PcieGeneration() -> Maybe<int64_t>;
  auto PcieWidth() -> Maybe<int64_t>;
  // Those that the GPU has; empty if it has none.
  auto Links() -> Maybe<std::vector<NvLink>>;
  // ecc.uncorrected, rows.*, nvlink.*, throttle.*, xid; info.ecc.corrected.
  void AddCounters(Counters &counters);
  // Remembers what throttles now; counters tell how many of these samples were throttled.
  void SampleThrottle();

 private:
  auto Load(const std::string &library) -> std::string;
  auto Failed(const char *what, nvml::Result result) const -> Missing;
  auto Text(const char *what, nvml::Result (*function)(nvml::Device, char *, unsigned))
      -> Maybe<std::string>;
  auto Number(const char *what, nvml::Result (*function)(nvml::Device, unsigned *))
      -> Maybe<int64_t>;
  auto ReadField(unsigned id, unsigned link) -> Maybe<int64_t>;
  auto SumOfLinks(unsigned field) -> Maybe<int64_t>;
  void AddEcc(const char *name, unsigned type, Counters &counters);
  auto Xids() -> Maybe<int64_t>;
  void AddRows(Counters &counters);

  nvml::Api api_;
  void *library_ = nullptr;
  nvml::Device device_ = nullptr;
  nvml::EventSet events_ = nullptr;
  std::string fault_;         // why nothing can be had; empty = it can
  std::string events_fault_;  // why Xids are not heard of
  int64_t xids_ = 0;
  int64_t samples_ = 0;
  int64_t thermal_ = 0;
  int64_t power_brake_ = 0;
  int64_t hardware_ = 0;
};

}  // namespace groma::runtime::cuda
