#!/usr/bin/env python3
"""The gold sets, the evaluators that score them, and what was reached: floors.json has one row a set.

A row holds the arguments of an evaluator of ../shared/eval, the sha256 of the gold it reads, and the floor its figure (the
last number it prints, or what `find` finds) must not fall below. Run as a program it measures every row and prints the table of
docs/quality.md. A new floor is the measured figure less a small margin; a lower one is a commit of its own, with its
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
    engine = f"{binary} read --from jsonl {row.get('engine', '')} -"
    arguments = [a.replace("$GOLD", str(SHARED / "data" / row["gold"])) for a in row["run"]]
    return [str(python), str(SHARED / "eval" / arguments[0]), "--engine", " ".join(engine.split()), *arguments[1:]]


def measure(row, binary):
    """Returns (figure, all that the evaluator printed)."""
    done = subprocess.run(command(row, binary), cwd=ROOT, capture_output=True, text=True, timeout=1200)
    if "find" in row:
        numbers = re.findall(row["find"], done.stdout, re.MULTILINE)
    else:
        numbers = re.findall(r"\d+(?:\.\d+)?", done.stdout.strip().rpartition("\n")[2])
    if done.returncode != 0 or not numbers:
        raise RuntimeError(f"{shlex.join(command(row, binary))}\n{done.stdout}{done.stderr}")
    return float(numbers[-1]), done.stdout


def main():
    print("| set | figure | reached | floor | command |\n|---|---|---|---|---|")
    for row in ROWS:
        figure, printed = measure(row, ROOT / "build/dateline")
        shown = shlex.join(command(row, "build/dateline", "python3")).replace(str(SHARED), "../shared")
        print(f"| {row['set']} | {row['figure']} | {figure} | {row['floor']} | `{shown}` |", flush=True)
        print(printed, file=sys.stderr)


if __name__ == "__main__":
    main()
