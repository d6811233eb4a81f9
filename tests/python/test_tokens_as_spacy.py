"""What the engine makes of awkward texts is what spaCy makes of them, token for token, with both pipelines.

Most texts are made anew from SEED: exceptions, affixes, units, addresses, scripts, white space, control characters and
any assigned character, in all kinds of disorder. Tokens must be the same; what the neural components say of them may
differ where two scores lie closer together than the order of a sum.
"""
# SPDX-License-Identifier: Apache-2.0

import collections
import json
import pathlib
import random
import unicodedata

import pytest

spacy = pytest.importorskip("spacy", reason="spaCy is not installed")

ROOT = pathlib.Path(__file__).resolve().parents[2]

SEED = 20260309
TEXTS = 1500
WORDS = """the a agent mark number case neg NOUN X Xi can't won't DON'T cannot gonna y'all o'clock they'd've isn’t
    well-known New-York mother-in-law 10-12 1,000,000 $5 US$20 €3 20€ 3.5% 5km 10km/h 20°C. 8am 5p.m. 3rd 1990s 1+1 2*3
    e.g. U.S. a.m. Mr. Mrs. Inc. Co. Jan. Ph.D. hello.World foo,bar a:b x=y a<b>c and/or f-g_h a.b,c:d/e
    http://example.org/a?b=c#d www.example.com first.last@mail.example ftp://x.y:80/ 192.168.0.1 8.8.8.8 #tag @name
    :) :-( ;) <3 (^_^) ಠ_ಠ "quoted" 'single' “curly” ‘tick’ ``tex'' (paren) [brack] {brace} &amp; C++ .NET
    É İstanbul ΟΔΟΣ Σ ß ẞ ﬁne ǅ Ⅷ ² ½ ٣ १२ 北京市 日本語。テスト 한국어 עברית عربي، नमस्ते। ไทย ሰላም።
    👍 👍🏽 👨‍👩‍👧 🇩🇪 e\u0301 a\u0300\u0301 -- --- ... .... … — –""".split()
SPACES = [" "] * 12 + ["  ", "   ", "\n", "\n\n", " \n ", "\t", "\r\n", "\xa0", "\u2009", "\u3000", "\u200b", "\ufeff", "",
                       "", "", "\0", "\x1c", "\x85", "\u2028", "\u180e", "-", ".", ",", "…", "—", "/", "'", '"', "’"]
SIGNS = list(".,;:!?'\"()[]{}<>-–—…/\\@#$%^&*_+=|~`“”‘’«»°§€£¥")


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


def generated(rules):
    chance = random.Random(SEED)
    assigned = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in ("Cn", "Cs")]
    low = [c for c in assigned if ord(c) < 0x3000]

    def some(choices, most):
        return "".join(chance.choice(choices) for _ in range(chance.randrange(most)))

    def words(most, signs=0):
        return "".join(some(SIGNS, signs + 1) + chance.choice(chance.choice((WORDS, rules or WORDS))) + some(SIGNS, signs + 1) +
                       chance.choice(SPACES) for _ in range(chance.randrange(most)))

    def disturbed():
        letters = list(words(15))
        for _ in range(chance.randrange(8)):
            at = chance.randrange(len(letters) + 1)
            letters[at:at + chance.randrange(2)] = chance.choice(
                [chance.choice(SIGNS), chance.choice(SPACES), chance.choice(assigned), words(2).swapcase()])
        return "".join(letters)

    kinds = [lambda: some(assigned, 40), lambda: some(low, 60), lambda: some(SIGNS + list("abXY09"), 60),
             lambda: some(list(map(chr, range(256))), 40), lambda: some(SPACES + ["x"], 20),
             lambda: words(30), lambda: words(20, signs=2), disturbed,
             lambda: chance.choice(WORDS + SIGNS) * chance.randrange(1, 200)]
    return [chance.choice(kinds)() for _ in range(TEXTS)]


def records_of(dateline, directory, texts):
    lines = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts))
    run = dateline("read", "--from", "jsonl", "--until", "language", "--tokens", "--pipeline", directory, "-",
                   stdin=lines.encode())
    assert run.returncode == 0, run.stderr.decode()
    return [json.loads(line) for line in run.stdout.decode().split("\n") if line]


@pytest.mark.slow
@pytest.mark.parametrize("pipeline", ["en_core_web_sm", "en_core_web_md"])
def test_texts_are_read_as_spacy_reads_them(dateline, models, pipeline):
    if not (models / pipeline).is_dir():
        pytest.skip(f"no models/{pipeline}: run 'make models'")
    nlp = spacy.load(models / pipeline)
    demo = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "demo/reports").rglob("*.txt"))]
    texts = AWKWARD + generated(sorted(nlp.tokenizer.rules)) + demo
    same, total = collections.Counter(), collections.Counter()
    for text, record, doc in zip(texts, records_of(dateline, models / pipeline, texts), nlp.pipe(texts), strict=True):
        assert record["text"] == text
        mine = record["tokens"]
        assert [t["span"] for t in mine] == [[t.idx, t.idx + len(t)] for t in doc], repr(text)
        for own, token in zip(mine, doc):
            for key, right in (("tag", token.tag_), ("pos", token.pos_), ("lemma", token.lemma_), ("dep", token.dep_),
                               ("head", token.head.i)):
                total[key] += 1
                same[key] += own[key] == right
        for key, ours, theirs in (
                ("names", {(*n["span"], n["label"]) for n in record["names"]},
                 {(e.start_char, e.end_char, e.label_) for e in doc.ents}),
                ("sentences", {tuple(s) for s in record["sentences"]},
                 {(s.start_char, s.end_char) for s in doc.sents})):
            total[key] += len(ours | theirs)
            same[key] += len(ours & theirs)
    shares = {key: same[key] / total[key] for key in total}
    assert len(shares) == 7 and min(shares.values()) >= 0.999, shares


def test_a_line_of_a_megabyte_is_tokenized_as_spacy_does(dateline, models):
    text = "".join(c if c.isprintable() else " " for c in " ".join(generated([])) * 9)[:1_000_000]
    assert len(text) == 1_000_000
    nlp = spacy.load(models / "en_core_web_sm")
    (record,) = records_of(dateline, models / "en_core_web_sm", [text])
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
