# SPDX-License-Identifier: Apache-2.0
"""Sites, networks and links as a graph: routes of flows, what links carry, and what is cut off after failures."""
import itertools
import math

from . import values
from .values import Bound, Name

LONGEST_ROUTE = 8


class Edge:
    def __init__(self, ends, link, life, elements=(), latency=0, encryption=math.inf, may_transit=True):
        self.ends, self.link, self.life, self.elements = ends, link, life, frozenset(elements)
        self.latency, self.encryption, self.may_transit = latency, encryption, may_transit

    def other(self, end):
        return self.ends[1] if self.ends[0] == end else self.ends[0]


class Flow:
    def __init__(self, plan, name, ends, level):
        self.name, (self.start, self.end), self.level = name, ends, level
        self.months = plan.span(plan.get(name, "during"))
        self.latency = plan.get(name, "latency")
        self.rate = {t: plan.number_in(plan.get(name, "rate"), t) or 0 for t in self.months}


class Network:
    def __init__(self, plan, capacity):
        self.plan, self.capacity, self.edges, self.flows, self.cache = plan, capacity, [], [], {}
        with values.check("network"):
            for network in plan.all("network"):
                members = itertools.chain(*(plan.names(network, field) for field in self.member_fields(network)))
                self.edges += [Edge((member, network), None, plan.months) for member in members]
            for link in plan.all("link"):
                self.add_link(link)
            for flow in plan.all("flow"):
                ends = [self.place(plan.get(flow, field)) for field in ("from", "to")]
                if None not in ends and ends[0] != ends[1]:
                    self.flows.append(Flow(plan, flow, ends, self.level(flow)))
            self.bandwidth = {e.link: plan.get(e.link, "bandwidth") for e in self.edges if e.link}
        self.chosen = {}  # first month of a phase: phase, flow to route

    def member_fields(self, network):
        by_kind = {"network.azure.virtual_wan": ["hubs"], "network.azure.hub_spoke": ["hub", "spokes"],
                   "network.gcp.vpc": ["sites"], "network.onprem.lan": ["site"]}
        return by_kind.get(self.plan.kind_of[network], [])

    def level(self, thing):
        tag = self.plan.get(thing, "encryption")
        return (self.plan.rank(tag, tag) or (0,))[0]

    def place(self, thing):
        """A site or a network stands for itself, everything else for where it is."""
        if self.plan.is_a(thing, "site") or self.plan.is_a(thing, "network"):
            return thing
        if self.plan.is_a(thing, "dataset"):
            stores = [self.plan.get(store, "site") for store in self.plan.names(thing, "on")]
            return next(iter([*self.plan.names(thing, "at"), *stores]), None)
        site = self.plan.get(thing, "site")
        return site if isinstance(site, Name) else None

    def add_link(self, link):
        plan, between = self.plan, self.plan.names(link, "between")
        ends = tuple(self.place(end) for end in between)
        if len(ends) != 2 or None in ends or (plan.number(link, "circuits") or 0) <= 0:
            return
        kind = plan.kind_of[link]
        may_transit = kind not in ("link.peering", "link.private_endpoint")
        # Lines of one sort share a gateway in a cloud.
        gateways = [(end, kind) for end in ends if may_transit and plan.is_a(end, "site.cloud")]
        latency = plan.number(link, "latency")
        latency = self.capacity.between(*ends) or 0 if latency is None else latency
        life = plan.life(None, plan.get(link, "retire"))
        self.edges.append(Edge(ends, link, life, [link, *gateways], latency, self.level(link), may_transit))

    def is_transitive(self, network):
        return self.plan.get(network, "transitive") is True

    def may_pass(self, place, come, go):
        if self.plan.is_a(place, "network"):
            return self.is_transitive(place)
        if not come.may_transit or not go.may_transit:
            return False
        if not self.plan.is_a(place, "site.cloud"):
            return True
        # Two lines into one hub meet in the network that has the hub.
        return any(e.link is None and place in e.ends and self.is_transitive(e.other(place)) for e in self.edges)

    def up(self, failed, t):
        return [edge for edge in self.edges if t in edge.life and not edge.elements & failed]

    def reached(self, start, failed, t):
        edges, seen, todo = self.up(failed, t), {(start, None)}, [(start, None)]
        while todo:
            place, come = todo.pop()
            for edge in edges:
                step = edge.other(place) if place in edge.ends else None, edge
                if step[0] and step not in seen and (come is None or self.may_pass(place, come, edge)):
                    seen.add(step)
                    todo.append(step)
        return {place for place, _ in seen}

    def routes(self, flow, failed, t):
        edges, found = self.up(failed, t), []

        def extend(place, route, visited):
            if place == flow.end:
                found.append(route)
            elif len(route) < LONGEST_ROUTE:
                for edge in edges:
                    if place in edge.ends and edge.encryption >= flow.level and edge.other(place) not in visited:
                        if not route or self.may_pass(place, route[-1], edge):
                            extend(edge.other(place), [*route, edge], visited | {edge.other(place)})
        extend(flow.start, [], {flow.start})
        if isinstance(flow.latency, Bound):
            found = [route for route in found if sum(edge.latency for edge in route) <= flow.latency.limit.v]
        return found

    def loads(self, routes, t):
        carried = {link: 0 for link in self.bandwidth}
        for flow, route in routes:
            for edge in route:
                if edge.link and t in flow.rate:
                    carried[edge.link] += flow.rate[t]
        return carried

    def fits(self, routes, months):
        for t in months:
            for link, load in self.loads(routes, t).items():
                limit = self.plan.number_in(self.bandwidth[link], t)
                if limit is not None and load > limit:
                    return False
        return True

    def assign(self, flows, failed, months, wanted):
        """A route for each flow within all bandwidths, such that `wanted` finds it right; None if there is none."""
        ways = [self.routes(flow, failed, months[0]) for flow in flows]

        def choose(chosen):
            if not self.fits(chosen, months):
                return None
            if len(chosen) == len(flows):
                return chosen if wanted(chosen) else None
            for route in ways[len(chosen)]:
                if found := choose([*chosen, (flows[len(chosen)], route)]):
                    return found
            return None
        return [] if not flows and wanted([]) else choose([]) if flows else None

    def phases(self):
        """Months in a row with the same links and flows."""
        state = lambda t: ([t in e.life for e in self.edges], [t in f.months for f in self.flows])
        return [list(group) for _, group in itertools.groupby(self.plan.months, state)]

    def check(self, told_use, told_route):
        """`told_use[link][t]` and `told_route[flow]` are what the plan says: some choice of routes must come to that."""
        for i, phase in enumerate(self.phases()):
            flows = [flow for flow in self.flows if phase[0] in flow.months]
            def wanted(chosen):
                for flow, route in chosen if i == 0 else ():
                    if flow.name in told_route and {e.link for e in route if e.link} != set(told_route[flow.name]):
                        return False
                return all(self.loads(chosen, t).get(link, 0) == use[t] for t in phase for link, use in told_use.items())
            with values.check("routes of flows"):
                chosen = self.assign(flows, frozenset(), phase, wanted)
            if chosen is None:
                name = self.plan.month_name(phase[0])
                self.plan.object(f"from {name} on no routes of the flows fit the bandwidths and come to what links carry")
            self.chosen.update({t: chosen or [] for t in phase})

    def is_cut_off(self, site, failed, t):
        """Not in the one part that holds most sites."""
        left, sizes = set(self.plan.all("site")), []
        while left:
            start = site if site in left else min(left)
            part = self.reached(start, failed, t) & left
            left -= part
            sizes.append(len(part))
        return len(sizes) > 1 and sizes[0] <= max(sizes[1:])

    def reachable(self, site, failures):
        if (site, failures) not in self.cache:
            elements = sorted({element for edge in self.edges for element in edge.elements}, key=str)
            lost = [frozenset(some) for some in itertools.combinations(elements, min(failures, len(elements)))]
            months = {}
            for phase in self.phases():
                flows = [f for f in self.flows if phase[0] in f.months and site in (f.start, f.end)]
                holds = not any(self.is_cut_off(site, failed, phase[0]) for failed in lost)
                holds = holds and all(self.assign(flows, failed, phase, lambda _: True) is not None for failed in lost)
                months.update({t: holds for t in phase})
            self.cache[site, failures] = months
        return self.cache[site, failures]

    def leaving(self, site, t):
        """Data in a second that leave a site: flows that begin there, or come and go on."""
        total = 0
        for flow, route in self.chosen.get(t, []):
            places = [flow.start]
            for edge in route:
                places.append(edge.other(places[-1]))
            if site in places[:-1]:
                total += flow.rate[t]
        return total

    def outcome(self, thing, member, args, t):
        if self.plan.is_a(thing, "link") and member == "used":
            return self.loads(self.chosen.get(t, []), t).get(thing, 0)
        if self.plan.is_a(thing, "flow") and member == "route":
            return sorted({e.link for flow, route in self.chosen.get(0, []) if flow.name == thing for e in route if e.link})
        if self.plan.is_a(thing, "site") and member == "reachable" and len(args) == 1:
            months = self.reachable(thing, int(args[0].v))
            return all(months.values()) if t is None else months[t]
        return None
