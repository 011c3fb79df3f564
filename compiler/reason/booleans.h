// SPDX-License-Identifier: Apache-2.0
// The engine that tries out Booleans: finds solutions, proves small optima, and tells which causes
// cannot hold together.
#pragma once

#include <optional>

#include "groma/reason/encoding.h"
#include "groma/reason/shrink.h"

namespace groma::reason {

class Booleans {
 public:
  // The program outlives this.
  Booleans(const Program &program, MakeProver make) : program_(program), make_(make) {}

  // Feasible with values, Infeasible with some core, or Undecided.
  auto Feasible(Effort &effort) -> Answer;

  // Makes the values of `answer` cheaper until they are Optimal, or the effort ends; its bound
  // counts if it has one. Starts with Feasible if it has no values.
  auto Improve(Answer answer, Effort &effort) -> Answer;

  // Whether there is a solution, and if not some causes that cannot hold together.
  auto Check(Effort &effort) -> Trial;

  // Up to `several` answers Infeasible whose cores share no cause, each as small as the effort lets
  // it be: causes of a low rank are left out first. `rank` is by cause, 0 for those beyond it.
  // Empty if the program has a solution or nothing is proved.
  auto Cores(uint32_t several, llvm::ArrayRef<uint32_t> rank, Effort &effort)
      -> std::vector<Answer>;

 private:
  enum class Step : uint8_t { Cheaper, Bound, Unknown };

  // The encodings are made when they are first needed, and keep what was learned.
  auto Plain(Effort &effort) -> Encoding *;
  auto Guarded(Effort &effort) -> Encoding *;
  auto CheckWith(llvm::ArrayRef<Cause> causes, Effort &effort) -> Trial;
  auto AnswerFrom(Encoding &encoding) const -> Answer;
  auto TryCost(Answer &answer, int64_t limit, Effort &effort) -> Step;

  const Program &program_;
  MakeProver make_;
  std::optional<Encoding> plain_, guarded_;
};

}  // namespace groma::reason
