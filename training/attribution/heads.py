#!/usr/bin/env python3
"""Trains the heads that weigh cues and contents by the trunk's vectors: components/attribution/heads.safetensors.

    OMP_NUM_THREADS=1 .venv/bin/python training/attribution/train.py --gold TRAIN.jsonl --folds FOLDER
    OMP_NUM_THREADS=1 python3 training/attribution/heads.py FOLDER

What the models over keys say is one of a head's inputs. Of articles that they were trained on they are surer than of new ones, so the
first command asks models that have not seen an article. The trunk stays as it is. The tenth of the articles that `train.py --leave-out`
leaves out is always left out here; what the heads reach on it is printed. Seeds are fixed. Needs torch and numpy; a few minutes on one
core, 2 GB of memory.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import pathlib
import sys

import numpy
import torch
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training/trunk"))
import export  # noqa: E402

WIDTH, HIDDEN, CUTS = 384, 64, 64  # As in src/reading/attributions/heads.h; kWidth there is both HIDDEN.
PRODUCTS = {"cue": 1, "content": 2}


class Head(nn.Module):
    """What src/reading/attributions/heads.cc computes."""

    def __init__(self, words, products, dropout=0.2):
        super().__init__()
        self.products = products
        self.project = nn.Linear(WIDTH, HIDDEN, bias=False)
        self.missing = nn.Parameter(torch.zeros(HIDDEN))
        self.mix, self.cut = nn.Linear(HIDDEN * (words + products), HIDDEN), nn.Embedding(CUTS, HIDDEN)
        nn.init.normal_(self.cut.weight, std=0.05)
        self.answer, self.by_keys = nn.Linear(HIDDEN, 1), nn.Parameter(torch.ones(1))
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors, missing, cut, by_keys):
        seen = torch.where(missing[:, :, None], self.missing, self.project(self.dropout(vectors)))
        both = [seen[:, 0] * seen[:, p] for p in range(1, self.products + 1)]
        hidden = torch.relu(self.mix(torch.cat([seen.flatten(1), *both], 1)) + self.cut(cut))
        return self.answer(self.dropout(hidden))[:, 0] + self.by_keys * by_keys


class Examples:
    """Rows of one head: the vectors it looks at, what the models over keys say, the answer."""

    def __init__(self, folder, name):
        rows = numpy.loadtxt(folder / f"{name}.tsv", delimiter="\t")
        self.article, self.group, self.answer = rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2]
        looks = numpy.fromfile(folder / f"{name}.look", dtype="<u4").reshape(len(rows), -1)
        words, self.cut = looks[:, :-1].astype(int), torch.from_numpy(looks[:, -1].astype(int))
        vectors = numpy.memmap(folder / "vectors", dtype="<f4", mode="r").reshape(-1, WIDTH)
        self.missing = torch.from_numpy(words >= len(vectors))
        used, at = numpy.unique(numpy.where(words < len(vectors), words, 0), return_inverse=True)
        self.vectors, self.at = torch.from_numpy(vectors[used].astype("<f2")), torch.from_numpy(at.reshape(words.shape))
        self.by_keys = torch.from_numpy(numpy.fromfile(folder / f"{name}.by_keys", dtype="<f4"))
        self.words = words.shape[1]
        self.left_out = self.article % 10 == 3
        starts = numpy.nonzero(numpy.r_[True, numpy.diff(self.group) != 0])[0]
        self.groups = [numpy.arange(b, e) for b, e in zip(starts, [*starts[1:], len(self.group)])]

    def ask(self, head, rows):
        return head(self.vectors[self.at[rows]].float(), self.missing[rows], self.cut[rows], self.by_keys[rows])

    def ask_all(self, head, rows):
        head.eval()
        with torch.no_grad():
            return torch.cat([self.ask(head, part) for part in numpy.array_split(rows, len(rows) // 4096 + 1)]).numpy()


def learn(head, batches, loss_of, rate, epochs):
    parts = [{"params": [p for p in head.parameters() if p is not head.by_keys], "weight_decay": 0.01},
             {"params": [head.by_keys], "weight_decay": 0}]
    optimizer, chance = torch.optim.AdamW(parts, lr=rate), numpy.random.default_rng(1)
    head.train()
    for epoch in range(epochs):
        order = batches(chance)
        for step, batch in enumerate(order):
            for part in optimizer.param_groups:
                part["lr"] = rate * max(0.03, 1 - (epoch + step / len(order)) / epochs)
            optimizer.zero_grad()
            loss_of(batch).backward()
            optimizer.step()


def train_cue(examples, rows):
    torch.manual_seed(1)
    head, wanted = Head(examples.words, PRODUCTS["cue"]), torch.from_numpy((examples.answer == 1).astype("f"))

    def batches(chance):
        order = chance.permutation(rows)
        return numpy.array_split(order, len(order) // 256)

    learn(head, batches, lambda batch: nn.functional.binary_cross_entropy_with_logits(examples.ask(head, batch), wanted[batch]),
          0.002, 6)
    return head


def train_content(examples, groups):
    """One choice among a cue's candidates, of those that are half right each by how right it is."""
    torch.manual_seed(1)
    head, alike = Head(examples.words, PRODUCTS["content"]), torch.from_numpy(examples.answer.astype("f"))

    def batches(chance):
        order = [groups[k] for k in chance.permutation(len(groups))]
        return [order[k:k + 24] for k in range(0, len(order), 24)]

    def loss(batch):
        scores = examples.ask(head, numpy.concatenate(batch)).split([len(one) for one in batch])
        total = 0
        for rows, guess in zip(batch, scores):
            share = torch.where(alike[rows] >= 0.5, (alike[rows] - 0.3) ** 2, 0.0)
            total = total - (share / share.sum() * torch.log_softmax(guess, 0)).sum()
        return total / len(batch)

    learn(head, batches, loss, 0.002, 4)
    return head


def best_f1(scores, right):
    order = numpy.argsort(-scores)
    found = numpy.cumsum(right[order])
    f1 = 2 * found / (numpy.arange(1, len(order) + 1) + right.sum())
    return f"F1 {f1.max():.4f} at {scores[order[f1.argmax()]]:.2f}"


def half_right(scores, examples, groups):
    at = dict(zip(numpy.concatenate(groups), scores))
    best = [max(rows, key=at.get) for rows in groups]
    return f"half right {numpy.mean(examples.answer[best] >= 0.5):.4f}"


def exported(name, head):
    """Tensors as src/reading/attributions/heads.cc reads them."""
    tensors = {}
    for part, values in head.state_dict().items():
        values = values.numpy()
        if part in ("project.weight", "mix.weight", "cut.weight"):
            tensors[f"{name}.{part}"], tensors[f"{name}.{part.removesuffix('weight')}scale"] = export.quantize(values)
        else:
            tensors[f"{name}.{part}"] = values.astype("<f4")
    return tensors


def answers(heads):
    """What the engine must make of vectors that are a wave: a line of head, log odds by keys and in all, cut and words each."""
    chance, words = numpy.random.default_rng(1), 40
    wave = torch.sin(torch.arange(words)[:, None] * 0.37 + torch.arange(WIDTH)[None, :] * 0.11)
    yield "# Looks, made by chance, at words whose vectors are sin(0.37 word + 0.11 column), and what torch makes of them (training/attribution/heads.py)."
    for name, head in heads.items():
        head.eval()
        for _ in range(12):
            look = chance.integers(0, words + 4, size=(1, head.mix.in_features // HIDDEN - head.products))
            by_keys, cut = float(chance.integers(-4, 5)), int(chance.integers(0, CUTS))
            seen = torch.from_numpy(look)
            with torch.no_grad():
                said = head(wave[seen.clamp(max=words - 1)], seen >= words, torch.tensor([cut]), torch.tensor([by_keys]))
            yield "\t".join([name, f"{by_keys:.0f}", f"{said.item():.5f}", str(cut), *map(str, look[0])])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "components/attribution")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cues = Examples(options.folder, "cue")
    rows, held = numpy.nonzero(~cues.left_out)[0], numpy.nonzero(cues.left_out)[0]
    right = cues.answer[held] == 1
    cue = train_cue(cues, rows)
    print("cue:", best_f1(cues.by_keys[held].numpy(), right), "by keys,", best_f1(cues.ask_all(cue, held), right), flush=True)
    contents = Examples(options.folder, "content")
    held = [rows for rows in contents.groups if contents.left_out[rows[0]]]
    content = train_content(contents, [rows for rows in contents.groups
                                       if not contents.left_out[rows[0]] and contents.answer[rows].max() >= 0.5])
    rows = numpy.concatenate(held)
    print("content:", half_right(contents.by_keys[rows].numpy(), contents, held), "by keys,",
          half_right(contents.ask_all(content, rows), contents, held), flush=True)
    tensors = {**exported("cue", cue), **exported("content", content)}
    export.write_safetensors(options.output / "heads.safetensors", tensors, {})
    written = export.as_floats(tensors)
    for name, head in (("cue", cue), ("content", content)):
        head.load_state_dict({part: torch.from_numpy(written[f"{name}.{part}"]) for part in head.state_dict()})
    (options.output / "heads.tsv").write_text("".join(f"{line}\n" for line in answers({"cue": cue, "content": content})))


if __name__ == "__main__":
    main()
