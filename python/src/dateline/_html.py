"""How a record and a timeline look in a notebook. Reports are anybody's words: all of them are escaped, and only web addresses become links."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ._record import Record

# Pale grounds with dark words, so that both can be read in light and dark notebooks.
_COLOURS = {"event": "#ffd7d0", "quantity": "#ffeeb5", "place": "#d5ecd4", "time": "#d3e5f8", "entity": "#e8def4"}
_SHOWN_EVENTS = 500  # Rows of a timeline; a notebook of more is slow to open.


class _Mark(NamedTuple):
    begin: int
    end: int
    kind: str
    label: str
    title: str


def _mark(span: list[int], kind: str, label: str, title: str) -> _Mark:
    return _Mark(span[0], span[1], kind, label, title)


def _days(item: Any) -> str:
    """ "2026-03-03", or "2026-03-03 – 2026-03-05"."""
    begin, end = item.get("begin", ""), item.get("end", "")
    return begin if begin == end or not end else f"{begin} – {end}"


def _marks(record: Record) -> Iterable[_Mark]:
    """The later ones give way where two overlap."""
    for event in record.events:
        who = ", ".join(record.text[slice(*one.span)] for one in event.actors)
        whom = ", ".join(record.text[slice(*one.span)] for one in event.recipients)
        told = [event.id, event.polarity if event.polarity != "affirmed" else "", event.status if event.status != "actual" else "",
                who and f"by {who}", whom and f"to {whom}", _days(event.date) if event.date is not None else ""]
        yield _mark(event.trigger, "event", event.type, " · ".join(part for part in told if part))
    for quantity in record.quantities:
        yield _mark(quantity.span, "quantity", quantity.counts or "", f"{quantity.id} · {quantity.qualifier} {'' if quantity.value is None else f'{quantity.value:g}'} {quantity.unit or ''}")
    for place in record.places:
        where = "" if place.lat is None else f" · {place.lat:.3f}, {place.lon:.3f}"
        yield _mark(place.span, "place", place.country or "", f"{place.id} · {place.name or ''}{where} · {place.precision or 'not found'}")
    for time in record.times:
        yield _mark(time.span, "time", _days(time), f"{time.id} · {time.type} {time.value or ''}")
    for entity in record.entities:
        for mention in entity.mentions:
            if mention.form == "name":
                yield _mark(mention.name or mention.span, "entity", "", f"{entity.id} · {entity.kind} {entity.name or ''}")


def _chosen(marks: Iterable[_Mark], length: int) -> list[_Mark]:
    taken = bytearray(length)
    chosen = []
    for mark in marks:
        if mark.begin < mark.end <= length and not any(taken[mark.begin:mark.end]):
            taken[mark.begin:mark.end] = b"\1" * (mark.end - mark.begin)
            chosen.append(mark)
    return sorted(chosen)


def _marked(words: str, kind: str, label: str, title: str) -> str:
    note = f' <small style="opacity:.7">{escape(label)}</small>' if label else ""
    style = f"background:{_COLOURS[kind]};color:#222;padding:0 .2em;border-radius:.2em"
    return f'<mark class="dateline-{kind}" style="{style}" title="{escape(title)}">{escape(words)}{note}</mark>'


def _link(words: str, address: str | None) -> str:
    if address is not None and address.startswith(("https://", "http://")):
        return f'<a href="{escape(address)}" rel="noreferrer noopener">{escape(words)}</a>'
    return escape(words)


def of_record(record: Record) -> str:
    text, at, pieces = record.text, 0, []
    for mark in _chosen(_marks(record), len(text)):
        pieces += [escape(text[at:mark.begin]), _marked(text[mark.begin:mark.end], mark.kind, mark.label, mark.title)]
        at = mark.end
    pieces.append(escape(text[at:]))
    source = record.source
    told = [record.title or record.id, (source.publisher or source.uri or source.file) if source is not None else None,
            record.published.value if record.published is not None else None]
    head = " · ".join(_link(part, source.uri if source is not None and not number else None) for number, part in enumerate(told) if part)
    legend = " ".join(_marked(kind, kind, "", "") for kind in _COLOURS)
    return (f'<div class="dateline"><p><b>{head}</b></p><p><small>{legend}</small></p>'
            f'<div style="white-space:pre-wrap;line-height:1.7;max-width:50em">{"".join(pieces)}</div></div>')


def _names(several: Iterable[dict[str, Any]]) -> str:
    return escape(", ".join(one.get("name") or one.get("words", "") for one in several))


def _cells(event: dict[str, Any]) -> list[str]:
    sentence, report, trigger = event.get("words", ""), event["report"], event.get("trigger", {})
    at = trigger["span"][0] - event["span"][0] if "span" in trigger and "span" in event else -1
    words = trigger.get("words", "")
    if words and sentence[at:at + len(words)] == words:
        sentence = escape(sentence[:at]) + _marked(words, "event", "", event["event"]) + escape(sentence[at + len(words):])
    else:
        sentence = escape(sentence)
    voices = _names(event.get("according_to", ()))
    numbers = "; ".join(f"{one.get('words', '')} {one.get('counts', '')}".strip() for one in event.get("quantities", ()))
    source = " · ".join(part for part in (escape(event["event"]), escape(report.get("outlet", "")), escape(report.get("published", "")),
                                          _link(report.get("title", ""), report.get("uri"))) if part)
    return [escape(_days(event.get("date", {}))), escape(" ".join(filter(None, (event["type"], event.get("mode"))))), _names(event.get("actors", ())),
            _names(event.get("recipients", ())), _names([event["place"]] if "place" in event else ()), escape(numbers),
            sentence + (f"<br><small>according to {voices}</small>" if voices else "") + f"<br><small>{source}</small>"]


def of_timeline(events: list[dict[str, Any]]) -> str:
    heads = ("day", "type", "who", "to whom", "where", "how many", "words")
    rows = "".join("<tr>" + "".join(f'<td style="text-align:left;vertical-align:top">{cell}</td>' for cell in _cells(event)) + "</tr>"
                   for event in events[:_SHOWN_EVENTS])
    more = f"<p>and {len(events) - _SHOWN_EVENTS} more</p>" if len(events) > _SHOWN_EVENTS else ""
    return f'<table class="dateline"><thead><tr>{"".join(f"<th>{head}</th>" for head in heads)}</tr></thead><tbody>{rows}</tbody></table>{more}'
