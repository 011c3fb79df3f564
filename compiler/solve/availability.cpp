// SPDX-License-Identifier: Apache-2.0
#include "availability.h"

#include <map>

#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

using plan::Index;

// So many ways to take parts are told apart.
constexpr size_t kMostPatterns = 2'000;
constexpr int64_t kParts = 1'000'000'000;

// Rounded down to a billionth, so that products of many parts stay exact numbers.
auto Down(std::optional<Rational> share) -> Rational {
  const auto parts = share ? base::Mul(*share, kParts) : std::nullopt;
  return parts ? base::Div(parts->Floor(), kParts).value_or(0) : Rational(0);
}
auto Both(Rational a, Rational b) -> Rational { return Down(base::Mul(a, b)); }

// All that is counted is up; or with more than one, of which one may be lost, all or all but one.
auto AllUp(const std::vector<Rational> &ups) -> Rational {
  Rational all = 1;
  for (const Rational up : ups) all = Both(all, up);
  return all;
}
auto OneMayBeLost(const std::vector<Rational> &ups) -> Rational {
  if (ups.size() < 2) return AllUp(ups);
  // The chance that none is down, and that exactly one is.
  Rational none = 1, one = 0;
  for (const Rational up : ups) {
    const Rational down = base::Sub(1, up).value_or(0);
    one = Down(base::Add(Both(one, up), Both(none, down)));
    none = Both(none, up);
  }
  return base::Add(none, one).value_or(none);
}

// Calls with every way to take up to `most[c]` of each class, and `total` at most of all together.
void EachPattern(const std::vector<size_t> &most, size_t total,
                 const std::function<void(const std::vector<size_t> &)> &found) {
  std::vector<size_t> counts(most.size());
  const std::function<void(size_t, size_t)> visit = [&](size_t c, size_t left) {
    if (c == most.size()) {
      found(counts);
      return;
    }
    for (size_t n = 0; n <= std::min(most[c], left); ++n) {
      counts[c] = n;
      visit(c + 1, left - n);
    }
    counts[c] = 0;
  };
  visit(0, total);
}

auto CountPatterns(const std::vector<size_t> &most, size_t total) -> size_t {
  // Ways to take a number of parts, class by class.
  std::vector<size_t> ways(total + 1);
  ways[0] = 1;
  for (const size_t of_class : most) {
    std::vector<size_t> next(total + 1);
    for (size_t n = 0; n <= total; ++n) {
      for (size_t m = 0; m <= std::min(n, of_class); ++m) {
        next[n] = std::min(kMostPatterns + 1, next[n] + ways[n - m]);
      }
    }
    ways = std::move(next);
  }
  size_t sum = 0;
  for (const size_t n : ways) sum = std::min(kMostPatterns + 1, sum + n);
  return sum;
}

}  // namespace

auto Availability::UpOf(EntityId asset) -> Rational {
  const Value up = reader_.Get(asset, KnownMember::AssetAvailability);
  return up.tag == ValueTag::Number ? up.number : Rational(1);
}

auto Availability::UpOf(const Cell &cell) -> Rational {
  const Pool &pool = instance_.pools[cell.pool];
  return Both(UpOf(pool.by_offer[cell.offer].site), UpOf(pool.id));
}

auto Availability::ServicesUp(const Workload &workload) -> Rational {
  const Value uses = reader_.Get(workload.id, KnownMember::WorkloadUses);
  std::vector<Rational> ups;
  if (uses.tag == ValueTag::List) {
    for (const Value &service : uses.elements()) {
      if (service.tag == ValueTag::Entity) ups.push_back(UpOf(service.entity));
    }
  }
  return AllUp(ups);
}

// A split workload needs every pool that carries a part of it, and their sites.
auto Availability::AllNeeded(const Workload &workload) -> std::vector<Class> {
  std::map<uint32_t, std::vector<Form>> sites, pools;
  for (const uint32_t c : workload.cells) {
    const Cell &cell = instance_.cells[c];
    const Pool &pool = instance_.pools[cell.pool];
    sites[Index(pool.by_offer[cell.offer].site)].push_back(Form::Of(cell.column));
    pools[Index(pool.id)].push_back(Form::Of(cell.column));
  }
  std::map<Rational, std::vector<Form>> by_up;
  for (const auto *parts : {&sites, &pools}) {
    for (const auto &[id, cells] : *parts) {
      const Rational up = UpOf(EntityId{id});
      if (up == Rational(1)) continue;
      by_up[up].push_back(any_(cells));
    }
  }
  std::vector<Class> classes;
  for (auto &[up, taken] : by_up) classes.push_back({up, std::move(taken)});
  return classes;
}

auto Availability::ClassesOf(const Workload &workload) -> std::optional<std::vector<Class>> {
  if (workload.may_split && workload.pick == 1) return AllNeeded(workload);
  std::map<Rational, std::map<uint32_t, std::vector<Form>>> by_up;
  for (const uint32_t c : workload.cells) {
    const Cell &cell = instance_.cells[c];
    const Pool &pool = instance_.pools[cell.pool];
    // Which pools of a site are taken would decide how far the site stands in for another.
    if (workload.may_split && UpOf(pool.id) != Rational(1)) return std::nullopt;
    const uint32_t site = Index(pool.by_offer[cell.offer].site);
    by_up[UpOf(cell)][workload.may_split ? site : c].push_back(Form::Of(cell.column));
  }
  std::vector<Class> classes;
  for (const auto &[up, parts] : by_up) {
    classes.push_back({up, {}});
    for (const auto &[part, cells] : parts) {
      classes.back().taken.push_back(any_(cells));
    }
  }
  return classes;
}

auto Availability::FormOf(const Workload &workload) -> std::optional<Form> {
  const auto classes = ClassesOf(workload);
  if (!classes) return std::nullopt;
  const bool needs_all = workload.pick == 1;
  std::vector<size_t> most;
  size_t total = 0;
  for (const Class &one : *classes) {
    most.push_back(one.taken.size());
    total += one.taken.size();
  }
  if (!needs_all) total = workload.pick;
  if (CountPatterns(most, total) > kMostPatterns) return std::nullopt;
  // One pattern is what is taken; the share in which it is down comes with it. What is not placed
  // is never down.
  Form down, patterns;
  std::vector<Form> counts(classes->size());
  for (size_t c = 0; c < classes->size(); ++c) {
    for (const Form &taken : (*classes)[c].taken) counts[c].Add(taken);
  }
  EachPattern(most, total, [&](const std::vector<size_t> &pattern) {
    std::vector<Rational> ups;
    for (size_t c = 0; c < pattern.size(); ++c) ups.insert(ups.end(), pattern[c], (*classes)[c].up);
    const Form chosen = Form::Of(instance_.builder.Boolean());
    patterns.Add(chosen);
    for (size_t c = 0; c < pattern.size(); ++c) {
      counts[c].Add(chosen, -static_cast<int64_t>(pattern[c]));
    }
    if (!needs_all && ups.size() < workload.pick) return;
    down.Add(chosen, base::Sub(1, UpOf(workload, ups)).value_or(0));
  });
  instance_.builder.Equal(patterns, 1, kGiven);
  for (Form &count : counts) instance_.builder.Equal(std::move(count), 0, kGiven);
  Form up = Form::Of(Rational(1));
  up.Add(down, -1);
  up.Tidy();
  return up;
}

auto Availability::UpOf(const Workload &workload, const std::vector<Rational> &ups) -> Rational {
  return Both(workload.pick == 1 ? AllUp(ups) : OneMayBeLost(ups), ServicesUp(workload));
}

auto Availability::ValueOf(const Workload &workload, const std::vector<int64_t> &values)
    -> Rational {
  const auto classes = ClassesOf(workload);
  if (!classes) return SplitWithinSites(workload, values);
  std::vector<Rational> ups;
  for (const Class &one : *classes) {
    for (const Form &taken : one.taken) {
      if (taken.ValueAt(values).sign() > 0) ups.push_back(one.up);
    }
  }
  return UpOf(workload, ups);
}

// Each site is up if all of its pools are that carry a part.
auto Availability::SplitWithinSites(const Workload &workload, const std::vector<int64_t> &values)
    -> Rational {
  std::map<uint32_t, std::map<uint32_t, Rational>> by_site;
  for (const uint32_t c : workload.cells) {
    const Cell &cell = instance_.cells[c];
    if (values[cell.column] == 0) continue;
    const Pool &pool = instance_.pools[cell.pool];
    by_site[Index(pool.by_offer[cell.offer].site)][cell.pool] = UpOf(pool.id);
  }
  std::vector<Rational> sites;
  for (const auto &[site, pools] : by_site) {
    Rational up = UpOf(EntityId{site});
    for (const auto &[pool, pool_up] : pools) up = Both(up, pool_up);
    sites.push_back(up);
  }
  return UpOf(workload, sites);
}

}  // namespace groma::solve
