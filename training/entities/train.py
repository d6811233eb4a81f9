#!/usr/bin/env python3
"""Trains the trees that say what kind of thing a name names and which mentions are one (components/entities).

    make build && cmake --build build --target entities_examples
    training/entities/train.py REPORTS.jsonl                            # writes the tables; two minutes
    training/entities/train.py REPORTS.jsonl --folds 5 --records F      # writes no table but the engine's records of the reports to F, each
        # read with trees that have not seen it

REPORTS: JSON Lines with "id", "text", "entities" ([{"mentions": [{"span", "head"}]}]) and "names" ([{"span", "kind", "inside"?}]); spans
count code points. A mention of the engine's is a marked one where their spans are the same, else where their head words are. The trees
over pairs see kinds told by trees that have not seen the report. Needs lightgbm and numpy.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import collections
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import lightgbm
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))
import trees  # noqa: E402

KINDS = ("person", "organization", "place", "other")
FOLDS = 5
COMMON = {"objective": "binary", "lambda_l2": 3.0, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 127, "num_threads": 1, "seed": 1,
          "verbosity": -1, "deterministic": True, "boost_from_average": False}
KIND = {**COMMON, "num_leaves": 8, "learning_rate": 0.06, "min_data_in_leaf": 12, "feature_fraction_bynode": 0.4}
PAIR = {**COMMON, "num_leaves": 16, "learning_rate": 0.18, "min_data_in_leaf": 30, "feature_fraction_bynode": 0.5}
KIND_TREES, PAIR_TREES = 120, 100
FEATURES = {"kind": trees.feature_names(ROOT / "src/reading/entities/kinds.h", "kKindFeatures"),
            "pair": trees.feature_names(ROOT / "src/reading/entities/pairs.h", "kPairFeatures")}


def fold_of(report):
    return int(hashlib.sha1(report["id"].encode()).hexdigest(), 16) % FOLDS


def lines(reports):
    return "".join(json.dumps({"id": r["id"], "text": r["text"]}) + "\n" for r in reports).encode()


def examples(options, reports, what):
    command = [options.examples, options.pipeline, ROOT / "knowledge", options.gazetteer, what]
    done = subprocess.run(command, input=lines(reports), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def bare(text, span):
    """A name without the article before it and the possessive's ending."""
    begin, end = span
    if start := re.match(r"(?:the|an?)\s+(?=\S)", text[begin:end], re.IGNORECASE):
        begin += start.end()
    if tail := re.search(r"['’][sS]?$", text[begin:end]):
        end = begin + tail.start()
    return begin, end


class Rows:
    """Rows of features, what is right of each, and how much each counts."""

    def __init__(self):
        self.x, self.y, self.weight = [], [], []

    def fit(self, right, parameters, count):
        x = np.array(self.x, dtype=np.float32) if isinstance(self.x[0], list) else np.concatenate(self.x)
        y = np.concatenate(self.y) if isinstance(self.y[0], np.ndarray) else np.array(self.y)
        weight = np.array(self.weight) if self.weight else None
        return lightgbm.train(parameters, lightgbm.Dataset(x, right(y), weight=weight), count)


def add_names(rows, report, names):
    """What most of a name's mentions are; where they are no name at all, it is of another kind."""
    text, gold = report["text"], {}
    for name in report["names"]:
        kind = {"country": "place", "facility": "place"}.get(name["kind"], name["kind"])
        gold.setdefault(bare(text, name["span"]), kind if kind in KINDS else "other")
    for name in names:
        votes = collections.Counter()
        for span in (bare(text, s) for s in name["spans"]):
            if span in gold:
                votes[gold[span]] += 1
            elif not any(b < span[1] and span[0] < e for b, e in gold):
                votes["none"] += 0.5
        if votes:
            kind = votes.most_common(1)[0][0]
            rows.x.append(name["row"])
            rows.y.append(KINDS.index(kind if kind in KINDS else "other"))
            rows.weight.append(min(sum(votes.values()), 8))


def add_pairs(rows, report, seen):
    spans, heads = {}, collections.defaultdict(list)
    for number, entity in enumerate(report["entities"]):
        for mention in entity["mentions"]:
            spans[tuple(mention["span"])] = number
    used = {tuple(m["span"]) for m in seen["mentions"]} & set(spans)
    for number, entity in enumerate(report["entities"]):
        for mention in entity["mentions"]:
            if tuple(mention["span"]) not in used:
                heads[tuple(mention["head"])].append(number)
    entity_of = []
    for mention in seen["mentions"]:
        number = spans.get(tuple(mention["span"]), -1)
        if number < 0 and heads[tuple(mention["head"])]:
            number = heads[tuple(mention["head"])].pop()
        entity_of.append(number)
    for m, mention in enumerate(seen["mentions"]):
        if mention["describes"] >= 0:
            entity_of[m] = entity_of[mention["describes"]]
    pairs = np.array(seen["pairs"], dtype=np.float32).reshape(-1, 2 + len(FEATURES["pair"]))
    entity_of = np.array(entity_of)
    first, second = (entity_of[pairs[:, k].astype(int)] for k in (0, 1))
    rows.x.append(pairs[:, 2:])
    rows.y.append((first == second) & (first >= 0))


def write_kinds(folder, rows):
    for number, kind in enumerate(KINDS):
        model = rows.fit(lambda y, n=number: (y == n).astype(int), KIND, KIND_TREES)
        trees.write(folder / f"kind_{kind}.tsv", model, FEATURES["kind"],
                    [f"Trees that say whether a name names a thing of this kind ({kind}): the sum of their values, compared with the others'.",
                     "Learned by training/entities/train.py; the features are those of src/reading/entities/kinds.h."])


def write_pairs(folder, rows):
    trees.write(folder / "pair_trees.tsv", rows.fit(lambda y: y.astype(int), PAIR, PAIR_TREES), FEATURES["pair"],
                ["Trees that say whether two mentions mean one: the sum of their values, through the logistic function.",
                 "Learned by training/entities/train.py; the features are those of src/reading/entities/pairs.h."])


def gather(add, *parts):
    rows = Rows()
    for report, seen in (pair for part in parts for pair in part):
        add(rows, report, seen)
    return rows


def read(options, reports, home, folder):
    """The engine's records of reports, with the trees of a folder."""
    for part in (ROOT / "components").iterdir():
        if part.name != "entities":
            (home / "components" / part.name).symlink_to(part)
    (home / "components" / "entities").symlink_to(folder)
    (home / "models").symlink_to(ROOT / "models")
    shutil.copytree(ROOT / "knowledge", home / "knowledge")  # The engine looks for components beside the folder itself, not beside a link.
    command = [options.engine, "read", "--reading", options.reading, "--from", "jsonl", "-"]
    return subprocess.run(command, input=lines(reports), stdout=subprocess.PIPE, check=True,
                          env={**os.environ, "DATELINE_HOME": str(home)}).stdout.decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "components/entities")
    parser.add_argument("--folds", type=int, choices=(FOLDS,))
    parser.add_argument("--records", type=pathlib.Path)
    parser.add_argument("--reading", default="fast")
    parser.add_argument("--engine", default=ROOT / "build/dateline")
    parser.add_argument("--examples", default=ROOT / "build/entities_examples")
    parser.add_argument("--pipeline", default=ROOT / "models/en_core_web_sm")
    parser.add_argument("--gazetteer", default=ROOT / "models/gazetteer.bin")
    options = parser.parse_args()
    reports = [json.loads(line) for line in options.reports.read_text().splitlines()]
    parts = [[r for r in reports if fold_of(r) == k] for k in range(FOLDS)]
    names = [list(zip(part, (seen["names"] for seen in examples(options, part, "names")))) for part in parts]
    with tempfile.TemporaryDirectory() as place:
        folders = [pathlib.Path(place) / str(k) for k in range(FOLDS)]
        pairs = []
        for k, folder in enumerate(folders):
            folder.mkdir()
            write_kinds(folder, gather(add_names, *(names[o] for o in range(FOLDS) if o != k)))
            pairs.append(list(zip(parts[k], examples(options, parts[k], folder))))
        if not options.folds:
            options.out.mkdir(exist_ok=True)
            write_kinds(options.out, gather(add_names, *names))
            write_pairs(options.out, gather(add_pairs, *pairs))
            return
        with options.records.open("w") as out:
            for k, folder in enumerate(folders):
                write_pairs(folder, gather(add_pairs, *(pairs[o] for o in range(FOLDS) if o != k)))
                home = pathlib.Path(place) / f"home{k}"
                (home / "components").mkdir(parents=True)
                out.write(read(options, parts[k], home, folder))


if __name__ == "__main__":
    main()
