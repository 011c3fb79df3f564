// SPDX-License-Identifier: Apache-2.0
// Figures by the plainest calls of CUDA, that share no code with the runtime: the same copies as
// nvbandwidth's device_local_copy (cudaMemcpyAsync within the GPU) and host_to_device (pinned), and
// products by cublasLtMatmul with cuBLASLt's first choice. Prints NAME VALUE UNIT.
#include <cublasLt.h>
#include <cuda_bf16.h>
#include <cuda_runtime.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

namespace {

void Check(bool is_right, int line) {
  if (is_right) return;
  std::fprintf(stderr, "plain.cu:%d failed: %s\n", line, cudaGetErrorString(cudaGetLastError()));
  std::exit(1);
}
#define CHECK(call) Check((call) == 0, __LINE__)

// Seconds of one operation: the median of nine samples of `batch`, after as long a warm-up.
double Time(int batch, const std::function<void()> &operation) {
  cudaEvent_t start, end;
  CHECK(cudaEventCreate(&start));
  CHECK(cudaEventCreate(&end));
  std::vector<float> samples;
  for (int sample = 0; sample < 18; ++sample) {
    CHECK(cudaEventRecord(start, nullptr));
    for (int i = 0; i < batch; ++i) operation();
    CHECK(cudaEventRecord(end, nullptr));
    CHECK(cudaEventSynchronize(end));
    float milliseconds = 0;
    CHECK(cudaEventElapsedTime(&milliseconds, start, end));
    if (sample >= 9) samples.push_back(milliseconds / 1000 / static_cast<float>(batch));
  }
  std::sort(samples.begin(), samples.end());
  return static_cast<double>(samples[4]);
}

void Copies() {
  constexpr size_t kBytes = size_t{512} << 20;
  void *a, *b, *host;
  CHECK(cudaMalloc(&a, kBytes));
  CHECK(cudaMalloc(&b, kBytes));
  CHECK(cudaMallocHost(&host, kBytes));
  CHECK(cudaMemset(a, 1, kBytes));
  const double d2d =
      Time(16, [&] { CHECK(cudaMemcpyAsync(b, a, kBytes, cudaMemcpyDeviceToDevice)); });
  std::printf("hbm %.6g GB/s\n", 2 * kBytes / d2d / 1e9);
  const double h2d =
      Time(16, [&] { CHECK(cudaMemcpyAsync(a, host, kBytes, cudaMemcpyHostToDevice)); });
  std::printf("h2d %.6g GB/s\n", kBytes / h2d / 1e9);
  const double d2h =
      Time(16, [&] { CHECK(cudaMemcpyAsync(host, a, kBytes, cudaMemcpyDeviceToHost)); });
  std::printf("d2h %.6g GB/s\n", kBytes / d2h / 1e9);
  CHECK(cudaFree(a));
  CHECK(cudaFree(b));
  CHECK(cudaFreeHost(host));
}

__device__ void Put(__nv_bfloat16 *to, float value) { *to = __float2bfloat16(value); }
__device__ void Put(double *to, float value) { *to = static_cast<double>(value); }

template <class T>
__global__ void Fill(T *to, size_t count, unsigned seed) {
  for (size_t i = blockIdx.x * size_t{256} + threadIdx.x; i < count; i += size_t{256} * gridDim.x) {
    unsigned x = static_cast<unsigned>(i) * 2654435761u + seed;
    x ^= x >> 15;
    x *= 2246822519u;
    x ^= x >> 13;
    Put(to + i, static_cast<float>(x) / 2147483648.0f - 1.0f);
  }
}

// The product of two matrices of T, scaled by S.
template <class T, class S>
void Product(const char *name, cudaDataType_t type, cublasComputeType_t compute,
             cudaDataType_t scale, int batch) {
  constexpr int kSide = 8192;
  constexpr size_t kCount = size_t{kSide} * kSide;
  constexpr size_t kWorkspace = size_t{64} << 20;
  T *a, *b, *c;
  void *workspace;
  CHECK(cudaMalloc(&a, sizeof(T) * kCount));
  CHECK(cudaMalloc(&b, sizeof(T) * kCount));
  CHECK(cudaMalloc(&c, sizeof(T) * kCount));
  CHECK(cudaMalloc(&workspace, kWorkspace));
  Fill<<<1024, 256>>>(a, kCount, 1);
  Fill<<<1024, 256>>>(b, kCount, 2);
  CHECK(cudaDeviceSynchronize());
  cublasLtHandle_t handle;
  cublasLtMatmulDesc_t operation;
  cublasLtMatrixLayout_t layout;
  cublasLtMatmulPreference_t preference;
  cublasLtMatmulHeuristicResult_t found;
  int count = 0;
  const cublasOperation_t transposed = CUBLAS_OP_T;
  CHECK(cublasLtCreate(&handle));
  CHECK(cublasLtMatmulDescCreate(&operation, compute, scale));
  CHECK(cublasLtMatmulDescSetAttribute(operation, CUBLASLT_MATMUL_DESC_TRANSA, &transposed,
                                       sizeof(transposed)));
  CHECK(cublasLtMatrixLayoutCreate(&layout, type, kSide, kSide, kSide));
  CHECK(cublasLtMatmulPreferenceCreate(&preference));
  CHECK(cublasLtMatmulPreferenceSetAttribute(preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES,
                                             &kWorkspace, sizeof(kWorkspace)));
  CHECK(cublasLtMatmulAlgoGetHeuristic(handle, operation, layout, layout, layout, layout,
                                       preference, 1, &found, &count));
  Check(count == 1, __LINE__);
  const S one = 1, zero = 0;
  const double time = Time(batch, [&] {
    CHECK(cublasLtMatmul(handle, operation, &one, a, layout, b, layout, &zero, c, layout, c, layout,
                         &found.algo, workspace, kWorkspace, nullptr));
  });
  std::printf("gemm.%s %.6g TFLOPS\n", name, 2.0 * kSide * kSide * kSide / time / 1e12);
  CHECK(cudaFree(a));
  CHECK(cudaFree(b));
  CHECK(cudaFree(c));
  CHECK(cudaFree(workspace));
}

}  // namespace

int main() {
  int major = 0, minor = 0;
  CHECK(cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, 0));
  CHECK(cudaDeviceGetAttribute(&minor, cudaDevAttrComputeCapabilityMinor, 0));
  Copies();
  if (major >= 8) {
    Product<__nv_bfloat16, float>("bf16", CUDA_R_16BF, CUBLAS_COMPUTE_32F, CUDA_R_32F, 100);
  }
  // Others take minutes for it.
  if (minor == 0 && major >= 7 && major <= 10) {
    Product<double, double>("f64", CUDA_R_64F, CUBLAS_COMPUTE_64F, CUDA_R_64F, 5);
  }
  return 0;
}
