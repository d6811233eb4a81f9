"""Marked reports as numbers, and some of them side by side: what a step of training is made of.

`Report` keeps what is asked of one report, and what is right, as arrays that do not change from epoch to epoch; `Batch` lays several
end to end, so that every question is one operation over all of them.
"""
# SPDX-License-Identifier: Apache-2.0

import numpy
import torch

from model import ANSWERS, SAID
from pieces import windows


class Group:
    """The choices of one slot: rows of (trigger, filler), those of one trigger in one group."""

    def __init__(self, answers):
        self.answers = answers
        self.first, self.second, self.features, self.told, self.group = [], [], [], [], []
        self.groups = 0

    def add(self, token, fillers, rows):
        if not rows:
            return
        for filler, features, told in rows:
            self.first.append(token)
            self.second.append(fillers[filler]["head"])
            self.features.append(features)
            self.told.append(told)
            self.group.append(self.groups)
        self.groups += 1

    def close(self):
        """Arrays; and each right answer of a group once, whose rows share a number, with its share of the group's answers."""
        told, group = numpy.array(self.told, numpy.int32), numpy.array(self.group, numpy.int32)
        wanted, at, right = {}, [], []
        for row, answers in enumerate(told):
            for k, answer in enumerate(answers):
                if answer > 0:
                    at.append(row * self.answers + k)
                    right.append(wanted.setdefault((group[row] * self.answers + k, answer), len(wanted)))
        of = numpy.array([choice for choice, _ in wanted], numpy.int32)
        share = 1 / numpy.bincount(of, minlength=1)[of] if len(of) else numpy.zeros(0)
        return {"first": numpy.array(self.first, numpy.int32), "second": numpy.array(self.second, numpy.int32),
                "features": numpy.array(self.features, numpy.int32), "told": told, "group": group, "groups": self.groups,
                "at": numpy.array(at, numpy.int64), "right": numpy.array(right, numpy.int64), "share": share}


class Report:
    """One report: `identity`, windows of wordpieces, and what is asked of its tokens and triggers. What a teacher answers may be laid
    beside (`taught`: probabilities by question, see train.py)."""

    def __init__(self, example, pieces=None, said=None, has_marks=True):
        self.identity, self.has_marks = example["report"], has_marks
        self.sentences = example["sentences"]
        self.windows = windows(example["tokens"], example["sentences"], pieces) if pieces else []
        self.size = len(example["tokens"])
        triggers = [t for t in example["triggers"] if t["type"] is not None]
        self.triggers = [(t["token"], t["type"]) for t in triggers]
        labels = numpy.zeros(self.size, numpy.int64)
        for t in triggers:
            labels[t["token"]] = t["type"]
        # A type that a careful colleague could give instead is as right as the one that was given.
        self.also = [(t["token"], {t["type"], *t["also"]}) for t in triggers if t["also"]]
        may = numpy.array(example["may"], bool)
        labels[~may & (labels == 0)] = -100
        self.labels = labels if has_marks else numpy.full_like(labels, -100)
        self.words = numpy.array(example["words"], numpy.int32)
        number = lambda name: numpy.array([t[name] for t in triggers], numpy.int64)
        self.at, self.status, self.main, self.new = number("token"), number("status"), number("main"), number("new")
        self.where = numpy.array(example["where"], numpy.int64)[self.at]
        self.slots = {}
        for slot, answers in ANSWERS.items():
            group = Group(answers)
            for t in triggers:
                group.add(t["token"], example[slot], t[slot])
            if group.groups:
                self.slots[slot] = group.close()
        self.link = self.links(example, triggers)
        self.said = numpy.full((self.size, len(SAID)), -1, numpy.int8) if said is None else said
        self.taught = None

    @staticmethod
    def links(example, triggers):
        rows, tokens, known = [], [t["token"] for t in example["triggers"]], {}
        for t in triggers:
            for earlier, features in zip(tokens, t["links"]):
                other = known.get(earlier)
                if other and other["type"] == t["type"]:
                    rows.append((earlier, t["token"], features, other["happening"] == t["happening"]))
            known[t["token"]] = t
        if not rows:
            return None
        first, second, features, same = zip(*rows)
        return {"first": numpy.array(first, numpy.int32), "second": numpy.array(second, numpy.int32),
                "features": numpy.array(features, numpy.int32), "same": numpy.array(same, numpy.float32)}


class Batch:
    """Some reports end to end, as tensors on a device."""

    def __init__(self, reports, device, types):
        self.reports, self.device = reports, device
        send = self.send
        starts = numpy.cumsum([0] + [r.size for r in reports])
        self.size = int(starts[-1])
        rows = [w for r in reports for w in r.windows]
        if rows:
            longest = max(len(numbers) for numbers, _ in rows)
            numbers, mask = numpy.zeros((2, len(rows), longest), numpy.int64)
            tokens, places, row = [], [], 0
            for start, report in zip(starts, reports):
                for pieces, where in report.windows:
                    numbers[row, :len(pieces)], mask[row, :len(pieces)] = pieces, 1
                    tokens += [start + t for t, _ in where]
                    places += [row * longest + p for _, p in where]
                    row += 1
            self.numbers, self.mask = send(numbers), send(mask)
            self.tokens, self.places = send(numpy.array(tokens)), send(numpy.array(places))
        both = lambda name: numpy.concatenate([getattr(r, name) for r in reports])
        on = lambda name: numpy.concatenate([getattr(r, name) + start for start, r in zip(starts, reports)])
        labels = both("labels")
        also = [(start + token, some) for start, r in zip(starts, reports) for token, some in r.also]
        self.also = send(numpy.array([token for token, _ in also], numpy.int64))
        allowed = numpy.zeros((len(also), types), bool)
        for row, (_, some) in enumerate(also):
            allowed[row, list(some)] = True
        self.allowed = send(allowed)
        asked = labels >= 0
        self.asked = int(asked.sum())
        self.asked_at = send(numpy.nonzero(asked)[0])
        labels[[token for token, _ in also]] = -100
        self.labels, self.words, self.said = send(labels), send(both("words").astype(numpy.int64)), send(both("said").astype(numpy.float32))
        self.at, self.status, self.main, self.new, self.where = (
            send(on("at")), send(both("status")), send(both("main").astype(numpy.float32)), send(both("new").astype(numpy.float32)),
            send(both("where")))
        self.slots = {}
        for slot, answers in ANSWERS.items():
            some = [(start, r.slots[slot]) for start, r in zip(starts, reports) if slot in r.slots]
            if some:
                self.slots[slot] = self.side_by_side(some, answers)
        some = [(start, r.link) for start, r in zip(starts, reports) if r.link]
        self.link = self.pairs(some) | {"same": send(numpy.concatenate([p["same"] for _, p in some]))} if some else None

    def send(self, values):
        return torch.from_numpy(values).to(self.device)

    def pairs(self, some):
        join = lambda name, shift: self.send(numpy.concatenate([p[name] + shift * start for start, p in some]).astype(numpy.int64))
        return {"first": join("first", 1), "second": join("second", 1), "features": join("features", 0)}

    def side_by_side(self, some, answers):
        parts = [p for _, p in some]
        groups = numpy.cumsum([0] + [p["groups"] for p in parts])
        wanted = numpy.cumsum([0] + [len(p["share"]) for p in parts])
        columns = numpy.arange(answers)
        choice = numpy.concatenate([(p["group"] + shift)[:, None] * answers + columns for p, shift in zip(parts, groups)])
        rows = numpy.cumsum([0] + [p["told"].size for p in parts])
        at = numpy.concatenate([p["at"] + shift for p, shift in zip(parts, rows)])
        right = numpy.concatenate([p["right"] + shift for p, shift in zip(parts, wanted)])
        made = self.pairs(some)
        made.update(choices=int(groups[-1]) * answers, choice=self.send(choice.astype(numpy.int64)), at=self.send(at), right=self.send(right),
                    told=self.send(numpy.concatenate([p["told"] for p in parts])),
                    share=self.send(numpy.concatenate([p["share"] for p in parts]).astype(numpy.float32)))
        return made
