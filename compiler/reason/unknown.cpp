// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/prover.h"

namespace groma::reason {
namespace {

class Unknown : public Prover {
 public:
  auto AddVariable() -> Literal override { return ++last_; }
  void AddClause(llvm::ArrayRef<Literal> literals) override {}
  void AddAtMost(llvm::ArrayRef<Term> terms, int64_t limit) override {}
  void AddExactly(llvm::ArrayRef<Term> terms, int64_t limit) override {}
  auto Check(llvm::ArrayRef<Literal> assumptions, Effort &effort) -> Finding override {
    return Finding::Unknown;
  }
  auto IsTrue(Literal literal) -> bool override { return false; }
  auto Core() -> std::vector<Literal> override { return {}; }

 private:
  Literal last_ = 0;
};

}  // namespace

auto MakeUnknown() -> std::unique_ptr<Prover> { return std::make_unique<Unknown>(); }

}  // namespace groma::reason
