# SPDX-License-Identifier: Apache-2.0
"""Runs the built `groma` as a person would, and measures what a run took."""
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time

# No test fails because a machine is slow; this only ends what hangs.
HANG_SECONDS = 20


@dataclasses.dataclass
class Run:
    code: int           # The exit code; the negative signal if one ended the run.
    out: bytes
    err: bytes
    seconds: float
    megabytes: float    # The most memory it held.

    @property
    def text(self) -> str:
        return self.err.decode(errors="replace")

    @property
    def codes(self) -> set[str]:
        """The codes of all messages."""
        return set(re.findall(r"^(?:error|warning|note)\[(GR\d{4})\]", self.text, re.M))


def run(groma, args, folder=".", stdin=None) -> Run:
    """Runs `groma ARGS` in a folder. Output goes to files, so that no pipe can block it."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": str(folder)}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.monotonic()
        process = subprocess.Popen([str(groma), *map(str, args)], cwd=folder, env=environment, stdout=out, stderr=err,
                                   stdin=stdin or subprocess.DEVNULL)
        guard = threading.Timer(HANG_SECONDS, lambda: os.kill(process.pid, signal.SIGKILL))
        guard.start()
        _, status, usage = os.wait4(process.pid, 0)
        guard.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begin
        out.seek(0)
        err.seek(0)
        return Run(process.returncode, out.read(), err.read(), seconds, usage.ru_maxrss / 1024)


def write(folder, files: dict) -> pathlib.Path:
    """Writes `{name: text or bytes}` below a folder."""
    for name, content in files.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return pathlib.Path(folder)


def in_parallel(function, items) -> list:
    """Maps over both cores; results in the order of the items."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        return list(pool.map(function, items))


def copy_of(plan, folder) -> pathlib.Path:
    """The plan below a folder, without its groma.lock: tests side by side would write the same one."""
    plan, target = pathlib.Path(plan), pathlib.Path(folder, "copy", pathlib.Path(plan).name)
    if target.exists():
        return target
    if plan.is_dir():
        shutil.copytree(plan, target, ignore=shutil.ignore_patterns("groma.lock"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(plan, target)
    return target
