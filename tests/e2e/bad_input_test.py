#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What no plan should be still ends with a message: broken, cut, huge, deep, foreign and missing files.

Usage: bad_input_test.py GROMA EXAMPLES [--all]. Without --all every n-th truncation and deletion is tried, the same ones
each time. Each run must end by itself with an exit code of groma's, a message unless it is 0, and below 1 GB.
"""
import os
import pathlib
import random
import re
import shutil
import sys
import tempfile
import threading

import groma

MEGABYTES = 1000
SAMPLES = 60        # Truncations, and deletions, of each file of an example without --all.
TOKEN = re.compile(rb"//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|\w+|\.\.|[-+*=!<>]=|->|\S")
PLAN = 'plan p { edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2027-12, timezone = "UTC" }\n'


class Tester:
    def __init__(self, binary: pathlib.Path, scratch: pathlib.Path):
        self.binary, self.scratch = binary, scratch
        self.faults, self.slow, self.count = [], [], 0
        self.lock = threading.Lock()

    def check(self, name: str, target, codes, args=("check", "--no-solve"), says="GR") -> groma.Run:
        """Runs groma on `target`; its exit code must be one of `codes`."""
        result = groma.run(self.binary, [*args, target], self.scratch)
        faults = []
        if result.code not in codes:
            faults.append(f"exit code {result.code}, expected {' or '.join(map(str, codes))}")
        if result.code != 0 and says not in result.text:
            faults.append(f"the message lacks `{says}`")
        if result.megabytes > MEGABYTES:
            faults.append(f"{result.megabytes:.0f} MB of memory")
        with self.lock:
            self.count += 1
            self.faults += [f"{name}: {fault}\n{result.text[-600:]}" for fault in faults]
            if result.seconds > 1:
                self.slow.append(f"{name}: {result.seconds:.1f} s, {result.megabytes:.0f} MB")
        return result

    def check_text(self, name: str, text, codes=(0, 1, 4), says="GR") -> None:
        """A plan of one file."""
        with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            groma.write(folder, {"plan.groma": text})
            self.check(name, pathlib.Path(folder, "plan.groma"), codes, says=says)


def every(step_count: int, total: int, is_all: bool) -> range:
    return range(0, total, 1 if is_all else max(1, total // step_count))


def mutations(example: pathlib.Path, is_all: bool):
    """Yields (name, file, bytes) for truncations and single-token deletions of each file of an example."""
    for path in sorted(example.glob("*.groma")):
        text = path.read_bytes()
        for at in every(SAMPLES, len(text), is_all):
            yield f"{path.name} cut at byte {at}", path.name, text[:at]
        tokens = list(TOKEN.finditer(text))
        for i in every(SAMPLES, len(tokens), is_all):
            token = tokens[i]
            yield f"{path.name} without token {i}, `{token.group().decode()}`", path.name, text[:token.start()] + text[token.end():]


def test_examples(tester: Tester, examples: pathlib.Path, is_all: bool) -> None:
    for example in sorted(path for path in examples.iterdir() if any(path.glob("*.groma"))):
        def check(mutation, example=example):
            name, file, text = mutation
            with tempfile.TemporaryDirectory(dir=tester.scratch) as folder:
                plan = pathlib.Path(folder, example.name)
                shutil.copytree(example, plan)
                (plan / file).write_bytes(text)
                tester.check(f"{example.name}: {name}", plan, (0, 1, 4))
        groma.in_parallel(check, mutations(example, is_all))


def test_texts(tester: Tester) -> None:
    cases = []
    for seed in range(40):
        chance = random.Random(seed)
        cases.append((f"random bytes, seed {seed}", chance.randbytes(chance.randrange(1, 4096)), (1,), "GR"))
        words = [chance.choice("site pool { } ( ) [ ] = , : .. require all in 8 kW \" ${ choose \n 2027-01 -> + if then".split(" "))
                 for _ in range(chance.randrange(1, 400))]
        cases.append((f"random words, seed {seed}", " ".join(words), (0, 1), "GR"))
    deep = 100_000
    for left, right in ("()", "[]", "{}"):
        cases.append((f"{deep} nested {left}{right}", PLAN + "let x = " + left * deep + "1" + right * deep + "\n", (1,), "GR0107"))
        cases.append((f"{deep} open {left}", PLAN + "let x = " + left * deep, (1,), "GR"))
        cases.append((f"{deep} closing {right}", PLAN + right * deep, (1,), "GR0106"))
    cases += [
        ("10 MB on one line", PLAN + "let x = " + "1 + " * 2_500_000 + "1\n", (0, 1), "GR"),
        ("one name of 10 MB", PLAN + "let " + "x" * 10_000_000 + " = 1\n", (0, 1), "GR"),
        ("one string of 10 MB", PLAN + 'let x = "' + "x" * 10_000_000 + '"\n', (0, 1), "GR"),
        ("10 MB of blanks", PLAN + " " * 10_000_000, (0,), ""),
        ("10 MB of newlines", PLAN + "\n" * 10_000_000, (0,), ""),
        (f"{deep} nested interpolations", PLAN + "let x = " + '"${' * deep, (1,), "GR"),
        (f"{deep} minus signs", PLAN + "let x = " + "- " * deep + "1\n", (0, 1), "GR"),
        (f"{deep} times not", PLAN + "let x = " + "not " * deep + "true\n", (0, 1), "GR"),
        (f"{deep} times if", PLAN + "let x = " + "if true then " * deep + "1\n", (1,), "GR"),
        (f"{deep} dots", PLAN + "let x = a" + ".a" * deep + "\n", (1,), "GR"),
        ("a number of 100,000 digits", PLAN + "let x = " + "9" * deep + "\n", (1,), "GR"),
        ("an empty file", "", (0, 1), ""),
        ("only a comment", "// nothing", (0, 1), ""),
        ("invalid UTF-8", PLAN.encode() + b"let x = \"\xff\xfe\"\n", (1,), "GR0102"),
        ("half a UTF-8 sequence", PLAN.encode() + b"let x = \"\xe2\x82", (1,), "GR01"),
        ("a surrogate in UTF-8", PLAN.encode() + b"// \xed\xa0\x80\n", (1,), "GR0102"),
        ("UTF-16", PLAN.encode("utf-16"), (1,), "GR01"),
        ("a byte order mark", b"\xef\xbb\xbf" + PLAN.encode(), (0,), ""),
        ("CRLF", PLAN.replace("\n", "\r\n") * 1 + "let x = 1\r\n", (0,), ""),
        ("a lone CR", PLAN + "let x = 1\rlet y = 2\n", (0, 1), "GR"),
        ("a NUL byte", PLAN + "let x = \0 1\n", (1,), "GR0103"),
        ("control characters", PLAN + "".join(map(chr, range(1, 32))), (1,), "GR01"),
        ("terminal escapes", PLAN + "let \x1b[31mx = 1\n", (1,), "GR01"),
    ]
    groma.in_parallel(lambda case: tester.check_text(case[0], *case[1:]), cases)


def test_world(tester: Tester) -> None:
    """Files and folders that are not what they should be: exit code 2."""
    world = tester.scratch / "world"
    groma.write(world, {"empty/note.txt": "no plan", "text.txt": "no plan", "folder.groma/x": "", "locked/plan.groma": PLAN})
    (world / "dangling").mkdir()
    (world / "dangling/plan.groma").symlink_to("nowhere.groma")
    (world / "loop.groma").symlink_to("loop.groma")
    tester.check("a folder without plans", world / "empty", (2,), says="GR0925")
    tester.check("no such file", world / "nothing.groma", (2,), says="GR0920")
    tester.check("a file of another kind", world / "text.txt", (2,), says="GR0928")
    tester.check("a folder named like a plan", world / "folder.groma", (2,), says="GR09")
    tester.check("a dangling link", world / "dangling", (2,), says="GR09")
    tester.check("a link to itself", world / "loop.groma", (2,), says="GR09")
    tester.check("an empty path", "", (2,), says="GR09")
    tester.check("a device", "/dev/null", (2,), says="GR09")
    if os.geteuid() != 0:
        (world / "locked/plan.groma").chmod(0)
        tester.check("a file without permission", world / "locked", (2,), says="GR0921")

    def vanish(delay: int) -> None:
        with tempfile.TemporaryDirectory(dir=tester.scratch) as folder:
            path = groma.write(folder, {"plan.groma": PLAN * 50}) / "plan.groma"
            remover = threading.Timer(delay / 2000, lambda: path.unlink(missing_ok=True))
            remover.start()
            tester.check(f"a file that vanishes after {delay / 2:.1f} ms", folder, (0, 1, 2))
            remover.join()
    groma.in_parallel(vanish, range(20))


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        tester = Tester(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(scratch))
        test_world(tester)
        test_texts(tester)
        test_examples(tester, pathlib.Path(sys.argv[2]), "--all" in sys.argv)
    print("\n".join(tester.faults))
    print("".join(f"slow: {line}\n" for line in tester.slow), end="")
    print(f"{tester.count} inputs, {len(tester.faults)} faults")
    return 1 if tester.faults else 0


if __name__ == "__main__":
    sys.exit(main())
