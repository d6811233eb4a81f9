#!/usr/bin/env python3
"""Trains what reads happenings without the trunk: rows of a table for words (src/reading/events/quick_vectors.h) and heads over them.

    make build && cmake --build build --target trunk_examples
    python training/quick/train.py --marks TRAIN.jsonl --texts TEXTS.jsonl ... --taught FOLD.pickle ... [--answers ANSWERS.jsonl]

MARKS, TEXTS and --hold-out as for training/trunk/train.py; FOLD is what a trunk that was trained with --hold-out K/N --answers FOLD says
of the reports that it has not seen, N of them for all reports. ANSWERS are the exact reader's own of reports that nobody marked
(answers.py). Needs torch; no GPU. Seeds are fixed. Some ten minutes on one core.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import pathlib
import pickle
import random
import sys

import numpy
import torch
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "training/trunk"))
import marks  # noqa: E402
import train as heads_over  # noqa: E402
from batch import Report  # noqa: E402
from export import quantize, write_safetensors  # noqa: E402
from model import Heads  # noqa: E402
from publish import write_heads  # noqa: E402

ROWS, OWN, WIDTH = 16384, 16, 96  # kRows and kQuickFeatures of quick_vectors.h; numbers a row.
MOST_OF_REPORT = 400  # As in quick_vectors.cc.
REPORTS = 8  # Of a step.
RATE = 2e-3


class Quick(nn.Module):
    def __init__(self):
        super().__init__()
        self.rows, self.heads = nn.Embedding(ROWS, WIDTH, padding_idx=0), Heads(WIDTH)
        nn.init.normal_(self.rows.weight, std=0.1)
        with torch.no_grad():
            self.rows.weight[0] = 0

    def vectors(self, report):
        """One row a token."""
        rows = torch.from_numpy(report.quick)
        topics = rows[:, OWN] > 0
        begin, end, sentence = map(torch.from_numpy, report.borders)
        total = torch.cat([torch.zeros(1, WIDTH), self.rows(rows[:, OWN]).cumsum(0)])
        count = torch.cat([torch.zeros(1), topics.float().cumsum(0)])
        around = (total[end] - total[begin]) / (count[end] - count[begin]).clamp(min=1)[:, None]
        first = rows[:MOST_OF_REPORT, OWN + 1]
        whole = self.rows(first).sum(0) / max(1, int((first > 0).sum()))
        return torch.relu(self.rows(rows[:, :OWN]).sum(1) + around[sentence] + whole)


def encode(model, batch):
    return model.heads.dropout(torch.cat([model.vectors(report) for report in batch.reports]))


class QuickReport(Report):
    """A report with the rows of its tokens and the borders of its sentences."""

    def __init__(self, example):
        super().__init__(example)
        self.quick = numpy.array(example["quick"], numpy.int32)
        begins, ends = numpy.array(self.sentences).T.reshape(2, -1)
        sentence = numpy.zeros(self.size, numpy.int64)
        for n, (begin, end) in enumerate(self.sentences):
            sentence[begin:end] = n
        self.borders = begins, numpy.minimum(ends, begins + MOST_OF_REPORT), sentence


def load(options):
    if options.cache and options.cache.exists():
        return pickle.loads(options.cache.read_bytes())
    reports = marks.read_jsonl(options.marks)
    if options.texts:
        reports += marks.restore(ROOT / "training/trunk/marks.jsonl", options.texts)
    marked = len(reports)
    for path in options.answers:
        reports += marks.read_jsonl(path)
    command = [str(ROOT / "build/trunk_examples"), str(ROOT / "models/en_core_web_sm"), str(ROOT / "knowledge")]
    made = [QuickReport(example) for example in marks.examples(reports, command)], marked
    if options.cache:
        options.cache.write_bytes(pickle.dumps(made))
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--marks", required=True)
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--taught", nargs="*", default=[])
    parser.add_argument("--answers", nargs="*", default=[])
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "components/quick")
    parser.add_argument("--cache", type=pathlib.Path, help="where what the engine sees of the reports is kept")
    parser.add_argument("--hold-out", default="")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    reports, marked = load(options)
    held = []
    if options.hold_out:
        part, parts = map(int, options.hold_out.split("/"))
        kept = lambda r: marks.held_out(r.identity, part, parts)
        held = [r for r in reports[:marked] if kept(r)]
        reports = [r for r in reports if not kept(r)]
    heads_over.teach(reports, options.taught)
    print(len(reports), "reports,", len(held), "held out", flush=True)
    model = Quick()
    heads_over.fit(model, reports, encode, [(model.parameters(), RATE)], epochs=options.epochs, size=REPORTS, seed=options.seed, device="cpu",
                   size_of=lambda report: 1, after_epoch=lambda epoch, text: print(
                       epoch, text, heads_over.measure(heads_over.read(model, held, encode, "cpu")) if held else "", flush=True))
    options.out.mkdir(parents=True, exist_ok=True)
    rows, scale = quantize(model.rows.weight.detach().numpy())
    write_safetensors(options.out / "rows.safetensors", {"rows.weight": rows, "rows.scale": scale}, {})
    heads = {n: v.detach().numpy() for n, v in model.heads.state_dict().items()}
    write_heads(options.out / "events.safetensors", heads, heads_over.counts_of_types(reports))


if __name__ == "__main__":
    main()
