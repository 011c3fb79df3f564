// SPDX-License-Identifier: Apache-2.0
// What goes wrong in CUDA, with its place. Thrown inside this folder, caught at the back end's
// wall, where it becomes `Missing`.
#pragma once

#include <cuda_runtime.h>

#include <stdexcept>
#include <string>

namespace groma::runtime::cuda {

struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// "copies.cu:41: cudaMemcpyAsync(to, from, n): out of memory"
inline auto Place(const char *file, int line, const char *call, const std::string &why) -> Fault {
  const std::string path = file;
  return Fault(path.substr(path.rfind('/') + 1) + ":" + std::to_string(line) + ": " + call + ": " +
               why);
}

inline void Check(cudaError_t error, const char *call, const char *file, int line) {
  if (error == cudaSuccess) return;
  // Errors that do not stick must not be blamed on the next call.
  static_cast<void>(cudaGetLastError());
  throw Place(file, line, call, cudaGetErrorString(error));
}

}  // namespace groma::runtime::cuda

// For whatever type of status a `Check` is declared.
#define GROMA_CHECK(call) ::groma::runtime::cuda::Check((call), #call, __FILE__, __LINE__)
// After a launch of a kernel, whose errors come no other way.
#define GROMA_CHECK_LAUNCH() \
  ::groma::runtime::cuda::Check(cudaGetLastError(), "launch", __FILE__, __LINE__)
