// SPDX-License-Identifier: Apache-2.0
// Requirements on data: the same bits, everywhere and each time.
#include <algorithm>
#include <map>

#include "core/names.h"
#include "core/rank_bench.h"

namespace groma::runtime {
namespace {

// The sum that most have; those with another one are in the minority.
auto Usual(const std::map<int, uint64_t> &sums) -> uint64_t {
  std::map<uint64_t, int> counts;
  for (const auto &[rank, sum] : sums) ++counts[sum];
  uint64_t usual = 0;
  int most = 0;
  for (const auto &[sum, count] : counts) {
    if (count > most) {
      usual = sum;
      most = count;
    }
  }
  return usual;
}

}  // namespace

void RankBench::RequireExact(Collective op, const Scope &scope, Bytes bytes) {
  CheckRecord check = Requirement(std::string("exact.") + NameOf(op));
  const Maybe<Exactness> mine =
      IfAlive(scope, [&] { return backend_.Verify(op, scope, variant_, bytes); });
  const auto all = Everyone(mine);
  const auto scopes = Everyone<Scope>(scope);
  check.components = Size(all);
  std::map<std::string, Scope> wrong;      // scopes in which something is wrong
  std::map<std::string, std::string> how;  // it is
  std::map<std::string, std::map<int, uint64_t>> sums;
  for (int rank = 0; rank < Size(all); ++rank) {
    if (const auto *missing = std::get_if<Missing>(&At(all, rank))) {
      Note(check, Verdict::kInconclusive, topology_.GpuName(rank), missing->reason);
      continue;
    }
    const Exactness &exactness = std::get<0>(At(all, rank));
    if (exactness.checked == 0) {
      Note(check, Verdict::kInconclusive, topology_.GpuName(rank), "nothing was compared");
      continue;
    }
    const auto *where = std::get_if<Scope>(&At(scopes, rank));
    if (!where) {
      Note(check, Verdict::kInconclusive, topology_.GpuName(rank), "its scope cannot be read");
      continue;
    }
    sums[where->name][rank] = exactness.checksum;
    if (exactness.wrong == 0 && exactness.nans == 0) continue;
    wrong[where->name] = *where;
    if (how[where->name].empty()) {
      how[where->name] = std::to_string(exactness.wrong) + " of " +
                         std::to_string(exactness.checked) + " words are wrong at " +
                         topology_.GpuName(rank) + ", " + std::to_string(exactness.nans) +
                         " of them not a number";
    }
  }
  for (const auto &[name, where] : wrong) {
    const Culprits culprits = IsolateWrong(where, bytes);
    if (culprits.components.empty()) {
      Note(check, Verdict::kFail, name, how[name]);
      check.findings.back().isolated = "no pair of neighbours is wrong";
    }
    for (const std::string &component : culprits.components) {
      Note(check, Verdict::kFail, component,
           std::string(NameOf(op)) + " of " + name + ": " + how[name]);
      check.findings.back().isolated = culprits.how;
    }
  }
  const bool is_same =
      op == Collective::kAllReduce || op == Collective::kAllGather || op == Collective::kBroadcast;
  for (const auto &[name, ranks] : sums) {
    if (!is_same || wrong.count(name) != 0) continue;
    const uint64_t usual = Usual(ranks);
    for (const auto &[rank, sum] : ranks) {
      if (sum == usual) continue;
      Note(check, Verdict::kFail, topology_.GpuName(rank), "its result is not that of the others");
    }
  }
  Finish(std::move(check), "all bits are right at all ranks");
}

void RankBench::RequireExactGemm(Dtype dtype) {
  CheckRecord check = Requirement(std::string("exact.gemm.") + NameOf(dtype));
  const auto run = [&] { return backend_.Gemm(dtype, kLeastSamples); };
  const auto first = Everyone(IfAlive(run));
  const auto second = Everyone(IfAlive(run));
  check.components = Size(first);
  std::map<int, uint64_t> sums;
  for (int rank = 0; rank < Size(first); ++rank) {
    const std::string name = topology_.GpuName(rank);
    for (const auto *said : {&At(first, rank), &At(second, rank)}) {
      if (const auto *missing = std::get_if<Missing>(said)) {
        Note(check, Verdict::kInconclusive, name, missing->reason);
        break;
      }
      const GemmRun &gemm = std::get<0>(*said);
      if (!gemm.is_right) {
        Note(check, Verdict::kFail, name, "the product is wrong");
        break;
      }
      const auto [place, is_new] = sums.emplace(rank, gemm.checksum);
      if (!is_new && place->second != gemm.checksum) {
        Note(check, Verdict::kFail, name, "the same product has other bits the second time");
      }
    }
  }
  const uint64_t usual = Usual(sums);
  for (const auto &[rank, sum] : sums) {
    if (sum == usual) continue;
    Note(check, Verdict::kFail, topology_.GpuName(rank), "its product has other bits than theirs");
  }
  Finish(std::move(check), "the same bits each time and at all GPUs");
}

void RankBench::RequireMemory(Bytes bytes) {
  CheckRecord check = Requirement("memory");
  const auto all = Everyone(IfAlive([&] { return backend_.March(bytes); }));
  check.components = Size(all);
  for (int rank = 0; rank < Size(all); ++rank) {
    const std::string name = topology_.GpuName(rank);
    if (const auto *missing = std::get_if<Missing>(&At(all, rank))) {
      Note(check, Verdict::kInconclusive, name, missing->reason);
      continue;
    }
    const MarchRun &march = std::get<0>(At(all, rank));
    if (march.errors > 0) {
      Note(check, Verdict::kFail, name,
           std::to_string(march.errors) + " words came back other than written, the first at " +
               std::to_string(march.first));
    } else if (march.bytes < bytes.value) {
      Note(check, Verdict::kInconclusive, name,
           "only " + NameOf(Bytes{march.bytes}) + " of " + NameOf(bytes) + " were tested");
    }
  }
  Finish(std::move(check), NameOf(bytes) + " of each GPU came back as written");
}

}  // namespace groma::runtime
