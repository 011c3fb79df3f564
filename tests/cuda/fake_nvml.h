// SPDX-License-Identifier: Apache-2.0
// What a test may set of the fake NVML.
#pragma once

#include "cuda/nvml_api.h"

struct FakeNvml {
  int init = 0;
  const char *serial = "1650123";
  unsigned long long throttle = 0;
  int throttle_result = 0;
  unsigned long long uncorrected = 0;
  int ecc_result = 0;
  int rows_result = 0;
  unsigned links = 18;
  unsigned dead_link = 99;
  int speed_result = 0;
  unsigned long long crc = 0;
  int register_result = 0;
  int xids = 0;
};
