"""The record of docs/record.md as Python sees it: dicts, whose fields are attributes too.

`record["events"][0]["type"]` and `record.events[0].type` are the same. What a report does not tell is absent from the dict; the attribute is
None then, or an empty list. The classes below are also what the columns of dateline.arrow are made of.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import typing
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple

if TYPE_CHECKING:
    from typing import Self

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

#: [begin, end) in code points of the report's text: text[slice(*span)].
Span = Annotated[list[int], "span"]
#: A span whose words say what an item is; dateline.arrow gives the words beside it.
Quoted = Annotated[list[int], "quoted"]
#: "2026-03-09"
Day = Annotated[str, "day"]


class Field(NamedTuple):
    """A field of an item: what it holds, and whether several of that."""

    kind: Any  # A class of items, str, int, float, bool, or Span, Quoted, Day.
    many: bool


def _field(annotation: Any) -> Field:
    inner = [part for part in typing.get_args(annotation) if part is not type(None)]
    if typing.get_origin(annotation) is list:
        return Field(inner[0], True)
    if typing.get_origin(annotation) is Annotated or not inner:
        return Field(annotation, False)
    return Field(inner[0], False)  # Or None.


class Item(dict[str, Any]):
    """A dict whose known fields are attributes. `from` is the attribute `from_`."""

    fields_: ClassVar[dict[str, Field]]
    _nested: ClassVar[list[tuple[str, type[Item], bool]]]

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Self:
        """Of what JSON gives."""
        item = cls(raw)
        for name, kind, many in cls._nested:
            if name in item:
                item[name] = [kind.of(one) for one in item[name]] if many else kind.of(item[name])
        return item

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            field = self.fields_.get(name.rstrip("_"))
            if field is None:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            return self.get(name.rstrip("_"), [] if field.many else None)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *("from_" if name == "from" else name for name in self.fields_)]


class Origin(Item):
    """Where a report came from."""

    uri: str | None
    file: str | None
    publisher: str | None
    licence: str | None
    media_type: str | None
    charset: str | None
    retrieved: str | None


class Published(Item):
    value: str
    from_: str
    confidence: float | None


class ReadBy(Item):
    engine: str
    pipeline: str | None
    knowledge: str | None
    components: str | None
    reading: str | None
    converter: str | None


class Section(Item):
    kind: str
    span: Span


class SourceStretch(Item):
    span: Span
    bytes: list[int]


class PageBox(Item):
    """Points from the upper left corner: left, top, right, bottom. Pages count from 1."""

    span: Span
    page: int
    box: list[float]


class Shown(Item):
    """Milliseconds from the beginning."""

    span: Span
    ms: list[int]


class Token(Item):
    span: Span
    tag: str | None
    pos: str | None
    lemma: str | None
    head: int
    dep: str | None


class Name(Item):
    span: Span
    label: str


class Alias(Item):
    name: str
    span: Span | None


class Mention(Item):
    span: Quoted
    form: str
    head: Span | None
    name: Span | None


class Role(Item):
    role: str
    of_: str | None
    span: Quoted


class ActorCode(Item):
    country: str | None
    sector: str | None
    from_: str | None


class Entity(Item):
    id: str
    kind: str
    name: str | None
    aliases: list[Alias]
    mentions: list[Mention]
    roles: list[Role]
    actor: ActorCode | None


class Time(Item):
    id: str
    span: Quoted
    type: str
    value: str | None
    granularity: str | None
    mod: str | None
    quant: str | None
    freq: str | None
    begin: Day | None
    end: Day | None
    from_: str | None
    anchor: Quoted | None


class Place(Item):
    """lat and lon are degrees (WGS 84)."""

    id: str
    span: Quoted
    entity: str | None
    name: str | None
    geonameid: int | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    feature: str | None
    precision: str | None
    confidence: float | None


class Quantity(Item):
    id: str
    span: Quoted
    value: float | None
    min: float | None
    max: float | None
    qualifier: str
    unit: str | None
    counts: str | None


class Source(Item):
    spans: list[Quoted]
    entity: str | None


class Cue(Item):
    spans: list[Quoted]
    lemma: str | None


class Content(Item):
    spans: list[Quoted]


class Attribution(Item):
    id: str
    source: Source | None
    cue: Cue
    content: Content
    form: str
    stance: str
    inside: str | None
    confidence: float | None


class Participant(Item):
    entity: str | None
    span: Quoted


class EventDate(Item):
    begin: Day | None
    end: Day | None
    time: str | None
    from_: str | None


class Event(Item):
    id: str
    incident: str
    type: str
    mode: str | None
    contexts: list[str]
    trigger: Quoted
    sentence: int
    actors: list[Participant]
    recipients: list[Participant]
    date: EventDate | None
    place: str | None
    quantities: list[str]
    polarity: str
    status: str
    within: list[str]
    according_to: list[str]
    main: bool | None
    confidence: float | None


class Gap(Item):
    kind: str
    spans: list[Span]
    note: str | None


class Record(Item):
    """What reading one report yields (docs/record.md)."""

    schema: str
    id: str
    source: Origin | None
    title: str | None
    authors: list[str]
    language: str | None
    published: Published | None
    modified: str | None
    read_by: ReadBy
    text: str
    sections: list[Section]
    source_map: list[SourceStretch]
    page_map: list[PageBox]
    time_map: list[Shown]
    sentences: list[Span]
    tokens: list[Token]
    names: list[Name]
    entities: list[Entity]
    times: list[Time]
    places: list[Place]
    quantities: list[Quantity]
    attributions: list[Attribution]
    events: list[Event]
    gaps: list[Gap]
    warnings: list[str]

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """Of a line that `dateline read` wrote."""
        return cls.of(json.loads(line))

    def to_spacy(self, vocab: Vocab) -> Doc:
        """A spaCy Doc of the same text, with the spans of python/README.md. Needs spaCy.

        Tokens, tags, lemmas and heads are the record's where it has them (Reader(tokens=True)); else the tokens are made by spaCy's rules for
        English. A span that ends within a token is widened to all of it; the record that the Doc holds has it as it was.
        """
        from ._spacy import to_doc

        return to_doc(self, vocab)

    @classmethod
    def from_spacy(cls, doc: Doc) -> Record:
        """The record that a Doc of to_spacy() holds. Of another pipeline's Doc: text, sentences, tokens and names."""
        from ._spacy import from_doc

        return from_doc(doc)

    def _repr_html_(self) -> str:
        from ._html import of_record

        return of_record(self)


def _know_fields(cls: type[Item], hints: dict[str, Any]) -> None:
    cls.fields_ = {name.rstrip("_"): _field(hints[name]) for name in cls.__annotations__}
    cls._nested = [(name, kind, many) for name, (kind, many) in cls.fields_.items() if isinstance(kind, type) and issubclass(kind, Item)]


def know_fields(namespace: dict[str, Any]) -> None:
    """Each class of items in a module learns its fields from its annotations."""
    for cls in list(namespace.values()):
        if isinstance(cls, type) and issubclass(cls, Item) and cls is not Item and "fields_" not in cls.__dict__:
            _know_fields(cls, typing.get_type_hints(cls, {**globals(), **namespace}, include_extras=True))


know_fields(globals())
