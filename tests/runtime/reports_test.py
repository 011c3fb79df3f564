#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reports of a run, judged by what others read them with: schema, xmllint, promtool, a browser's parser.

Usage: reports_test.py SAMPLE RUNTIME. Says what was not checked because a program is not there.
"""
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SAMPLE, RUNTIME = sys.argv[1], pathlib.Path(sys.argv[2])
MOMENT = "2026-11-22T10:00:00Z"
VOID = {"meta", "br"}


def run(out, *arguments, nodes=2, expect=0, **environment):
    clean = {"PATH": os.environ["PATH"], "GROMA_SAMPLE_NODES": str(nodes), **environment}
    found = subprocess.run([SAMPLE, "--backend", "sim", "--now", MOMENT, "--out", str(out), *arguments],
                           env=clean, capture_output=True, text=True)
    assert found.returncode == expect, f"{arguments}: {found.returncode}\n{found.stdout}{found.stderr}"
    return found.stdout + found.stderr


class Page(html.parser.HTMLParser):
    """Tags are closed in order, and nothing is fetched or run."""

    def __init__(self):
        super().__init__()
        self.open, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert tag not in {"script", "link", "iframe", "img"}, tag
        assert not any(name in {"src", "href"} or name.startswith("on") for name, _ in attrs), attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()


def check(out):
    results = json.loads((out / "results.json").read_text())
    try:
        import jsonschema
        jsonschema.Draft202012Validator(json.loads((RUNTIME / "report/schema.json").read_text())).validate(results)
    except ImportError:
        print("results.json is not checked against its schema: no python3-jsonschema")
    for curve in results["curves"]:
        n = curve["ranks"]
        factor = {"all_reduce": 2 * (n - 1) / n, "send_receive": 1, "broadcast": 1}.get(curve["op"], (n - 1) / n)
        for point in curve["points"]:
            if point["busbw"] is not None:
                # Medians of both are of the same repeat, or beside it.
                assert abs(point["busbw"] - point["algbw"] * factor) <= 0.01 * point["busbw"], (curve["op"], point)
    if shutil.which("xmllint"):
        subprocess.run(["xmllint", "--noout", str(out / "junit.xml")], check=True)
    else:
        print("junit.xml is not checked: no xmllint")
    sarif = json.loads((out / "results.sarif").read_text())
    for result in sarif["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "delivery.groma" and place["region"]["startLine"] == 57
    metrics = (out / "groma.prom").read_text()
    if shutil.which("promtool"):
        subprocess.run(["promtool", "check", "metrics"], input=metrics, text=True, check=True)
    else:
        print("groma.prom is only checked for its form: no promtool")
    series = [line.rsplit(" ", 1) for line in metrics.splitlines() if not line.startswith("#")]
    assert len({name for name, _ in series}) == len(series), "a series is there twice"
    for name, value in series:
        assert re.fullmatch(r'[a-z_]+\{([a-z_]+="(?:[^"\\]|\\.)*",?)+\}', name), name
        float(value)
    page = Page()
    page.feed((out / "report.html").read_text())
    assert not page.open, page.open
    assert page.tags.count("svg") >= 2, "the page has no drawings"
    return results


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        secrets = {"AWS_SECRET_ACCESS_KEY": "hunter2hunter2", "NCCL_DEBUG": "INFO", "NCCL_NOTE": "token=hunter2"}
        run(root / "good", **secrets)
        assert check(root / "good")["verdict"] == "PASS"
        for file in (root / "good").iterdir():
            assert "hunter2" not in file.read_text(), f"{file.name} tells a secret"
        assert sorted(file.name for file in (root / "good").iterdir()) == [
            "baseline.groma", "groma.prom", "junit.xml", "report.html", "report.md", "results.json", "results.sarif"]

        run(root / "again", **secrets)
        for file in (root / "good").iterdir():
            assert file.read_bytes() == (root / "again" / file.name).read_bytes(), f"{file.name} differs between runs"

        faults = sorted((RUNTIME / "sim/faults").glob("*.yaml"))
        assert len(faults) >= 12
        for fault in faults:
            expect = 3 if fault.stem == "missing_metric" else 1
            run(root / fault.stem, "--timeout", "6", "--fault", str(fault), expect=expect)
            results = check(root / fault.stem)
            assert results["verdict"] in {"FAIL", "INCONCLUSIVE"}, fault

        # Exit codes: usage, and a fault of the harness.
        run(root / "x", "--nonsense", "1", expect=2)
        run(root / "x", "--test", "nothing", expect=2)
        run(root / "x", "--tier", "forever", expect=2)
        bad = root / "bad.yaml"
        bad.write_text("fault: lost_gpu\nnode: 7\ngpu: 1\n")
        assert f"{bad}:2: " in run(root / "x", "--fault", str(bad), expect=2)
        # The path of the reports leads through a file, where even root makes no folder.
        run(bad / "x", expect=4)
        assert "census" in run(root / "x", "--list")
        assert "--rendezvous" in run(root / "x", "--help")
        # Without CUDA, asking for it is told, never skipped.
        told = subprocess.run([SAMPLE, "--out", str(root / "x")], capture_output=True, text=True,
                              env={"PATH": os.environ["PATH"]})
        assert told.returncode != 0, told.stdout


main()
