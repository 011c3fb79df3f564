// SPDX-License-Identifier: Apache-2.0
// Facts of the host: the way to its GPU, its clock, its disks.
#pragma once

#include <string>

#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

// "0000:3b:00.0", as the kernel names the device that CUDA calls "0000:3B:00.0".
auto PciFolder(const std::string &root, const std::string &bus) -> std::string;

// pcie.generation and pcie.width of the link as it is now (an idle GPU lowers it: ask under load),
// pcie.generation_max, pcie.width_max, numa.node.
void AddPcie(const std::string &root, const std::string &bus, Facts &facts);
// "8.0 GT/s PCIe" and the like; 0 = not known.
auto PcieGeneration(const std::string &speed) -> int;
// clock.is_synchronised, clock.offset_us, clock.error_us by adjtimex.
void AddClock(Facts &facts);
// disks, and of each disk.N.name, disk.N.bytes, disk.N.is_rotational.
void AddDisks(const std::string &root, Facts &facts);

}  // namespace groma::runtime::cuda
