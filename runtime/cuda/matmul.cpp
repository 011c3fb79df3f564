// SPDX-License-Identifier: Apache-2.0
#include "cuda/matmul.h"

#include <algorithm>

namespace groma::runtime::cuda {
namespace {

constexpr size_t kWorkspace = size_t{64} << 20;
constexpr int kProposals = 16;

struct Types {
  cudaDataType_t operand;
  cublasComputeType_t compute;
  cudaDataType_t scale;
};

auto TypesOf(Dtype dtype) -> Types {
  switch (dtype) {
    case Dtype::kF64:
      return {CUDA_R_64F, CUBLAS_COMPUTE_64F, CUDA_R_64F};
    case Dtype::kF32:
      return {CUDA_R_32F, CUBLAS_COMPUTE_32F, CUDA_R_32F};
    case Dtype::kTf32:
      return {CUDA_R_32F, CUBLAS_COMPUTE_32F_FAST_TF32, CUDA_R_32F};
    case Dtype::kF16:
      return {CUDA_R_16F, CUBLAS_COMPUTE_32F, CUDA_R_32F};
    case Dtype::kBf16:
      return {CUDA_R_16BF, CUBLAS_COMPUTE_32F, CUDA_R_32F};
    case Dtype::kF8:
      return {CUDA_R_8F_E4M3, CUBLAS_COMPUTE_32F, CUDA_R_32F};
    case Dtype::kF4:
#if CUDART_VERSION >= 12080
      return {CUDA_R_4F_E2M1, CUBLAS_COMPUTE_32F, CUDA_R_32F};
#else
      throw Fault("this suite was built with a CUDA that knows no numbers of 4 bits");
#endif
    case Dtype::kI8:
      return {CUDA_R_8I, CUBLAS_COMPUTE_32I, CUDA_R_32I};
  }
  throw Fault("no such dtype");
}

auto TypeOf(Result result) -> cudaDataType_t {
  switch (result) {
    case Result::kF64:
      return CUDA_R_64F;
    case Result::kF32:
      return CUDA_R_32F;
    case Result::kF16:
      return CUDA_R_16F;
    case Result::kBf16:
      return CUDA_R_16BF;
    case Result::kI32:
      return CUDA_R_32I;
  }
  throw Fault("no such type of result");
}

void Describe(Layout &layout, cudaDataType_t type, uint64_t rows, uint64_t columns) {
  GROMA_CHECK(
      cublasLtMatrixLayoutCreate(layout.out(), type, rows, columns, static_cast<int64_t>(rows)));
}

template <class T>
void Set(cublasLtMatmulDesc_t operation, cublasLtMatmulDescAttributes_t attribute, T value) {
  GROMA_CHECK(cublasLtMatmulDescSetAttribute(operation, attribute, &value, sizeof(value)));
}

}  // namespace

void Check(cublasStatus_t status, const char *call, const char *file, int line) {
  if (status != CUBLAS_STATUS_SUCCESS)
    throw Place(file, line, call, cublasLtGetStatusString(status));
}

Matmul::Matmul(const Product &product, cudaStream_t stream)
    : product_(product),
      stream_(stream),
      a_(OperandBytes(product.dtype, product.rows * product.depth)),
      b_(OperandBytes(product.dtype, product.columns * product.depth)),
      c_(ResultBytes(product.result, product.rows * product.columns)),
      workspace_(kWorkspace) {
  FillOperand(product.dtype, a_.as(), product.rows * product.depth, 1, stream);
  FillOperand(product.dtype, b_.as(), product.columns * product.depth, 2, stream);
  GROMA_CHECK(cublasLtCreate(handle_.out()));
  DescribeAll();
  if (product.dtype == Dtype::kF4) ScaleBlocks();
  Search();
}

void Matmul::DescribeAll() {
  const Types types = TypesOf(product_.dtype);
  GROMA_CHECK(cublasLtMatmulDescCreate(operation_.out(), types.compute, types.scale));
  Set(operation_.get(), CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_T);
  Describe(a_layout_, types.operand, product_.depth, product_.rows);
  Describe(b_layout_, types.operand, product_.depth, product_.columns);
  Describe(c_layout_, TypeOf(product_.result), product_.rows, product_.columns);
}

// Blocks of A are all scaled by 2 and those of B by 1/2, so that the product is that of the
// numbers: the multiplication by scales is done, but that each block gets its own is not tried.
void Matmul::ScaleBlocks() {
#if CUDART_VERSION >= 12080
  constexpr int kTwo = 0x40, kHalf = 0x30;  // unsigned, 4 bits of exponent, 3 of fraction
  a_scales_ = DeviceMemory(product_.rows * product_.depth / 16);
  b_scales_ = DeviceMemory(product_.columns * product_.depth / 16);
  GROMA_CHECK(cudaMemsetAsync(a_scales_.as(), kTwo, a_scales_.bytes(), stream_));
  GROMA_CHECK(cudaMemsetAsync(b_scales_.as(), kHalf, b_scales_.bytes(), stream_));
  Set(operation_.get(), CUBLASLT_MATMUL_DESC_A_SCALE_MODE,
      CUBLASLT_MATMUL_MATRIX_SCALE_VEC16_UE4M3);
  Set(operation_.get(), CUBLASLT_MATMUL_DESC_B_SCALE_MODE,
      CUBLASLT_MATMUL_MATRIX_SCALE_VEC16_UE4M3);
  Set(operation_.get(), CUBLASLT_MATMUL_DESC_A_SCALE_POINTER, a_scales_.as());
  Set(operation_.get(), CUBLASLT_MATMUL_DESC_B_SCALE_POINTER, b_scales_.as());
#endif
}

void Matmul::Search() {
  Owned<cublasLtMatmulPreference_t, cublasLtMatmulPreferenceDestroy> preference;
  GROMA_CHECK(cublasLtMatmulPreferenceCreate(preference.out()));
  GROMA_CHECK(cublasLtMatmulPreferenceSetAttribute(
      preference.get(), CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &kWorkspace, sizeof(kWorkspace)));
  // Not the scheme whose parts are added in the order in which they come: its bits change.
  const uint32_t schemes =
      CUBLASLT_REDUCTION_SCHEME_COMPUTE_TYPE | CUBLASLT_REDUCTION_SCHEME_OUTPUT_TYPE;
  GROMA_CHECK(cublasLtMatmulPreferenceSetAttribute(
      preference.get(), CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK, &schemes, sizeof(schemes)));
  found_.resize(kProposals);
  int count = 0;
  GROMA_CHECK(cublasLtMatmulAlgoGetHeuristic(handle_.get(), operation_.get(), a_layout_.get(),
                                             b_layout_.get(), c_layout_.get(), c_layout_.get(),
                                             preference.get(), kProposals, found_.data(), &count));
  found_.resize(static_cast<size_t>(count));
  found_.erase(std::remove_if(found_.begin(), found_.end(),
                              [](const auto &f) { return f.state != CUBLAS_STATUS_SUCCESS; }),
               found_.end());
  if (found_.empty()) throw Fault("cuBLASLt proposes no algorithm for this product");
}

void Matmul::Enqueue(int algorithm) const {
  // One and zero, of the type that the product is scaled by.
  const double one_f64 = 1, zero_f64 = 0;
  const float one_f32 = 1, zero_f32 = 0;
  const int32_t one_i32 = 1, zero_i32 = 0;
  const void *one = &one_f32;
  const void *zero = &zero_f32;
  if (product_.dtype == Dtype::kF64) one = &one_f64, zero = &zero_f64;
  if (product_.dtype == Dtype::kI8) one = &one_i32, zero = &zero_i32;
  GROMA_CHECK(cublasLtMatmul(handle_.get(), operation_.get(), one, a_.as(), a_layout_.get(),
                             b_.as(), b_layout_.get(), zero, c_.as(), c_layout_.get(), c_.as(),
                             c_layout_.get(), &found_[static_cast<size_t>(algorithm)].algo,
                             workspace_.as(), kWorkspace, stream_));
}

auto Matmul::IsRight() const -> bool {
  return cuda::IsRight(product_, a_.as(), b_.as(), c_.as(), stream_);
}

auto Matmul::Checksum() const -> uint64_t { return cuda::Checksum(c_.as(), c_.bytes(), stream_); }

void Matmul::Spoil() const { GROMA_CHECK(cudaMemsetAsync(c_.as(), 0xFF, c_.bytes(), stream_)); }

}  // namespace groma::runtime::cuda
