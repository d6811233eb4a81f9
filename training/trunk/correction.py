"""A low-rank correction of the published trunk, so that later marks need not move all its weights.

Each linear layer computes W x + B A x: W as it stands in components/trunk/model.safetensors, A and B of RANK rows and columns, learned
(Hu et al. 2021, "LoRA"). Biases and norms are learned whole. src/language/trunk.cc adds B A to W when it loads them.
"""
# SPDX-License-Identifier: Apache-2.0

import math

import torch
from torch import nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from export import as_floats, read_safetensors

RANK = 16
FIRST = 2  # Layer that is corrected; what is below it stays.
PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense")


class LowRank(nn.Module):
    """A linear layer whose weights stay, with a correction that begins at nothing."""

    def __init__(self, linear):
        super().__init__()
        self.weight, self.bias = linear.weight, linear.bias
        self.weight.requires_grad_(False)
        outputs, inputs = self.weight.shape
        self.down = nn.Parameter(torch.empty(RANK, inputs))
        self.up = nn.Parameter(torch.zeros(outputs, RANK))
        nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, x):
        return functional.linear(x, self.weight, self.bias) + functional.linear(functional.linear(x, self.down), self.up)


def published(folder):
    """The trunk of a folder as a BERT of Hugging Face's, its linear layers ready to be corrected."""
    packed, metadata = read_safetensors(folder / "model.safetensors")
    state = {name: torch.tensor(values) for name, values in as_floats(packed).items()}
    inner, width = state["encoder.layer.0.intermediate.dense.weight"].shape
    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layer."))
    positions = state["embeddings.position_embeddings.weight"]
    model = BertModel(BertConfig(vocab_size=len(state["embeddings.word_embeddings.weight"]), hidden_size=width, num_hidden_layers=layers,
                                 num_attention_heads=int(metadata["heads"]), intermediate_size=inner,
                                 max_position_embeddings=len(positions)), add_pooling_layer=False)
    state["embeddings.token_type_embeddings.weight"] = torch.zeros(2, width)  # It stands in the positions'.
    missing, unknown = model.load_state_dict(state, strict=False)
    assert not unknown and all("position_ids" in name or "token_type_ids" in name for name in missing), (missing, unknown)
    for part in (model.embeddings, *model.encoder.layer[:FIRST]):
        for parameter in part.parameters():
            parameter.requires_grad_(False)
    for layer in model.encoder.layer[FIRST:]:
        for part in PARTS:
            *path, last = part.split(".")
            owner = layer.get_submodule(".".join(path))
            setattr(owner, last, LowRank(getattr(owner, last)))
    return model
