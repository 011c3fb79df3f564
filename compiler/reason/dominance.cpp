// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/dominance.h"

#include <algorithm>
#include <tuple>

#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

// How many rows on either side a row is compared with.
constexpr size_t kNear = 64;

struct Candidate {
  RowId row = 0;
  Entry negative;  // the only one
};

// True if `strong` implies `weak`, both with the same negative entry.
auto Implies(const Program &program, RowId strong_id, RowId weak_id) -> bool {
  const Row &strong = program.rows[strong_id], &weak = program.rows[weak_id];
  if (strong.limit > weak.limit || strong.end - strong.begin < weak.end - weak.begin) return false;
  const auto entries = program.entries(strong);
  const Entry *at = entries.begin();
  return llvm::all_of(program.entries(weak), [&](const Entry &entry) {
    while (at != entries.end() && at->column < entry.column) ++at;
    return at != entries.end() && at->column == entry.column &&
           at->coefficient >= entry.coefficient;
  });
}

}  // namespace

auto DominatedRows(const Program &program, Dominance dominance) -> std::vector<uint8_t> {
  std::vector<uint8_t> dominated(program.rows.size());
  std::vector<Candidate> candidates;
  for (size_t r = 0; r < program.rows.size(); ++r) {
    const Row &row = program.rows[r];
    if (row.is_equal) continue;
    const auto entries = program.entries(row);
    const auto is_negative = [](const Entry &entry) { return entry.coefficient < 0; };
    if (llvm::count_if(entries, is_negative) != 1) continue;
    if (llvm::any_of(entries,
                     [&](const Entry &entry) { return program.columns[entry.column].lower < 0; })) {
      continue;
    }
    candidates.push_back({static_cast<RowId>(r), *llvm::find_if(entries, is_negative)});
  }
  const auto key = [&](const Candidate &c) {
    const Cause cause = dominance == Dominance::OfOneCause ? program.rows[c.row].cause : kGiven;
    return std::tuple(cause, c.negative.column, c.negative.coefficient);
  };
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const Candidate &a, const Candidate &b) { return key(a) < key(b); });
  for (size_t i = 0; i < candidates.size(); ++i) {
    for (size_t j = i + 1; j < std::min(candidates.size(), i + kNear); ++j) {
      if (key(candidates[i]) != key(candidates[j])) break;
      const RowId a = candidates[i].row, b = candidates[j].row;
      if (dominated[a] != 0) break;
      if (dominated[b] != 0) continue;
      if (Implies(program, a, b)) {
        dominated[b] = 1;
      } else if (Implies(program, b, a)) {
        dominated[a] = 1;
      }
    }
  }
  return dominated;
}

}  // namespace groma::reason
