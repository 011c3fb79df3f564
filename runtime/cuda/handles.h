// SPDX-License-Identifier: Apache-2.0
// Owners of what CUDA hands out. None of them is made in a timed region.
#pragma once

#include <cstddef>
#include <cstdint>

#include "cuda/check.h"

namespace groma::runtime::cuda {

class Stream {
 public:
  Stream() { GROMA_CHECK(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking)); }
  ~Stream() { static_cast<void>(cudaStreamDestroy(stream_)); }
  Stream(const Stream &) = delete;
  auto operator=(const Stream &) -> Stream & = delete;
  auto get() const -> cudaStream_t { return stream_; }

 private:
  cudaStream_t stream_ = nullptr;
};

class Event {
 public:
  explicit Event(unsigned flags = cudaEventDefault) {
    GROMA_CHECK(cudaEventCreateWithFlags(&event_, flags));
  }
  ~Event() {
    if (event_ != nullptr) static_cast<void>(cudaEventDestroy(event_));
  }
  Event(Event &&other) noexcept : event_(other.event_) { other.event_ = nullptr; }
  Event(const Event &) = delete;
  auto operator=(const Event &) -> Event & = delete;
  auto get() const -> cudaEvent_t { return event_; }
  void Record(cudaStream_t stream) const { GROMA_CHECK(cudaEventRecord(event_, stream)); }

 private:
  cudaEvent_t event_ = nullptr;
};

// Memory of the current GPU, or of the host where the GPU may reach it (pinned).
template <bool kOnHost>
class Memory {
 public:
  Memory() = default;
  explicit Memory(size_t bytes) : bytes_(bytes) {
    if (bytes == 0) return;
    if constexpr (kOnHost) {
      GROMA_CHECK(cudaHostAlloc(&data_, bytes, cudaHostAllocPortable));
    } else {
      GROMA_CHECK(cudaMalloc(&data_, bytes));
    }
  }
  ~Memory() { Free(); }
  Memory(Memory &&other) noexcept : data_(other.data_), bytes_(other.bytes_) {
    other.data_ = nullptr;
    other.bytes_ = 0;
  }
  auto operator=(Memory &&other) noexcept -> Memory & {
    if (this == &other) return *this;
    Free();
    data_ = other.data_;
    bytes_ = other.bytes_;
    other.data_ = nullptr;
    other.bytes_ = 0;
    return *this;
  }
  Memory(const Memory &) = delete;
  auto operator=(const Memory &) -> Memory & = delete;

  template <class T = void>
  auto as() const -> T * {
    return static_cast<T *>(data_);
  }
  auto bytes() const -> size_t { return bytes_; }

 private:
  void Free() {
    if (data_ == nullptr) return;
    if constexpr (kOnHost) {
      static_cast<void>(cudaFreeHost(data_));
    } else {
      static_cast<void>(cudaFree(data_));
    }
    data_ = nullptr;
  }

  void *data_ = nullptr;
  size_t bytes_ = 0;
};
using DeviceMemory = Memory<false>;
using PinnedMemory = Memory<true>;

// A value that kernels add to and the host reads.
template <class T>
class Tally {
 public:
  Tally() : memory_(sizeof(T)) {}
  auto device() const -> T * { return memory_.as<T>(); }
  void Set(const T &value, cudaStream_t stream) const {
    GROMA_CHECK(cudaMemcpyAsync(device(), &value, sizeof(T), cudaMemcpyHostToDevice, stream));
    GROMA_CHECK(cudaStreamSynchronize(stream));
  }
  // After all that the stream has to do.
  auto Read(cudaStream_t stream) const -> T {
    T value;
    GROMA_CHECK(cudaMemcpyAsync(&value, device(), sizeof(T), cudaMemcpyDeviceToHost, stream));
    GROMA_CHECK(cudaStreamSynchronize(stream));
    return value;
  }

 private:
  DeviceMemory memory_;
};

// The GPU that a scope works with, back to the former one at its end.
class OnDevice {
 public:
  explicit OnDevice(int device) {
    GROMA_CHECK(cudaGetDevice(&before_));
    GROMA_CHECK(cudaSetDevice(device));
  }
  ~OnDevice() { static_cast<void>(cudaSetDevice(before_)); }
  OnDevice(const OnDevice &) = delete;
  auto operator=(const OnDevice &) -> OnDevice & = delete;

 private:
  int before_ = 0;
};

}  // namespace groma::runtime::cuda
