// SPDX-License-Identifier: Apache-2.0
#include "cuda/exactness.h"
#include "cuda/handles.h"

namespace groma::runtime::cuda {
namespace {

constexpr int kThreads = 256;

struct Differences {
  unsigned long long wrong;
  unsigned long long nans;
  unsigned long long checksum;
};

__device__ uint64_t Index() { return static_cast<uint64_t>(blockIdx.x) * blockDim.x + threadIdx.x; }
__device__ uint64_t Stride() { return static_cast<uint64_t>(gridDim.x) * blockDim.x; }

__global__ void __launch_bounds__(kThreads)
    SentKernel(Form form, uint32_t *__restrict__ words, uint64_t count) {
  for (uint64_t i = Index(); i < count; i += Stride()) words[i] = Sent(form, i);
}

// Compares bits, so that NaN is unequal to every number, and -0 to 0.
__global__ void __launch_bounds__(kThreads)
    CompareKernel(Form form, const uint32_t *__restrict__ words, uint64_t count,
                  Differences *sums) {
  Differences mine{0, 0, 0};
  for (uint64_t i = Index(); i < count; i += Stride()) {
    const uint32_t word = words[i];
    if (word != Received(form, i)) {
      ++mine.wrong;
      if (IsNan(word)) ++mine.nans;
    }
    mine.checksum += Share(i, word);
  }
  if (mine.wrong != 0) atomicAdd(&sums->wrong, mine.wrong);
  if (mine.nans != 0) atomicAdd(&sums->nans, mine.nans);
  atomicAdd(&sums->checksum, mine.checksum);
}

auto BlocksFor(uint64_t count) -> unsigned {
  const uint64_t blocks = (count + kThreads - 1) / kThreads;
  return static_cast<unsigned>(blocks < 8192 ? blocks : 8192);
}

}  // namespace

void Prepare(const Form &form, uint32_t *sent, uint32_t *received, cudaStream_t stream) {
  const uint64_t count = SentWords(form);
  SentKernel<<<BlocksFor(count), kThreads, 0, stream>>>(form, sent, count);
  GROMA_CHECK_LAUNCH();
  GROMA_CHECK(cudaMemsetAsync(received, 0xFF, ReceivedWords(form) * sizeof(uint32_t), stream));
}

auto Compare(const Form &form, const uint32_t *received, cudaStream_t stream) -> Exactness {
  const Tally<Differences> sums;
  sums.Set({0, 0, 0}, stream);
  const uint64_t count = ReceivedWords(form);
  CompareKernel<<<BlocksFor(count), kThreads, 0, stream>>>(form, received, count, sums.device());
  GROMA_CHECK_LAUNCH();
  const Differences result = sums.Read(stream);
  Exactness exactness;
  exactness.checked = count;
  exactness.wrong = result.wrong;
  exactness.nans = result.nans;
  exactness.checksum = result.checksum;
  return exactness;
}

}  // namespace groma::runtime::cuda
