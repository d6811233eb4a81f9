"""How much of the demo's truth the engine finds, by kind of fact.

    python3 tests/e2e/score.py                  the share of each kind
    python3 tests/e2e/score.py --failing event  what is not found (of one kind, or of all)
    python3 tests/e2e/score.py --raise-floors   write floors.json where more is found than it asks; a floor never falls

tests/e2e/test_demo.py holds every kind to its floor.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import os
import sqlite3
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from truth import ROOT, checks, chronicled, joined, load, told

FLOORS = Path(__file__).with_name("floors.json")


def records_of(show, truth):
    """The record of every report, by file; `show` gives the JSON that `dateline show` prints for a name."""
    return {report["file"]: show(f"demo/reports/{report['file']}") for report in truth["reports"]}


def happenings_of(output_of, store):
    """Every happening of a store, with its accounts."""
    lines = output_of("timeline", "--background", "--store", store).splitlines()
    return [json.loads(output_of("accounts", json.loads(line)["happening"], "--store", store)) for line in lines]


def homes_of(store, truth):
    """The actor of each entity of a store, by file and entity."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    rows = connection.execute("SELECT coalesce(r.file, r.uri), m.entity, m.actor FROM actor_members m JOIN reports r ON r.key = m.report").fetchall()
    connection.close()
    files = [report["file"] for report in truth["reports"]]
    return {(next(file for file in files if found.endswith(file)), entity): actor for found, entity, actor in rows}


def score(truth, records, timeline, happenings, homes):
    """(passed, total) by kind, and the checks that fail."""
    passed, total, failing = Counter(), Counter(), []
    found = [*chronicled(truth, records, happenings), *joined(truth, records, homes)]
    for report in truth["reports"]:
        record = records[report["file"]]
        found += [*checks(report, record), *told(report, truth, record, timeline)]
    for check in found:
        total[check.kind] += 1
        passed[check.kind] += check.holds
        if not check.holds:
            failing.append(check)
    return {kind: (passed[kind], total[kind]) for kind in sorted(total)}, failing


def table(shares):
    lines = [f"{kind:18} {passed:3} of {total:3}  {passed / total:6.1%}" for kind, (passed, total) in shares.items()]
    passed, total = (sum(share[i] for share in shares.values()) for i in (0, 1))
    return "\n".join([*lines, f"{'all':18} {passed:3} of {total:3}  {passed / total:6.1%}"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--failing", nargs="?", const="all", metavar="KIND")
    parser.add_argument("--raise-floors", action="store_true")
    options = parser.parse_args()
    binary = os.environ.get("DATELINE_BINARY", ROOT / "build/dateline")

    def output_of(*arguments):
        return subprocess.run([binary, *map(str, arguments)], cwd=ROOT, check=True, capture_output=True, text=True).stdout

    truth = load()
    with tempfile.TemporaryDirectory() as directory:
        store = Path(directory) / "demo.db"
        output_of("ingest", "demo/reports", "--store", store)
        records = records_of(lambda name: json.loads(output_of("show", name, "--store", store)), truth)
        timeline = [json.loads(line) for line in output_of("timeline", "--each", "--store", store).splitlines()]
        happenings = happenings_of(output_of, store)
        homes = homes_of(store, truth)
    shares, failing = score(truth, records, timeline, happenings, homes)
    if options.failing:
        for check in failing:
            if options.failing in ("all", check.kind):
                print(f"{check.kind:18} {check.label}")
    print(table(shares))
    if options.raise_floors:
        floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
        floors = {kind: max(passed, floors.get(kind, 0)) for kind, (passed, _) in shares.items()}
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n")


if __name__ == "__main__":
    main()
