// SPDX-License-Identifier: Apache-2.0
#include "patterns.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

class Enumeration {
 public:
  Enumeration(llvm::ArrayRef<Item> items, const Amounts &capacity, size_t most)
      : items_(items), left_(capacity), most_(most), steps_(most * kStepsEach), pattern_(items.size()) {
    // Once it is known which kept items are there, the rules between items are known to hold.
    for (uint32_t i = 0; i < items.size(); ++i) {
      if (items[i].is_kept) order_.push_back(i);
    }
    kept_ = order_.size();
    for (uint32_t i = 0; i < items.size(); ++i) {
      if (!items[i].is_kept) order_.push_back(i);
    }
    later_.resize(order_.size() + 1);
    for (size_t at = order_.size(); at-- > 0;) {
      later_[at] = later_[at + 1];
      const Item &item = items[order_[at]];
      for (size_t r = 0; r < kResources; ++r) {
        later_[at][r] += static_cast<double>(item.need[r]) * static_cast<double>(item.most);
      }
    }
  }

  auto Run() -> std::optional<std::vector<Pattern>> {
    Extend(0);
    if (is_over_) return std::nullopt;
    return std::move(found_);
  }

 private:
  static constexpr size_t kStepsEach = 100;

  auto Fits(const Item &item) const -> bool {
    for (size_t r = 0; r < kResources; ++r) {
      if (item.need[r] > left_[r]) return false;
    }
    return true;
  }
  auto Has(uint32_t item) const -> bool { return pattern_[item] > 0; }
  auto IsFree(const Item &item) const -> bool {
    return llvm::none_of(item.conflicts, [&](uint32_t other) { return Has(other); });
  }
  auto HasCompany(const Item &item) const -> bool {
    return llvm::all_of(item.company, [&](uint32_t other) { return Has(other); });
  }

  void Extend(size_t at) {
    if (is_over_ || steps_-- == 0) {
      is_over_ = true;
      return;
    }
    if (at == kept_ && !KeepsRules()) return;
    if (at == order_.size()) {
      if (!IsFull()) return;
      is_over_ |= found_.size() == most_;
      if (!is_over_) found_.push_back(pattern_);
      return;
    }
    const uint32_t i = order_[at];
    const Item &item = items_[i];
    const bool is_allowed = IsFree(item) && (item.is_kept || HasCompany(item));
    const int64_t most = is_allowed ? MostOf(item) : 0;
    Take(item, i, most);
    for (int64_t count = most; !is_over_; --count) {
      if (CanBecomeFull(item, count, most, at)) Extend(at + 1);
      if (count == 0) break;
      Take(item, i, -1);
    }
  }

  void Take(const Item &item, uint32_t i, int64_t count) {
    pattern_[i] += count;
    for (size_t r = 0; r < kResources; ++r) left_[r] -= item.need[r] * count;
  }
  auto MostOf(const Item &item) const -> int64_t {
    int64_t most = item.most;
    for (size_t r = 0; r < kResources; ++r) {
      if (item.need[r] > 0) most = std::min(most, left_[r] / item.need[r]);
    }
    return most;
  }

  // With fewer copies than would fit, those that come later must be able to take their room, or
  // must include one that it conflicts with.
  auto CanBecomeFull(const Item &item, int64_t count, int64_t most, size_t at) const -> bool {
    if (count == most || (count == 0 && (item.is_kept || !item.conflicts.empty()))) return true;
    for (size_t r = 0; r < kResources; ++r) {
      const double least = static_cast<double>(left_[r]) - later_[at + 1][r];
      if (static_cast<double>(item.need[r]) > least) return true;
    }
    return false;
  }

  // What only the kept items decide.
  auto KeepsRules() const -> bool {
    for (uint32_t i = 0; i < items_.size(); ++i) {
      const Item &item = items_[i];
      if (item.is_kept && Has(i) && !HasCompany(item)) return false;
      if (item.is_everywhere && !Has(i) && IsFree(item)) return false;
    }
    return true;
  }

  auto IsFull() const -> bool {
    for (uint32_t i = 0; i < items_.size(); ++i) {
      const Item &item = items_[i];
      if (pattern_[i] >= item.most || !Fits(item)) continue;
      if (Has(i)) return false;
      if (!item.is_kept && IsFree(item) && HasCompany(item)) return false;
    }
    return true;
  }

  llvm::ArrayRef<Item> items_;
  Amounts left_;
  size_t most_;
  size_t steps_;
  bool is_over_ = false;
  std::vector<uint32_t> order_;  // the kept ones first
  size_t kept_ = 0;
  // What the items from there on can take at most.
  std::vector<std::array<double, kResources>> later_;
  Pattern pattern_;
  std::vector<Pattern> found_;
};

}  // namespace

void FindKept(std::vector<Item> &items) {
  for (Item &item : items) item.is_kept = false;
  for (Item &item : items) {
    for (const uint32_t other : item.company) items[other].is_kept = true;
    if (!item.is_everywhere) continue;
    item.is_kept = true;
    for (const uint32_t other : item.conflicts) items[other].is_kept = true;
  }
}

auto FullPatterns(llvm::ArrayRef<Item> items, const Amounts &capacity, size_t most)
    -> std::optional<std::vector<Pattern>> {
  return Enumeration(items, capacity, most).Run();
}

}  // namespace groma::solve
