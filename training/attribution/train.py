#!/usr/bin/env python3
"""Trains the attribution models: from annotated articles to components/attribution, in one command.

    make build && cmake --build build --target attribution_examples
    OMP_NUM_THREADS=1 .venv/bin/python training/attribution/train.py --gold TRAIN.jsonl

TRAIN.jsonl is PolNeAR's train part, one article a line: {"id", "text", "attributions": [{"source", "cue", "content"}]} with
lists of code point spans. build/attribution_examples reads it with the engine's own code and writes what the engine sees;
here thinc learns from that. Seeds are fixed, nothing needs a GPU; some three minutes on one core, and the trunk's vectors.

With --folds FOLDER nothing is published: the examples are kept there, with what models that have not seen an article say of it, for
heads.py to learn from (1.5 GB).
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import pathlib
import subprocess
import tempfile

import numpy
import srsly
from thinc.api import Adam, Dropout, HashEmbed, Maxout, Softmax, chain, concatenate, fix_random_seed

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# Each model's size and how it is trained. Chosen on every tenth article of the train part, which was left out for that.
MODELS = {
    "cue": {"width": 16, "hidden": 64, "dropout": 0.5, "epochs": 3},
    "source": {"width": 8, "hidden": 32, "dropout": 0.3, "epochs": 3},
    "content": {"width": 8, "hidden": 32, "dropout": 0.3, "epochs": 3},
}
MOST_ROWS = 4096
BATCH = 256
LEARN_RATE = 0.002


class Examples:
    """Rows of keys, the group of each (an article's word, or a cue's candidates) and the answer."""

    def __init__(self, folder, name):
        rows = numpy.loadtxt(folder / f"{name}.tsv", delimiter="\t")
        self.article, self.group, self.answer = rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2]
        self.keys = numpy.fromfile(folder / f"{name}.keys", dtype=numpy.uint64).reshape(len(rows), -1)

    def targets(self, name):
        """1 where a word is a cue, or a candidate is the best of its group; 0 for the others."""
        if name == "cue":
            return (self.answer == 1).astype("f")
        best = numpy.zeros(len(self.answer), dtype="f")
        starts = [0, *(numpy.nonzero(numpy.diff(self.group))[0] + 1), len(self.group)]
        for begin, end in zip(starts, starts[1:]):
            top = begin + numpy.argmax(self.answer[begin:end])
            best[top] = self.answer[top] >= 0.3
        return best


def build(columns, rows, width, hidden, dropout, **_):
    """The layers that src/language/feature_model.cc runs."""
    model = chain(
        concatenate(*(HashEmbed(width, rows[c], seed=c + 1, column=c) for c in range(columns))),
        Dropout(dropout),
        Maxout(hidden, width * columns, nP=3, normalize=True, dropout=dropout),
        Softmax(2, hidden),
    )
    model.initialize(X=numpy.zeros((4, columns), dtype=numpy.uint64), Y=numpy.zeros((4, 2), dtype="f"))
    return model


def in_precision(weights, kind):
    """A model's bytes with all its numbers of this kind; float16 halves the files, and no answer changes by it."""
    parts = srsly.msgpack_loads(weights)
    parts["params"] = [{name: value if value is None else value.astype(kind) for name, value in layer.items()}
                       for layer in parts["params"]]
    return srsly.msgpack_dumps(parts)


def load(path, name):
    """A model of ours from its file, whose tables say how many rows they have."""
    weights = in_precision(path.read_bytes(), "<f4")
    rows = [node["dims"]["nV"] for node in srsly.msgpack_loads(weights)["nodes"] if node["name"] == "hashembed"]
    return build(len(rows), rows, **MODELS[name]).from_bytes(weights)


def log_odds(model, keys):
    # Of the softmax's two classes; what it is given is not kept.
    guesses = model.predict(keys).astype("d")
    return numpy.log(guesses[:, 1]) - numpy.log(guesses[:, 0])


def answers(models):
    """What the engine must make of some rows of keys: a line of model, log odds and keys each."""
    chance = numpy.random.default_rng(1)
    yield "# Rows of keys, made by chance, and the log odds that thinc gives them (training/attribution/train.py)."
    for name, model in models.items():
        columns = len(model.layers[0].layers)
        for _ in range(12):
            keys = chance.integers(0, 2**64, size=(1, columns), dtype=numpy.uint64)
            yield "\t".join([name, f"{log_odds(model, keys)[0]:.6f}", *map(str, keys[0])])


def publish(weights, folder):
    """Writes what the engine reads: each model's bytes by its name, and what thinc makes of them as written."""
    for name, model in weights.items():
        (folder / f"{name}.model").write_bytes(in_precision(model, "<f2"))
    models = {name: load(folder / f"{name}.model", name) for name in weights}
    (folder / "answers.tsv").write_text("".join(f"{line}\n" for line in answers(models)))


def train(keys, targets, epochs, **shape):
    fix_random_seed(1)
    columns = keys.shape[1]
    rows = [min(MOST_ROWS, max(64, len(numpy.unique(keys[:, c])))) for c in range(columns)]
    model = build(columns, rows, **shape)
    optimizer = Adam(LEARN_RATE, L2=0.01, L2_is_weight_decay=True, use_averages=True)
    wanted = numpy.stack([1 - targets, targets], axis=1)
    shuffle = numpy.random.default_rng(1)
    steps = epochs * -(-len(keys) // BATCH)
    step = 0
    for _ in range(epochs):
        order = shuffle.permutation(len(keys))
        for begin in range(0, len(keys), BATCH):
            batch = order[begin : begin + BATCH]
            guesses, learn = model.begin_update(keys[batch])
            learn((guesses - wanted[batch]) / len(batch))
            optimizer.learn_rate = LEARN_RATE * max(0.05, 1 - step / steps)
            model.finish_update(optimizer)
            step += 1
    with model.use_params(optimizer.averages):
        return model.to_bytes()  # The averages, which generalise better than the last step.


def cross(name, keys, targets, article):
    """What models say of articles that they have not seen, each being trained on two thirds of them."""
    said = numpy.zeros(len(keys), dtype="<f4")
    for fold in range(3):
        out = article % 3 == fold
        columns = keys.shape[1]
        weights = train(keys[~out], targets[~out], **MODELS[name])
        tables = [node["dims"]["nV"] for node in srsly.msgpack_loads(weights)["nodes"] if node["name"] == "hashembed"]
        model = build(columns, tables, **MODELS[name]).from_bytes(weights)
        said[out] = numpy.concatenate([log_odds(model, part) for part in numpy.array_split(keys[out], len(keys) // 4096 + 1)])
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", required=True, type=pathlib.Path)
    parser.add_argument("--examples", default=ROOT / "build/attribution_examples", type=pathlib.Path)
    parser.add_argument("--pipeline", default=ROOT / "models/en_core_web_sm", type=pathlib.Path)
    parser.add_argument("--output", default=ROOT / "components/attribution", type=pathlib.Path)
    parser.add_argument("--leave-out", action="store_true", help="do not learn from every tenth article")
    parser.add_argument("--folds", type=pathlib.Path, metavar="FOLDER")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    weights = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = options.folds or pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with open(options.gold, "rb") as gold:
            subprocess.run([options.examples, options.pipeline, ROOT / "components/trunk", folder], stdin=gold, check=True)
        for name, shape in MODELS.items():
            examples = Examples(folder, name)
            targets = examples.targets(name)
            if options.folds:
                if name == "source":
                    continue  # No head looks at these.
                cross(name, examples.keys, targets, examples.article).tofile(folder / f"{name}.by_keys")
                continue
            used = examples.article % 10 != 3 if options.leave_out else slice(None)
            weights[name] = train(examples.keys[used], targets[used], **shape)
            print(f"{name}: {len(weights[name]):,} bytes", flush=True)
    if weights:
        publish(weights, options.output)


if __name__ == "__main__":
    main()
