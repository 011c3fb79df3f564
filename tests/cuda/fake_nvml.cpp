// SPDX-License-Identifier: Apache-2.0
// An NVML of a GPU that does not exist, for tests: its figures are set by what tests write into
// `fake_nvml`, which they find by dlsym.
#include "fake_nvml.h"

#include <cstdio>
#include <cstring>

using groma::runtime::cuda::nvml::Device;
using groma::runtime::cuda::nvml::Event;
using groma::runtime::cuda::nvml::EventSet;
using groma::runtime::cuda::nvml::Field;
using groma::runtime::cuda::nvml::Result;

namespace {

int gpu = 0;
int events = 0;

auto Put(char *to, unsigned size, const char *text) -> Result {
  std::snprintf(to, size, "%s", text);
  return 0;
}

auto Count(unsigned *to, unsigned value) -> Result {
  *to = value;
  return 0;
}

}  // namespace

extern "C" {

FakeNvml fake_nvml;

auto nvmlInit_v2() -> Result { return fake_nvml.init; }
auto nvmlShutdown() -> Result { return 0; }
auto nvmlErrorString(Result result) -> const char * {
  return result == 3 ? "Not Supported" : "Fake Error";
}
auto nvmlSystemGetDriverVersion(char *to, unsigned size) -> Result {
  return Put(to, size, "580.1");
}
auto nvmlDeviceGetHandleByPciBusId_v2(const char *bus, Device *device) -> Result {
  *device = &gpu;
  return std::strcmp(bus, "0000:3B:00.0") == 0 ? 0 : 6;
}
auto nvmlDeviceGetName(Device, char *to, unsigned size) -> Result { return Put(to, size, "Fake"); }
auto nvmlDeviceGetSerial(Device, char *to, unsigned size) -> Result {
  return fake_nvml.serial == nullptr ? 3 : Put(to, size, fake_nvml.serial);
}
auto nvmlDeviceGetUUID(Device, char *to, unsigned size) -> Result { return Put(to, size, "GPU-1"); }
auto nvmlDeviceGetClockInfo(Device, unsigned type, unsigned *to) -> Result {
  return type == 1 ? Count(to, 1980) : 2;
}
auto nvmlDeviceGetPowerUsage(Device, unsigned *to) -> Result { return Count(to, 650500); }
auto nvmlDeviceGetCurrentClocksThrottleReasons(Device, unsigned long long *to) -> Result {
  *to = fake_nvml.throttle;
  return fake_nvml.throttle_result;
}
auto nvmlDeviceGetTotalEccErrors(Device, unsigned type, unsigned, unsigned long long *to)
    -> Result {
  *to = type == 1 ? fake_nvml.uncorrected : 5;
  return fake_nvml.ecc_result;
}
auto nvmlDeviceGetRemappedRows(Device, unsigned *corrected, unsigned *uncorrected,
                               unsigned *pending, unsigned *failed) -> Result {
  *corrected = 1;
  *uncorrected = 2;
  *pending = 1;
  *failed = 0;
  return fake_nvml.rows_result;
}
auto nvmlDeviceGetNvLinkState(Device, unsigned link, unsigned *to) -> Result {
  if (link >= fake_nvml.links) return 2;
  return Count(to, link == fake_nvml.dead_link ? 0 : 1);
}
auto nvmlDeviceGetFieldValues(Device, int count, Field *fields) -> Result {
  for (int i = 0; i < count; ++i) {
    Field &field = fields[i];
    field.result = 0;
    field.type = 1;
    switch (field.id) {
      case 164:
        field.result = fake_nvml.speed_result;
        field.value.word = 26562;
        break;
      case 90:
        field.value.word = 25781;
        break;
      case 163:
        field.type = 3;
        field.value.larger = fake_nvml.crc;
        break;
      case 162:
        field.type = 0;
        field.value.real = 1;
        break;
      default:
        field.value.word = 0;
    }
  }
  return 0;
}
auto nvmlDeviceGetCurrPcieLinkGeneration(Device, unsigned *to) -> Result { return Count(to, 5); }
auto nvmlDeviceGetCurrPcieLinkWidth(Device, unsigned *to) -> Result { return Count(to, 16); }
auto nvmlEventSetCreate(EventSet *set) -> Result {
  *set = &events;
  return 0;
}
auto nvmlDeviceRegisterEvents(Device, unsigned long long, EventSet) -> Result {
  return fake_nvml.register_result;
}
auto nvmlEventSetWait_v2(EventSet, Event *event, unsigned) -> Result {
  if (fake_nvml.xids == 0) return 10;
  --fake_nvml.xids;
  *event = {&gpu, 8, 79, 0, 0};
  return 0;
}
auto nvmlEventSetFree(EventSet) -> Result { return 0; }

}  // extern "C"
