// SPDX-License-Identifier: Apache-2.0
// Lets the prover of `compiler/reason` decide for `compiler/timing`.
#pragma once

#include "groma/reason/prover.h"
#include "groma/timing/decider.h"

namespace groma::timing::test {

class ProverDecider final : public Decider {
 public:
  ProverDecider(std::unique_ptr<reason::Prover> prover, uint64_t steps)
      : prover_(std::move(prover)), effort_{steps} {}

  auto AddVariable() -> Literal override { return prover_->AddVariable(); }
  void AddClause(llvm::ArrayRef<Literal> literals) override { prover_->AddClause(literals); }
  void AddAtMost(llvm::ArrayRef<WeightedLiteral> literals, int64_t limit) override {
    std::vector<reason::Term> terms;
    for (const WeightedLiteral &term : literals) {
      terms.push_back({term.literal, term.weight});
    }
    prover_->AddAtMost(terms, limit);
  }
  auto Decide(llvm::ArrayRef<Literal> assumed) -> std::optional<bool> override {
    switch (prover_->Check(assumed, effort_)) {
      case reason::Finding::Sat:
        return true;
      case reason::Finding::Unsat:
        return false;
      case reason::Finding::Unknown:
        return std::nullopt;
    }
  }
  auto IsTrue(Literal literal) -> bool override { return prover_->IsTrue(literal); }

 private:
  std::unique_ptr<reason::Prover> prover_;
  reason::Effort effort_;
};

}  // namespace groma::timing::test
