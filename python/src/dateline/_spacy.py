"""Records as spaCy's Docs, and back. What stands in a Doc, and under which label, is told in python/README.md."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from spacy.lang.en import English
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from ._record import Record

KEPT = "dateline"  # Doc.user_data holds the record under this name, as JSON: so it goes through a DocBin.


@functools.lru_cache(maxsize=2)
def _tokenizer(vocab: Vocab) -> Callable[[str], Doc]:
    tokenizer: Callable[[str], Doc] = English(vocab).tokenizer
    return tokenizer


def _of_tokens(record: Record, vocab: Vocab) -> Doc:
    text, tokens = record.text, record.tokens
    spaces = [text[token["span"][1]:following["span"][0]] == " " for token, following in zip(tokens, tokens[1:])]

    def column(field: str) -> list[str]:
        return [token.get(field, "") for token in tokens]

    return Doc(vocab, [text[slice(*token["span"])] for token in tokens], [*spaces, text.endswith(" ")], heads=[token["head"] for token in tokens],
               tags=column("tag"), pos=column("pos"), lemmas=column("lemma"), deps=column("dep"))


def _of_text(record: Record, vocab: Vocab) -> Doc:
    """Tokens by rule; the sentences are the record's."""
    doc = _tokenizer(vocab)(record.text)
    begins = iter([begin for begin, _ in record.sentences])
    begin = next(begins, None)
    for token in doc:
        token.is_sent_start = token.i == 0 or (begin is not None and begin < token.idx + len(token))
        while begin is not None and begin < token.idx + len(token):
            begin = next(begins, None)
    return doc


def _marks(record: Record) -> Iterator[tuple[str, list[int], str, str]]:
    """(group, span, label, id) of all that has words."""
    for name in record.names:
        yield "names", name.span, name.label, ""
    for entity in record.entities:
        for mention in entity.mentions:
            yield "entities", mention.span, entity.kind.upper(), entity.id
    for time in record.times:
        yield "times", time.span, time.type, time.id
    for place in record.places:
        yield "places", place.span, (place.precision or "place").upper(), place.id
    for quantity in record.quantities:
        yield "quantities", quantity.span, (quantity.counts or "number").upper(), quantity.id
    for said in record.attributions:
        for part, label in ((said.source, "SOURCE"), (said.cue, "CUE"), (said.content, "CONTENT")):
            for span in part.spans if part is not None else ():
                yield "attributions", span, label, said.id
    times = {time.id: time for time in record.times}
    places = {place.id: place for place in record.places}
    quantities = {quantity.id: quantity for quantity in record.quantities}
    for event in record.events:
        yield "events", event.trigger, event.type, event.id
        for label, several in (("ACTOR", event.actors), ("RECIPIENT", event.recipients)):
            for who in several:
                yield "parts", who.span, label, event.id
        if event.place in places:
            yield "parts", places[event.place].span, "PLACE", event.id
        if event.date is not None and event.date.time in times:
            yield "parts", times[event.date.time].span, "DAY", event.id
        for one in event.quantities:
            counted = quantities.get(one)
            if counted is not None and counted.counts:
                yield "parts", counted.span, counted.counts.upper(), event.id


def _span(doc: Doc, span: Iterable[int], label: str, id: str = "") -> Span | None:
    begin, end = span
    return doc.char_span(begin, end, label=label, span_id=id, alignment_mode="expand")


def to_doc(record: Record, vocab: Vocab) -> Doc:
    doc = _of_tokens(record, vocab) if record.tokens else _of_text(record, vocab)
    for group in ("names", "entities", "times", "places", "quantities", "attributions", "events", "parts"):
        doc.spans[group] = []
    named = []
    for group, at, label, id in _marks(record):
        span = _span(doc, at, label, id)
        if span is not None:
            doc.spans[group].append(span)
    for entity in record.entities:
        named += [_span(doc, mention.name or mention.span, entity.kind.upper(), entity.id) for mention in entity.mentions if mention.form == "name"]
    doc.ents = filter_spans([span for span in named if span is not None])
    doc.user_data[KEPT] = json.dumps(record, ensure_ascii=False)
    return doc


def from_doc(doc: Doc) -> Record:
    kept = doc.user_data.get(KEPT)
    if kept is not None:
        return Record.from_json(kept)
    parsed = doc.has_annotation("DEP")
    return Record.of({
        "schema": "dateline/1", "text": doc.text, "sections": [],
        "sentences": [[sentence.start_char, sentence.end_char] for sentence in doc.sents] if doc.has_annotation("SENT_START") else [],
        "tokens": [_token(token, parsed) for token in doc],
        "names": [{"span": [name.start_char, name.end_char], "label": name.label_} for name in doc.ents],
        **{name: [] for name in ("entities", "times", "places", "quantities", "attributions", "events", "gaps", "warnings")},
    })


def _token(token: Any, parsed: bool) -> dict[str, Any]:
    known = {"tag": token.tag_, "pos": token.pos_, "lemma": token.lemma_, "head": token.head.i if parsed else token.i, "dep": token.dep_}
    return {"span": [token.idx, token.idx + len(token)], **{name: value for name, value in known.items() if value != ""}}


def doc_bin(records: Iterable[Record], vocab: Vocab) -> DocBin:
    return DocBin(store_user_data=True, docs=(to_doc(record, vocab) for record in records))


def corrected_doc_bin(lines: Iterable[dict[str, Any]]) -> DocBin:
    """Of what `dateline export --corrections --format spacy` gives: Docs with the groups events, checked and parts."""
    vocab = English().vocab
    docs = DocBin(store_user_data=True)
    for line in lines:
        doc = _tokenizer(vocab)(line["text"])
        for group, spans in line["spans"].items():
            marked = [_span(doc, (begin, end), label) for begin, end, label in spans]
            doc.spans[group] = [span for span in marked if span is not None]
        doc.user_data.update(line["meta"])
        docs.add(doc)
    return docs
