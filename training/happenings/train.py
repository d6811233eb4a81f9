#!/usr/bin/env python3
"""Trains the trees that judge happenings (components/happenings): which triggers tell of one, and which happenings are any.

    make build && cmake --build build --target happenings_examples
    training/happenings/train.py REPORTS.jsonl ... [--components FOLDER ...] [--out components/happenings]

REPORTS: marked reports with their texts (chronology/*.jsonl; GUIDE.md beside it says what a mark is), on which the heads in FOLDER
were not trained: what heads say of reports that they know is surer than what they say of new ones. Of N folders the one numbered K from
0 has heads that were trained with --hold-out K/N, and reads those reports. Two triggers of one type are the same
where their words tell of the same happening; a line is right where it shares a type and a sentence with a happening that no better line
takes. The trees for lines see happenings that trees for the other half of the reports have joined. Reports are read at both depths.
Needs lightgbm and numpy. Some minutes.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import lightgbm
import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "training/trunk")]
import marks  # noqa: E402
import trees  # noqa: E402

WHAT = {"same": ("whether two words tell of one happening", 12, 200), "line": ("whether what some words tell together is a happening", 16, 180)}


def features(judged):
    return trees.feature_names(ROOT / "src/reading/events/verdict.h", {"same": "kSameFeatures", "line": "kLineFeatures"}[judged])


def half(report):
    return int(hashlib.sha1(report["id"].encode()).hexdigest(), 16) // 7 % 2


def write(path, judged, model):
    trees.write(path, model, features(judged), [
        f"Trees that say {WHAT[judged][0]}: the sum of their values, through the logistic function.",
        "Learned by training/happenings/train.py; the features are those of src/reading/events/verdict.h."])


def fit(judged, rows):
    x, y = rows
    _, leaves, count = WHAT[judged]
    parameters = {"objective": "binary", "num_leaves": leaves, "learning_rate": 0.05, "min_data_in_leaf": 40, "lambda_l2": 2.0,
                  "feature_fraction_bynode": 0.4, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 127, "seed": 1, "num_threads": 1,
                  "deterministic": True, "verbosity": -1, "boost_from_average": False}
    return lightgbm.train(parameters, lightgbm.Dataset(numpy.array(x, dtype=numpy.float32), numpy.array(y)), count)


class Engine:
    """The engine with its components, some for each fold of the reports, and other trees over happenings."""

    def __init__(self, options, folder):
        self.options, self.folders = options, []
        for k, components in enumerate(options.components):
            made = pathlib.Path(folder) / str(k)
            (made / "happenings").mkdir(parents=True)
            for part in components.iterdir():
                if part.name != "happenings":
                    (made / part.name).symlink_to(part.resolve())
            self.folders.append(made)

    def rows(self, reports, judged, depth, same=None):
        """What the trees are asked of each report, where triggers are joined by these trees."""
        asked = {}
        for k, folder in enumerate(self.folders):
            some = [r for r in reports if marks.held_out(r["id"], k, len(self.folders))]
            write(folder / "happenings/same_trees.tsv", "same", same)
            write(folder / "happenings/line_trees.tsv", "line", None)
            lines = "".join(json.dumps({k: r[k] for k in ("id", "text", "date", "title", "url") if r.get(k)}) + "\n" for r in some)
            command = [self.options.examples, self.options.pipeline, ROOT / "knowledge", folder, self.options.gazetteer, depth]
            done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
            for report, line in zip(some, done.stdout.decode().splitlines(), strict=True):
                asked[report["id"]] = [one for one in json.loads(line)["asked"] if one["trees"] == judged]
        return [asked[r["id"]] for r in reports]


class Gold:
    """A report's happenings by the places of their triggers and their sentences."""

    def __init__(self, report):
        self.happenings = report["happenings"]
        self.sentences = report["sentences"]
        self.at = [{marks.trigger_offset(report, s, w) for s, w in h["mentions"]} for h in self.happenings]
        self.within = [{s - 1 for s, _ in h["mentions"]} for h in self.happenings]

    def sentence(self, offset):
        return next((n for n, (begin, end) in enumerate(self.sentences) if begin <= offset < end), None)

    def of_type(self, name):
        return [n for n, h in enumerate(self.happenings) if name == h["type"] or name in h["also"]]

    def told_at(self, offset, name):
        """The happenings of a type that a word may tell of: those that it is a trigger of, else those of its sentence."""
        some = self.of_type(name)
        return {n for n in some if offset in self.at[n]} or {n for n in some if self.sentence(offset) in self.within[n]}


def same_rows(reports, asked):
    kind = features("same").index("type")
    x, y = [], []
    for report, rows in zip(reports, asked, strict=True):
        gold = Gold(report)
        for one in rows:
            name = marks.TYPES[int(one["row"][kind])]
            first, second = (gold.told_at(offset, name) for offset in one["triggers"])
            if len(first) == len(second) == 1:
                x.append(one["row"])
                y.append(first == second)
    return x, y


def line_rows(reports, asked):
    kind = features("line").index("type")
    x, y = [], []
    for report, rows in zip(reports, asked, strict=True):
        gold = Gold(report)
        pairs = []
        for k, one in enumerate(rows):
            sentences = {gold.sentence(offset) for offset in one["triggers"]}
            for n in gold.of_type(marks.TYPES[int(one["row"][kind])]):
                both, all_ = sentences & gold.within[n], sentences | gold.within[n]
                if both:
                    pairs.append((bool(gold.at[n] & set(one["triggers"])) + len(both) / len(all_), k, n))
        taken, right = set(), set()
        for _, k, n in sorted(pairs, reverse=True):
            if n not in taken and k not in right:
                taken.add(n)
                right.add(k)
        x += [one["row"] for one in rows]
        y += [k in right for k in range(len(rows))]
    return x, y


def together(*parts):
    return [sum(columns, []) for columns in zip(*parts)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="+", type=pathlib.Path)
    parser.add_argument("--components", nargs="+", type=pathlib.Path, default=[ROOT / "components"])
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "components/happenings")
    parser.add_argument("--examples", default=ROOT / "build/happenings_examples")
    parser.add_argument("--pipeline", default=ROOT / "models/en_core_web_sm")
    parser.add_argument("--gazetteer", default=ROOT / "models/gazetteer.bin")
    options = parser.parse_args()
    reports = [r for path in options.reports for r in marks.read_jsonl(path)]
    halves = [[r for r in reports if half(r) == k] for k in (0, 1)]
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(options, folder)
        same = [together(*(same_rows(some, engine.rows(some, "same", depth)) for depth in ("exact", "fast"))) for some in halves]
        of_half = [fit("same", rows) for rows in same]
        line = together(*(line_rows(some, engine.rows(some, "line", depth, other))
                          for some, other in zip(halves, reversed(of_half)) for depth in ("exact", "fast")))
        print(len(reports), "reports,", [len(s[1]) for s in same], "pairs,", len(line[1]), "lines,", sum(line[1]), "right")
        write(options.out / "same_trees.tsv", "same", fit("same", together(*same)))
        write(options.out / "line_trees.tsv", "line", fit("line", line))


if __name__ == "__main__":
    main()
