#!/usr/bin/env python3
"""Learns which tellings of two reports are one happening: the trees of components/matching, and how rare words are.

    rarity TEXTS...             rarity.tsv, from JSON Lines with "text"
    likeness RECORDS...         likeness.tsv, from marks.jsonl here and what `dateline read` made of the reports that it names

marks.jsonl: {"a", "b", "shown": [triggers of a, of b], "same": [[trigger of a, of b]], "unsure"}: a trigger is the code point at which the word begins
that stands for a happening, of those shown to the reader; what is in neither list is two happenings. Rows come from matching_examples
(cmake --build build --target matching_examples).
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import collections
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
import trees  # noqa: E402

TARGET = HOME / "components" / "matching"
HEADER = HOME / "src/chronicle/matching/likeness.h"
SETTINGS = dict(objective="binary", learning_rate=0.05, num_leaves=12, min_data_in_leaf=20, feature_fraction=0.4, bagging_fraction=0.8, bagging_freq=1,
                lambda_l2=5, seed=1, deterministic=True, num_threads=1, verbose=-1)
ROUNDS = 100


def rarity(files):
    """Words are told apart by their first six letters, as in src/chronicle/matching/words.h."""
    having, reports = collections.Counter(), 0
    for file in files:
        for line in file.open(encoding="utf-8"):
            reports += 1
            words = re.findall(r"[^\W_]+", json.loads(line)["text"].lower())
            having.update({word[:6] for word in words})
    fewest = 4  # Names of single reports are no knowledge of the language.
    rows = sorted((word, count) for word, count in having.items() if count >= fewest and word.isascii())
    lines = [f"# How rare words are: ln((N + 1) / (n + 1)), of N = {reports} news reports n of which have a word of these first letters (six at most),",
             f"# for those of {fewest} reports and more. Made by training/matching/train.py rarity.", "word\trarity"]
    lines += [f"{word}\t{math.log((reports + 1) / (count + 1)):.2f}" for word, count in rows]
    TARGET.mkdir(exist_ok=True)
    (TARGET / "rarity.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} words of {reports} reports")


def rows_of(examples, records, pairs):
    """What matching_examples says of these pairs of ids."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for record in records:
            file.write(pathlib.Path(record).read_text(encoding="utf-8"))
        file.flush()
        given = "".join(f"{a}\t{b}\n" for a, b in pairs)
        done = subprocess.run([examples, TARGET / "rarity.tsv", file.name], input=given, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def learn_from(marks, answers):
    """Rows, whether each is one happening, and the pair of reports that each is of."""
    rows, same, groups = [], [], []
    for number, (mark, answer) in enumerate(zip(marks, answers)):
        sides = (0, 1) if answer["a"] == mark["a"] else (1, 0)
        told = [{trigger: at for at, triggers in enumerate(answer[f"{side}_tellings"]) for trigger in triggers} for side in "ab"]

        def found(pairs):
            return {tuple(told[s].get(pair[side]) for s, side in enumerate(sides)) for pair in pairs}

        shown = [{told[s].get(trigger) for trigger in mark["shown"][side]} for s, side in enumerate(sides)]
        yes, unsure, width = found(mark["same"]), found(mark["unsure"]), len(answer["b_tellings"])
        for at, row in enumerate(answer["rows"]):
            pair = divmod(at, width)
            if pair[0] not in shown[0] or pair[1] not in shown[1] or (pair in unsure and pair not in yes):
                continue
            rows.append(row)
            same.append(int(pair in yes))
            groups.append(number)
    return rows, same, groups


def likeness(examples, records):
    import lightgbm
    import numpy
    marks = [json.loads(line) for line in (HERE / "marks.jsonl").open(encoding="utf-8")]
    rows, same, groups = map(numpy.array, learn_from(marks, rows_of(examples, records, [(mark["a"], mark["b"]) for mark in marks])))
    names = trees.feature_names(HEADER, "kLikenessFeatures")
    held = numpy.zeros(len(same))
    for fold in range(5):
        out = groups % 5 == fold
        model = lightgbm.train(SETTINGS, lightgbm.Dataset(rows[~out], same[~out], feature_name=names), ROUNDS)
        held[out] = model.predict(rows[out])
    best = max((2 * ((held >= t) & (same == 1)).sum() / ((held >= t).sum() + same.sum()), t) for t in numpy.arange(.05, .95, .01))
    print(f"{len(marks)} pairs of reports, {len(same)} of tellings, {same.sum()} the same; pairs F1 over 5 folds {best[0]:.3f} at {best[1]:.2f}")
    model = lightgbm.train(SETTINGS, lightgbm.Dataset(rows, same, feature_name=names), ROUNDS)
    trees.write(TARGET / "likeness.tsv", model, names, [f"Whether two tellings are one happening: {ROUNDS} trees over {len(same)} pairs of {len(marks)} pairs of reports,",
                                                       "marked by reading (training/matching/marks.jsonl). Made by training/matching/train.py likeness."])
    gain = sorted(zip(model.feature_importance("gain"), names), reverse=True)
    print(" ".join(f"{name} {value:.0f}" for value, name in gain[:25]), "| unused:", *(name for value, name in gain if not value))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("what", choices=("rarity", "likeness"))
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--examples", default=HOME / "build" / "matching_examples")
    options = parser.parse_args()
    if options.what == "rarity":
        rarity(options.files)
    else:
        likeness(options.examples, options.files)


if __name__ == "__main__":
    main()
