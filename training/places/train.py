#!/usr/bin/env python3
"""Trains the trees that find places (knowledge/place_name_trees.tsv) and say which are meant (place_choice_trees.tsv).

  make build && cmake --build build --target places_examples
  train.py REPORTS.jsonl --happenings H.jsonl      # writes both tables
  train.py REPORTS.jsonl --happenings H.jsonl --folds 5 --records F   # writes no table but the engine's records of the
      # reports, then of those of H, each read with trees that have not seen its outlet, to F

REPORTS: JSON Lines with "id", "text", "url" and "places": [{"span", "lat", "lon"}], lat null where it has no place on the
map. A stretch of text names a place where the gold has the same span, or none of its own for the place it overlaps. A
candidate is right within 161 km. H: JSON Lines with "id", "text" and "happenings": [{"place", "country"}]; they teach in
which country a name of a happening's place lies, in news of the world. Reports are learned from with their address and
without. Folds keep the reports of one outlet together. Needs lightgbm and numpy.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import hashlib
import json
import math
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

import lightgbm
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))
import trees  # noqa: E402

NEAR_KM = 161
WHAT = {"place_name_trees.tsv": ("which words of a report name a place", "toponyms.h"),
        "place_choice_trees.tsv": ("which of its places a name means", "choices.h")}


def outlet(report):
    if report.get("outlet"):
        return report["outlet"]
    host = urllib.parse.urlsplit(report.get("url") or "").hostname or report["id"]
    return host.removeprefix("www.")


def fold_of(report, count):
    return int(hashlib.sha256(outlet(report).encode()).hexdigest(), 16) % count


def distance(a, b):
    lat_a, lon_a, lat_b, lon_b = (math.radians(x) for x in (a["lat"], a["lon"], b["lat"], b["lon"]))
    h = math.sin((lat_a - lat_b) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_a - lon_b) / 2) ** 2
    return 2 * 6371 * math.asin(min(1, math.sqrt(h)))


def meets(a, b):
    return a[0] < b[1] and b[0] < a[1]


def examples(reports, options, knowledge, address=True):
    lines = "".join(json.dumps({"id": r["id"], "text": r["text"], "url": address and r.get("url") or ""}) + "\n" for r in reports)
    done = subprocess.run([options.examples, options.pipeline, knowledge, options.gazetteer], input=lines.encode(),
                          stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def name_rows(reports, seen):
    x, y = [], []
    for report, found in zip(reports, seen):
        spans = {tuple(n["span"]) for n in found["names"]}
        # A gold name that is no candidate itself is found by the longest one that meets it.
        wanted = set()
        for gold in report["places"]:
            span = tuple(gold["span"])
            near = [s for s in spans if meets(s, span)]
            wanted |= {span} if span in spans else set(sorted(near, key=lambda s: s[0] - s[1])[:1])
        for name in found["names"]:
            x.append(name["x"])
            y.append(tuple(name["span"]) in wanted)
    return np.array(x, dtype=np.float32), np.array(y, dtype=float), np.ones(len(y))


def choice_rows(reports, seen):
    x, y, w = [], [], []
    for report, found in zip(reports, seen):
        for choice in found["choices"]:
            gold = [g for g in report["places"] if any(meets(s, g["span"]) for s in choice["spans"])]
            located = [g for g in gold if g["lat"] is not None]
            for place, row in zip(choice["places"], choice["x"]):
                right = sum(distance(place, g) <= NEAR_KM for g in located)
                x.append(row)
                y.append(right * 2 > len(located) if located else 0)
                w.append(len(choice["spans"]) ** 0.5)
    return np.array(x, dtype=np.float32), np.array(y, dtype=float), np.array(w)


def country_rows(reports, seen):
    """Of the names of happenings' places: wrong is all in another country, right what weighs most in the country told."""
    x, y, w = [], [], []
    weight = feature_names("choices.h", "kChoiceFeatures").index("weight")
    words = lambda text: set(re.findall(r"\w+", text.lower()))
    for report, found in zip(reports, seen):
        told = [(words(h["place"]), h["country"]) for h in report["happenings"] if h.get("place") and h.get("country")]
        for choice in found["choices"]:
            name = words(report["text"][slice(*choice["spans"][0])])
            countries = {country for place, country in told if name <= place}
            if len(countries) != 1:
                continue
            inside = [p["country"] in countries for p in choice["places"]]
            best = max((row[weight] for row, i in zip(choice["x"], inside) if i), default=0)
            for row, i in zip(choice["x"], inside):
                if not i or row[weight] == best:
                    x.append(row)
                    y.append(i)
                    w.append(len(choice["spans"]) ** 0.5)
    return np.array(x, dtype=np.float32), np.array(y, dtype=float), np.array(w)


def together(*parts):
    return tuple(np.concatenate(columns) for columns in zip(*parts))


# What can only speak for a place, or against it, whatever else is known: what few reports teach holds for others.
RISING = ["country", "capital", "people_share", "weight", "weight_share", "inside_next", "next_admin1", "next_country", "chance",
          "admin1_said", "admin1_support", "admin1_share", "admin2_said", "admin2_support", "country_said", "country_support",
          "country_share", "near", "near_share", "around", "around_share", "contains", "outlet_near", "outlet_country"]
FALLING = ["other_name", "stripped", "people_rank", "next_elsewhere"]


def fit(rows, leaves, count, names, seed=1):
    x, y, w = rows
    ways = [1 if name in RISING else -1 if name in FALLING else 0 for name in names]
    parameters = {"objective": "binary", "num_leaves": leaves, "learning_rate": 0.06, "min_data_in_leaf": 30, "lambda_l2": 2.0,
                  "feature_fraction_bynode": 0.4, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 127, "seed": seed,
                  "num_threads": 1, "deterministic": True, "verbosity": -1, "boost_from_average": False,
                  "monotone_constraints": ways, "monotone_constraints_method": "intermediate"}
    return lightgbm.train(parameters, lightgbm.Dataset(x, y, weight=w), count)


def write(model, names, path):
    what, where = WHAT[path.name]
    trees.write(path, model, names, [
        f"Trees that say {what}: the sum of their values, through the logistic function. Learned by",
        f"training/places/train.py (training/places/data.md says from what); the features are those of src/reading/places/{where}.",
        "node 0 of a tree is its root; a leaf has no feature. at or below the threshold: left, else right."])


def feature_names(header, array):
    return trees.feature_names(ROOT / "src/reading/places" / header, array)


def learn(reports, happenings, options, knowledge):
    """Trains both tables into a folder: first the names, then the choices among what these find."""
    columns = feature_names("toponyms.h", "kToponymFeatures")
    free = ["" for _ in columns]  # No feature of a name speaks one way alone.
    names = fit(name_rows(reports, examples(reports, options, knowledge)), options.name_leaves, options.name_trees, free)
    write(names, columns, knowledge / "place_name_trees.tsv")
    columns = feature_names("choices.h", "kChoiceFeatures")
    choices = fit(together(choice_rows(reports, examples(reports, options, knowledge)),
                           choice_rows(reports, examples(reports, options, knowledge, address=False)),
                           country_rows(happenings, examples(happenings, options, knowledge))),
                  options.choice_leaves, options.choice_trees, columns)
    write(choices, columns, knowledge / "place_choice_trees.tsv")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=pathlib.Path)
    parser.add_argument("--happenings", required=True, type=pathlib.Path)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--records", type=pathlib.Path)
    parser.add_argument("--examples", default=ROOT / "build/places_examples", type=pathlib.Path)
    parser.add_argument("--engine", default=ROOT / "build/dateline", type=pathlib.Path)
    parser.add_argument("--pipeline", default=ROOT / "models/en_core_web_sm", type=pathlib.Path)
    parser.add_argument("--gazetteer", default=ROOT / "models/gazetteer.bin", type=pathlib.Path)
    parser.add_argument("--out", default=ROOT / "knowledge", type=pathlib.Path)
    parser.add_argument("--name-leaves", type=int, default=24)
    parser.add_argument("--name-trees", type=int, default=250)
    parser.add_argument("--choice-leaves", type=int, default=12)
    parser.add_argument("--choice-trees", type=int, default=250)
    options = parser.parse_args()
    reports, happenings = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in (options.reports, options.happenings))
    known = {r["text"]: outlet(r) for r in reports}
    happenings = [h | {"outlet": known.get(h["text"])} for h in happenings]
    with tempfile.TemporaryDirectory() as folder:
        knowledge = pathlib.Path(folder) / "knowledge"
        shutil.copytree(ROOT / "knowledge", knowledge)
        (pathlib.Path(folder) / "components").symlink_to(ROOT / "components")
        if not options.folds:
            learn(reports, happenings, options, knowledge)
            for name in WHAT:
                shutil.copy(knowledge / name, options.out / name)
            return
        with open(options.records, "wb") as records:
            for fold in range(options.folds):
                learn([r for r in reports if fold_of(r, options.folds) != fold],
                      [h for h in happenings if fold_of(h, options.folds) != fold], options, knowledge)
                held_out = [r for r in reports + happenings if fold_of(r, options.folds) == fold]
                lines = "".join(json.dumps({k: r[k] for k in ("id", "text", "date", "title", "url") if r.get(k)}) + "\n" for r in held_out)
                subprocess.run([options.engine, "read", "--from", "jsonl", "--knowledge", knowledge, "-"], input=lines.encode(),
                               stdout=records, check=True)
                records.flush()


if __name__ == "__main__":
    main()
