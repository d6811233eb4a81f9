#!/usr/bin/env python3
"""Times reading from Python and for Spark against the command line: processor time a report, one thread each, in turns in one run.

    make package && PYTHONPATH=build/python .venv/bin/python bench/python.py [--reports 300] [--rounds 3] [--reading fast]

Opening the reader is left out everywhere. `pipe` makes records of all, `read_json` lines as the command writes them; `mapInArrow` is the function that
a worker of Spark runs, from batches of texts to batches of what was read, without Spark's own work. Prints a table for docs/performance.md.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import resource
import statistics
import subprocess
import tempfile
import time

import dateline
import pyarrow
from dateline import spark

import texts as made_up
from engine import BINARY, machine, write_lines


def of_command(documents, reading):
    """Processor time of the command line for all of these, and of what opening takes."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        write_lines(documents, file.name)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([BINARY, "read", "--from", "jsonl", "--threads", "1", "--reading", reading, file.name], stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def timed(work):
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--reports", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--reading", default="fast", choices=["fast", "exact"])
    asked = options.parse_args()
    documents = [{**document, "date": "2026-03-09"} for document in made_up.reports(3, asked.reports, 10)]
    reader = dateline.Reader(reading=asked.reading)
    read = spark.read_batches(text="text", columns={"id": "id", "date": "date"}, media_type=None, verbatim=True, json=False, reader={"reading": asked.reading})
    batches = pyarrow.Table.from_pylist(documents).to_batches()
    ways = {
        "command line": lambda: of_command(documents, asked.reading) - of_command(documents[:1], asked.reading),
        "`read_json`": lambda: timed(lambda: [reader.read_json(one["text"], id=one["id"], date=one["date"], verbatim=True) for one in documents]),
        "`pipe`": lambda: timed(lambda: sum(1 for _ in reader.pipe(documents, threads=1))),
        "`mapInArrow`": lambda: timed(lambda: sum(batch.num_rows for batch in read(batches))),
    }
    list(read(batches[:1]))  # It opens a reader of its own, once.
    taken = {way: [] for way in ways}
    for _ in range(asked.rounds):
        for way, run in ways.items():
            taken[way].append(1000 * run() / len(documents))
    print(f"{machine()}; {asked.reports} made-up reports, --reading {asked.reading}, medians of {asked.rounds} rounds\n")
    print("| | ms a report | least to most | speed against the command line |\n|---|---:|---:|---:|")
    whole = statistics.median(taken["command line"])
    for way, times in taken.items():
        print(f"| {way} | {statistics.median(times):.1f} | {min(times):.1f} to {max(times):.1f} | {100 * whole / statistics.median(times):.0f} % |")


if __name__ == "__main__":
    main()
