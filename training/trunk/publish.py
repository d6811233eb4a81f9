#!/usr/bin/env python3
"""Writes what train.py learned as the engine reads it: components/trunk, the trunk as int8 and its heads as float16.

    training/trunk/publish.py FOLDER/state.pt --model MINILM [--to components/trunk]
    training/trunk/publish.py FOLDER/state.pt --upon components/trunk [--to components/trunk]

The second writes what was learned upon a published trunk: correction.safetensors and the heads. Wide tensors are int8, with a scale
for each row; the others float16.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import pathlib

import numpy
import torch

from export import ROOT, export, quantize, vocabulary_of, write_safetensors

WIDE = 64  # Numbers of a row that is worth a scale.
RARE = 0.3  # How much is given to types for being rare (Menon et al. 2021, "Long-tail learning via logit adjustment").


def write_heads(path, heads, counts):
    """Heads as the engine reads them (src/reading/events/heads.h); `counts`: triggers of each type that were learned from."""
    kept = {}
    heads = {**heads, "kind.bias": heads["kind.bias"] + RARE * numpy.log(max(counts[1:]) / numpy.maximum(counts, 1)) * (numpy.arange(len(counts)) > 0)}
    for name, values in heads.items():
        if values.ndim == 2 and values.shape[1] >= WIDE:
            kept[name], kept[name.removesuffix("weight") + "scale"] = quantize(values)
        else:
            kept[name] = values.astype("<f2")
    write_safetensors(path, kept, {})


def write_correction(path, trunk):
    """Both factors of each corrected weight, and the biases and norms of its layer."""
    layers = {name.split(".down")[0] for name in trunk if name.endswith(".down")}
    prefixes = {".".join(name.split(".")[:3]) + "." for name in layers}
    kept = {}
    for name, values in trunk.items():
        if not name.startswith(tuple(prefixes)):
            continue
        if name.endswith((".up", ".down")):
            kept[f"{name}.weight"], kept[f"{name}.scale"] = quantize(values)
        elif name.endswith(".bias") or "LayerNorm" in name:
            kept[name] = values.astype("<f2")
    write_safetensors(path, kept, {})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("state", type=pathlib.Path)
    parser.add_argument("--model", type=pathlib.Path)
    parser.add_argument("--upon", type=pathlib.Path)
    parser.add_argument("--to", type=pathlib.Path, default=ROOT / "components/trunk")
    options = parser.parse_args()
    saved = torch.load(options.state, map_location="cpu")
    state = {name: tensor.numpy() for name, tensor in saved["model"].items()}
    part = lambda prefix: {name.removeprefix(prefix): values for name, values in state.items() if name.startswith(prefix)}
    if options.upon:
        write_correction(options.to / "correction.safetensors", part("trunk."))
    else:
        heads = json.loads((options.model / "config.json").read_text())["num_attention_heads"]
        export(part("trunk."), heads, vocabulary_of(options.model), options.to)
        (options.to / "correction.safetensors").unlink(missing_ok=True)
    write_heads(options.to / "events.safetensors", part("heads."), saved["counts"])


if __name__ == "__main__":
    main()
