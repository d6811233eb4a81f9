#!/usr/bin/env python3
"""Trains the trees that tell a page's body from the rest (knowledge/page_trees.tsv).

  cmake --build build --target article_body_examples
  train.py GOLD.jsonl.gz... --out knowledge/page_trees.tsv
  train.py GOLD.jsonl.gz... --folds 5                 # how well it does on sites it has not seen; writes no trees
  train.py GOLD.jsonl.gz... --folds 5 --records DIR   # and how well the whole engine does: its records of the pages,
                                                      # each read with trees that have not seen its site, to DIR/GOLD.jsonl

GOLD: JSON Lines with "id", "url", "html" and "body", the text a person took for the article. A block is body where
half of its 4-word shingles (all of its words, in order, where it has fewer) stand in the gold text. Two rounds: the
second sees what the first said of a block and of what is around it. Folds keep the pages of one site together; of the
pages whose address says no site ("fakehost"), those whose names differ in a number alone. Needs lightgbm and numpy.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import collections
import gzip
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import urllib.parse

import lightgbm
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[3]
WORD = re.compile(r"\w+")
CONTEXT = ["score", "score_before_1", "score_before_2", "score_after_1", "score_after_2", "score_around",
           "score_wider", "score_page", "score_told"]


def shingles(words, n=4):
    return [tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1)) if words[i:i + n]]


def label(blocks, body):
    """1 for the blocks that are body, 0 for the others, None for those that hold no word."""
    gold = WORD.findall(body)
    known = set(shingles(gold))
    flat = " " + " ".join(gold) + " "
    labels = []
    lists = [WORD.findall(block["text"]) for block in blocks]
    for i, words in enumerate(lists):
        if not words:
            labels.append(None)
        elif len(words) >= 4:
            parts = shingles(words)
            labels.append(int(sum(part in known for part in parts) * 2 >= len(parts)))
        else:
            # A few words stand in any text by chance; with a neighbour's they do not.
            before = lists[i - 1][-3:] if i else []
            after = lists[i + 1][:3] if i + 1 < len(lists) else []
            labels.append(int(f" {' '.join(before + words)} " in flat or f" {' '.join(words + after)} " in flat))
    return labels


def site(page):
    host = urllib.parse.urlsplit(page.get("url") or "").hostname
    return host if host and "." in host else re.sub(r"-?\d+$", "", page["id"])


def read(options):
    pages = []
    for path in options.gold:
        gold = [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass")]
        lines = "".join(json.dumps({"id": page["id"], "html": page["html"]}) + "\n" for page in gold)
        done = subprocess.run([options.blocks, options.knowledge], input=lines.encode(), stdout=subprocess.PIPE, check=True)
        for page, line in zip(gold, done.stdout.decode().splitlines()):
            blocks = json.loads(line)["blocks"]
            if not blocks:
                continue
            labels = label(blocks, page["body"])
            pages.append({"line": json.dumps({"id": page["id"], "url": page.get("url") or "", "html": page["html"]}),
                          "site": site(page), "set": path, "body": page["body"], "texts": [b["text"] for b in blocks],
                          "x": np.array([b["features"] for b in blocks], dtype=np.float32),
                          "parents": [b["parents"] for b in blocks],
                          "y": np.array([y if y is not None else -1 for y in labels]),
                          "words": np.array([b["words"] for b in blocks], dtype=float)})
    # A small set counts more than its pages, less than a large one as a whole: conventions differ.
    sizes = collections.Counter(page["set"] for page in pages)
    for page in pages:
        page["weight"] = (max(sizes.values()) / sizes[page["set"]]) ** 0.5
    return pages


def weights(page):
    """Words count, each page as much as the other, and both sides of its border."""
    y, words = page["y"], page["words"]
    body = words[y == 1].sum()
    weight = words ** 0.75
    # More than the body's own words again on the other side would drown it.
    rest = weight[y != 1].sum()
    scale = weight[y == 1].sum()
    if rest > 1.5 * scale > 0:
        weight = np.where(y == 1, weight, weight * 1.5 * scale / rest)
    return np.where(y < 0, 0, weight / max(weight.sum(), 1)) * (1 if body else 0.3) * page["weight"]


def context(page, score):
    """What the first round said, around each block; as body/model.cc has it."""
    n, words = len(score), page["words"]
    sure = score * words
    total = sure.sum() or 1
    told = np.concatenate([[0], np.cumsum(sure)])[:-1]
    rows = np.zeros((n, len(CONTEXT)), dtype=np.float32)
    sums, counts = collections.defaultdict(float), collections.defaultdict(float)
    for i in range(n):
        for parent in set(page["parents"][i]):
            sums[parent] += sure[i]
            counts[parent] += words[i]
    for i in range(n):
        one, two = page["parents"][i]
        rows[i] = [score[i], score[i - 1] if i else 0, score[i - 2] if i > 1 else 0,
                   score[i + 1] if i + 1 < n else 0, score[i + 2] if i + 2 < n else 0,
                   sums[one] / counts[one], sums[two] / counts[two], sums[two] / total, told[i] / total]
    return np.hstack([page["x"], rows])


def fit(pages, xs, options, seed):
    w = np.concatenate([weights(page) for page in pages])
    x, y = np.concatenate(xs), np.concatenate([page["y"] for page in pages])
    keep = w > 0
    parameters = {"objective": "binary", "num_leaves": options.leaves, "learning_rate": options.rate, "min_data_in_leaf": 100,
                  "lambda_l2": 1.0, "feature_fraction_bynode": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 127,
                  "seed": seed, "num_threads": 1, "deterministic": True, "verbosity": -1}
    return lightgbm.train(parameters, lightgbm.Dataset(x[keep], y[keep], weight=w[keep] * keep.sum() / w[keep].sum()),
                          options.trees)


def folds_of(pages, count, seed=0):
    order = sorted({page["site"] for page in pages}, key=lambda name: hash_of(f"{seed} {name}"))
    place = {name: i % count for i, name in enumerate(order)}
    return [place[page["site"]] for page in pages]


def hash_of(name):
    import hashlib
    return hashlib.sha256(name.encode()).hexdigest()


def two_rounds(pages, options):
    """Models of both rounds; the second learns from what the first says of sites it has not seen."""
    seed = options.seed
    inner = folds_of(pages, 4)
    seconds = [None] * len(pages)
    for fold in range(4):
        model = fit([p for p, f in zip(pages, inner) if f != fold], [p["x"] for p, f in zip(pages, inner) if f != fold],
                    options, seed)
        for i, (page, f) in enumerate(zip(pages, inner)):
            if f == fold:
                seconds[i] = context(page, model.predict(page["x"]))
    first = fit(pages, [p["x"] for p in pages], options, seed)
    second = fit(pages, seconds, options, seed + 1)
    return first, second


def predict(first, second, page):
    return second.predict(context(page, first.predict(page["x"])))


def f1(pages, scores, threshold):
    """As the article extraction benchmark counts: shingles, each page the same."""
    ps, rs = [], []
    for page, score in zip(pages, scores):
        text = "\n".join(t for t, s in zip(page["texts"], score) if s >= threshold)
        a, b = (collections.Counter(shingles(WORD.findall(t))) for t in (page["body"], text))
        tp, fp, fn = sum((a & b).values()), sum((b - a).values()), sum((a - b).values())
        if tp + fp:
            ps.append(tp / (tp + fp))
        if tp + fn:
            rs.append(tp / (tp + fn))
    p, r = sum(ps) / max(1, len(ps)), sum(rs) / max(1, len(rs))
    return 2 * p * r / (p + r) if p + r else 0, p, r


def export(first, second, names, path):
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Trees that tell the blocks of a page's body from the rest: two rounds, each the sum of its trees'\n"
                  "# values, through the logistic function. Learned by training/article/body/train.py (data: training/article/data.md);\n"
                  "# the features are those of src/article/blocks/features.h. Not to be edited by hand.\n"
                  "# node 0 of a tree is its root; a leaf has no feature. at or below the threshold: left, else right.\n"
                  "round\ttree\tnode\tfeature\tthreshold\tleft\tright\tvalue\n")
        for number, model in enumerate((first, second), 1):
            out.write(f"{number}\t0\t0\t\t0\t0\t0\t0\n")  # LightGBM has the base in the leaves of its first tree.
            for tree, told in enumerate(model.dump_model()["tree_info"], 1):
                for i, node in enumerate(rows_of(told["tree_structure"], names + CONTEXT)):
                    out.write(f"{number}\t{tree}\t{i}\t{node}\n")


def rows_of(root, names):
    """The nodes of a tree, each parent before its children."""
    rows = []

    def add(node):
        place = len(rows)
        rows.append(None)
        if "leaf_value" in node:
            rows[place] = f"\t0\t0\t0\t{node['leaf_value']:.4g}"
        else:
            left, right = add(node["left_child"]), add(node["right_child"])
            rows[place] = f"{names[node['split_feature']]}\t{node['threshold']:.6g}\t{left}\t{right}\t0"
        return place

    add(root)
    return rows


def read_whole(pages, first, second, options):
    """The engine's records of pages, read with these trees, onto the files of their sets."""
    with tempfile.TemporaryDirectory() as folder:
        knowledge = shutil.copytree(options.knowledge, pathlib.Path(folder) / "knowledge")
        export(first, second, feature_names(options), knowledge / "page_trees.tsv")
        for name in sorted({page["set"] for page in pages}):
            lines = "".join(page["line"] + "\n" for page in pages if page["set"] == name)
            done = subprocess.run([options.engine, "read", "--until", "article", "--knowledge", knowledge, "--from", "jsonl", "-"],
                                  input=lines.encode(), stdout=subprocess.PIPE, check=False)  # 1: it rejected some.
            with open(pathlib.Path(options.records) / pathlib.Path(name).name.removesuffix(".gz"), "ab") as out:
                out.write(done.stdout)


def feature_names(options):
    return subprocess.run([options.blocks, "--names"], stdout=subprocess.PIPE, check=True).stdout.decode().split()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--blocks", default=ROOT / "build/article_body_examples", help="the program of examples.cc")
    parser.add_argument("--knowledge", default=ROOT / "knowledge", type=pathlib.Path)
    parser.add_argument("--engine", default=ROOT / "build/dateline", help="to read the pages of each fold with")
    parser.add_argument("--trees", type=int, default=120)
    parser.add_argument("--leaves", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0.06)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--seed", type=int, default=0, help="of the folds and the training")
    parser.add_argument("--records", help="a folder for the engine's records; emptied first")
    parser.add_argument("--out")
    options = parser.parse_args()
    pages = read(options)
    print(f"{len(pages)} pages, {sum(len(p['y']) for p in pages)} blocks, "
          f"{np.mean(np.concatenate([p['y'] for p in pages]) == 1):.3f} of them body")
    by_set = collections.defaultdict(list)
    for page in pages:
        by_set[page["set"]].append(page)
    for name, some in by_set.items():
        print(name, "the labels themselves", "%.4f %.4f %.4f" % f1(some, [p["y"] for p in some], 0.5))
    if options.folds:
        folds, scores = folds_of(pages, options.folds, options.seed), [None] * len(pages)
        ones = [None] * len(pages)
        if options.records:
            shutil.rmtree(options.records, ignore_errors=True)
            pathlib.Path(options.records).mkdir(parents=True)
        for fold in range(options.folds):
            first, second = two_rounds([p for p, f in zip(pages, folds) if f != fold], options)
            for i, (page, f) in enumerate(zip(pages, folds)):
                if f == fold:
                    ones[i] = first.predict(page["x"])
                    scores[i] = predict(first, second, page)
            if options.records:
                read_whole([p for p, f in zip(pages, folds) if f == fold], first, second, options)
        for name, some in by_set.items():
            index = [i for i, p in enumerate(pages) if p["set"] == name]
            print(name, "round 1", "%.4f %.4f %.4f" % f1(some, [ones[i] for i in index], 0.5))
            for threshold in (0.3, 0.4, 0.5, 0.6):
                print(name, threshold, "%.4f %.4f %.4f" % f1(some, [scores[i] for i in index], threshold))
    if options.out:
        first, second = two_rounds(pages, options)
        export(first, second, feature_names(options), options.out)


if __name__ == "__main__":
    main()
