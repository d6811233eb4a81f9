#!/usr/bin/env python3
"""Learns what the signs of a page's day of publication are worth (knowledge/page_day_signs.tsv).

  train.py --days article_dates_examples --knowledge knowledge GOLD.jsonl.gz... --out knowledge/page_day_signs.tsv
  train.py ... --folds 5          # how well they do on sites they have not seen; writes nothing

GOLD: JSON Lines with "id", "url", "html" and "date", the day a person found. Each page is one choice between the days
it names and none of them (a conditional logit): a day's score is the sum of its signs' weights, and what it is trusted
is its share of the exponentials. Weights are drawn to 0 by --ridge. Folds keep the pages of one site together. What a
record says of where a day is from (column "from") stays as the table has it. Left out are pages whose gold day is the one
that the page itself calls its last change, though it states another as that of its publication: a record keeps the two
apart. Needs numpy.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import gzip
import json
import random
import subprocess
import urllib.parse

import numpy as np

STATED = {"json_ld", "meta", "item"}
# Signs of which there are few, learned as one.
ALIKE = {"json_ld_created": "meta_loose", "item_loose": "meta_loose", "time_far": "far",
         "below_labelled": "above", "time_named": "labelled"}


def read_table(path):
    """(comment lines, {sign: from}, {sign: weight})"""
    with open(path, encoding="utf-8") as lines:
        lines = [line.rstrip("\n") for line in lines]
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return ([line for line in lines if line.startswith("#")], {sign: where for sign, where, _ in rows},
            {sign: float(weight) for sign, _, weight in rows})


def site(page):
    host = urllib.parse.urlsplit(page.get("url") or "").hostname or page["id"]
    return ".".join(host.split(".")[-2:])


def is_change(right, days):
    """Whether the page calls the day that of its last change and states another as that of its publication."""
    return bool({"shown_update", "shown_change"} & set(right["signs"])) and not STATED & set(right["signs"]) and any(
        STATED & set(day["signs"]) for day in days)


def read(options, signs):
    """Pages as (site, matrix of the days' signs with the row of none last, the right row)."""
    at = {sign: signs.index(ALIKE.get(sign, sign)) for sign in signs}
    pages = []
    for path in options.gold:
        with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass") as lines:
            given = [page for page in map(json.loads, lines) if page.get("date")]
        asked = "".join(json.dumps({key: page.get(key) for key in ("id", "url", "html")}) + "\n" for page in given)
        done = subprocess.run([options.days, options.knowledge], input=asked.encode(), stdout=subprocess.PIPE, check=True)
        for page, line in zip(given, done.stdout.decode().splitlines()):
            days = json.loads(line)["days"]
            rows = np.zeros((len(days) + 1, len(signs)))
            rows[-1, at["none"]] = 1
            for row, day in zip(rows, days):
                row[[at[sign] for sign in day["signs"]]] = 1
            right = next((i for i, day in enumerate(days) if day["day"] == page["date"]), len(days))
            if right < len(days) and is_change(days[right], days):
                continue
            pages.append((site(page), rows, right, path))
    return pages


def shares(rows, weights):
    scores = rows @ weights
    scores = np.exp(scores - scores.max())
    return scores / scores.sum()


def learn(pages, size, ridge, rounds=60):
    """Newton's method; the function is concave."""
    weights = np.zeros(size)
    for _ in range(rounds):
        slope, curve = -ridge * weights, ridge * np.eye(size)
        for _, rows, right, _ in pages:
            share = shares(rows, weights)
            mean = share @ rows
            slope += rows[right] - mean
            curve += (rows.T * share) @ rows - np.outer(mean, mean)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def report(pages, told):
    """Right choices a set, and how often a day is right among those that are trusted alike."""
    for path in dict.fromkeys(page[3] for page in pages):
        these = [share.argmax() == page[2] and page[2] < len(share) - 1
                 for page, share in zip(pages, told) if page[3] == path]
        print(f"{path}  {sum(these) / len(these):.3f} right of {len(these)}")
    chosen = [(share.max(), share.argmax() == page[2]) for page, share in zip(pages, told)
              if share.argmax() < len(share) - 1]
    for low, high in ((0, .5), (.5, .7), (.7, .8), (.8, .9), (.9, .95), (.95, 1.01)):
        bin_ = [(trust, right) for trust, right in chosen if low <= trust < high]
        if bin_:
            trust, right = np.mean(bin_, axis=0)
            print(f"  trusted {low:.2f} to {min(high, 1):.2f}: {trust:.3f} on average, {right:.3f} right, {len(bin_)} pages")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--days", required=True, help="the program of examples.cc")
    parser.add_argument("--knowledge", required=True)
    parser.add_argument("--ridge", type=float, default=3)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out")
    options = parser.parse_args()
    comments, where, _ = read_table(options.knowledge + "/page_day_signs.tsv")
    signs = list(where)
    pages = read(options, signs)
    if options.folds:
        sites = sorted({page[0] for page in pages})
        random.Random(1).shuffle(sites)
        fold = {name: i % options.folds for i, name in enumerate(sites)}
        told = [None] * len(pages)
        for k in range(options.folds):
            weights = learn([page for page in pages if fold[page[0]] != k], len(signs), options.ridge)
            for i, page in enumerate(pages):
                if fold[page[0]] == k:
                    told[i] = shares(page[1], weights)
        report(pages, told)
        return
    weights = learn(pages, len(signs), options.ridge)
    report(pages, [shares(page[1], weights) for page in pages])
    lines = comments + ["sign\tfrom\tweight"]
    lines += [f"{sign}\t{where[sign]}\t{weights[signs.index(ALIKE.get(sign, sign))]:.2f}" for sign in signs]
    if options.out:
        with open(options.out, "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
