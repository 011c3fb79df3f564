// SPDX-License-Identifier: Apache-2.0
// Declarations of the few functions of NVML that are called, so that neither its header nor its
// library is needed to build. Their shape is NVML's binary interface, which does not change.
#pragma once

namespace groma::runtime::cuda::nvml {

using Result = int;  // 0 = success
using Device = void *;
using EventSet = void *;

constexpr Result kSuccess = 0;
constexpr Result kNotSupported = 3;
constexpr Result kTimedOut = 10;
constexpr unsigned kClockSm = 1;
constexpr unsigned kUncorrected = 1;
constexpr unsigned kCorrected = 0;
constexpr unsigned kVolatile = 0;  // since the driver was loaded
constexpr unsigned kMaximalLinks = 18;
constexpr unsigned long long kXidEvent = 8;

// Fields, read for a link by its number as the scope.
constexpr unsigned kFieldReplay = 161, kFieldRecovery = 162, kFieldCrc = 163, kFieldSpeed = 164;
// MB/s of all active links; older drivers know no other.
constexpr unsigned kFieldCommonSpeed = 90;

// Why clocks are low. The first four are somebody's choice, the others say that something is wrong.
constexpr unsigned long long kIdle = 0x1, kSetClocks = 0x2, kPowerCap = 0x4, kSyncBoost = 0x10;
constexpr unsigned long long kHardware = 0x8, kThermal = 0x20, kHardwareThermal = 0x40,
                             kPowerBrake = 0x80;

union Value {
  double real;
  unsigned word;
  unsigned long large;
  unsigned long long larger;
  long long whole;
};

struct Field {
  unsigned id;
  unsigned scope;
  long long time;
  long long latency;
  int type;  // 0 double, 1 unsigned, 2 unsigned long, 3 unsigned long long, 4 long long
  Result result;
  Value value;
};

struct Event {
  Device device;
  unsigned long long type;
  unsigned long long data;
  unsigned gpu_instance;
  unsigned compute_instance;
};

struct Api {
  Result (*Init)() = nullptr;
  Result (*Shutdown)() = nullptr;
  const char *(*ErrorString)(Result) = nullptr;
  Result (*DriverVersion)(char *, unsigned) = nullptr;
  Result (*DeviceByPciBusId)(const char *, Device *) = nullptr;
  Result (*Name)(Device, char *, unsigned) = nullptr;
  Result (*Serial)(Device, char *, unsigned) = nullptr;
  Result (*Uuid)(Device, char *, unsigned) = nullptr;
  Result (*ClockInfo)(Device, unsigned, unsigned *) = nullptr;
  Result (*PowerUsage)(Device, unsigned *) = nullptr;
  Result (*Throttle)(Device, unsigned long long *) = nullptr;
  Result (*EccErrors)(Device, unsigned, unsigned, unsigned long long *) = nullptr;
  Result (*RemappedRows)(Device, unsigned *, unsigned *, unsigned *, unsigned *) = nullptr;
  Result (*LinkState)(Device, unsigned, unsigned *) = nullptr;
  Result (*FieldValues)(Device, int, Field *) = nullptr;
  Result (*PcieGeneration)(Device, unsigned *) = nullptr;
  Result (*PcieWidth)(Device, unsigned *) = nullptr;
  Result (*EventSetCreate)(EventSet *) = nullptr;
  Result (*RegisterEvents)(Device, unsigned long long, EventSet) = nullptr;
  Result (*EventSetWait)(EventSet, Event *, unsigned) = nullptr;
  Result (*EventSetFree)(EventSet) = nullptr;
};

}  // namespace groma::runtime::cuda::nvml
