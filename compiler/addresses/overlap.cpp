// SPDX-License-Identifier: Apache-2.0
#include "overlap.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace groma::addresses {

auto Overlaps(llvm::ArrayRef<Claim> claims) -> std::vector<std::pair<size_t, size_t>> {
  std::vector<size_t> order(claims.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::tuple(claims[a].part, claims[a].block, a) <
           std::tuple(claims[b].part, claims[b].block, b);
  });
  std::vector<std::pair<size_t, size_t>> found;
  // Blocks overlap only by containing one another: those that contain the current one are a stack.
  std::vector<size_t> around;
  for (const size_t i : order) {
    const Claim &claim = claims[i];
    while (!around.empty() && (claims[around.back()].part != claim.part ||
                               !claims[around.back()].block.Contains(claim.block))) {
      around.pop_back();
    }
    const auto other = std::find_if(around.rbegin(), around.rend(),
                                    [&](size_t j) { return claims[j].owner != claim.owner; });
    if (other != around.rend()) found.emplace_back(std::min(i, *other), std::max(i, *other));
    around.push_back(i);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace groma::addresses
