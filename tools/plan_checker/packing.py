# SPDX-License-Identifier: Apache-2.0
"""Groups of plain servers and what is packed onto them: each machine holds its copies, and each component is where it may and must be."""
from collections import Counter

from . import values
from .capacity import Pool, payload
from .values import Map, Num

# What a machine has of a resource, what a copy takes of it, and whether `reserve` keeps some of it free.
RESOURCES = (("vcpus", "cpu", True), ("memory", "memory", True), ("storage", "storage", False))


class Machine:
    """Machines of a group that are alike."""

    def __init__(self, sku, nodes, copies):
        self.sku, self.nodes, self.copies = sku, nodes, copies


class Part(Pool):
    """The machines of a group that are of one size. In a group of one sku there are as many in a month as it says."""

    def __init__(self, plan, name, sku, packed=None):
        self.packed = packed
        super().__init__(plan, name, sku)

    def nodes(self, t):
        return super().nodes(t) if self.packed is None else self.packed


class Packing:
    def __init__(self, plan):
        self.plan = plan
        self.groups = {}  # name: machines
        self.parts = []
        told = {r["name"]: (r["value"], f"/results/{i}/value") for i, r in enumerate(plan.data["results"])}
        for name in plan.all("machines"):
            with values.check(f"packing of {name}"):
                self.groups[name] = self.read(name, told.get(f"{name}.packing"))
                sku, sizes = plan.get(name, "sku"), Counter()
                for machine in self.groups[name]:
                    sizes[machine.sku] += machine.nodes
                self.parts += [Part(plan, name, sku)] if sku is not None else [Part(plan, name, size, sizes[size]) for size in sorted(sizes)]

    def read(self, name, result):
        packed = self.plan.parse(*result) if result else None
        if not isinstance(packed, list):
            self.plan.object(f"{name} has no packing")
            return []
        machines = []
        for one in packed:
            nodes, copies = payload(one, "nodes"), payload(one, "copies")
            if not isinstance(nodes, Num) or not isinstance(copies, Map) or not all(isinstance(count, Num) for _, count in copies):
                self.plan.object(f"{name}.packing has no nodes or copies")
                continue
            machines.append(Machine(payload(one, "sku"), nodes.v, {component: count.v for component, count in copies}))
        return machines

    def placed(self, component, group=None):
        return sum(machine.nodes * machine.copies.get(component, 0) for name in ([group] if group else self.groups)
                   for machine in self.groups[name])

    def check(self):
        for name, machines in self.groups.items():
            with values.check(f"packing of {name}"):
                self.check_nodes(name, machines)
                seen = []
                for machine in machines:
                    what = f"{name}: a {machine.sku}"
                    if machine.nodes < 1 or machine.nodes != int(machine.nodes) or (machine.sku, machine.copies) in seen:
                        self.plan.object(f"{what} is there {machine.nodes} times, or stands there twice")
                    seen.append((machine.sku, machine.copies))
                    self.check_size(name, machine, what)
                    self.check_machine(name, machine, what)
        for component in self.plan.all("component"):
            with values.check(f"copies of {component}"):
                self.check_component(component)

    def check_nodes(self, name, machines):
        """All are in the packing. What carries something is there in all months, until the end of the plan."""
        plan, sizes = self.plan, self.plan.names(name, "sizes")
        by_month = [plan.number_in(plan.get(name, "nodes"), t) or 0 for t in plan.months]
        total = sum(machine.nodes for machine in machines)
        busy = sum(machine.nodes for machine in machines if machine.copies)
        if by_month and (total != max(by_month) or sizes and total != min(by_month)):
            plan.object(f"{name} has {max(by_month)} nodes, and {total} in its packing")
        if by_month and busy > min(by_month):
            plan.object(f"{name} has {min(by_month)} nodes in some month, and {busy} carry something")
        life = plan.serving(None, plan.get(name, "retire"))
        if busy and life != plan.months:
            plan.object(f"{name} carries something, and is not there throughout")

    def check_size(self, name, machine, what):
        """The machine is of a size that the group may have, and holds what it carries."""
        plan = self.plan
        if machine.sku not in (plan.names(name, "sizes") or [plan.get(name, "sku")]):
            plan.object(f"{what} is of no size of the group")
        reserve = plan.number(name, "reserve") or 0
        for have, need, is_reserved in RESOURCES:
            has = (plan.number(machine.sku, have) or 0) * (1 - reserve if is_reserved else 1)
            used = sum(count * (plan.number(component, need) or 0) for component, count in machine.copies.items())
            plan.at_most(f"{need} of {what}", used, has)

    def check_machine(self, name, machine, what):
        plan, there = self.plan, machine.copies
        for component, count in there.items():
            if not plan.is_a(component, "component") or count < 1 or count != int(count):
                plan.object(f"{what} has {count} of {component}")
            elif not self.may_be(component, name):
                plan.object(f"{component} may not be on {name}")
            elif count > 1 and (plan.get(component, "apart") is True or self.clash(component, component)):
                plan.object(f"{what} has {count} of {component}, which are to be apart")
            for other in there:
                if component < other and self.clash(component, other):
                    plan.object(f"{what} has {component} and {other}, which conflict")
            for other in plan.names(component, "colocation"):
                if other not in there:
                    plan.object(f"{what} has {component} without {other}")
        for component in plan.all("component"):
            is_missed = plan.get(component, "everywhere") is True and self.may_be(component, name) and component not in there
            if is_missed and not any(self.clash(component, other) for other in there):
                plan.object(f"{what} lacks {component}, which is to be everywhere")

    def may_be(self, component, group):
        on = self.plan.names(component, "on")
        return not on or group in on

    def clash(self, a, b):
        return b in self.plan.names(a, "conflicts") or a in self.plan.names(b, "conflicts")

    def check_component(self, component):
        plan, placed = self.plan, self.placed(component)
        for t in plan.months:
            wanted = plan.number_in(plan.get(component, "copies"), t)
            if placed != wanted:
                plan.object(f"{component} has {placed} copies on machines, and should have {wanted}")
        for other in plan.names(component, "requires"):
            if placed and not self.placed(other):
                plan.object(f"{component} requires {other}, of which there is none")
        for ratio in plan.get(component, "ratios") or []:
            other, copies, per = (payload(ratio, field) for field in ("of", "copies", "per"))
            if placed * per.v < copies.v * self.placed(other):
                plan.object(f"{component} has {placed} copies, too few for {self.placed(other)} of {other}")

    def outcome(self, thing, member, t):
        if self.plan.is_a(thing, "machines") and member == "power":
            return sum(part.there(t) * part.power for part in self.parts if part.name == thing)
        if self.plan.is_a(thing, "component") and member == "placed_on":
            return sorted(name for name in self.groups if self.placed(thing, name))
        return None
