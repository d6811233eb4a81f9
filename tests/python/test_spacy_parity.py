"""The language room gives spaCy's own answer, for both pipelines: on generated texts, awkward ones and the demo's reports.

Token boundaries must be spaCy's, always. What a network decides may differ where two scores are equal to the last bits,
so tags, lemmas, heads, names and sentences must agree for 999 of 1000 (in practice they all do).
"""
# SPDX-License-Identifier: Apache-2.0

import collections
import json
import pathlib
import random

import pytest

spacy = pytest.importorskip("spacy")

ROOT = pathlib.Path(__file__).resolve().parents[2]

AWKWARD = [
    " ", "\n", "\t", "\u00a0", "\u3000\u2028\u2029\u0085", "a", ".", "'", "…", "\u200b", "\ufeff", "\u0301", "\U0001f600",
    " \n\n  a \u00a0 b\r\n\r\nc\t\t", "\u00a0a\u00a0", "a" * 5000, "-" * 2000, "a-" * 800, "1," * 700, "(" * 600,
    "e\u0301te\u0301 na\u00efve cafe\u0301 \u00c5ngstr\u00f6m \u0130stanbul \ufb01ne \u00df\u1e9e", "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1fa\U0001f1f8 \u2764\ufe0f :-) :'( <3 ¯\\_(ツ)_/¯",
    "http://example.org/a_(b)?c=d&e=%20#f, www.example.co.uk/x. mailto:user.name+tag@example.org ftp://[::1]:21/",
    "can't won't it's y'all'd've I'm gonna cannot 'tis rock'n'roll O'Brien's U.S. e.g. i.e. a.m. 10p.m. Ph.D. Mr. St. vs.",
    "$1.2m €5,000 3-4 50% 1/2 ½ №7 10km 5'11\" 1980s '90s 12:30 2026-03-09 COVID-19 F-16s +1-555-0100 #tag @name",
    "“It’s over,” he said—‘for now’… «non» „ja“ (see [1], {x}) <b>bold</b> &amp; a/b/c and/or --- ... ?!?! :: ;;",
    "العربية 中文分词 日本語です Ελληνικά Русский हिन्दी עברית", "word\u00adbreak \u202eright\u202c to \u2066left\u2069", "a\x00b \x1b[31m c\x7f",
]

PIECES = ["the", "The", "ministers", "said", "killed", "were", "was", "hurt", "Tuesday", "on", "in", "Lagos", "Lake", "Ula", "at", "least",
          "twelve", "14", "3,500", "$2", "U.N.", "Gen.", "Dr.", "Marat", "Bek's", "don't", "they're", "who", "which", "and", "but", "not", "to", "of", "a", "an",
          "protesters", "police", "denied", "claims", "government", "rebels", "leaving", "better", "worst", "mice", "fled", "lay", "saw", "felt", "Reuters",
          "e-mail", "re-elected", "mid-May", "co-operate", "1990s", "5pm", "km/h", "http://a.example/b", "x@y.example", "#", "&", "%", "/", "…", "—", "-", ":", ";", "'",
          "’s", "‘", "’", "“", "”", "\"", "(", ")", "[", "]", ",", ",", ",", ".", ".", ".", "?", "!", "\u00a0", "\U0001f525", "e\u0301", "Ünal", "São", "北京", "ǅ", "İ"]
GAPS = [" "] * 30 + ["", "", "  ", "\n", "\n\n", "\t", "\u00a0", " \n "]


def generated(seed, count):
    draw = random.Random(seed)
    return ["".join(draw.choice(PIECES) + draw.choice(GAPS) for _ in range(draw.randint(1, 60))) for _ in range(count)]


def demo():
    return [p.read_text(encoding="utf-8") for p in sorted((ROOT / "demo/reports").rglob("*.txt"))]


def records_of(dateline, pipeline, texts, *options):
    lines = "".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(texts))
    done = dateline("read", "--from", "jsonl", "--pipeline", pipeline, "--until", "language", "--tokens", *options, "-",
                    stdin=lines.encode())
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]


@pytest.mark.parametrize("pipeline", ["en_core_web_sm", "en_core_web_md"])
def test_every_attribute_is_spacys(dateline, models, pipeline):
    if not (models / pipeline).is_dir():
        pytest.skip(f"no models/{pipeline}")
    nlp = spacy.load(models / pipeline)
    texts = AWKWARD + generated(20260309, 300) + demo()
    same, all_ = collections.Counter(), collections.Counter()
    for text, doc, record in zip(texts, nlp.pipe(texts), records_of(dateline, pipeline, texts), strict=True):
        assert record["text"] == text
        mine = record["tokens"]
        assert [t["span"] for t in mine] == [[t.idx, t.idx + len(t)] for t in doc], repr(text)
        for token, own in zip(doc, mine):
            for key, right in (("tag", token.tag_), ("pos", token.pos_), ("lemma", token.lemma_), ("dep", token.dep_), ("head", token.head.i)):
                all_[key] += 1
                same[key] += own[key] == right
        for key, theirs, ours in (
                ("names", {(e.start_char, e.end_char, e.label_) for e in doc.ents}, {(*n["span"], n["label"]) for n in record["names"]}),
                ("sentences", {(s.start_char, s.end_char) for s in doc.sents}, {tuple(s) for s in record["sentences"]})):
            all_[key] += len(theirs | ours)
            same[key] += len(theirs & ours)
    shares = {key: same[key] / all_[key] for key in all_}
    assert len(shares) == 7 and min(shares.values()) >= 0.999, shares


def test_a_line_of_a_megabyte_is_tokenized_as_spacy_does(dateline, models):
    text = " ".join(generated(7, 12000)).replace("\n", " ")[:1_000_000]
    assert len(text) == 1_000_000
    nlp = spacy.load(models / "en_core_web_sm")
    (record,) = records_of(dateline, "en_core_web_sm", [text])
    assert [t["span"] for t in record["tokens"]] == [[t.idx, t.idx + len(t)] for t in nlp.make_doc(text)]


def test_bytes_that_are_not_utf8_are_repaired_and_reported(dateline, models):
    done = dateline("read", "--from", "jsonl", "--tokens", "--until", "language", "-",
                    stdin=b'{"id": "x", "text": "Caf\xe9 bombed \xff on Monday."}\n')
    record = json.loads(done.stdout)
    assert record["text"] == "Caf\ufffd bombed \ufffd on Monday."
    assert any("UTF-8" in warning for warning in record["warnings"])
    doc = spacy.load(models / "en_core_web_sm")(record["text"])
    assert [(t["span"], t["tag"], t["lemma"]) for t in record["tokens"]] == [
        ([t.idx, t.idx + len(t)], t.tag_, t.lemma_) for t in doc]
