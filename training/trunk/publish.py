#!/usr/bin/env python3
"""Writes what train.py learned as the engine reads it: components/trunk, the trunk as int8 and its heads as float16.

    training/trunk/publish.py FOLDER/state.pt --model MINILM [--to components/trunk]
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import pathlib

import torch

from export import ROOT, export, vocabulary_of, write_safetensors


def write_heads(path, heads):
    """Heads as float16. That of voices is left out: attributions say whose words an event lies in."""
    kept = {name: values.astype("<f2") for name, values in heads.items() if not name.startswith("slots.voices.")}
    write_safetensors(path, kept, {})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("state", type=pathlib.Path)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--to", type=pathlib.Path, default=ROOT / "components/trunk")
    options = parser.parse_args()
    state = {name: tensor.numpy() for name, tensor in torch.load(options.state, map_location="cpu")["model"].items()}
    heads = json.loads((options.model / "config.json").read_text())["num_attention_heads"]
    part = lambda prefix: {name.removeprefix(prefix): values for name, values in state.items() if name.startswith(prefix)}
    export(part("trunk."), heads, vocabulary_of(options.model), options.to)
    write_heads(options.to / "events.safetensors", part("heads."))


if __name__ == "__main__":
    main()
