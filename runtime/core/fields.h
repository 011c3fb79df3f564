// SPDX-License-Identifier: Apache-2.0
// The fields of what back ends answer, for pack.h.
#pragma once

#include "groma/runtime/backend.h"

namespace groma::runtime {

template <class Archive>
void Fields(Archive &archive, Missing &value) {
  archive(value.reason);
}
template <class Archive>
void Fields(Archive &archive, Seconds &value) {
  archive(value.value);
}
template <class Archive>
void Fields(Archive &archive, Scope &value) {
  archive(value.name)(value.ranks);
}
template <class Archive>
void Fields(Archive &archive, Identity &value) {
  archive(value.host)(value.gpu)(value.serial)(value.driver)(value.cuda)(value.nccl);
  archive(value.node)(value.local)(value.memory)(value.compute_capability);
}
template <class Archive>
void Fields(Archive &archive, GemmRun &value) {
  archive(value.times)(value.operations)(value.checksum)(value.is_right);
  archive(value.clock)(value.power);
}
template <class Archive>
void Fields(Archive &archive, MarchRun &value) {
  archive(value.bytes)(value.errors)(value.first);
}
template <class Archive>
void Fields(Archive &archive, Exactness &value) {
  archive(value.checked)(value.wrong)(value.nans)(value.checksum);
}
template <class Archive>
void Fields(Archive &archive, Transport &value) {
  archive(value.net)(value.has_gdr)(value.has_nvls)(value.peer)(value.devices)(value.channels);
}
template <class Archive>
void Fields(Archive &archive, NvLink &value) {
  archive(value.index)(value.is_up)(value.rate);
}
template <class Archive>
void Fields(Archive &archive, Port &value) {
  archive(value.index)(value.device)(value.is_up)(value.rate);
}

}  // namespace groma::runtime
