#!/usr/bin/env python3
"""The gold sets, the evaluators that score them, and what was reached: floors.json has one row a set.

A row holds the arguments of an evaluator of ../shared/eval, the sha256 of the gold it reads, how the engine reads it where what is
scored asks for less than all (or what is exported of a store of it all), and the floors below which its figures (the last number it prints, or what `find` finds) must not
fall. Run as a program it measures every row and prints a table. A new floor is the measured figure less a small margin; a lower one is a commit of its own, with its
reason.
"""
# SPDX-License-Identifier: Apache-2.0

import hashlib
import json
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ROWS = json.loads((pathlib.Path(__file__).parent / "floors.json").read_text())


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def command(row, binary, python=sys.executable):
    engine = " ".join(f"{binary} read --from jsonl {row.get('engine', '')} -".split())
    arguments = [a.replace("$GOLD", str(SHARED / "data" / row["gold"])) for a in row["run"]]
    if "export" in row:
        arguments += ["--reader", engine]
        engine = shlex.join(["sh", "-c", f"store=$(mktemp -d)/gold.db; {binary} ingest --from jsonl --store $store - && "
                                         f"{binary} export {row['export']} --store $store; rm -r ${{store%/gold.db}}"])
    return [str(python), str(SHARED / "eval" / arguments[0]), "--engine", engine, *arguments[1:]]


def measure(row, binary):
    """Returns ({figure: number}, all that the evaluator printed)."""
    done = subprocess.run(command(row, binary), cwd=ROOT, capture_output=True, text=True, timeout=1200)
    last = done.stdout.strip().rpartition("\n")[2]
    found = {one["figure"]: re.findall(one["find"], done.stdout, re.MULTILINE) if "find" in one else
             re.findall(r"\d+(?:\.\d+)?", last) for one in row["figures"]}
    if done.returncode != 0 or not all(found.values()):
        raise RuntimeError(f"{shlex.join(command(row, binary))}\n{done.stdout}{done.stderr}")
    return {figure: float(numbers[-1]) for figure, numbers in found.items()}, done.stdout


def main():
    print("| set | figure | reached | floor | command |\n|---|---|---|---|---|")
    for row in ROWS:
        reached, printed = measure(row, ROOT / "build/dateline")
        shown = shlex.join(command(row, "build/dateline", "python3")).replace(str(SHARED), "../shared")
        for one in row["figures"]:
            print(f"| {row['set']} | {one['figure']} | {reached[one['figure']]} | {one['floor']} | `{shown}` |", flush=True)
        print(printed, file=sys.stderr)


if __name__ == "__main__":
    main()
