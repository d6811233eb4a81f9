"""`dateline export --corrections`: corrected reports as training data, as chronologies, and for brat."""
# SPDX-License-Identifier: Apache-2.0

import json
import re

import pytest


@pytest.fixture
def corrected(output_of, demo_copy):
    """A store in which two reports were corrected."""
    for arguments in (["r14.v11", "type=COERCE", "dead=8..", "actors=Nobody Known; HPA", "polarity=negated"], ["r14.v1", "--reject"],
                      ["r18", "--add", "--words", "has fought", "type=ASSAULT", "actors=HPA", "main=no"]):
        output_of("correct", *arguments, "--store", demo_copy)
    return demo_copy


def reports(output):
    return [json.loads(line) for line in output.splitlines()]


def test_spacy_takes_the_lines(output_of, corrected):
    spacy = pytest.importorskip("spacy")
    training = pytest.importorskip("spacy.training")
    nlp = spacy.blank("en")
    lines = reports(output_of("export", "--corrections", "--format", "spacy", "--store", corrected))
    assert len(lines) == 2
    seen = set()
    for line in lines:
        example = training.Example.from_dict(nlp.make_doc(line["text"]), {"spans": line["spans"]})
        for group in ("events", "checked", "parts"):
            spans = example.reference.spans[group]
            assert [(s.start_char, s.end_char, s.label_) for s in spans] == [tuple(span) for span in line["spans"][group]]
            seen |= {(group, span.text, span.label_) for span in spans}
    assert {("checked", "planted", "COERCE"), ("checked", "has fought", "ASSAULT"), ("parts", "HPA", "ACTOR")} <= seen
    assert ("checked", "imposed", "COERCE") not in seen and ("events", "imposed", "COERCE") in seen


def test_chronologies_have_what_readers_write_down(output_of, corrected):
    lines = reports(output_of("export", "--corrections", "--format", "chronology", "--store", corrected))
    for line in lines:
        assert list(line) == ["id", "text", "date", "sentences", "happenings"] and line["happenings"]
        for happening in line["happenings"]:
            assert list(happening) == ["type", "mentions", "actors", "recipients", "begin", "end", "place", "country", "dead", "wounded",
                                       "detained", "displaced", "status", "told_by", "main", "state"]
            for sentence, trigger in happening["mentions"]:
                begin, end = line["sentences"][sentence]
                assert trigger in line["text"][begin:end]
    told = {happening["mentions"][0][1]: happening for line in lines for happening in line["happenings"]}
    assert told["planted"] | {"recipients": [], "mentions": []} == {
        "type": "COERCE", "mentions": [], "actors": ["Nobody Known", "Hadrel People's Army"], "recipients": [], "begin": "2026-03-03",
        "end": "2026-03-03", "place": "Kolvar", "country": None, "dead": [8, None], "wounded": None, "detained": None, "displaced": None,
        "status": "denied", "told_by": "The government", "main": told["planted"]["main"], "state": "person-corrected"}
    assert told["has fought"]["state"] == "person-added" and told["has fought"]["main"] is False


def test_brat_finds_its_words(dateline, output_of, corrected, tmp_path):
    directory = tmp_path / "brat"
    arguments = ["export", "--corrections", "--format", "brat", "--store", corrected]
    output_of(*arguments, "-o", directory)
    assert {file.name for file in directory.iterdir()} == {"annotation.conf", "r14.txt", "r14.ann", "r18.txt", "r18.ann"}
    kinds = set()
    for ann in directory.glob("*.ann"):
        text = ann.with_suffix(".txt").read_bytes().decode()
        names = set()
        for line in ann.read_text(encoding="utf-8").splitlines():
            name, what, *words = line.split("\t")
            assert name not in names
            names.add(name)
            label, *rest = what.split(" ", 1)
            kinds.add((name[0], label.split(":")[0]))
            if name[0] == "T":
                pieces = [tuple(map(int, piece.split())) for piece in rest[0].split(";")]
                assert words == [" ".join(text[begin:end] for begin, end in pieces)]
            elif name[0] == "E":
                assert set(re.findall(r":(T\d+)", what)) <= names
            else:
                assert rest[0].split()[0] in names
    assert {("T", "Party"), ("T", "Place"), ("E", "COERCE"), ("A", "State"), ("A", "Negated")} <= kinds
    again = dateline(*arguments, "-o", directory)
    assert again.returncode == 2 and len(again.stderr.splitlines()) == 1
    output_of(*arguments, "-o", directory, "--force")


@pytest.mark.parametrize("arguments, said", [
    (["--corrections"], "--format"), (["--corrections", "--format", "spcy"], "did you mean spacy?"), (["--corrections", "--format", "csv"], "DL5001"),
    (["--corrections", "--format", "brat"], "-o"), (["--corrections", "--format", "spacy", "--type", "ASSAULT"], "no filter"),
    (["--corrections", "--clusters"], "export what?"),
])
def test_mistakes_are_one_line(dateline, demo_store, arguments, said):
    done = dateline("export", *arguments, "--store", demo_store)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and said in done.stderr.decode(), done.stderr


def test_a_store_without_corrections_gives_nothing(dateline, demo_store):
    done = dateline("export", "--corrections", "--format", "spacy", "--store", demo_store)
    assert done.returncode == 0 and done.stdout == b"" and b"wrote 0 reports" in done.stderr
