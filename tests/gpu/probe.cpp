// SPDX-License-Identifier: Apache-2.0
// Asks the cuda back end everything that one GPU can answer, and prints one line for each answer:
// NAME VALUE [UNIT]. What is missing is printed with its reason and makes the exit code 1, but for
// what this kind of GPU cannot have (FP4 before Blackwell, links of a PCIe card).
//
// probe [quick]
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "groma/runtime/cuda.h"

namespace {

using namespace groma::runtime;  // NOLINT: a program of one file

int missing_answers = 0;

void Print(const std::string &name, double value, const char *unit) {
  std::printf("%s %.6g %s\n", name.c_str(), value, unit);
  std::fflush(stdout);
}

template <class T>
auto Get(const std::string &name, const Maybe<T> &answer) -> const T * {
  if (const auto *missing = std::get_if<Missing>(&answer)) {
    std::printf("%s MISSING %s\n", name.c_str(), missing->reason.c_str());
    std::fflush(stdout);
    ++missing_answers;
    return nullptr;
  }
  return &std::get<T>(answer);
}

auto Median(std::vector<Seconds> times) -> double {
  std::sort(times.begin(), times.end(), [](Seconds a, Seconds b) { return a.value < b.value; });
  return times[times.size() / 2].value;
}

void Require(const std::string &name, bool is_right) {
  std::printf("%s %s\n", name.c_str(), is_right ? "right" : "WRONG");
  if (!is_right) ++missing_answers;
}

void PrintRate(const std::string &name, const Maybe<std::vector<Seconds>> &times, double bytes) {
  if (const auto *known = Get(name, times)) Print(name, bytes / Median(*known) / 1e9, "GB/s");
}

void Copies(Backend &backend, Bytes bytes, int repeats) {
  const auto size = static_cast<double>(bytes.value);
  PrintRate("h2d", backend.CopyHost(Direction::kHostToDevice, bytes, repeats), size);
  PrintRate("d2h", backend.CopyHost(Direction::kDeviceToHost, bytes, repeats), size);
  PrintRate("both", backend.CopyHost(Direction::kBoth, bytes, repeats), size);
  PrintRate("hbm", backend.CopyMemory(bytes, repeats), 2 * size);
}

void Products(Backend &backend, int capability, int repeats, bool is_quick) {
  struct Kind {
    const char *name;
    Dtype dtype;
    int least;
  };
  const std::vector<Kind> kinds = {{"f64", Dtype::kF64, 0},    {"f32", Dtype::kF32, 0},
                                   {"tf32", Dtype::kTf32, 80}, {"f16", Dtype::kF16, 0},
                                   {"bf16", Dtype::kBf16, 80}, {"f8", Dtype::kF8, 89},
                                   {"f4", Dtype::kF4, 100},    {"i8", Dtype::kI8, 75}};
  for (const Kind &kind : kinds) {
    const std::string name = std::string("gemm.") + kind.name;
    if (is_quick && kind.dtype != Dtype::kF16) continue;
    if (capability < kind.least) {
      std::printf("%s none on this GPU\n", name.c_str());
      continue;
    }
    const auto first = backend.Gemm(kind.dtype, repeats);
    const auto *run = Get(name, first);
    if (run == nullptr) continue;
    Print(name, run->operations / Median(run->times) / 1e12, "TFLOPS");
    Print(name + ".clock", run->clock, "MHz");
    Print(name + ".power", run->power, "W");
    Require(name + ".product", run->is_right);
    const auto second = backend.Gemm(kind.dtype, 5);
    if (const auto *again = Get(name, second))
      Require(name + ".same_bits", again->checksum == run->checksum);
  }
}

void Collectives(Backend &backend, bool is_quick) {
  const Scope alone{"alone", {0}};
  const std::vector<std::pair<const char *, Collective>> all = {
      {"all_reduce", Collective::kAllReduce},         {"all_gather", Collective::kAllGather},
      {"reduce_scatter", Collective::kReduceScatter}, {"all_to_all", Collective::kAllToAll},
      {"send_receive", Collective::kSendReceive},     {"broadcast", Collective::kBroadcast}};
  for (const auto &[label, op] : all) {
    const std::string name = std::string("nccl.") + label;
    for (const Bytes bytes : {8_B, is_quick ? 4_MiB : 256_MiB}) {
      const auto times = backend.Collect(op, alone, Variant::kDefault, bytes, is_quick ? 2 : 20);
      if (const auto *known = Get(name, times))
        Print(name + "." + std::to_string(bytes.value), Median(*known) * 1e6, "us");
    }
    for (const Bytes bytes :
         {8_B, is_quick ? 1_MiB : 100_MiB, Bytes{is_quick ? 123458u : 12345678u}}) {
      const auto exact = backend.Verify(op, alone, Variant::kDefault, bytes);
      if (const auto *known = Get(name, exact))
        Require(name + ".bits." + std::to_string(bytes.value),
                known->checked > 0 && known->wrong == 0 && known->nans == 0);
    }
  }
  const auto transport = backend.TransportOf(alone, Variant::kDefault);
  if (const auto *known = Get("transport", transport))
    std::printf("transport net=%s peer=%s channels=%d\n", known->net.c_str(), known->peer.c_str(),
                known->channels);
  const auto refused = backend.Collect(Collective::kAllReduce, alone, Variant::kNvlsOff, 8_B, 5);
  Require("variant.refused", std::holds_alternative<Missing>(refused));
  const auto arrivals = backend.Arrivals(alone, 10);
  if (const auto *known = Get("arrival", arrivals)) Print("arrival", Median(*known) * 1e6, "us");
}

void Health(Backend &backend) {
  for (const auto &[name, count] : backend.Health())
    if (const auto *known = Get(name, count))
      std::printf("%s %lld\n", name.c_str(), static_cast<long long>(*known));
  for (const auto &[name, fact] : backend.Host()) {
    const auto *known = std::get_if<std::string>(&fact);
    std::printf("%s %s\n", name.c_str(), known != nullptr ? known->c_str() : "MISSING");
  }
  const auto links = backend.NvLinks();
  if (const auto *known = Get("nvlinks", links)) {
    const auto up =
        std::count_if(known->begin(), known->end(), [](const NvLink &l) { return l.is_up; });
    std::printf("nvlinks %zu, %ld up at %g GB/s\n", known->size(), static_cast<long>(up),
                known->empty() ? 0.0 : (*known)[0].rate);
  }
}

}  // namespace

auto main(int argc, char **argv) -> int {
  const bool is_quick = argc > 1 && std::string(argv[1]) == "quick";
  CudaOptions options;
  options.holds_stream = !is_quick;
  if (is_quick) options.timeout = 600;
  const auto backend = MakeCudaBackend(options);
  const auto identity = backend->Identify();
  const auto *known = Get("identity", identity);
  if (known == nullptr) return 1;
  std::printf("gpu %s sm_%d driver %s CUDA %s NCCL %s\n", known->gpu.c_str(),
              known->compute_capability, known->driver.c_str(), known->cuda.c_str(),
              known->nccl.c_str());
  // Under a sanitizer everything is slow: small sizes go through the same code.
  Copies(*backend, is_quick ? 4_MiB : 512_MiB, is_quick ? 2 : 20);
  const Bytes marched = is_quick ? 16_MiB : Bytes{known->memory / 10 * 8};
  const auto march = backend->March(marched);
  if (const auto *run = Get("march", march)) {
    Print("march.bytes", static_cast<double>(run->bytes), "B");
    Require("march", run->errors == 0 && run->bytes == marched.value / 8 * 8);
  }
  Products(*backend, known->compute_capability, is_quick ? 2 : 20, is_quick);
  Collectives(*backend, is_quick);
  Health(*backend);
  return missing_answers == 0 ? 0 : 1;
}
