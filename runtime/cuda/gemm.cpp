// SPDX-License-Identifier: Apache-2.0
#include "cuda/gemm.h"

#include <algorithm>
#include <chrono>

#include "cuda/matmul.h"

namespace groma::runtime::cuda {
namespace {

using Clock = std::chrono::steady_clock;

// Until clocks have settled under the load.
constexpr double kWarmSeconds = 0.5;
// A sample is the mean of products for at least so long, beside which events are nothing.
constexpr double kSampleSeconds = 0.005;

// What NVML says while the GPU works.
class Sampler {
 public:
  explicit Sampler(Nvml &nvml) : nvml_(nvml) {}

  void Sample() {
    const auto now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(10)) return;
    last_ = now;
    Keep(nvml_.Clock(), clocks_);
    Keep(nvml_.Power(), powers_);
    nvml_.SampleThrottle();
  }
  void Forget() {
    clocks_.clear();
    powers_.clear();
  }
  auto clock() const -> double { return Median(clocks_); }
  auto power() const -> double { return Median(powers_); }

 private:
  static void Keep(const Maybe<double> &value, std::vector<double> &values) {
    if (const auto *number = std::get_if<double>(&value)) values.push_back(*number);
  }
  static auto Median(std::vector<double> values) -> double {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }

  Nvml &nvml_;
  Clock::time_point last_;
  std::vector<double> clocks_, powers_;
};

struct Choice {
  int algorithm;
  Seconds time;
};

// The fastest of the proposals on this GPU. One that does not run after all is left out.
auto Fastest(const Matmul &matmul, cudaStream_t stream, const TimingRules &rules) -> Choice {
  Choice best{-1, {0}};
  std::string why;
  for (int algorithm = 0; algorithm < matmul.algorithms(); ++algorithm) {
    Timing timing;
    timing.repeats = 3;
    timing.rules = rules;
    try {
      const Seconds time = MedianOf(Measure(stream, timing, [&](int n) {
        for (int i = 0; i < n; ++i) matmul.Enqueue(algorithm);
      }));
      if (best.algorithm < 0 || time.value < best.time.value) best = {algorithm, time};
    } catch (const Fault &fault) {
      why = fault.what();
    }
  }
  if (best.algorithm < 0) throw Fault("no proposed algorithm runs: " + why);
  return best;
}

void Wait(cudaStream_t stream, double limit) {
  const Event end;
  end.Record(stream);
  Await(end, limit);
}

// Works for as long as clocks need to settle.
void Warm(const Matmul &matmul, const Choice &choice, cudaStream_t stream, double limit,
          Sampler &sampler) {
  const int batch = std::max(1, static_cast<int>(0.05 / choice.time.value));
  const auto start = Clock::now();
  while (std::chrono::duration<double>(Clock::now() - start).count() < kWarmSeconds) {
    for (int i = 0; i < std::min(batch, 500); ++i) matmul.Enqueue(choice.algorithm);
    Wait(stream, limit);
    sampler.Sample();
  }
}

}  // namespace

auto RunGemm(const Product &product, int repeats, const TimingRules &rules, Nvml &nvml) -> GemmRun {
  const Stream stream;
  const Matmul matmul(product, stream.get());
  GemmRun run;
  run.operations = 2.0 * static_cast<double>(product.rows) * static_cast<double>(product.columns) *
                   static_cast<double>(product.depth);
  // cuBLASLt's own choice gives the bits, which must be those of other GPUs.
  matmul.Spoil();
  matmul.Enqueue(0);
  run.is_right = matmul.IsRight();
  run.checksum = matmul.Checksum();
  // The fastest gives the times, and must give the same bits cold and hot.
  const Choice choice = Fastest(matmul, stream.get(), rules);
  matmul.Spoil();
  matmul.Enqueue(choice.algorithm);
  const uint64_t cold = matmul.Checksum();
  Sampler sampler(nvml);
  Warm(matmul, choice, stream.get(), rules.limit, sampler);
  sampler.Forget();
  Timing timing;
  timing.repeats = repeats;
  timing.batch = std::max(1, static_cast<int>(kSampleSeconds / choice.time.value));
  timing.rules = rules;
  run.times = Measure(
      stream.get(), timing,
      [&](int n) {
        for (int i = 0; i < n; ++i) matmul.Enqueue(choice.algorithm);
      },
      [&](bool) { sampler.Sample(); });
  run.is_right = run.is_right && matmul.Checksum() == cold && matmul.IsRight();
  matmul.Spoil();
  matmul.Enqueue(0);
  run.is_right = run.is_right && matmul.Checksum() == run.checksum;
  run.clock = sampler.clock();
  run.power = sampler.power();
  return run;
}

}  // namespace groma::runtime::cuda
