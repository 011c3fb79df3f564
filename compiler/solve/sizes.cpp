// SPDX-License-Identifier: Apache-2.0
#include "sizes.h"

#include "llvm/ADT/STLExtras.h"
#include "prices.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

class SizeReader {
 public:
  SizeReader(Instance &instance, const Pool &group, const Amounts &unit)
      : instance_(instance),
        reader_(instance.reader),
        group_(group),
        unit_(unit),
        prices_(instance.reader) {}

  auto Read() -> std::vector<Size> {
    std::vector<Size> sizes;
    for (uint32_t i = 0; i < group_.by_offer.size(); ++i) {
      Size size;
      size.index = i;
      size.offer = static_cast<uint32_t>(i % group_.offers.count);
      size.capacity = CapacityOf(group_.by_offer[i], size.offer);
      sizes.push_back(std::move(size));
    }
    if (sizes.size() == group_.offers.count) return sizes;
    AddBurdens(sizes);
    return Best(sizes);
  }

 private:
  // A size of which nobody says how much it holds is not relied upon.
  auto CapacityOf(const PoolOffer &offer, uint32_t o) -> Amounts {
    constexpr KnownMember kHolds[] = {KnownMember::SkuVcpus, KnownMember::SkuMemory,
                                      KnownMember::SkuStorage};
    Rational used = 1;
    const Value reserve = reader_.Get(group_.id, KnownMember::MachinesReserve, group_.offers, o);
    if (reserve.tag == ValueTag::Number && !IsRelaxed(KnownMember::MachinesReserve)) {
      used = base::Sub(1, reserve.number).value_or(1);
    }
    const bool is_endless =
        IsRelaxed(KnownMember::MachinesSku) || IsRelaxed(KnownMember::MachinesSizes) ||
        reader_.suspended.Has("sizes");
    Amounts capacity{};
    for (size_t r = 0; r < kResources; ++r) {
      auto holds = reader_.Number(offer.sku, kHolds[r]);
      // The reserve is of processors and memory.
      if (holds && r < 2) holds = base::Mul(*holds, used);
      if (holds) holds = base::Mul(*holds, unit_[r]);
      capacity[r] = is_endless ? kEndless : holds.value_or(0).Floor();
    }
    return capacity;
  }
  auto IsRelaxed(KnownMember member) const -> bool {
    return instance_.relaxed.contains({group_.id, reader_.known.slot(member)});
  }

  void AddBurdens(std::vector<Size> &sizes) {
    // One place for each way in which something is paid for.
    std::map<std::tuple<UnitPrice::Per, int, int>, size_t> ways;
    std::vector<std::vector<UnitPrice>> prices;
    for (const Size &size : sizes) {
      prices.push_back(prices_.OfNode(group_, group_.by_offer[size.index], size.offer));
      for (const UnitPrice &price : prices.back()) {
        ways.try_emplace({price.per, price.months.first, price.months.last}, ways.size());
      }
    }
    const bool has_price = llvm::any_of(prices, [](const auto &own) { return !own.empty(); });
    std::vector<Size> priced;
    for (size_t i = 0; i < sizes.size(); ++i) {
      const PoolOffer &offer = group_.by_offer[sizes[i].index];
      if (has_price && prices[i].empty()) {
        instance_.without_price.push_back({group_.id, offer.sku, offer.contract});
        continue;
      }
      sizes[i].burden.assign(ways.size(), 0);
      for (const UnitPrice &price : prices[i]) {
        Rational &sum =
            sizes[i].burden[ways.at({price.per, price.months.first, price.months.last})];
        sum = base::Add(sum, price.amount).value_or(sum);
      }
      sizes[i].burden.insert(sizes[i].burden.end(), {offer.power, offer.energy, offer.racks});
      AddQuota(offer, sizes[i].burden);
      priced.push_back(std::move(sizes[i]));
    }
    sizes = std::move(priced);
  }

  // Sizes of two families are not compared where a cloud grants each its own.
  void AddQuota(const PoolOffer &offer, std::vector<Rational> &burden) {
    const Value quota = reader_.Get(offer.site, KnownMember::SiteQuota);
    if (quota.tag != ValueTag::Map || quota.map().empty()) return;
    burden.push_back(offer.vcpus);
    burden.emplace_back(int64_t{Index(offer.family)});
    burden.emplace_back(-int64_t{Index(offer.family)});
  }

  static auto Best(std::vector<Size> &sizes) -> std::vector<Size> {
    std::vector<Size> best;
    for (size_t i = 0; i < sizes.size(); ++i) {
      bool is_needed = true;
      for (size_t j = 0; j < sizes.size() && is_needed; ++j) {
        if (i == j || sizes[i].offer != sizes[j].offer || !Holds(sizes[j], sizes[i])) continue;
        const bool is_worse = sizes[j].IsNoWorseThan(sizes[i]);
        // Of two that are equal the first one stays.
        const bool is_equal =
            is_worse && Holds(sizes[i], sizes[j]) && sizes[i].IsNoWorseThan(sizes[j]);
        is_needed = !is_worse || (is_equal && i < j);
      }
      if (is_needed) best.push_back(sizes[i]);
    }
    return best;
  }
  static auto Holds(const Size &large, const Size &small) -> bool {
    for (size_t r = 0; r < kResources; ++r) {
      if (large.capacity[r] < small.capacity[r]) return false;
    }
    return true;
  }

  static constexpr int64_t kEndless = int64_t{1} << 60;

  Instance &instance_;
  Reader &reader_;
  const Pool &group_;
  const Amounts unit_;
  Prices prices_;
};

}  // namespace

auto Size::IsNoWorseThan(const Size &other) const -> bool {
  if (burden.size() != other.burden.size()) return false;
  for (size_t i = 0; i < burden.size(); ++i) {
    if (burden[i] > other.burden[i]) return false;
  }
  return true;
}

auto SizesOf(Instance &instance, const Pool &group, const Amounts &unit) -> std::vector<Size> {
  return SizeReader(instance, group, unit).Read();
}

}  // namespace groma::solve
