"""What the benchmarks share: timed runs of the engine, the machine's name, and the page that keeps the figures."""
# SPDX-License-Identifier: Apache-2.0

import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = ROOT / "build/dateline"
PAGE = ROOT / "docs/performance.md"


class Run:
    """One run of the engine: seconds from its start to its end, and its largest resident memory.

    The memory is asked of the process while it runs: what the system says at its end counts the Python it was forked from.
    """

    def __init__(self, path, *options, cores=None, keep=False):
        self.command = [BINARY, "read", "--from", "jsonl", *options, path]
        limit = (lambda: os.sched_setaffinity(0, cores)) if cores else None
        begin = time.monotonic()
        process = subprocess.Popen(self.command, stdout=subprocess.PIPE if keep else subprocess.DEVNULL, preexec_fn=limit)
        self.megabytes = 0
        watch = threading.Thread(target=self.watch, args=(process.pid,))
        watch.start()
        output = process.communicate()[0] or b""
        self.seconds = time.monotonic() - begin
        watch.join()
        if process.returncode != 0:
            sys.exit(f"bench: {' '.join(map(str, self.command))} failed")
        self.records = [json.loads(line) for line in output.decode().split("\n") if line]


    def watch(self, pid):
        while peak := resident(pid, "VmHWM"):
            self.megabytes = peak
            time.sleep(0.02)


def resident(pid, which="VmRSS"):
    """Megabytes of a process that runs; 0 of one that has ended."""
    try:
        found = re.search(which + r":\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) / 1024 if found else 0


def write_lines(documents, path):
    with open(path, "w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")


def best_of(times, run):
    return min((run() for _ in range(times)), key=lambda result: result.seconds)


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{model[1] if model else platform.processor()}, {os.cpu_count()} cores"


def version():
    return subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]


def publish(script, table):
    """Puts `table` between the marks that docs/performance.md has for this script."""
    begin, end = (f"<!-- measured by bench/{script}: {edge} -->" for edge in ("begin", "end"))
    page = PAGE.read_text()
    head, tail = page.split(begin)[0], page.split(end)[1]
    PAGE.write_text(f"{head}{begin}\n{table}\n{end}{tail}")
    print(f"\nwritten into {PAGE.relative_to(ROOT)}")
