// SPDX-License-Identifier: Apache-2.0
#include "groma/base/suggest.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "llvm/ADT/SmallVector.h"

namespace groma::base {

auto EditDistance(llvm::StringRef a, llvm::StringRef b, std::size_t bound) -> std::size_t {
  if (a.size() > b.size()) {
    std::swap(a, b);
  }
  if (b.size() - a.size() > bound) {
    return bound + 1;
  }
  // Three rows suffice: a swap looks back two.
  llvm::SmallVector<std::size_t, 64> before(a.size() + 1);
  llvm::SmallVector<std::size_t, 64> above(a.size() + 1);
  llvm::SmallVector<std::size_t, 64> row(a.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t j = 1; j <= b.size(); ++j) {
    row[0] = j;
    std::size_t least = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t substituted = above[i - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[i] = std::min({substituted, above[i] + 1, row[i - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[i] = std::min(row[i], before[i - 2] + 1);
      }
      least = std::min(least, row[i]);
    }
    // No swap leads past a row to less than it holds: instead of swapping, one can substitute.
    if (least > bound) {
      return bound + 1;
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return std::min(above[a.size()], bound + 1);
}

Suggestion::Suggestion(llvm::StringRef word)
    : word_(word),
      folded_word_(word.lower()),
      bound_(word.size() / 3 + 1),
      best_distance_{.folded = bound_} {}

void Suggestion::Consider(llvm::StringRef candidate) {
  const std::size_t bound = best_distance_.folded;
  const std::size_t difference = candidate.size() > word_.size() ? candidate.size() - word_.size()
                                                                 : word_.size() - candidate.size();
  if (difference > bound || candidate == word_) {
    return;
  }
  const std::size_t folded = EditDistance(folded_word_, candidate.lower(), bound);
  // To replace every letter is not to misspell.
  if (folded > bound || folded >= std::min(word_.size(), candidate.size())) {
    return;
  }
  const std::size_t exact = EditDistance(word_, candidate, word_.size() + bound_);
  const Distance distance = {folded, exact, difference};
  if (!best_ || std::tie(distance, candidate) < std::tie(best_distance_, *best_)) {
    best_distance_ = distance;
    best_ = candidate;
  }
}

auto Suggest(llvm::StringRef word, llvm::ArrayRef<llvm::StringRef> candidates)
    -> std::optional<llvm::StringRef> {
  Suggestion suggestion(word);
  for (const llvm::StringRef candidate : candidates) {
    suggestion.Consider(candidate);
  }
  return suggestion.best();
}

}  // namespace groma::base
