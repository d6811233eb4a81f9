"""The trunk and its heads: what they compute, in PyTorch. src/reading/events/heads.cc computes the same of the exported weights."""
# SPDX-License-Identifier: Apache-2.0

import torch
from torch import nn

import marks

HIDDEN = 64  # Of the heads of pairs.
PAIR_SIZES = (1024, 16, 32, 64, 64, 64, 8, 32)  # As in src/reading/events/features.h.
WORD_SIZES = (40, 48)  # As in src/reading/events/table.h.
LINK_SIZES = (16, 32, 16, 16, 16, 16, 16)
WHERE = 24
SAID = ("cue", "source", "content", "content begins")  # What a word may be in an attribution.
ANSWERS = {"parties": 2, "places": 2, "times": 1, "quantities": 1, "voices": 1}


def rows_of(table, numbers):
    """As table(numbers), whose gradient is many times slower on an accelerator."""
    return table.weight.index_select(0, numbers)


class Pair(nn.Module):
    """Two tokens and some numbers of how they stand to each other: one hidden layer, the log odds of each answer."""

    def __init__(self, width, sizes, answers):
        super().__init__()
        self.first, self.second = nn.Linear(width, HIDDEN), nn.Linear(width, HIDDEN, bias=False)
        self.product = nn.Linear(width, HIDDEN, bias=False)
        self.features = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in sizes)
        for table in self.features:
            nn.init.normal_(table.weight, std=0.05)
        self.answer, self.dropout = nn.Linear(HIDDEN, answers), nn.Dropout(0.2)

    def forward(self, first, second, features):
        hidden = self.first(first) + self.second(second) + self.product(first * second)
        for k, table in enumerate(self.features):
            hidden = hidden + rows_of(table, features[:, k])
        return self.answer(self.dropout(torch.relu(hidden)))


class Heads(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.dropout = nn.Dropout(0.2)
        self.kind = nn.Linear(width, len(marks.TYPES))
        self.kind_features = nn.ModuleList(nn.Embedding(size, len(marks.TYPES)) for size in WORD_SIZES)
        for table in self.kind_features:
            nn.init.zeros_(table.weight)
        self.status = nn.Linear(width, len(marks.STATUSES))
        self.main, self.new = nn.Linear(width, 1), nn.Linear(width, 1)
        self.main_where, self.new_where = nn.Embedding(WHERE, 1), nn.Embedding(WHERE, 1)
        for table in (self.main_where, self.new_where):
            nn.init.zeros_(table.weight)
        self.slots = nn.ModuleDict({slot: Pair(width, PAIR_SIZES, n) for slot, n in ANSWERS.items()})
        self.link = Pair(width, LINK_SIZES, 1)


class Model(nn.Module):
    def __init__(self, trunk):
        super().__init__()
        self.trunk, self.heads = trunk, Heads(trunk.config.hidden_size)
        self.said = nn.Linear(trunk.config.hidden_size, len(SAID))  # A question that only training asks.
        # Words that training never shows keep their place beside those that it does.
        self.trunk.embeddings.word_embeddings.weight.requires_grad_(False)

    def vectors(self, numbers, mask):
        return self.trunk(input_ids=numbers, attention_mask=mask).last_hidden_state
