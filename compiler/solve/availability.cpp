// SPDX-License-Identifier: Apache-2.0
#include "availability.h"

#include <map>

#include "llvm/ADT/STLExtras.h"
#include "prices.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

// So many ways to take parts are told apart.
constexpr size_t kMostPatterns = 2'000;
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
    one = RoundedDown(base::Add(Both(one, up), Both(none, down)));
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

// The services that it uses, and users of whom it is said where they are.
auto Availability::NeedsOf(const Workload &workload) -> std::vector<Network::Need> {
  std::vector<Network::Need> needs;
  if (reader_.suspended.Has("connections")) return needs;
  const Value users = reader_.Get(workload.id, KnownMember::WorkloadUsers);
  if (users.tag == ValueTag::List) {
    for (const Value &group : users.elements()) {
      const Value site = reader_.Field(group, "site");
      if (site.tag == ValueTag::Entity) needs.push_back({site.entity, {site.entity}});
    }
  }
  const Value uses = reader_.Get(workload.id, KnownMember::WorkloadUses);
  if (uses.tag != ValueTag::List) return needs;
  Prices places(reader_);
  for (const Value &service : uses.elements()) {
    if (service.tag != ValueTag::Entity) continue;
    // Where its site is open it must be got to wherever it may be.
    const Offers offers = reader_.OffersOf(service.entity);
    for (size_t o = 0; o < offers.count; ++o) {
      Network::Need need{service.entity, {}};
      for (const auto &place : places.PlacesOf(service.entity, offers, o)) {
        for (const EntityId site : place) {
          if (IsSome(site)) need.at.push_back(site);
        }
      }
      if (!need.at.empty()) needs.push_back(std::move(need));
    }
  }
  return needs;
}

auto Availability::Enter(const Workload &workload, const std::vector<int64_t> *values) -> bool {
  world_ = {};
  std::vector<Network::Asked> asked;
  const std::vector<Network::Need> needs = NeedsOf(workload);
  for (const uint32_t c : workload.cells) {
    const Cell &cell = instance_.cells[c];
    const EntityId site = instance_.pools[cell.pool].by_offer[cell.offer].site;
    if (llvm::is_contained(world_.sites, site)) continue;
    world_.sites.push_back(site);
    asked.push_back({site, needs});
  }
  auto connections = network_.StatesFor(asked, workload.months, promises_, values);
  if (!connections) return false;
  world_.connections = *std::move(connections);
  for (const auto &states : world_.connections.months) llvm::append_range(world_.states, states);
  return true;
}

auto Availability::SiteUp(EntityId site) -> Ups {
  const auto index = llvm::find(world_.sites, site) - world_.sites.begin();
  const Rational up = UpOf(site);
  Ups ups;
  for (const Network::LinkState &state : world_.states) {
    ups.push_back(state.gets[index] != 0 ? up : Rational(0));
  }
  return ups;
}

auto Availability::UpOf(const Cell &cell) -> Ups {
  const Pool &pool = instance_.pools[cell.pool];
  Ups ups = SiteUp(pool.by_offer[cell.offer].site);
  for (Rational &up : ups) up = Both(up, UpOf(pool.id));
  return ups;
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
  std::map<Ups, std::vector<Form>> by_up;
  for (const auto *parts : {&sites, &pools}) {
    for (const auto &[id, cells] : *parts) {
      const Ups up = parts == &sites ? SiteUp(EntityId{id}) : Always(UpOf(EntityId{id}));
      if (up == Always(1)) continue;
      by_up[up].push_back(any_(cells));
    }
  }
  std::vector<Class> classes;
  for (auto &[up, taken] : by_up) classes.push_back({up, std::move(taken)});
  return classes;
}

auto Availability::ClassesOf(const Workload &workload) -> std::optional<std::vector<Class>> {
  if (workload.may_split && workload.pick == 1) return AllNeeded(workload);
  std::map<Ups, std::map<uint32_t, std::vector<Form>>> by_up;
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
  if (!Enter(workload, nullptr)) return std::nullopt;
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
  Rational best;
  std::vector<Form> counts(classes->size());
  for (size_t c = 0; c < classes->size(); ++c) {
    for (const Form &taken : (*classes)[c].taken) counts[c].Add(taken);
  }
  EachPattern(most, total, [&](const std::vector<size_t> &pattern) {
    std::vector<Ups> ups;
    for (size_t c = 0; c < pattern.size(); ++c) ups.insert(ups.end(), pattern[c], (*classes)[c].up);
    const Form chosen = Form::Of(instance_.builder.Boolean());
    patterns.Add(chosen);
    for (size_t c = 0; c < pattern.size(); ++c) {
      counts[c].Add(chosen, -static_cast<int64_t>(pattern[c]));
    }
    if (!needs_all && ups.size() < workload.pick) return;
    const Rational up = UpOf(workload, ups);
    best = std::max(best, up);
    down.Add(chosen, base::Sub(1, up).value_or(0));
  });
  if (needs_all) {
    // No pattern of parts is better than the best place alone.
    best = 0;
    for (const uint32_t c : workload.cells) {
      best = std::max(best, UpOf(workload, {UpOf(instance_.cells[c])}));
    }
  }
  Tell(workload, best);
  instance_.builder.Equal(patterns, 1, kGiven);
  for (Form &count : counts) instance_.builder.Equal(std::move(count), 0, kGiven);
  Form up = Form::Of(Rational(1));
  up.Add(down, -1);
  up.Tidy();
  return up;
}

// In the worst of the months.
auto Availability::UpOf(const Workload &workload, const std::vector<Ups> &ups) -> Rational {
  Rational worst = 1;
  size_t first = 0;
  for (const auto &states : world_.connections.months) {
    Rational sum;
    for (size_t i = 0; i < states.size(); ++i) {
      std::vector<Rational> now;
      for (const Ups &part : ups) now.push_back(part[first + i]);
      const Rational up = workload.pick == 1 ? AllUp(now) : OneMayBeLost(now);
      sum = base::Add(sum, Both(states[i].share, up)).value_or(sum);
    }
    worst = std::min(worst, sum);
    first += states.size();
  }
  return Both(worst, ServicesUp(workload));
}

// What it is made of, for those who ask why it is not better.
void Availability::Tell(const Workload &workload, Rational best) {
  Instance::Parts &told = instance_.parts_of[Index(workload.id)];
  told.best = best;
  const auto add = [&](EntityId thing) {
    const Promise promise = promises_.Of(thing);
    const bool is_known = llvm::any_of(
        told.parts, [&](const Instance::Parts::Part &part) { return part.thing == thing; });
    if (is_known || promise.up == Rational(1)) return;
    told.parts.push_back({thing, promise.up, promise.by});
  };
  for (const uint32_t c : workload.cells) {
    const Cell &cell = instance_.cells[c];
    const Pool &pool = instance_.pools[cell.pool];
    add(pool.by_offer[cell.offer].site);
    add(pool.id);
  }
  const Value uses = reader_.Get(workload.id, KnownMember::WorkloadUses);
  if (uses.tag == ValueTag::List) {
    for (const Value &service : uses.elements()) {
      if (service.tag == ValueTag::Entity) add(service.entity);
    }
  }
  for (const EntityId link : world_.connections.links) add(link);
}

auto Availability::ValueOf(const Workload &workload, const std::vector<int64_t> &values)
    -> std::optional<Rational> {
  if (!Enter(workload, &values)) return std::nullopt;
  const auto classes = ClassesOf(workload);
  if (!classes) return SplitWithinSites(workload, values);
  std::vector<Ups> ups;
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
  std::vector<Ups> sites;
  for (const auto &[site, pools] : by_site) {
    Ups ups = SiteUp(EntityId{site});
    for (const auto &[pool, pool_up] : pools) {
      for (Rational &up : ups) up = Both(up, pool_up);
    }
    sites.push_back(std::move(ups));
  }
  return UpOf(workload, sites);
}

}  // namespace groma::solve
