"""Fills in what is expected in the cases beside this file, as spaCy and Python's `re` say it.

    python tests/language/make_cases.py models/en_core_web_sm

A new case is a new line with its inputs ("text", or "pattern" and "text") and why it is there; running this adds the
rest. Needs spaCy 3.8. Spans count UTF-8 bytes. Texts are of the project's own writing.

tokens.jsonl: each token is [begin, end, space after, lower, norm, prefix, suffix, shape, is space, and what the rules
start from: tag, dep; and end with: tag, pos, morph, lemma, dep].
regexes.jsonl: "found" is what re.finditer finds, "starts" whether re.match does.
"""
# SPDX-License-Identifier: Apache-2.0

import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent


def byte_offsets(text):
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + len(character.encode()))
    return offsets


def lexical(token):
    strings = [token.lower_, token.norm_, token.prefix_, token.suffix_, token.shape_]
    keys = [token.lower, token.norm, token.prefix, token.suffix, token.shape]
    assert [token.vocab.strings[s] for s in strings] == keys
    return [*strings, token.is_space]


def tokens(nlp, text):
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(name)(doc)
    before = [[t.tag_, t.dep_] for t in doc]
    for name in ("attribute_ruler", "lemmatizer"):
        doc = nlp.get_pipe(name)(doc)
    offsets = byte_offsets(text)
    return [[offsets[t.idx], offsets[t.idx + len(t)], bool(t.whitespace_), *lexical(t), *given,
             t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_] for t, given in zip(doc, before)]


def found(pattern, text):
    offsets = byte_offsets(text)
    return [[offsets[m.start()], offsets[m.end()]] for m in re.finditer(pattern, text)]


def rewrite(name, fill):
    path = HERE / name
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for case in cases:
        fill(case)
    path.write_text("".join(json.dumps(case, ensure_ascii=True) + "\n" for case in cases), "utf-8")


def main():
    import spacy
    nlp = spacy.load(sys.argv[1])
    rewrite("tokens.jsonl", lambda case: case.update(tokens=tokens(nlp, case["text"])))
    rewrite("regexes.jsonl", lambda case: case.update(found=found(case["pattern"], case["text"]),
                                                      starts=re.match(case["pattern"], case["text"]) is not None))


if __name__ == "__main__":
    main()
