#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what writing resources of Azure takes: resources.py GROMA.

Plans of 1,000 to 8,000 resources, compiled with and without `emit bicep {}` and `emit terraform {}`. The difference is what the two
languages take, with their part of `trace.json` and the hashes of `manifest.json`. CPU seconds, so that other work on the machine
changes them less; the best of several runs. Beside it what Terraform takes only to read and lay out the text of its half.
"""
import argparse
import os
import pathlib
import re
import shutil
import tempfile

SITE = '''site s{i} : azure.westeurope {{ supernet = 10.{second}.{third}.0/18 }}
subnet s{i}_n0 {{ site = s{i} }}
subnet s{i}_n1 {{ site = s{i} }}
subnet s{i}_n2 {{ site = s{i} }}
subnet s{i}_n3 {{ site = s{i} }}
subnet s{i}_n4 {{ site = s{i} }}
service kv{i} : key_vault {{ site = s{i} }}
storage b{i} : azure.blob {{ site = s{i}, capacity = 10 TB, price = 10 EUR/month }}
'''


def plan(sites: int, languages: list[str]) -> str:
    text = ('import azure.regions\n'
            'plan big { edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2027-03, tags = { a = "b" } }\n')
    for i in range(sites):
        text += SITE.format(i=f"{i:03}", second=i // 4, third=i % 4 * 64)
    return text + "".join(f"emit {language} {{}}\n" for language in languages)


def run_once(command: list[str]) -> tuple[float, float]:
    """CPU seconds, and the most memory in MB."""
    child = os.fork()
    if child == 0:
        for output in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), output)
        os.execvp(command[0], command)
    _, status, used = os.wait4(child, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(command)} fails")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def compile_plan(groma: pathlib.Path, folder: pathlib.Path, sites: int, languages: list[str], runs: int) -> tuple[float, float]:
    file = folder / "plan.groma"
    file.write_text(plan(sites, languages))
    least, memory = float("inf"), 0.0
    for run in range(runs):
        # A folder of its own for each run: where much was just deleted, Linux is slow to make files.
        out = folder / f"out{'-'.join(['', *languages])}-{run}"
        taken, used = run_once([str(groma), "compile", "-o", str(out), str(file)])
        least, memory = min(least, taken), max(memory, used)
    return least, memory


def count(folder: pathlib.Path, pattern: str, ending: str) -> tuple[int, int]:
    """Resources and lines."""
    texts = [file.read_text() for file in folder.rglob("*" + ending)]
    return sum(len(re.findall(pattern, text, re.MULTILINE)) for text in texts), sum(text.count("\n") for text in texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groma", type=pathlib.Path)
    parser.add_argument("--sites", type=int, nargs="*", default=[63, 125, 250, 500])
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    print("| sites | resources of Bicep | of Terraform | lines | compile | both languages | memory | `terraform fmt` of its half |")
    print("|---|---|---|---|---|---|---|---|")
    for sites in arguments.sites:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            bare, _ = compile_plan(arguments.groma, folder, sites, [], arguments.runs)
            both, memory = compile_plan(arguments.groma, folder, sites, ["bicep", "terraform"], arguments.runs)
            out = folder / "out-bicep-terraform-0"
            bicep, bicep_lines = count(out / "bicep", r"^resource (?!.* existing = )", ".bicep")
            terraform, terraform_lines = count(out / "terraform", r"^resource ", ".tf")
            peer = "not here"
            if shutil.which("terraform"):
                # It says which files it would lay out otherwise: none.
                peer = f"{min(run_once(['terraform', 'fmt', '-check', '-recursive', str(out / 'terraform')])[0] for _ in range(3)):.2f} s"
        print(f"| {sites} | {bicep:,} | {terraform:,} | {bicep_lines + terraform_lines:,} | {bare:.2f} s | {(both - bare) * 1000:.0f} ms "
              f"| {memory:.0f} MB | {peer} |", flush=True)


if __name__ == "__main__":
    main()
