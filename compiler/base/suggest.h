// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the known word that is closest to a misspelt one.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::base {

// Gathers candidates one by one, so that callers need no list. Keeps references to their text.
// Distance counts insertions, deletions, substitutions and swaps of neighbours, first without and
// then with regard to case. Ties go to the word whose length is nearer, then to the lesser by byte,
// so the order of candidates is of no consequence. A distance above a third of the word's length
// plus one is no suggestion.
class Suggestion {
 public:
  explicit Suggestion(llvm::StringRef word);

  void Consider(llvm::StringRef candidate);
  [[nodiscard]] auto best() const -> std::optional<llvm::StringRef> { return best_; }

 private:
  struct Distance {
    std::size_t folded = 0;  // Without regard to case.
    std::size_t exact = 0;
    std::size_t length = 0;

    friend auto operator<=>(const Distance &, const Distance &) = default;
  };

  std::string word_;
  std::string folded_word_;
  std::size_t bound_;
  Distance best_distance_;
  std::optional<llvm::StringRef> best_;
};

[[nodiscard]] auto Suggest(llvm::StringRef word, llvm::ArrayRef<llvm::StringRef> candidates)
    -> std::optional<llvm::StringRef>;

// The distance itself (optimal string alignment), or `bound + 1` as soon as it is known to exceed
// `bound`.
[[nodiscard]] auto EditDistance(llvm::StringRef a, llvm::StringRef b, std::size_t bound)
    -> std::size_t;

}  // namespace groma::base
