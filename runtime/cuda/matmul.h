// SPDX-License-Identifier: Apache-2.0
// One product by cuBLASLt: its descriptors, and the algorithms that cuBLASLt proposes for it.
#pragma once

#include <cublasLt.h>

#include <vector>

#include "cuda/handles.h"
#include "cuda/product.h"

namespace groma::runtime::cuda {

void Check(cublasStatus_t status, const char *call, const char *file, int line);

// Owns a handle of cuBLASLt.
template <class T, cublasStatus_t (*kDestroy)(T)>
class Owned {
 public:
  Owned() = default;
  ~Owned() {
    if (handle_ != nullptr) static_cast<void>(kDestroy(handle_));
  }
  Owned(const Owned &) = delete;
  auto operator=(const Owned &) -> Owned & = delete;
  auto get() const -> T { return handle_; }
  auto out() -> T * { return &handle_; }

 private:
  T handle_ = nullptr;
};
using Layout = Owned<cublasLtMatrixLayout_t, cublasLtMatrixLayoutDestroy>;

class Matmul {
 public:
  // Allocates operands and result, and fills the operands with random numbers.
  Matmul(const Product &product, cudaStream_t stream);

  // The first is cuBLASLt's own choice, which is the same on like GPUs.
  auto algorithms() const -> int { return static_cast<int>(found_.size()); }
  void Enqueue(int algorithm) const;
  auto IsRight() const -> bool;
  auto Checksum() const -> uint64_t;
  // Fills the result with NaN, so that a product which writes nothing is seen.
  void Spoil() const;

 private:
  void DescribeAll();
  void ScaleBlocks();
  void Search();

  Product product_;
  cudaStream_t stream_;
  Owned<cublasLtHandle_t, cublasLtDestroy> handle_;
  Owned<cublasLtMatmulDesc_t, cublasLtMatmulDescDestroy> operation_;
  Layout a_layout_, b_layout_, c_layout_;
  DeviceMemory a_, b_, c_, workspace_;
  DeviceMemory a_scales_, b_scales_;  // of blocks of 16 numbers, where the format has them
  std::vector<cublasLtMatmulHeuristicResult_t> found_;
};

}  // namespace groma::runtime::cuda
