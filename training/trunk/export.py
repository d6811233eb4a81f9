#!/usr/bin/env python3
"""Writes a BERT of Hugging Face's as the engine reads it (src/language/trunk.h): weights as int8, in components/trunk.

    training/trunk/export.py MODEL [--to components/trunk]

MODEL is a directory with model.safetensors, config.json and vocab.txt (or tokenizer.json). Other programs call export()
with the state they hold. Needs numpy.

Each output of a linear layer and each word's embedding has a scale of its own, its greatest weight being 127. Positions
are cut to what a window holds (src/language/windows.h) and have the embedding of token type 0 added; they, norms and biases
are float16.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import pathlib

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

MOST_PIECES = 2 + 64 + 192  # [CLS] context content [SEP], as in src/language/windows.h
KINDS = {"F32": "<f4", "F16": "<f2", "I8": "<i1", "I64": "<i8"}


def read_safetensors(path):
    """All tensors of a file by name, and its metadata."""
    data = pathlib.Path(path).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(data[start + begin:start + end], dtype=KINDS[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return tensors, metadata


def as_floats(tensors):
    """Rows of int8 times their scales; halves as floats."""
    made = {}
    for name, values in tensors.items():
        scale = tensors.get(name.removesuffix("weight") + "scale") if values.dtype == numpy.int8 else None
        if not name.endswith(".scale"):
            made[name] = values.astype("<f4") * (1 if scale is None else scale[:, None])
    return made


def write_safetensors(path, tensors, metadata):
    kinds = {numpy.dtype(kind): name for name, kind in KINDS.items()}
    header, place = {"__metadata__": metadata}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": kinds[tensor.dtype], "shape": tensor.shape, "data_offsets": [place, place + tensor.nbytes]}
        place += tensor.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for tensor in tensors.values():
            file.write(tensor.tobytes())


def quantize(weights):
    """Rows of int8 from -127 to 127, and the scale of each row."""
    scale = numpy.abs(weights).max(axis=1) / 127
    scale = numpy.where(scale > 0, scale, 1).astype("<f4")
    return numpy.rint(weights / scale[:, None]).astype("<i1"), scale


def pack(state, heads):
    """The engine's tensors from a BERT's state: floats by Hugging Face's names, with or without the prefix "bert."."""
    state = {name.removeprefix("bert."): numpy.asarray(tensor) for name, tensor in state.items()}
    packed = {}

    def take(name):
        packed[name] = state[name].astype("<f2")

    def take_rows(name):
        packed[f"{name}.weight"], packed[f"{name}.scale"] = quantize(state[f"{name}.weight"].astype("<f4"))

    take_rows("embeddings.word_embeddings")
    take("embeddings.LayerNorm.weight")
    take("embeddings.LayerNorm.bias")
    positions = "embeddings.position_embeddings.weight"
    types = state["embeddings.token_type_embeddings.weight"]
    packed[positions] = (state[positions][:MOST_PIECES] + types[0]).astype("<f2")
    layer = 0
    while f"encoder.layer.{layer}.output.dense.weight" in state:
        prefix = f"encoder.layer.{layer}."
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
                     "intermediate.dense", "output.dense"):
            take_rows(prefix + part)
            take(f"{prefix}{part}.bias")
        for part in ("attention.output", "output"):
            take(f"{prefix}{part}.LayerNorm.weight")
            take(f"{prefix}{part}.LayerNorm.bias")
        layer += 1
    return packed, {"heads": str(heads)}


def export(state, heads, vocabulary, directory):
    """Writes model.safetensors and vocab.txt; `vocabulary` lists the pieces in order."""
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    kept = [number for number, piece in enumerate(vocabulary) if is_english(piece)]
    packed, metadata = pack(state, heads)
    for part in ("weight", "scale"):
        name = f"embeddings.word_embeddings.{part}"
        packed[name] = packed[name][kept]
    write_safetensors(directory / "model.safetensors", packed, metadata)
    (directory / "vocab.txt").write_text("".join(f"{vocabulary[number]}\n" for number in kept), encoding="utf-8")


def is_english(piece):
    """Whether a piece can be of use: not one of BERT's spare places, nor of letters beyond Latin."""
    return not piece.startswith("[unused") and all(ord(c) < 0x250 or not c.isalpha() for c in piece.removeprefix("##"))


def vocabulary_of(model):
    if (model / "vocab.txt").exists():
        return (model / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    numbers = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(numbers, key=numbers.get)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--to", type=pathlib.Path, default=ROOT / "components/trunk")
    options = parser.parse_args()
    state, _ = read_safetensors(options.model / "model.safetensors")
    heads = json.loads((options.model / "config.json").read_text())["num_attention_heads"]
    export(state, heads, vocabulary_of(options.model), options.to)


if __name__ == "__main__":
    main()
