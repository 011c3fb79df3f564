#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/check_plan.py agrees with compiled plans, and objects when a number of one is changed, or shows that it is free.

Usage: check_plan_test.py GROMA SOURCE_FOLDER [MUTATIONS] [SEED]. Numbers are found here, without the checker: every number and
date of a literal, outside of quoted texts, names and places in the sources. One at a time is changed. What groma worked out
must be objected to. An input may be free: `--free` then lists it, as read by nothing or as held by checks that still hold.
"""
import collections
import copy
import datetime
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import groma

SOLVED = ["buying_ahead", "reserved", "counted_in", "spread_sites", "quota", "racks", "bandwidth", "reachable_flow", "users_at_site",
          "storage_power", "residency", "waiver", "environments", "budget_monthly", "whole", "retire", "reserved_term",
          "part_month", "split_exact", "storage_filled", "workload_spend", "availability_split_enough", "availability_spread",
          "availability_service", "pack_everything", "pack_sizes", "pack_ratios", "pack_idle", "pack_each_quarter", "egress", "egress_through",
          "retire_machines", "reserved_days", "split_unused", "waiver_from", "money_back", "price_during", "transit_hubs",
          "price_at_chosen_site", "price_at_service", "price_per_data", "price_per_gpu", "priority", "priority_enough", "priority_levels",
          "priority_split", "priority_used", "availability_link", "availability_links", "availability_link_spread", "availability_users",
          "availability_link_unused", "availability_listed", "availability_listed_else", "availability_gateway",
          "availability_listed_few", "availability_listed_elsewhere",
          "site_price", "site_price_own", "electricity_price", "storage_energy", "existing_price", "licences", "price_once_during",
          "payments", "accepted", "size_by_date", "labour", "labour_tasks"]
MUTATED = ["examples/contoso_ai", "reserved", "spread_sites", "bandwidth", "racks", "pack_sizes", "availability_split_enough", "payments", "labour_tasks"]
CONTOSO = "examples/contoso_ai"
# In a plan an entity's field, or a result, becomes another, which leaves all that was worked out as it was; what the checker says then.
TAMPERED = [
    (CONTOSO, "ams.it_power", "407 kW", "it_power of ams"),
    (CONTOSO, "ams.cooling", "400 kW", "cooling of ams"),
    (CONTOSO, "ams.racks", "9 racks", "racks of ams"),
    (CONTOSO, "weu.quota", "{ NCads_H100_v5 = 639 vcpus }", "quota of weu"),
    (CONTOSO, "capex.amount", "14M EUR", "cannot be read"),
    (CONTOSO, "capex.amount", "14000000 EUR", "budget capex"),
    (CONTOSO, "cloud.amount", "115941 EUR/month", "budget cloud"),
    (CONTOSO, "alt.bandwidth", "1.1 Gbps", "no routes"),
    (CONTOSO, "patients.residency", "[US]", "gdpr.residency"),
    (CONTOSO, "weu.jurisdiction", '"CN"', "gdpr.transfers"),
    (CONTOSO, "alt.encryption", "unencrypted", "gdpr.security"),
    (CONTOSO, "shop_single.until", "2028-05-30", "two_paths"),
    (CONTOSO, "hub.retire", "2028-03", "two_paths"),
    (CONTOSO, "train.tags", '{ owner = "x" }', "tagging"),
    (CONTOSO, "chat.spread", "3 sites", "chat should be at 3 sites"),
    (CONTOSO, "vision.only_on", "[train]", "because of its only_on"),
    (CONTOSO, "pretrain.demand", "262 gpus", "pretrain needs"),
    (CONTOSO, "train.retire", "2028-02", "because of its months"),
    (CONTOSO, "pretrain.gpu", "{ memory >= 142 GB }", "because of its gpu.memory"),
    (CONTOSO, "serve.runs_on", "slurm", None),
    (CONTOSO, "l4.memory", "25 GB", "stdlib/gpu/models.csv"),
    (CONTOSO, "usd.value", "0.93", "opex of serve"),
    ("users_at_site", "plant.latency", "{ ams = 6 ms, rtm = 9 ms }", "because of its users"),
    ("residency", "ams.geography", "US", "residency of the data"),
    ("waiver", "peak.until", "2027-02-28", "headroom"),
    ("spread_sites", "a.site", "rtm", "answer should be at 3 sites"),
    ("whole", "learn.whole", "true", "learn should be whole"),
    ("part_month", "train.retire", "2027-02-15", "because of its months"),
    ("split_exact", "learn.demand", "63 gpus", "more gpus than it needs"),
    ("reserved_term", "serve.contract", "reserved(6 months)", "reserved of serve"),
    ("availability_split_enough", "a.availability", "99.91 %", "chat.availability should be"),
    ("availability_split_enough", "chat.slo", "{ availability = 99.81 % }", "what is promised"),
    ("availability_spread", "ams.availability", "99.1 %", "chat.availability should be"),
    ("availability_service", "vault.availability", "99.8 %", "chat.availability should be"),
    ("priority", "study.priority", "900", "capacity of a"),
    ("priority", "study.slo", "{ availability = 99 % }", "capacity of a"),
    ("priority_split", "answer.priority", "100", "capacity of a"),
    ("availability_link", "fat.availability", "99.94 %", "chat.availability should be"),
    ("availability_gateway", "two.availability", "99 %", "chat.availability should be"),
    ("availability_listed", "search.availability", "99.9 %", "chat.availability should be"),
    ("storage_filled", "texts.size", "{ 2027-01 = 1 TB, 2027-04 = 2 TB }", "lake.filled should be"),
    ("storage_filled", "lake.capacity", "3.9 TB", "the data that lie on it fit"),
    ("workload_spend", "a.price", "100001 EUR/node", "chat.spend should be"),
    ("pack_ratios", "db.conflicts", "[web]", "which conflict"),
    ("pack_everything", "web.copies", "4", "copies on machines"),
    ("pack_everything", "web.apart", "true", "to be apart"),
    ("pack_everything", "web.conflicts", "[web]", "to be apart"),
    ("pack_everything", "web.on", "[ams]", "web may not be on m"),
    ("pack_everything", "web.requires", "[ams]", "requires ams"),
    ("pack_everything", "web.memory", "4.5 GB", "memory of m: a box"),
    ("pack_everything", "m.retire", "2027-05", "not there throughout"),
    ("pack_everything", "box.typical_power", "0.9 kW/node", "energy of m"),
    ("pack_everything", "ams.it_power", "1.9 kW", "it_power of ams"),
    ("pack_idle", "web.everywhere", "true", "lacks web"),
    ("pack_sizes", "m.sizes", "[box]", "of no size of the group"),
    ("pack_sizes", "m.reserve", "40 %", "cpu of m: a large"),
    ("pack_sizes", "m.price", "{ box = 3000 EUR/node, large = 5001 EUR/node }", "capex of m"),
    ("pack_sizes", "web.colocation", "[db]", "web without db"),
    ("pack_sizes", "db.everywhere", "true", None),
    ("pack_sizes", "db.ratios", "[{ of = web, copies = 1, per = 1 }]", "too few for 2 of web"),
    (CONTOSO, "train.accepted.finish", "2027-09-01", "train is used in 2027-09, before"),
    (CONTOSO, "train.delivered.finish", "2027-04-30", "energy of train in 2027-04"),
    (CONTOSO, "hub.provisioned.finish", "2027-04-01", "opex of hub in 2027-03"),
    (CONTOSO, "foundation.hardening.finish", "2027-05-30", "schedule.finish should be"),
    (CONTOSO, "train.racking.critical", "true", "schedule.critical should be"),
    (CONTOSO, "network_up.by", "2027-05-30", "schedule.slack should be"),
    (CONTOSO, "network_up.by", "2027-06-01", None),
    (CONTOSO, "platform.rate", "761 EUR/day", "labour of platform in 2027-01"),
    (CONTOSO, "platform.load", "{ 2027-01 = 50 days, 2027-02 = 0 days, 2027-05 = 60.375 days, 2027-06 = 0 days }", "labour of platform in 2027-01"),
    ("payments", "acme.deposit", "31 %", "capex of train in 2027-01"),
    ("payments", "acme.payment", "95 days", "capex of train in 2027-05"),
    ("payments", "train.order.finish", "2027-02-01", "capex of train in 2027-02"),
    ("accepted", "train.accepted.finish", "2027-06-01", "train is used in 2027-06, before"),
    ("size_by_date", "spare.accepted.finish", "2027-01-01", "spare is used in 2027-01, before"),
    ("labour", "designing.amount", "15999 EUR", "budget designing"),
    ("labour", "design.floor_plan.finish", "2027-02-19", None),
    ("labour", "design.floor_plan.start", "2026-12-19", None),
    ("labour", "train.racking.start", "2027-01-04", None),
    ("labour", "train.validation.finish", "2027-01-31", "finishes on 2027-01-31, before"),
    ("labour_tasks", "dig.effort", "19 days", "dig.spend should be"),
    ("labour_tasks", "wire.effort", "26 h", "wire.spend should be"),
    ("labour_tasks", "short.hours", "5 h", "wire.spend should be"),
    ("labour_tasks", "watch.duration", "6 workdays", "watch.spend should be"),
    ("labour_tasks", "rest.by", "2027-01-24", "schedule.slack should be"),
    ("labour_tasks", "talk.effort", "8 days", "free.load is 7 days"),
    ("labour_tasks", "dig.team", "dev", "dig.spend should be"),
    ("labour_tasks", "wire.start", "2027-02-01", "finishes on"),
]
TEXTS = ("at", "because", "title", "schema", "groma", "engine", "kind", "workload", "pool", "line", "environment")
NUMBER = re.compile(r'"(?:\\.|[^"\\])*"|\d+(?:\.\d+){3}/\d+|[A-Za-z_][\w.]*|'
                    r"(?P<date>\d{4}-\d\d(?:-\d\d)?(?![\w-]))|(?P<number>-?\d+(?:\.\d+)?(?:/\d+(?![\w.]))?)")
PLACE = re.compile(r".*\.(?:groma|csv):\d+")
WORKED_OUT = re.compile(r"/(?:decisions/\d+/value|placements/|results/|costs/|aims/\d+/(?:value|bound))")


def compile_plan(binary, source, folder) -> list:
    """The plan.json files of a plan."""
    out = pathlib.Path(folder, "out")
    result = groma.run(binary, ["compile", "-q", "-o", out, groma.copy_of(source, folder)], folder)
    assert result.code == 0, f"{source}: {result.text}"
    return sorted(out.rglob("plan.json"))


def judge(root, path, *options):
    command = [sys.executable, str(root / "tools/check_plan.py"), *options, str(path)]
    result = subprocess.run(command, capture_output=True, text=True)
    # A checker that falls over has not objected.
    assert result.returncode == (1 if result.stdout.startswith("disagrees: ") else 0), f"{command}: {result.returncode}\n{result.stderr}"
    return result


def numbers(value, pointer=""):
    """(pointer, the text or number that has it, where in the text) of every number."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in TEXTS or key == "name" and not pointer.startswith("/results") or pointer.startswith("/costs") and key == "of":
                continue
            yield from numbers(part, f"{pointer}/{key}")
    elif isinstance(value, list):
        if pointer.startswith("/enums"):
            return
        is_local = value[:1] == ["local"]
        for i, part in enumerate(value):
            if not is_local and not (i == 0 and isinstance(part, str) and part not in ("value",) and "choices" not in pointer):
                yield from numbers(part, f"{pointer}/{i}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield pointer, value, None
    elif isinstance(value, str) and not PLACE.fullmatch(value):
        found = [match for match in NUMBER.finditer(value) if match.lastgroup]
        for i, match in enumerate(found, 1):
            yield pointer if len(found) == 1 else f"{pointer}#{i}", value, match


def changed_date(text, dice):
    while True:
        parts = [int(part) for part in text.split("-")]
        parts[dice.randrange(len(parts))] += dice.choice([-1, 1])
        try:
            datetime.date(*parts, *([1] * (3 - len(parts))))
        except ValueError:
            continue
        return "-".join(f"{part:0{4 if i == 0 else 2}d}" for i, part in enumerate(parts))


def changed_number(text, dice):
    top, _, bottom = text.partition("/")
    if bottom:  # a fraction
        return f"{int(top) + dice.choice([-1, 1])}/{bottom}"
    number, decimals = float(text), len(text.partition(".")[2])
    while True:
        other = dice.choice([number + 10**-decimals, number - 10**-decimals, number * 2, number * 10, number / 2, 0, -number])
        shown = f"{other:.{decimals + 1}f}".rstrip("0").rstrip(".")
        if float(shown) != number:
            return shown


def change(plan, pointer, value, match, dice):
    """A copy of the plan in which one number is another, and what it is now."""
    plan = copy.deepcopy(plan)
    *way, last = pointer.partition("#")[0].split("/")[1:]
    holder = plan
    for step in way:
        holder = holder[int(step) if isinstance(holder, list) else step]
    key = int(last) if isinstance(holder, list) else last
    assert holder[key] == value, f"{pointer} is not {value}"
    if match is None:
        holder[key] = value + dice.choice([-1, 1])
    else:
        make = changed_date if match.lastgroup == "date" else changed_number
        holder[key] = value[:match.start()] + make(match[0], dice) + value[match.end():]
    return plan, holder[key]


def is_given(plan, pointer):
    """What the schedule or its simulation finds, which the checker does not work out: it says so."""
    result = re.match(r"/results/(\d+)/", pointer)
    thing, _, member = plan["results"][int(result[1])]["name"].rpartition(".") if result else ("", "", "")
    if member == "load":  # what it costs holds it
        return any(entity["name"] == thing and "rate" not in entity["fields"] for entity in plan["entities"])
    if member == "spent":  # a step that stands in another may be the work of a team that is covered too
        covers = next(entity["fields"]["covers"] for entity in plan["entities"] if entity["name"] == thing)
        kinds = {entity["kind"] for entity in plan["entities"] if re.search(rf"\b{entity['name']}\b", covers)}
        return {"team", "workstream"} <= kinds
    return thing != "schedule" and member in (
        "start", "finish", "slack", "critical", "order_by", "p50", "p80", "p95", "criticality", "days_lost", "delays", "expected_loss",
        "expected_penalty", "at_risk")


def is_worked_out(plan, pointer):
    if is_given(plan, pointer):
        return False
    if WORKED_OUT.match(pointer):
        claim = re.match(r"/aims/(\d+)/bound", pointer)
        return not claim or plan["aims"][int(claim[1])]["proved"]
    field = re.match(r"/(entities|catalogue|imported)/(\d+)/fields/(\w+)", pointer)
    if not field:
        return False
    origin = next(o for o in plan["origins"] if o["name"] == plan[field[1]][int(field[2])]["name"])
    return origin.get("fields", {}).get(field[3], [""])[0] == "chosen" or field[3] in origin.get("formulas", {})


def mutate(root, path, folder, count, dice):
    plan = json.loads(path.read_text(encoding="utf-8"))
    all_numbers = list(numbers(plan))
    tally, faults = collections.Counter(), []

    def one(item):
        number, (pointer, value, match), luck = item
        mutant, now = change(plan, pointer, value, match, luck)
        place = folder / f"mutant{number}.json"
        place.write_text(json.dumps(mutant), encoding="utf-8")
        result = judge(root, place, "--free")
        place.unlink()
        told = f"{pointer}: `{value}` became `{now}`"
        if result.returncode == 1:
            return "objected", None
        if is_worked_out(plan, pointer):
            return "missed", f"{told}, which groma worked out, and nothing objects"
        free = dict(line.split("\t", 1) for line in result.stdout.splitlines())
        if pointer not in free:
            return "missed", f"{told}, and nothing objects or shows it to be free"
        return free[pointer].split("\t")[0], None, f"{told}: {free[pointer]}"

    # Half of them among what was worked out, of which there may be little.
    derived = [n for n in all_numbers if is_worked_out(plan, n[0])]
    chosen = [dice.choice(derived if i % 2 else all_numbers) for i in range(count)]
    for verdict, fault, *shown in groma.in_parallel(one, [(i, n, random.Random(dice.random())) for i, n in enumerate(chosen)]):
        tally[verdict] += 1
        faults += [fault] if fault else []
        if "--show" in sys.argv and shown:
            print("  " + shown[0])
    return len(all_numbers), tally, faults


def tamper(root, path, folder, what, text):
    plan = json.loads(path.read_text(encoding="utf-8"))
    entity, _, field = what.rpartition(".")
    result = next((r for r in plan["results"] if r["name"] == what), None)
    found = next((e for part in ("entities", "catalogue") for e in plan[part] if e["name"] == entity), None)
    assert found or result, f"{path} has no {entity}"
    if result:
        result["value"] = text
    else:
        found["fields"][field] = text
    place = folder / "tampered.json"
    place.write_text(json.dumps(plan), encoding="utf-8")
    return judge(root, place)


def main() -> int:
    binary, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    dice = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    faults = []
    with tempfile.TemporaryDirectory() as temporary:
        plans = {}
        for name in ["examples/contoso_ai", *SOLVED]:
            source, folder = root / name, pathlib.Path(temporary, pathlib.Path(name).name)
            folder.mkdir()
            if not source.is_dir():
                text = (root / f"tests/file/solve/{name}.groma").read_text(encoding="utf-8")
                source = groma.write(folder, {"plan.groma": text}) / "plan.groma"
            plans[name] = compile_plan(binary, source, folder)
            for path in plans[name]:
                result = judge(root, path)
                if result.returncode:
                    faults.append(f"{name}: {result.stdout}")
        for name, what, text, message in TAMPERED if not faults else ():
            result = tamper(root, plans[name][-1], pathlib.Path(temporary), what, text)
            print(name, what, text, message, result.returncode, result.stdout[:300]) if "--show" in sys.argv else None
            if (result.returncode == 1) != bool(message) or message and message not in result.stdout:
                faults.append(f"{name}: {what} became {text}, and the checker does not speak of `{message}`: {result.stdout}")
        for name in MUTATED if not faults else ():
            share = count // 2 if name == MUTATED[0] else count // 2 // (len(MUTATED) - 1)
            total, tally, found = mutate(root, plans[name][-1], pathlib.Path(temporary), share, dice)
            print(f"{name}: of {total} numbers {share} were changed one at a time: "
                  + ", ".join(f"{many} {verdict}" for verdict, many in sorted(tally.items())))
            faults += [f"{name}: {fault}" for fault in found]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
