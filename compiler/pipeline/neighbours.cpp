// SPDX-License-Identifier: Apache-2.0
#include "neighbours.h"

#include "groma/evaluate/evaluate.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::pipeline {
namespace {

using plan::IsSome;

// Environments that share a site with this one, or with one that does, and so on. Those that were not
// asked for are evaluated here; one that is wrong in itself has no part in anything.
class Neighbours {
 public:
  Neighbours(Result &result, plan::Environment &own) : model_(*result.model) {
    if (!IsSome(own.entity)) return;
    Consider(own, own.entity);
    if (shares_.front().empty()) return;
    for (plan::Environment &other : model_.environments) Consider(other, own.entity);
    for (plan::Environment &other : result.left_out) {
      if (other.facts_of.empty()) {
        Sink ignored;
        evaluate::EvaluateAll(model_, other, ignored);
        if (ignored.has_errors()) continue;
      }
      Consider(other, own.entity);
    }
  }

  // First the one that was asked about.
  auto All() -> std::vector<plan::Environment *> {
    std::vector<plan::Environment *> found;
    std::vector<size_t> taken{0};
    for (size_t next = 0; next < taken.size() && !known_.empty(); ++next) {
      found.push_back(known_[taken[next]]);
      for (size_t i = 1; i < known_.size(); ++i) {
        if (!llvm::is_contained(taken, i) && DoShare(taken[next], i)) taken.push_back(i);
      }
    }
    return found;
  }

 private:
  void Consider(plan::Environment &environment, plan::EntityId own) {
    if (!known_.empty() && environment.entity == own) return;
    known_.push_back(&environment);
    shares_.push_back(solve::SharedSites(model_, environment));
  }
  auto DoShare(size_t a, size_t b) const -> bool {
    return llvm::any_of(shares_[a], [&](plan::EntityId site) {
      return llvm::is_contained(shares_[b], site);
    });
  }

  plan::Model &model_;
  std::vector<plan::Environment *> known_;
  std::vector<std::vector<plan::EntityId>> shares_;
};

}  // namespace

auto AllWith(Result &result, plan::Environment &environment) -> std::vector<plan::Environment *> {
  auto found = Neighbours(result, environment).All();
  if (found.empty()) found.push_back(&environment);
  return found;
}

}  // namespace groma::pipeline
