"""Wordpieces and windows, as src/language/trunk.cc makes them: whole sentences, with what stands before them."""
# SPDX-License-Identifier: Apache-2.0

import functools

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

CONTENT, CONTEXT = 192, 64  # Wordpieces of a window: of the sentences themselves, of the words before them.


class Pieces:
    """Wordpiece numbers of a token, by itself."""

    def __init__(self, vocabulary):
        self.number = {piece: n for n, piece in enumerate(vocabulary)}
        self.tokenizer = Tokenizer(models.WordPiece(self.number, unk_token="[UNK]", max_input_chars_per_word=100))
        self.tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self.tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self.of = functools.lru_cache(maxsize=200_000)(lambda token: tuple(self.tokenizer.encode(token, add_special_tokens=False).ids))


def windows(tokens, sentences, pieces):
    """[(piece numbers, [(token, position of its first piece)])]: each token that has pieces stands in one window as content."""
    of = [pieces.of(token)[:CONTENT] for token in tokens]
    units = []
    for begin, end in sentences:
        at, size = begin, 0
        for i in range(begin, end):
            if size + len(of[i]) > CONTENT:
                units.append((at, i, size))
                at, size = i, 0
            size += len(of[i])
        units.append((at, end, size))
    made, k = [], 0
    while k < len(units):
        begin, end, size = units[k]
        k += 1
        while k < len(units) and size + units[k][2] <= CONTENT:
            end, size = units[k][1], size + units[k][2]
            k += 1
        before, room = begin, CONTEXT
        while before > 0 and len(of[before - 1]) <= room:
            before -= 1
            room -= len(of[before])
        numbers, places = [pieces.number["[CLS]"]], []
        for i in range(before, end):
            if i >= begin and of[i]:
                places.append((i, len(numbers)))
            numbers += of[i]
        made.append((numbers + [pieces.number["[SEP]"]], places))
    return made
