"""What the engine makes of generated awkward texts is what spaCy makes of them, token for token.

The texts are made anew from SEED: exceptions, affixes, units, addresses, scripts, white space, control characters and
any assigned character, in all kinds of disorder. Tokens must be the same; what the neural components say of them may
differ where two scores lie closer together than the order of a sum.
"""
# SPDX-License-Identifier: Apache-2.0

import json
import random
import unicodedata

import pytest

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


def texts(rules):
    chance = random.Random(SEED)
    assigned = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in ("Cn", "Cs")]
    low = [c for c in assigned if ord(c) < 0x3000]

    def some(choices, most):
        return "".join(chance.choice(choices) for _ in range(chance.randrange(most)))

    def words(most, signs=0):
        return "".join(some(SIGNS, signs + 1) + chance.choice(chance.choice((WORDS, rules))) + some(SIGNS, signs + 1) +
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


@pytest.mark.slow
def test_generated_texts_are_read_as_spacy_reads_them(dateline, models):
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    nlp = spacy.load(models / "en_core_web_sm")
    made = texts(sorted(nlp.tokenizer.rules))
    lines = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(made))
    run = dateline("read", "--from", "jsonl", "--until", "language", "--tokens", "--pipeline", models / "en_core_web_sm",
                   "-", stdin=lines.encode())
    assert run.returncode == 0, run.stderr.decode()
    records = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(records) == len(made)
    tokens = alike = 0
    for text, record, doc in zip(made, records, nlp.pipe(made)):
        assert record["text"] == text
        mine = record["tokens"]
        assert [t["span"] for t in mine] == [[t.idx, t.idx + len(t)] for t in doc], repr(text)
        for token, expected in zip(mine, doc):
            tokens += 1
            alike += ((token["tag"], token["pos"], token["lemma"], token["dep"], token["head"]) ==
                      (expected.tag_, expected.pos_, expected.lemma_, expected.dep_, expected.head.i))
    assert alike / tokens >= 0.999
