#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Chains of declarations that name each other: however long, they work, or end with a message and not with the stack.

Usage: long_chains_test.py GROMA. Each plan is checked with the stack that people have, and with a sixth of it, which is what is left
of it in a sanitized build.
"""
import pathlib
import resource
import subprocess
import sys
import tempfile

LONG = 10_000
STACK = 8 << 20
SANITIZED_FRAMES = 6


def chain(line: str, end: str, length: int = LONG, before: str = "", after: str = "") -> str:
    """`line` for every i below `length`, with I and NEXT replaced; the end of the chain comes last."""
    lines = [line.replace("NEXT", str(i + 1)).replace("I", str(i)) for i in range(length)]
    return "\n".join([before, *lines, end.replace("I", str(length)), after]) + "\n"


def web(line: str, part: str, size: int) -> str:
    """Every one of `size` declarations needs every other one."""
    def needs(own: int) -> str:
        text = "1"
        for other in range(size):
            if other != own:
                text = part.replace("I", str(other)).replace("REST", text)
        return text
    return "\n".join(line.replace("I", str(i)).replace("NEEDS", needs(i)) for i in range(size)) + "\n"


BOX = "kind box { size: int = 1 }"
# name, plan, the code of its message; none if it is a good plan
CASES = [
    ("lets", chain("let aI = aNEXT + 1", "let aI = 1", after=f"require a0 == {LONG + 1}"), None),
    ("lets with types", chain("let aI: int = aNEXT + 1", "let aI: int = 1", after=f"require a0 == {LONG + 1}"), None),
    ("lets with 150 brackets", chain("let aI = " + "(" * 150 + "aNEXT + 1" + ")" * 150, "let aI = 1", 3000), None),
    ("lets of lists", chain("let aI = [aNEXT]", "let aI = 1"), None),
    ("lets of texts", chain('let aI = "${aNEXT}"', 'let aI = "x"'), None),
    ("lets with conditions", chain("let aI = if aNEXT > 0 then aNEXT else 1", "let aI = 1"), None),
    ("params", chain("param aI: int = aNEXT + 1", "param aI: int = 1"), None),
    ("fields", chain("box bI { size = bNEXT.size + 1 }", "box bI {}", before=BOX, after=f"require b0.size == {LONG + 1}"), None),
    ("fields and lets", chain("box bI { size = aNEXT + 1 }\nlet aNEXT = bNEXT.size", "box bI {}", before=BOX), None),
    ("aliases", chain("type tI = tNEXT", "type tI = int", after="let y: t0 = 1"), None),
    ("records", chain("record rI { x: rNEXT }", "record rI { y: int = 1 }"), None),
    ("functions", chain("fn fI(x: int) = fNEXT(x) + 1", "fn fI(x: int) = x", after="let y = f0(1)"), "GR0306"),
    ("functions after a dot", chain("fn fI(x: int) -> int = x.fNEXT + 1", "fn fI(x: int) -> int = x", after="let y = f0(1)"), "GR0306"),
    ("defaults", chain("sNEXT: int = self.sI + 1", "}", before="kind box {\ns0: int = 1", after=f"box b {{}}\nrequire b.s{LONG} > 1"), "GR0306"),
    ("lists in lists", chain("type tI = [tNEXT]", "type tI = int", after="let y: t0 = 1"), "GR0275"),
    ("kinds", chain("kind kI : kNEXT { fI: int = 1 }", "kind kI {}", after="k0 e {}"), "GR0223"),
    ("kinds, the last first", "kind k0 {}\n" + chain("kind kNEXT : kI {}", "kI e {}"), "GR0223"),
    ("entities", chain("box bI : bNEXT { size += 1 }", "box bI {}", before=BOX), "GR0223"),
    ("kinds in kinds", chain("kind kI { kNEXT x {} }", "kind kI {}", after="k0 e {}"), "GR0224"),
    ("two kinds in each kind", chain("kind kI { kNEXT x {}\nkNEXT y {} }", "kind kI {}", 40, after="k0 e {}"), "GR0224"),
    ("a round of lets", chain("let aI = aNEXT + 1", "let aI = a0 + 1"), "GR0273"),
    ("a round of lets with types", chain("let aI: int = aNEXT + 1", "let aI: int = a0 + 1"), "GR0306"),
    ("a round of kinds", chain("kind kI : kNEXT {}", "kind kI : k0 {}"), "GR0223"),
    ("a round of entities", chain("box bI : bNEXT {}", "box bI : b0 {}", before=BOX), "GR0223"),
    ("a round of functions", chain("fn fI(x: int) = fNEXT(x) + 1", "fn fI(x: int) = f0(x)"), "GR0214"),
    ("a web of lets", web("let aI = NEEDS", "aI + REST", 200), "GR0273"),
    ("a web of conditions", web("let aI = NEEDS", "if aI > 1 then REST else 1", 100), "GR0275"),
    # Here the length is that of one expression: what fails is not tried twice at every step.
    ("a sum with a mistake", "let x = nosuch" + " + 1" * 400 + "\n", "GR0201"),
]


def fault(groma: pathlib.Path, plan: pathlib.Path, code, stack: int) -> str:
    result = subprocess.run([groma, "check", "--no-solve", plan], capture_output=True, text=True, timeout=120,
                            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_STACK, (stack, stack)))
    if result.returncode != (0 if code is None else 1):
        return f"exit code {result.returncode}: {result.stderr[:300]}"
    return "" if code is None or f"error[{code}]" in result.stderr else f"no {code}: {result.stderr[:300]}"


def main() -> int:
    groma = pathlib.Path(sys.argv[1]).resolve()
    is_sanitized = b"__asan_init" in groma.read_bytes()
    stacks = [STACK] if is_sanitized else [STACK, STACK // SANITIZED_FRAMES]
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for name, text, code in CASES:
            plan = pathlib.Path(folder, "plan.groma")
            plan.write_text(text)
            for stack in stacks:
                if wrong := fault(groma, plan, code, stack):
                    faults.append(f"{name}, stack of {stack >> 10} kB: {wrong}")
    print("\n".join(faults))
    print(f"{len(CASES)} chains, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
