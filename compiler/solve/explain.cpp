// SPDX-License-Identifier: Apache-2.0
#include "explain.h"

#include "diagnostics.h"
#include "groma/reason/conflicts.h"
#include "llvm/ADT/STLExtras.h"
#include "teller.h"

namespace groma::solve {
namespace {

// So many independent conflicts are told at once.
constexpr uint32_t kSeveral = 3;

// Limits go first, what workloads need goes last: a reader changes a few limits more easily. What
// is left of a conflict is then what a few limits ask of as few workloads as possible.
auto RankOf(const CauseInfo &info) -> uint32_t {
  switch (info.of) {
    case CauseInfo::Of::Range:
      return 0;
    case CauseInfo::Of::Field:
    case CauseInfo::Of::Shape:
      return 1;
    case CauseInfo::Of::Rule:
    case CauseInfo::Of::Dates:
      return 2;
    case CauseInfo::Of::Demand:
      return 3;
  }
  return 0;
}

}  // namespace

auto Explain(Instance &instance, reason::MakeProver prover, reason::Effort &effort,
             StillContradicts still, diagnostics::Sink &sink) -> bool {
  std::vector<uint32_t> ranks;
  std::vector<uint8_t> is_aggregate;
  for (const CauseInfo &info : instance.builder.causes) {
    ranks.push_back(RankOf(info));
    const bool is_one_of_many = info.of == CauseInfo::Of::Demand || info.of == CauseInfo::Of::Range;
    is_aggregate.push_back(is_one_of_many ? 1 : 0);
  }
  const auto conflicts = reason::FindConflicts(instance.builder.program, {ranks, is_aggregate},
                                               kSeveral, prover, effort);
  Teller teller(instance, sink);
  for (const reason::AggregateCore &conflict : conflicts) {
    std::vector<Cause> causes = conflict.causes;
    std::vector<Cause> others;
    for (const reason::AggregateCore &other : conflicts) {
      if (&other == &conflict) continue;
      llvm::append_range(others, other.causes);
      llvm::append_range(others, other.aggregate);
    }
    std::vector<Cause> own = causes;
    llvm::append_range(own, conflict.aggregate);
    const auto repairs = FindRepairs(instance, own, others, prover, effort);
    llvm::append_range(causes, FindShapes(instance, conflict.causes, still));
    llvm::stable_sort(causes, [&](Cause a, Cause b) {
      return RankOf(instance.builder.causes[a]) < RankOf(instance.builder.causes[b]);
    });
    teller.Tell(conflict, causes, repairs);
  }
  return !conflicts.empty();
}

}  // namespace groma::solve
