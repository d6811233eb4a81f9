#!/usr/bin/env python3
"""Times what a store of many events is asked, and what keeping and comparing a report costs in it.

    cmake --build build --target chronicle_bench
    .venv/bin/python bench/chronicle.py                            10^4 and 10^5 events; prints
    .venv/bin/python bench/chronicle.py --events 1000000           an hour or two, 6 GB of disk
    .venv/bin/python bench/chronicle.py --store FILE               what was made before; prints

The reports are made up (bench/made_up_reports.h), the same in every run, and go in through the public API in the order
of their days, 2,000 at a time, each batch compared at its end. Times are of the processor, so that other programs on the
machine count little; of a question the median of five, after one that is not counted.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from engine import ROOT, machine

BENCH = ROOT / "build/chronicle_bench"


def run(*command):
    done = subprocess.run([BENCH, *map(str, command)], capture_output=True, text=True, env={"DATELINE_HOME": str(ROOT), **os.environ})
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))}: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, action="append", help="size of a store; may be repeated")
    parser.add_argument("--store", help="a store that was made before")
    options = parser.parse_args()
    sizes = {}
    with tempfile.TemporaryDirectory() as folder:
        for events in [] if options.store else options.events or [10_000, 100_000]:
            store = pathlib.Path(folder) / f"{events}.db"
            batches = run("make", store, events)
            last = batches[-1]
            print(f"{events:,} events: keeping {last['keeping_ms']:.2f} ms a report, comparing {last['matching_ms']:.2f} ms, "
                  f"{last['mb']:.0f} MB resident, {store.stat().st_size / events:,.0f} bytes an event")
            sizes[f"{events:,}"] = run("ask", store)
        if options.store:
            sizes[options.store] = run("ask", options.store)
    print(f"\nMachine: {machine()}.\n\n| a first page of 50 | " + " | ".join(f"{size}, ms" for size in sizes) + " |")
    print("|---|" + "---:|" * len(sizes))
    for row in zip(*sizes.values()):
        print(f"| {row[0]['question']} | " + " | ".join(f"{one['ms']:.1f}" for one in row) + " |")


if __name__ == "__main__":
    main()
