"""Scores the counts of people that are read of the sentences of tests/reading/tolls.tsv, by kind of sentence and by what is counted.

    python3 tests/quality/tolls.py 2 --engine 'build/dateline read --from jsonl -'    # set 2; --errors: what was missed and what was wrong

Right: it overlaps the words, with the same counts and value. "a man" is no count, and items marked '?' count neither way.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import collections
import json
import pathlib
import shlex
import subprocess

TABLE = pathlib.Path(__file__).resolve().parent.parent / "reading/tolls.tsv"
PEOPLE = {"dead", "wounded", "sick", "missing", "displaced", "detained", "abducted", "participants"}
Item = collections.namedtuple("Item", "begin end value counts optional")


class Score:
    def __init__(self):
        self.right = self.read = self.wanted = 0

    @property
    def precision(self):
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self):
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self):
        return 2 * self.right / (self.read + self.wanted) if self.read + self.wanted else 1.0

    def __str__(self):
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}  ({self.right} right, {self.read} read, {self.wanted} wanted)"


def rows(which):
    """(kind, text, items) of each sentence of a set."""
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if not line.startswith("#") and cells[0] == which:
            yield cells[1], cells[2], items(cells[2], cells[3])


def items(text, cell):
    found, at = [], 0
    for each in filter(None, cell.split("|")):
        words, told = each.removeprefix("?").rsplit(" = ", 1)
        begin = text.index(words, at)
        at = begin + len(words)
        value, _, counts = told.partition(" ")
        found.append(Item(begin, at, value, counts, each.startswith("?")))
    return found


def shown(quantity):
    """The value as the table writes it: a number, "-", or min..max."""
    number = "{:.15g}".format
    if quantity.get("value") is not None:
        return number(quantity["value"])
    return f"{number(quantity['min'])}..{number(quantity['max'])}" if quantity.get("qualifier") == "range" else "-"


def counted(record):
    for quantity in record["quantities"]:
        words = record["text"][slice(*quantity["span"])].lower().split()
        single = quantity.get("value") == 1 and words[0] in ("a", "an") and "dozen" not in words
        if quantity.get("counts") in PEOPLE and not single:
            yield quantity


def score(which, engine):
    """({kind: Score}, {counts: Score}, errors); kind "all" is all of them."""
    sentences = list(rows(which))
    given = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, (_, text, _) in enumerate(sentences))
    done = subprocess.run(engine, input=given.encode(), stdout=subprocess.PIPE, check=True)
    records = {record["id"]: record for record in map(json.loads, done.stdout.decode().splitlines())}
    kinds, counts, errors = collections.defaultdict(Score), collections.defaultdict(Score), []
    for i, (kind, text, all_items) in enumerate(sentences):
        def over(item, quantity):
            return item.begin < quantity["span"][1] and quantity["span"][0] < item.end
        read = [q for q in counted(records[str(i)]) if not any(item.optional and over(item, q) for item in all_items)]
        missed, right = [], 0
        wrong = list(read)
        for item in (item for item in all_items if not item.optional):
            hit = next((q for q in wrong if over(item, q) and (q["counts"], shown(q)) == (item.counts, item.value)), None)
            for one in (kinds[kind], kinds["all"], counts[item.counts]):
                one.wanted += 1
                one.right += hit is not None
            if hit is None:
                missed.append(f"{text[item.begin:item.end]} = {item.value} {item.counts}")
            else:
                wrong.remove(hit)
        for quantity in read:
            for one in (kinds[kind], kinds["all"], counts[quantity["counts"]]):
                one.read += 1
        if missed or wrong:
            told = [f"{text[slice(*q['span'])]} = {shown(q)} {q['counts']}" for q in wrong]
            errors.append(f"{kind}: {text}\n    missed {missed} wrong {told}")
    return kinds, counts, errors


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("set", help="1 or 2")
    parser.add_argument("--engine", required=True, help="command that reads JSON Lines on stdin and writes records")
    parser.add_argument("--errors", action="store_true", help="show what was missed and what was wrong")
    options = parser.parse_args()
    kinds, counts, errors = score(options.set, shlex.split(options.engine))
    for scores in (counts, kinds):
        for name, one in sorted(scores.items(), key=lambda each: (each[0] == "all", each[0])):
            print(f"  {name:13} {one}")
        print()
    if options.errors:
        print("\n".join(errors))


if __name__ == "__main__":
    main()
