# SPDX-License-Identifier: Apache-2.0
"""Writes small random plans of steps, for a second opinion by TaskJuggler."""
import random

ZONES = ["Europe/Amsterdam", "Asia/Taipei", "America/Los_Angeles", "UTC", "Asia/Kolkata"]
CALENDARS = """calendar home { holidays = [2027-01-06, 2027-03-29, 2027-04-27] }
calendar away { holidays = [2027-01-08, 2027-02-15, 2027-02-16], workdays = [sun, mon, tue, wed, thu] }
calendar short { hours = 6 h }
"""


def lag(dice: random.Random) -> str:
    """Nothing, or a length of the clock or of work."""
    return dice.choice(["", "", f" + {dice.randint(1, 9)} days", f" + {dice.randint(1, 6)} workdays",
                        " + 1 week + 2 workdays"])


def plan(seed: int, is_levelled: bool) -> str:
    """Where nobody is levelled each task has a team of its own, or none."""
    dice = random.Random(seed)
    lines = [f'plan p {{ edition = 2027, currency = EUR, starts = 2027-01-{dice.randint(1, 28):02}, horizon = 2027-01 .. 2027-12, '
             f'timezone = "{dice.choice(ZONES)}"{dice.choice(["", ", calendar = home"])} }}', CALENDARS]
    count = dice.randint(4, 14)
    teams = dice.randint(1, 3) if is_levelled else count
    for i in range(teams):
        fields = [f"people = {dice.randint(1, 4)}"]
        if dice.random() < 0.5:
            fields.append(f"calendar = {dice.choice(['home', 'away', 'short'])}")
        if dice.random() < 0.4:
            fields.append(f'timezone = "{dice.choice(ZONES)}"')
        if dice.random() < 0.2:
            fields.append("share = 50 %")
        lines.append(f"team t{i} {{ {', '.join(fields)} }}")
    stretched = set()
    for i in range(count):
        # Days of work need one whole person.
        team = dice.randrange(teams) if is_levelled else i
        takes = dice.choice([f"duration = {dice.randint(1, 20)} days", f"team = t{team}, effort = {dice.randint(1, 12)} days",
                             f"team = t{team}, effort = {dice.randint(1, 40)} h", f"effort = {dice.randint(1, 9)} days",
                             f"duration = {dice.randint(1, 8)} workdays"])
        fields = [takes]
        before = dice.sample(range(i), min(i, dice.choice([0, 1, 1, 2, 3])))
        if before:
            # What stretches its finish starts at another moment in TaskJuggler, so nothing waits for its start.
            # What begins at once with other work begins a few minutes later there.
            ends = [f"s{b}.start + {dice.randint(1, 9)} days" if b not in stretched and dice.random() < 0.3 else f"s{b}{lag(dice)}"
                    for b in before]
            fields.append(f"after = [{', '.join(ends)}]")
        if i and not is_levelled and dice.random() < 0.2:
            fields.append(f"finish_after = [s{dice.randrange(i)}{lag(dice)}]")
            stretched.add(i)
        if dice.random() < 0.1:
            fields.append(f"not_before = 2027-02-{dice.randint(1, 28):02}")
        if is_levelled and dice.random() < 0.3:
            fields.append(f"priority = {dice.randint(1, 1000)}")
        lines.append(f"task s{i} {{ {', '.join(fields)} }}")
    # With dice of their own, so that a plan is the same but for them.
    days = random.Random(seed + 1000)
    for i in range(days.choice([0, 0, 1, 2])):
        month, first = days.choice(["01", "02", "03"]), days.randint(1, 20)
        covers = "" if days.random() < 0.5 else f", covers = [s{days.randrange(count)}]"
        lines.append(f"freeze f{i} {{ from = 2027-{month}-{first:02}, to = 2027-{month}-{first + days.randint(0, 7):02}{covers} }}")
    lines.append(f"milestone last {{ after = [{', '.join(f's{i}' for i in range(count))}] }}")
    return "\n".join([*lines, "emit taskjuggler {}", ""])
