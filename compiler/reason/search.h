// SPDX-License-Identifier: Apache-2.0
// Local search: good solutions of programs that are too large to solve, by simulated annealing.
// It counts steps and draws its own chance, so the same program gives the same answer everywhere.
#pragma once

#include <vector>

#include "groma/reason/program.h"
#include "groma/reason/watch.h"

namespace groma::reason {

enum class SearchFor : uint8_t { Any, Cheap };

// Feasible with the cheapest solution met, or Undecided. `reduced`: costs of one unit of each
// column as BoundByGradient tells them, empty if unknown; they guide where the search looks first.
// For a cheap solution all of the effort is spent: cooling is slower the more there is.
auto Search(const Program &program, llvm::ArrayRef<double> reduced, Effort &effort,
            SearchFor goal = SearchFor::Cheap, const Watch &watch = {}) -> Answer;

// A search for any solution, and if it finds none which rows were no trouble, by row: 1 for each
// that could be left out of a proof that there is none.
struct Struggle {
  Answer answer;
  std::vector<uint8_t> is_easy;
};
auto SearchOrStruggle(const Program &program, Effort &effort, const Watch &watch = {}) -> Struggle;

}  // namespace groma::reason
