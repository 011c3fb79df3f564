# SPDX-License-Identifier: Apache-2.0
"""How often workloads answer: from the sites and pools that carry them, and the services that they use.

Where one site is enough, every site and pool with a part of the work is needed, in whatever month it has it. Spread over more, each site
needs its own pools, and one site may be down. Services are always needed. groma rounds down to a billionth after each product, in an
order that is its own: what it says may be that much less than the exact share, and never more.
"""
import math
from fractions import Fraction

BILLION = 10**9


class Availability:
    def __init__(self, plan, capacity):
        self.plan, self.capacity, self.told = plan, capacity, {}

    def up(self, asset):
        share = self.plan.number(asset, "availability")
        return Fraction(1) if share is None else share

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
        wholes = [math.prod(parts) for parts in by_site]
        is_spread = (plan.number(workload, "spread") or 1) > 1 and len(wholes) > 1
        exact = math.prod(wholes)
        if is_spread:
            exact += sum((1 - one) * math.prod(wholes[:i] + wholes[i + 1:]) for i, one in enumerate(wholes))
        factors = [up for up in sum(by_site, services) if up != 1]
        # Where all digits fit, nothing is rounded off. Else each product loses less than a billionth; for each site that may be down
        # there are three of them.
        is_exact = BILLION % math.prod(up.denominator for up in factors) == 0
        lost = 0 if is_exact else Fraction(len(factors) + (3 * len(wholes) if is_spread else 0), BILLION)
        return exact * math.prod(services), lost
