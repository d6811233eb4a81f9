"""Records as spaCy's Docs and back: one text, spans under their labels, DocBin, displaCy, corrections to train on. Skips where there is no spaCy."""
# SPDX-License-Identifier: Apache-2.0

import io
import json

import pytest

engine = pytest.importorskip("dateline", reason="no package in PYTHONPATH: make package")
spacy = pytest.importorskip("spacy", reason="no spaCy: make setup")
from spacy import displacy  # noqa: E402
from spacy.tokens import DocBin  # noqa: E402
from spacy.training import Example  # noqa: E402

TEXT = "Blast kills two in Lagos\n\nTwo people were killed in Lagos on Friday, police said.  “Nobody saw the 14-year-old,” said Ada Obi. "


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("en")


@pytest.fixture(scope="module")
def read():
    return engine.Reader(reading="fast", tokens=True).read(TEXT, date="2026-03-09", id="one", verbatim=True)


@pytest.fixture(scope="module")
def stored(demo_store):
    """Records without tokens."""
    with engine.Chronicle(demo_store) as chronicle:
        return [record for _, record in chronicle.reports()]


def told(doc, group):
    return [(span.start_char, span.end_char, span.label_, span.id_) for span in doc.spans[group]]


def test_tokens_are_those_of_the_record(nlp, read):
    doc = read.to_spacy(nlp.vocab)
    assert doc.text == TEXT
    assert [[token.idx, token.idx + len(token)] for token in doc] == [token.span for token in read.tokens]
    assert [(token.tag_, token.pos_, token.lemma_, token.head.i, token.dep_) for token in doc] == [(t.tag, t.pos, t.lemma, t.head, t.dep) for t in read.tokens]
    assert [[sentence.start_char, sentence.end_char] for sentence in doc.sents] == read.sentences
    assert told(doc, "names") == [(*name.span, name.label, "") for name in read.names]


def test_without_tokens_the_text_and_the_sentences_are_the_same(nlp, stored):
    for record in stored:
        doc = record.to_spacy(nlp.vocab)
        assert doc.text == record.text
        for (begin, end), sentence in zip(record.sentences, doc.sents, strict=True):
            assert sentence.start_char <= begin and sentence.text.strip() == record.text[begin:end].strip()


def test_what_was_read_stands_in_groups(nlp, read, stored):
    for record in [read, *stored]:
        doc = record.to_spacy(nlp.vocab)
        for group, items in (("times", record.times), ("places", record.places), ("quantities", record.quantities), ("events", record.events)):
            for item, (begin, end, _, id) in zip(items, told(doc, group), strict=True):
                span = item.trigger if group == "events" else item.span
                assert begin <= span[0] and span[1] <= end and id == item.id
        assert {label for *_, label, _ in told(doc, "attributions")} <= {"SOURCE", "CUE", "CONTENT"}
        assert {id for *_, id in told(doc, "parts")} <= {event.id for event in record.events}
        entities = {entity.id: entity for entity in record.entities}
        assert all(span.label_ == entities[span.id_].kind.upper() for span in doc.ents)
    doc = read.to_spacy(nlp.vocab)
    assert ("Two people", "RECIPIENT") in [(span.text, span.label_) for span in doc.spans["parts"]]
    assert [span.text for span in doc.spans["quantities"] if "14" in span.text] in ([], ["14-year-old"], ["14"])


def test_the_way_back(nlp, read, stored):
    for record in [read, *stored[:5]]:
        assert engine.Record.from_spacy(record.to_spacy(nlp.vocab)) == record


def test_a_doc_of_another_pipeline_gives_its_tokens(nlp):
    doc = spacy.tokens.Doc(nlp.vocab, ["Ada", "left", "."], [True, False, False], heads=[1, 1, 1], deps=["nsubj", "ROOT", "punct"], tags=["NNP", "VBD", "."], ents=["B-PERSON", "O", "O"])
    record = engine.Record.from_spacy(doc)
    assert (record.text, record.sentences, record.names) == ("Ada left.", [[0, 9]], [{"span": [0, 3], "label": "PERSON"}])
    assert record.tokens[0] == {"span": [0, 3], "tag": "NNP", "head": 1, "dep": "nsubj"}
    bare = engine.Record.from_spacy(nlp("Ada left."))
    assert [token.head for token in bare.tokens] == [0, 1, 2] and bare.sentences == []
    assert record.to_spacy(nlp.vocab).text == "Ada left."


def test_a_doc_bin_holds_them_and_displacy_shows_them(read, stored):
    records = [read, *stored[:4]]
    kept = engine.doc_bin(records, spacy.blank("en").vocab).to_bytes()
    docs = list(DocBin().from_bytes(kept).get_docs(spacy.blank("en").vocab))
    assert [engine.Record.from_spacy(doc) for doc in docs] == records
    assert told(docs[0], "events") == told(read.to_spacy(spacy.blank("en").vocab), "events") != []
    for group in ("events", "times", "parts", "entities"):
        assert "Lagos" in displacy.render(docs[0], style="span", options={"spans_key": group}, jupyter=False)
    assert "PLACE" in displacy.render(docs[0], style="ent", jupyter=False)
    assert "nsubj" in displacy.render(docs[0], style="dep", jupyter=False)


def test_corrections_become_docs_to_train_on(dateline, demo_copy):
    with engine.Chronicle(demo_copy) as chronicle:
        first = chronicle.timeline(types="ASSAULT", limit=1)[0]["event"]
        for done in (("correct", first, "--confirm"), ("correct", "r18", "--add", "--words", "has fought", "type=ASSAULT")):
            assert dateline(*done, "--who", "Ada", "--store", demo_copy).returncode == 0
        lines, binary = io.BytesIO(), io.BytesIO()
        assert chronicle.export_corrections("spacy", lines) == chronicle.export_corrections("docbin", binary) == 2
        with pytest.raises(ValueError, match="directory"):
            chronicle.export_corrections("brat", io.BytesIO())
        with pytest.raises(engine.ExportError, match="did you mean spacy"):
            chronicle.export_corrections("spacyy", io.BytesIO())
    assert lines.getvalue() == dateline("export", "--corrections", "--format", "spacy", "--store", demo_copy).stdout
    nlp = spacy.blank("en")
    docs = list(DocBin().from_bytes(binary.getvalue()).get_docs(nlp.vocab))
    for doc, line in zip(docs, map(json.loads, lines.getvalue().splitlines()), strict=True):
        example = Example.from_dict(nlp.make_doc(line["text"]), {"spans": line["spans"]})
        assert doc.text == line["text"] and doc.user_data["report"] == line["meta"]["report"]
        for group in ("events", "checked", "parts"):
            assert len(doc.spans[group]) == len(line["spans"][group])
            aligned = {(span.start_char, span.end_char, span.label_) for span in example.reference.spans[group]}
            assert aligned <= {(span.start_char, span.end_char, span.label_) for span in doc.spans[group]}
    assert any(doc.spans["checked"] for doc in docs)
