# SPDX-License-Identifier: Apache-2.0
"""How often workloads answer: from the sites and pools that carry them, the services that they use, and the links between.

Where one site is enough, every site and pool with a part of the work is needed, in whatever month it has it. Spread over more, each site
needs its own pools, and one site may be down. Services are always needed. A site that does not get to all of them, and to users at sites,
is down too: each way in which the links on the way may stand is weighed by its share of time, and the worst month counts. groma rounds down to a billionth after each product, in an
order that is its own: what it says may be that much less than the exact share, and never more.
"""
import itertools
import math
from fractions import Fraction

from .capacity import payload

BILLION = 10**9


def words(text):
    """Without the quotes of a string."""
    return str(text).strip('"')


class Availability:
    def __init__(self, plan, capacity, network):
        self.plan, self.capacity, self.network, self.told = plan, capacity, network, {}

    def up(self, asset):
        return self.promise(asset)[0]

    def promise(self, asset):
        """What the plan states, else the least of what tables promise under a condition, else the least of the rest; and whether it is
        promised of a gateway that lines share."""
        plan, stated = self.plan, self.plan.number(asset, "availability")
        if stated is not None:
            return stated, False
        found = [entry for entry in plan.entries("sla_entry") + plan.all("sla_entry") if self.holds_for(entry, asset)]
        if any(plan.number(entry, "availability") is None for entry in found):
            return Fraction(1), False
        rank = lambda entry: (plan.get(entry, "field") is None, plan.number(entry, "availability"), entry)
        best = min(found, key=rank, default=None)
        return (Fraction(1), False) if best is None else (plan.number(best, "availability"), plan.get(best, "shared") is True)

    def holds_for(self, entry, asset):
        plan = self.plan
        of, at, field = (plan.get(entry, name) for name in ("of", "at", "field"))
        if of is None or not plan.is_a(asset, words(of)) or at is not None and not self.stands_at(asset, words(at)):
            return False
        least, value = plan.number(entry, "least"), plan.get(entry, "value")
        if field is None:
            return True
        if least is not None:
            have = plan.number(asset, words(field))
            return have is not None and have >= least
        have = plan.get(asset, words(field))
        return value is not None and have is not None and words(str(have).lower() if isinstance(have, bool) else have) == words(value)

    def stands_at(self, asset, kind):
        plan, is_there = self.plan, lambda place: place is not None and self.plan.is_a(place, kind)
        if plan.get(asset, "between") is not None:
            return any(is_there(end) or is_there(plan.get(end, "site")) for end in plan.names(asset, "between"))
        sites = plan.get(asset, "sites")
        return all(is_there(site) for site in sites) if isinstance(sites, list) else is_there(plan.get(asset, "site"))

    def needs(self, workload):
        plan = self.plan
        users = [payload(group, "site") for group in plan.get(workload, "users") or []]
        return [(site, [site]) for site in users if site] + [(one, self.sites(one)) for one in plan.names(workload, "uses") if self.sites(one)]

    def sites(self, service):
        return [site for site in self.plan.names(service, "sites") if site] or [site for site in [self.plan.get(service, "site")] if site]

    def gets(self, site, need, failed, t):
        thing, places = need
        if site not in places:
            return bool(self.network.reached(site, failed, t) & set(places))
        own = [e for e in self.network.edges if e.link and t in e.life and thing in self.plan.names(e.link, "between")]
        return not own or any(not edge.elements & failed for edge in own)

    def worlds(self, workload, sites, months):
        """For each month: shares of time, and which of the sites then get to all that they need."""
        needs, network, known = self.needs(workload), self.network, {}
        # What no link leads to in any month is reached in a way that the plan does not tell.
        is_told = {(s, n): any(self.gets(s, need, frozenset(), t) for t in months) for s in sites for n, need in enumerate(needs)}
        ups = {}
        for edge in network.edges:
            up, is_shared = self.promise(edge.link) if edge.link else (1, False)
            gateways = [element for element in edge.elements if element != edge.link]
            for element in gateways if is_shared and gateways else [edge.link]:
                if up != 1:
                    ups[element] = min(ups.get(element, 1), up)
        for t in months:
            edges = frozenset(id(edge) for edge in network.edges if t in edge.life)
            if edges in known:
                continue
            states, elements = {}, sorted(ups, key=str)
            elements = [e for e in elements if any(is_told[s, n] and self.matters(e, s, need, elements, t) for s in sites for n, need in enumerate(needs))]
            for down in itertools.product((False, True), repeat=len(elements)):
                failed = frozenset(e for e, is_down in zip(elements, down) if is_down)
                share = math.prod(1 - ups[e] if e in failed else ups[e] for e in elements)
                gets = tuple(all(not is_told[s, n] or self.gets(s, need, failed, t) for n, need in enumerate(needs)) for s in sites)
                states[gets] = states.get(gets, 0) + share
            known[edges] = states, len(elements)
        return list(known.values()) or [({(True,) * len(sites): Fraction(1)}, 0)]

    def matters(self, element, site, need, elements, t):
        """Whether some failures of others make this one decide."""
        others = [e for e in elements if e != element]
        for failed in itertools.chain.from_iterable(itertools.combinations(others, n) for n in range(min(len(others), 6) + 1)):
            if self.gets(site, need, frozenset(failed), t) and not self.gets(site, need, frozenset(failed) | {element}, t):
                return True
        return False

    def outcome(self, thing, member):
        """What the plan says if that is right within its rounding, the exact share if it is not."""
        if member != "availability" or not self.plan.is_a(thing, "workload"):
            return None
        exact, lost = self.share(thing)
        told = self.told.get(thing)
        return told if told is not None and exact - lost <= told <= exact and (told == exact or BILLION % told.denominator == 0) else exact

    def share(self, workload):
        """The exact share, and how much less it may be."""
        plan, pools = self.plan, self.capacity.pools
        on = self.capacity.pools_of(workload)
        sites = {pools[pool].site for pool in on}
        services = [self.up(service) for service in plan.names(workload, "uses")]
        by_site = [[self.up(site), *(self.up(pool) for pool in on if pools[pool].site == site)] for site in sorted(sites)]
        is_spread = (plan.number(workload, "spread") or 1) > 1 and len(by_site) > 1
        worst, most_links, most_states = None, 0, 1
        busy = [t for t in plan.months if any(self.capacity.load[workload, pool][t] for pool in on)]
        for states, links in self.worlds(workload, sorted(sites), range(busy[0], busy[-1] + 1) if busy else range(0)):
            exact = Fraction(0)
            for gets, share in states.items():
                wholes = [math.prod(parts) if is_got else Fraction(0) for parts, is_got in zip(by_site, gets)]
                one = math.prod(wholes)
                if is_spread:
                    one += sum((1 - up) * math.prod(wholes[:i] + wholes[i + 1:]) for i, up in enumerate(wholes))
                exact += share * one
            worst = exact if worst is None else min(worst, exact)
            most_links, most_states = max(most_links, links), max(most_states, len(states))
        factors = [up for up in sum(by_site, services) if up != 1]
        # Where all digits fit, nothing is rounded off. Else each product loses less than a billionth; for each site that may be down
        # there are three of them, and one for each link that may be, in each way in which all of them may stand.
        is_exact = most_links == 0 and BILLION % math.prod(up.denominator for up in factors) == 0
        products = len(factors) + (3 * len(by_site) if is_spread else 0)
        lost = 0 if is_exact else Fraction(most_states * (products + 1) + most_links * 2**most_links, BILLION)
        return worst * math.prod(services), lost
