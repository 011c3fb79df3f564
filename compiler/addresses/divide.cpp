// SPDX-License-Identifier: Apache-2.0
#include "divide.h"

#include <map>

namespace groma::addresses {
namespace {

// What is taken, as intervals that do not touch.
class Taken {
 public:
  void Add(Cidr block) {
    std::uint64_t first = block.first();
    std::uint64_t end = block.first() + block.size();
    auto at = ends_.upper_bound(first);
    if (at != ends_.begin() && std::prev(at)->second >= first) --at;
    while (at != ends_.end() && at->first <= end) {
      first = std::min(first, at->first);
      end = std::max(end, at->second);
      at = ends_.erase(at);
    }
    ends_[first] = end;
  }

  auto IsFree(Cidr block) const -> bool {
    const auto after = ends_.lower_bound(block.first() + block.size());
    return after == ends_.begin() || std::prev(after)->second <= block.first();
  }

  auto FirstFree(Cidr space, std::uint32_t prefix) const -> std::optional<Cidr> {
    if (prefix < space.prefix()) return std::nullopt;
    const std::uint64_t size = std::uint64_t{1} << (32 - prefix);
    const std::uint64_t end = space.first() + space.size();
    std::uint64_t start = space.first();
    auto at = ends_.upper_bound(start);
    if (at != ends_.begin()) --at;
    while (start + size <= end) {
      while (at != ends_.end() && at->second <= start) ++at;
      if (at == ends_.end() || at->first >= start + size) {
        return Cidr::Around(static_cast<std::uint32_t>(start), prefix);
      }
      start = (at->second + size - 1) / size * size;
    }
    return std::nullopt;
  }

 private:
  std::map<std::uint64_t, std::uint64_t> ends_;  // by their first address: the one behind the last
};

}  // namespace

auto Divide(Cidr space, llvm::ArrayRef<Cidr> taken, llvm::ArrayRef<Wish> wishes) -> Division {
  Taken all;
  for (const Cidr block : taken) all.Add(block);
  Division division;
  division.places.resize(wishes.size());
  for (size_t i = 0; i < wishes.size(); ++i) {
    const auto &before = wishes[i].before;
    if (!before || before->prefix() != wishes[i].prefix || !space.Contains(*before)) continue;
    if (!all.IsFree(*before)) continue;
    division.places[i] = before;
    all.Add(*before);
  }
  for (size_t i = 0; i < wishes.size(); ++i) {
    if (division.places[i]) continue;
    division.places[i] = all.FirstFree(space, wishes[i].prefix);
    if (division.places[i]) {
      all.Add(*division.places[i]);
    } else {
      division.missing += std::uint64_t{1} << (32 - wishes[i].prefix);
    }
  }
  return division;
}

}  // namespace groma::addresses
