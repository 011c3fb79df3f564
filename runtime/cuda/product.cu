// SPDX-License-Identifier: Apache-2.0
#include "cuda/formats.h"
#include "cuda/freivalds.h"
#include "cuda/handles.h"
#include "cuda/product.h"

namespace groma::runtime::cuda {
namespace {

constexpr int kThreads = 256;
constexpr uint64_t kSeed = 20;  // of the signs

__device__ uint64_t Index() { return static_cast<uint64_t>(blockIdx.x) * blockDim.x + threadIdx.x; }
__device__ uint64_t Stride() { return static_cast<uint64_t>(gridDim.x) * blockDim.x; }

auto BlocksFor(uint64_t threads) -> unsigned {
  const uint64_t blocks = (threads + kThreads - 1) / kThreads;
  return static_cast<unsigned>(blocks < 65535 ? blocks : 65535);
}

template <Dtype kDtype>
__global__ void __launch_bounds__(kThreads)
    FillKernel(typename Format<kDtype>::Bits *__restrict__ to, uint64_t count, uint64_t seed) {
  for (uint64_t i = Index(); i < count; i += Stride())
    to[i] = Format<kDtype>::Random(Mix(i + (seed << 48)));
}

template <Result kResult>
__device__ double ResultAt(const void *c, uint64_t index) {
  if constexpr (kResult == Result::kF64) {
    return At<Dtype::kF64>(c, index);
  } else if constexpr (kResult == Result::kF32) {
    return At<Dtype::kF32>(c, index);
  } else if constexpr (kResult == Result::kF16) {
    return At<Dtype::kF16>(c, index);
  } else if constexpr (kResult == Result::kBf16) {
    return At<Dtype::kBf16>(c, index);
  } else {
    return static_cast<const int *>(c)[index];
  }
}

// y = B r: one thread for each place in the depth, so that neighbours read neighbours.
template <Dtype kDtype>
__global__ void __launch_bounds__(kThreads)
    ProjectOperand(const void *__restrict__ b, uint64_t depth, uint64_t columns, Pair *y) {
  for (uint64_t k = Index(); k < depth; k += Stride()) {
    Pair sum{0, 0};
    for (uint64_t j = 0; j < columns; ++j)
      sum = Add(sum, Sign(j, kSeed) * At<kDtype>(b, k + j * depth));
    y[k] = sum;
  }
}

// z = A^T y: one block for each row.
template <Dtype kDtype>
__global__ void __launch_bounds__(kThreads) ApplyOperand(const void *__restrict__ a, uint64_t depth,
                                                         uint64_t rows, const Pair *y, Pair *z) {
  __shared__ Pair parts[kThreads];
  for (uint64_t row = blockIdx.x; row < rows; row += gridDim.x) {
    Pair sum{0, 0};
    for (uint64_t k = threadIdx.x; k < depth; k += blockDim.x)
      sum = AddProduct(sum, At<kDtype>(a, k + row * depth), y[k]);
    parts[threadIdx.x] = sum;
    for (unsigned half = kThreads / 2; half > 0; half /= 2) {
      __syncthreads();
      if (threadIdx.x < half)
        parts[threadIdx.x] = Add(parts[threadIdx.x], parts[threadIdx.x + half]);
    }
    if (threadIdx.x == 0) z[row] = parts[0];
    __syncthreads();
  }
}

// Counts rows of C r that are not near z.
template <Result kResult>
__global__ void __launch_bounds__(kThreads)
    CompareResult(const void *__restrict__ c, uint64_t rows, uint64_t columns, double relative,
                  const Pair *z, unsigned long long *wrong) {
  for (uint64_t i = Index(); i < rows; i += Stride()) {
    Pair sum{0, 0};
    double squares = 0;
    for (uint64_t j = 0; j < columns; ++j) {
      const double element = ResultAt<kResult>(c, i + j * rows);
      sum = Add(sum, Sign(j, kSeed) * element);
      squares += element * element;
    }
    if (!IsNear(sum, z[i], squares, relative)) atomicAdd(wrong, 1ull);
  }
}

__global__ void __launch_bounds__(kThreads)
    ChecksumKernel(const uint32_t *__restrict__ words, uint64_t count, unsigned long long *sum) {
  uint64_t mine = 0;
  for (uint64_t i = Index(); i < count; i += Stride()) mine += Share(i, words[i]);
  atomicAdd(sum, static_cast<unsigned long long>(mine));
}

// Calls `body` with the dtype as a type: std::integral_constant<Dtype, ...>.
template <class Body>
void ByDtype(Dtype dtype, const Body &body) {
  switch (dtype) {
    case Dtype::kF64:
      return body(std::integral_constant<Dtype, Dtype::kF64>());
    case Dtype::kF32:
      return body(std::integral_constant<Dtype, Dtype::kF32>());
    case Dtype::kTf32:
      return body(std::integral_constant<Dtype, Dtype::kTf32>());
    case Dtype::kF16:
      return body(std::integral_constant<Dtype, Dtype::kF16>());
    case Dtype::kBf16:
      return body(std::integral_constant<Dtype, Dtype::kBf16>());
    case Dtype::kF8:
      return body(std::integral_constant<Dtype, Dtype::kF8>());
    case Dtype::kF4:
      return body(std::integral_constant<Dtype, Dtype::kF4>());
    case Dtype::kI8:
      return body(std::integral_constant<Dtype, Dtype::kI8>());
  }
}

template <Result kResult>
void Compare(const Product &p, const void *c, const Pair *z, unsigned long long *wrong,
             cudaStream_t stream) {
  CompareResult<kResult>
      <<<BlocksFor(p.rows), kThreads, 0, stream>>>(c, p.rows, p.columns, p.relative, z, wrong);
}

}  // namespace

auto OperandBytes(Dtype dtype, uint64_t elements) -> uint64_t {
  if (dtype == Dtype::kF4) return elements / 2;
  uint64_t size = 0;
  ByDtype(dtype, [&](auto type) { size = sizeof(typename Format<decltype(type)::value>::Bits); });
  return elements * size;
}

auto ResultBytes(Result result, uint64_t elements) -> uint64_t {
  if (result == Result::kF64) return elements * 8;
  return elements * (result == Result::kF32 || result == Result::kI32 ? 4 : 2);
}

void FillOperand(Dtype dtype, void *operand, uint64_t elements, uint64_t seed,
                 cudaStream_t stream) {
  ByDtype(dtype, [&](auto type) {
    constexpr Dtype kDtype = decltype(type)::value;
    using Bits = typename Format<kDtype>::Bits;
    const uint64_t count = OperandBytes(kDtype, elements) / sizeof(Bits);
    FillKernel<kDtype>
        <<<BlocksFor(count), kThreads, 0, stream>>>(static_cast<Bits *>(operand), count, seed);
  });
  GROMA_CHECK_LAUNCH();
}

auto IsRight(const Product &p, const void *a, const void *b, const void *c, cudaStream_t stream)
    -> bool {
  const DeviceMemory y(p.depth * sizeof(Pair));
  const DeviceMemory z(p.rows * sizeof(Pair));
  const Tally<unsigned long long> wrong;
  wrong.Set(0, stream);
  ByDtype(p.dtype, [&](auto type) {
    constexpr Dtype kDtype = decltype(type)::value;
    ProjectOperand<kDtype>
        <<<BlocksFor(p.depth), kThreads, 0, stream>>>(b, p.depth, p.columns, y.as<Pair>());
    GROMA_CHECK_LAUNCH();
    ApplyOperand<kDtype>
        <<<static_cast<unsigned>(p.rows < 65535 ? p.rows : 65535), kThreads, 0, stream>>>(
            a, p.depth, p.rows, y.as<Pair>(), z.as<Pair>());
    GROMA_CHECK_LAUNCH();
  });
  switch (p.result) {
    case Result::kF64:
      Compare<Result::kF64>(p, c, z.as<Pair>(), wrong.device(), stream);
      break;
    case Result::kF32:
      Compare<Result::kF32>(p, c, z.as<Pair>(), wrong.device(), stream);
      break;
    case Result::kF16:
      Compare<Result::kF16>(p, c, z.as<Pair>(), wrong.device(), stream);
      break;
    case Result::kBf16:
      Compare<Result::kBf16>(p, c, z.as<Pair>(), wrong.device(), stream);
      break;
    case Result::kI32:
      Compare<Result::kI32>(p, c, z.as<Pair>(), wrong.device(), stream);
      break;
  }
  GROMA_CHECK_LAUNCH();
  return wrong.Read(stream) == 0;
}

auto Checksum(const void *data, uint64_t bytes, cudaStream_t stream) -> uint64_t {
  const Tally<unsigned long long> sum;
  sum.Set(0, stream);
  ChecksumKernel<<<BlocksFor(bytes / 4), kThreads, 0, stream>>>(static_cast<const uint32_t *>(data),
                                                                bytes / 4, sum.device());
  GROMA_CHECK_LAUNCH();
  return sum.Read(stream);
}

}  // namespace groma::runtime::cuda
