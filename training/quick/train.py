#!/usr/bin/env python3
"""Trains what reads happenings without the trunk: rows of a table for words (src/reading/events/quick_vectors.h) and heads over them.

    make build && cmake --build build --target trunk_examples
    python training/quick/train.py --marks TRAIN.jsonl --texts TEXTS.jsonl ... --answers ANSWERS.jsonl [--hold-out 0/12]

MARKS and TEXTS as for training/trunk/train.py; ANSWERS are the exact reader's own of reports that nobody marked (answers.py). Needs
torch; no GPU. Seeds are fixed. Some ten minutes on one core.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import pathlib
import pickle
import random
import sys
import time

import torch
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "training/trunk"))
import marks  # noqa: E402
import train as heads_over  # noqa: E402
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
        rows = report["quick"]
        topics = rows[:, OWN] > 0
        begin, end, sentence = report["borders"]
        total = torch.cat([torch.zeros(1, WIDTH), self.rows(rows[:, OWN]).cumsum(0)])
        count = torch.cat([torch.zeros(1), topics.float().cumsum(0)])
        around = (total[end] - total[begin]) / (count[end] - count[begin]).clamp(min=1)[:, None]
        first = rows[:MOST_OF_REPORT, OWN + 1]
        whole = self.rows(first).sum(0) / max(1, int((first > 0).sum()))
        return torch.relu(self.rows(rows[:, :OWN]).sum(1) + around[sentence] + whole)


def encode(model, reports):
    return [model.heads.dropout(model.vectors(report)) for report in reports]


def prepare(example):
    heads_over.label_tensors(example)
    example["quick"] = torch.tensor(example["quick"], dtype=torch.long)
    begins, ends, of = [], [], torch.zeros(len(example["tokens"]), dtype=torch.long)
    for n, (begin, end) in enumerate(example["sentences"]):
        begins.append(begin)
        ends.append(min(end, begin + MOST_OF_REPORT))
        of[begin:end] = n
    example["borders"] = (torch.tensor(begins), torch.tensor(ends), of)
    return example


def steps_of(examples, shuffle):
    order = list(range(len(examples)))
    if shuffle:
        random.shuffle(order)
    for k in range(0, len(order), REPORTS):
        yield [examples[i] for i in order[k:k + REPORTS]]


def load(options):
    cache = options.cache
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    reports = marks.read_jsonl(options.marks)
    if options.texts:
        reports += marks.restore(ROOT / "training/trunk/marks.jsonl", options.texts)
    marked = len(reports)
    for path in options.answers:
        reports += marks.read_jsonl(path)
    command = [str(ROOT / "build/trunk_examples"), str(ROOT / "models/en_core_web_sm"), str(ROOT / "knowledge")]
    made = marks.examples(reports, command), marked
    if cache:
        cache.write_bytes(pickle.dumps(made))
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--marks", required=True)
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--answers", nargs="*", default=[])
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "components/quick")
    parser.add_argument("--cache", type=pathlib.Path, help="where what the engine sees of the reports is kept")
    parser.add_argument("--hold-out", default="")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    examples, marked = load(options)
    for example in examples:
        prepare(example)
    held = []
    if options.hold_out:
        part, parts = map(int, options.hold_out.split("/"))
        kept = lambda e: marks.held_out(e["report"], part, parts)
        held = [e for e in examples[:marked] if kept(e)]
        examples = [e for e in examples if not kept(e)]
    print(len(examples), "reports,", len(held), "held out", flush=True)
    model = Quick()
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.02)
    steps = options.epochs * (len(examples) // REPORTS + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / (steps * 0.05)) * max(0.0, 1 - s / (steps * 1.02)))
    begin = time.time()
    for epoch in range(options.epochs):
        model.train()
        total = 0.0
        for reports in steps_of(examples, shuffle=True):
            loss = heads_over.losses(model.heads, reports, encode(model, reports))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss)
        model.eval()
        print(epoch, f"loss {total * REPORTS / len(examples):.3f} {time.time() - begin:.0f} s",
              heads_over.measure(model, encode, steps_of(held, shuffle=False)) if held else "", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    rows, scale = quantize(model.rows.weight.detach().numpy())
    write_safetensors(options.out / "rows.safetensors", {"rows.weight": rows, "rows.scale": scale}, {})
    heads = {n: v.detach().numpy() for n, v in model.heads.state_dict().items()}
    write_heads(options.out / "events.safetensors", heads, heads_over.counts_of_types(examples))


if __name__ == "__main__":
    main()
