// SPDX-License-Identifier: Apache-2.0
#include "placement_program.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <utility>

namespace groma::bench {
namespace {

using reason::Cause;
using reason::ColumnId;
using reason::Entry;
using reason::kGiven;

struct Product {
  int64_t power = 0, racks = 0;
};
struct Pool {
  int64_t site = 0, product = 0, step = 0, min = 0, max = 0, opex = 0, capex = 0;
  std::vector<ColumnId> steps;           // by phase: how many above the minimum
  std::vector<std::vector<Entry>> need;  // by month
};
struct Site {
  std::vector<int64_t> power;  // by phase
  int64_t racks = 0;
};
struct Link {
  int64_t geography = 0, site = 0, capacity = 0;
  std::vector<Entry> load;
};
struct Choice {
  int64_t site = 0;
  ColumnId column = 0;
};

class Reader {
 public:
  explicit Reader(const std::string &path) : in_(path) {}

  auto Read() -> std::optional<Placement> {
    if (!ReadLimits()) return std::nullopt;
    for (size_t w = 0; w < choices_.size(); ++w) ReadWorkload(w);
    for (int64_t i = 0; i < soft_count_; ++i) {
      Next();
      Next();
      for (int64_t left = Next(); left > 0; --left) Next();
    }
    for (auto &pair : antis_) pair = {Next(), Next()};
    if (!in_) return std::nullopt;
    AddPools();
    AddSites();
    AddQuotasAndBudgets();
    AddLinksAndPairs();
    return std::move(out_);
  }

 private:
  auto Next() -> int64_t {
    int64_t number = 0;
    in_ >> number;
    return number;
  }
  auto Next(int64_t count) -> std::vector<int64_t> {
    std::vector<int64_t> numbers(static_cast<size_t>(count));
    for (int64_t &number : numbers) number = Next();
    return numbers;
  }
  auto NewCause(const std::string &kind, size_t number) -> Cause {
    out_.causes.push_back(kind + std::to_string(number));
    return static_cast<Cause>(out_.causes.size() - 1);
  }

  auto ReadLimits() -> bool {
    const auto head = Next(12);
    // Damaged numbers would ask for more memory than there is.
    if (!in_ || std::any_of(head.begin(), head.end() - 1,
                            [](int64_t count) { return count < 0 || count > 100000; })) {
      return false;
    }
    months_ = head[3];
    months_of_phase_ = head[4];
    phases_ = head[5];
    soft_count_ = head[9];
    if (months_of_phase_ == 0 || (months_ - 1) / months_of_phase_ >= phases_) return false;
    sites_.resize(static_cast<size_t>(head[0]));
    pools_.resize(static_cast<size_t>(head[1]));
    choices_.resize(static_cast<size_t>(head[2]));
    products_.resize(static_cast<size_t>(head[7]));
    links_.resize(static_cast<size_t>(head[8]));
    antis_.resize(static_cast<size_t>(head[10]));
    for (Product &product : products_) {
      const auto row = Next(6);
      product = {row[1], row[2]};
    }
    for (Pool &pool : pools_) {
      const auto row = Next(7);
      pool = {row[0], row[1], row[2], row[3], row[4], row[5], row[6], {}, {}};
      pool.need.resize(static_cast<size_t>(months_));
      if (pool.step <= 0 || !IsBelow(pool.site, sites_) || !IsBelow(pool.product, products_)) {
        return false;
      }
    }
    for (Site &site : sites_) {
      site.power = Next(phases_);
      site.racks = Next();
      Next();  // its geography
    }
    for (size_t k = 0; k < products_.size(); ++k) quotas_.push_back(Next(phases_));
    budgets_ = Next(phases_);
    for (Link &link : links_) link = {Next(), Next(), Next(), {}};
    return static_cast<bool>(in_);
  }
  template <typename T>
  static auto IsBelow(int64_t index, const std::vector<T> &list) -> bool {
    return index >= 0 && index < static_cast<int64_t>(list.size());
  }

  void ReadWorkload(size_t number) {
    const int64_t geography = Next(), spread = Next(), bandwidth = Next();
    Next();  // its team
    const int64_t eligible = Next();
    const auto demand = Next(months_);
    const int64_t peak = demand.empty() ? 0 : *std::max_element(demand.begin(), demand.end());
    std::vector<reason::Group::Member> members;
    for (int64_t i = 0; i < eligible && in_; ++i) {
      const int64_t index = Next();
      const auto needs = Next(months_);
      if (!IsBelow(index, pools_)) in_.setstate(std::ios::failbit);
      if (!in_) return;
      Pool &pool = pools_[static_cast<size_t>(index)];
      const ColumnId column = out_.program.AddColumn({});
      members.push_back({column, static_cast<uint32_t>(pool.site)});
      choices_[number].push_back({pool.site, column});
      for (size_t t = 0; t < needs.size(); ++t) pool.need[t].push_back({column, needs[t]});
      for (Link &link : links_) {
        if (link.geography == geography && link.site == pool.site) {
          link.load.push_back({column, bandwidth * peak});
        }
      }
    }
    out_.program.AddGroup(members, static_cast<uint32_t>(spread), NewCause("workload", number));
  }

  // A pool has min + step * count machines in a phase: enough for each month of it, never fewer
  // than before.
  void AddPools() {
    const auto last = static_cast<size_t>(phases_ - 1);
    for (size_t p = 0; p < pools_.size(); ++p) {
      Pool &pool = pools_[p];
      const int64_t most = (pool.max - pool.min) / pool.step;
      const Cause cause = NewCause("pool", p);
      for (size_t h = 0; h <= last; ++h) {
        const int64_t price = pool.opex + (h == last ? pool.capex : 0);
        pool.steps.push_back(out_.program.AddColumn(
            {.upper = most, .cost = price * pool.step, .reach = most, .cause = cause}));
        out_.program.fixed_cost += pool.opex * pool.min;
      }
      for (size_t h = 0; h < last; ++h) {
        out_.program.AddRow({{pool.steps[h], 1}, {pool.steps[h + 1], -1}}, 0, kGiven);
      }
      for (size_t t = 0; t < pool.need.size(); ++t) {
        auto entries = pool.need[t];
        entries.push_back({pool.steps[t / static_cast<size_t>(months_of_phase_)], -pool.step});
        out_.program.AddRow(entries, pool.min, kGiven);
      }
    }
  }

  // sum(weight(pool) * machines in `phase`) <= limit, over the pools that `counts` accepts.
  template <typename Counts, typename Weight>
  void AddLimit(size_t phase, int64_t limit, Cause cause, Counts counts, Weight weight) {
    std::vector<Entry> entries;
    for (const Pool &pool : pools_) {
      if (!counts(pool)) continue;
      entries.push_back({pool.steps[phase], weight(pool) * pool.step});
      limit -= weight(pool) * pool.min;
    }
    out_.program.AddRow(entries, limit, cause);
  }

  void AddSites() {
    for (size_t s = 0; s < sites_.size(); ++s) {
      const auto is_here = [&](const Pool &pool) { return pool.site == static_cast<int64_t>(s); };
      const Cause power = NewCause("power", s);
      for (size_t h = 0; h < sites_[s].power.size(); ++h) {
        AddLimit(h, sites_[s].power[h], power, is_here,
                 [&](const Pool &pool) { return ProductOf(pool).power; });
      }
      AddLimit(static_cast<size_t>(phases_ - 1), sites_[s].racks, NewCause("racks", s), is_here,
               [&](const Pool &pool) { return ProductOf(pool).racks; });
    }
  }
  auto ProductOf(const Pool &pool) const -> const Product & {
    return products_[static_cast<size_t>(pool.product)];
  }

  void AddQuotasAndBudgets() {
    for (size_t k = 0; k < quotas_.size(); ++k) {
      const Cause cause = NewCause("quota", k);
      for (size_t h = 0; h < quotas_[k].size(); ++h) {
        AddLimit(
            h, quotas_[k][h], cause,
            [&](const Pool &pool) { return pool.product == static_cast<int64_t>(k); },
            [](const Pool &) { return int64_t{1}; });
      }
    }
    // A phase pays for what runs in it and for what is bought in it.
    for (size_t h = 0; h < budgets_.size(); ++h) {
      std::vector<Entry> entries;
      int64_t limit = budgets_[h];
      for (const Pool &pool : pools_) {
        entries.push_back({pool.steps[h], (pool.opex + pool.capex) * pool.step});
        if (h > 0) entries.push_back({pool.steps[h - 1], -pool.capex * pool.step});
        limit -= pool.opex * pool.min;
      }
      out_.program.AddRow(entries, limit, NewCause("budget", h));
    }
  }

  void AddLinksAndPairs() {
    for (size_t l = 0; l < links_.size(); ++l) {
      out_.program.AddRow(links_[l].load, links_[l].capacity, NewCause("link", l));
    }
    for (size_t i = 0; i < antis_.size(); ++i) {
      const Cause cause = NewCause("apart", i);
      for (size_t s = 0; s < sites_.size(); ++s) {
        std::vector<Entry> entries;
        for (const int64_t workload : {antis_[i].first, antis_[i].second}) {
          if (!IsBelow(workload, choices_)) continue;
          for (const Choice &choice : choices_[static_cast<size_t>(workload)]) {
            if (choice.site == static_cast<int64_t>(s)) entries.push_back({choice.column, 1});
          }
        }
        if (entries.size() > 1) out_.program.AddRow(entries, 1, cause);
      }
    }
  }

  std::ifstream in_;
  Placement out_{{}, {"given"}};
  int64_t months_ = 0, months_of_phase_ = 1, phases_ = 0, soft_count_ = 0;
  std::vector<Product> products_;
  std::vector<Pool> pools_;
  std::vector<Site> sites_;
  std::vector<std::vector<int64_t>> quotas_;  // of each product, by phase
  std::vector<int64_t> budgets_;              // by phase
  std::vector<Link> links_;
  std::vector<std::vector<Choice>> choices_;  // of each workload
  std::vector<std::pair<int64_t, int64_t>> antis_;
};

}  // namespace

auto ReadPlacement(const std::string &path) -> std::optional<Placement> {
  return Reader(path).Read();
}

}  // namespace groma::bench
