"""What a careful reader finds in the demo's reports (demo/truth.json), and how a record is checked against it.

A fact points at its words by a stretch of the report with the words themselves in brackets: "killed and [17] wounded".
White space in the stretch matches any white space of the report, and curly quotes, dashes and no-break spaces match
their plain forms, so one truth serves the page, the plain text and the record. docs: demo/README.md.

Every check is a Check(kind, label, holds); `kind` groups the shares that the test reports.
"""

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"
REPORTS = DEMO / "reports"
PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u00a0", "''\"\"-- ")


@dataclass
class Check:
    kind: str
    label: str
    holds: bool


def load():
    return json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))


def file_of(report):
    """Where a report of the timeline lies."""
    return report.get("file", report.get("uri", ""))


def locate(text, at):
    """The [begin, end) of the bracketed words of `at` in `text` (all of `at` where it has no brackets), or None."""
    if "[" not in at:
        at = "[" + at + "]"
    pattern = "".join("(" if c == "[" else ")" if c == "]" else r"\s+" if c.isspace() else re.escape(c)
                      for c in re.sub(r"\s+", " ", at.translate(PLAIN)))
    found = re.search(pattern, text.translate(PLAIN))
    return found.span(1) if found else None


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


def fold(name):
    return re.sub(r"\s+", " ", name.translate(PLAIN).casefold()).strip(" .,")


def among(expected, value):
    return value in expected if isinstance(expected, list) else value == expected


class _Words(HTMLParser):
    """All words of a page outside scripts and styles, with a line break between elements."""

    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style")
        if tag not in ("a", "span", "b", "i", "font"):
            self.parts.append("\n")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def words_of(path):
    """All words of a report file, page furniture included: what the truth must be able to point into."""
    data = path.read_bytes()
    if path.suffix != ".html":
        return data.decode("utf-8")
    words = _Words()
    words.feed(data.decode("windows-1252" if b"charset=windows-1252" in data else "utf-8"))
    return "".join(words.parts)


class Reading:
    """A record, asked the way the truth asks."""

    def __init__(self, record):
        self.record, self.text = record, record["text"]
        self.entities = {e["id"]: e for e in record.get("entities", [])}
        self.attributions = {a["id"]: a for a in record.get("attributions", [])}

    def words(self, spans):
        return fold(" ".join(self.text[begin:end] for begin, end in spans))

    def names(self, entity):
        named = [entity.get("name") or "", *(a["name"] for a in entity.get("aliases", []))]
        named += [self.text[slice(*m["span"])] for m in entity.get("mentions", []) if m.get("form") == "name"]
        return {fold(n) for n in named}

    def called(self, entity_id, name):
        return entity_id in self.entities and any(fold(name) in n for n in self.names(self.entities[entity_id]))

    def takes_part(self, participants, name):
        return any(self.called(p.get("entity"), name) or fold(name) in self.words([p["span"]]) for p in participants or [])

    def is_source(self, source, name):
        return self.called(source.get("entity"), name) or fold(name) in self.words(source.get("spans") or [])

    def sentence(self, span):
        return next((s for s in self.record.get("sentences", []) if overlaps(s, span)), span)

    def value(self, quantity_id):
        return next((q.get("value") for q in self.record.get("quantities", []) if q["id"] == quantity_id), None)


def checks(report, record):
    """Every check of one report of the truth against its record."""
    reading = Reading(record)
    text = reading.text

    def at(fact):
        return locate(text, fact["at"])

    def check(kind, label, holds):
        return Check(kind, f"{report['file']}: {label}", bool(holds))

    for words in report.get("furniture", []):
        span = locate(text, words)
        aside = [s["span"] for s in record.get("sections", []) if s["kind"] == "boilerplate"]
        yield check("furniture", f"{words!r} stays outside the article",
                    span is None or any(b <= span[0] and span[1] <= e for b, e in aside))
    for section in report.get("sections", []):
        span = locate(text, section["text"])
        yield check("section", f"{section['text']!r} is {section['kind']}", span and any(
            overlaps(s["span"], span) and s["kind"] in section["kind"] for s in record.get("sections", [])))
    if "authors" in report:
        yield check("author", f"by {report['authors']}", record.get("authors") == report["authors"])
    if "modified" in report:
        yield check("modified", f"modified {report['modified']}", record.get("modified", "")[:10] == report["modified"])
    for fact in report.get("times", []):
        span = at(fact)
        yield check("time", f"{fact['at']} is {fact['is']}", span and any(
            overlaps(t["span"], span) and among(fact["is"], t.get("value")) for t in record.get("times", [])))
    for fact in report.get("counts", []):
        span = at(fact)
        found = [q for q in record.get("quantities", []) if span and overlaps(q["span"], span)]
        yield check("count", f"{fact['at']} is {fact['is']}", any(
            q.get("value") == fact["is"] and fact.get("qualifier", q.get("qualifier")) == q.get("qualifier") for q in found))
        if "of" in fact:
            yield check("count_of", f"{fact['at']} counts {fact['of']}", any(q.get("counts") == fact["of"] for q in found))
    for fact in report.get("names", []):
        own = [e for e in record.get("entities", []) if fold(fact["name"]) in reading.names(e)]
        yield check("name", f"{fact['name']} is {fact['kind']}", any(e["kind"] in fact["kind"] for e in own))
        if "also" in fact:
            yield check("alias", f"{fact['name']} is {fact['also']}",
                        any(all(fold(n) in reading.names(e) for n in fact["also"]) for e in own))
        if "role" in fact:
            yield check("role", f"{fact['name']} is {fact['role']}",
                        any(fact["role"] in r["role"].casefold() for e in own for r in e.get("roles", [])))
    for fact in report.get("places", []):
        span = at(fact)
        yield check("place", f"{fact['at']} is in {fact['country']}", span and any(
            overlaps(p["span"], span) and p.get("country") == fact["country"] for p in record.get("places", [])))
        if "lat" in fact:
            yield check("pin", f"{fact['at']} lies near {fact['lat']}, {fact['lon']}", span and any(
                overlaps(p["span"], span) and near(fact, p) for p in record.get("places", [])))
    for fact in report.get("quotes", []):
        said = [a for a in reading.attributions.values() if covers(a, locate(text, fact["words"]))]
        kind = "indirect_quote" if fact.get("form") == "indirect" else "quote"
        yield check(kind, f"{fact['words']!r}", said)
        yield check(kind + "_by", f"{fact['words']!r} by {fact['by']}",
                    any(reading.is_source(a.get("source") or {}, fact["by"]) for a in said))
    for fact in report.get("events", []):
        yield from event_checks(fact, reading, at(fact), check)
    for fact in report.get("quiet", []):
        span = locate(text, fact)
        yield check("no_event", fact, not any(overlaps(e["trigger"], span) and e.get("status") == "actual"
                                              and e.get("polarity") != "negated" for e in record.get("events", [])))
    for fact in report.get("gaps", []):
        span = at(fact)
        yield check("gap", f"{fact['at']} is {fact['kind']}", span and any(
            g["kind"] == fact["kind"] and any(overlaps(s, reading.sentence(span)) for s in g["spans"])
            for g in record.get("gaps", [])))


def event_checks(fact, reading, span, check):
    """The event itself, then each of its parts: a part counts only on an event of the right type in that sentence."""
    found = [e for e in reading.record.get("events", [])
             if span and overlaps(e["trigger"], reading.sentence(span)) and e["type"] in fact["type"]]
    yield check("event", f"{fact['at']} is {fact['type']}", found)
    if "date" in fact:
        yield check("event_date", f"{fact['at']} on {fact['date']}", any(
            all((e.get("date") or {}).get(key, "").startswith(fact["date"]) for key in ("begin", "end")) for e in found))
    if "actor" in fact:
        yield check("event_actor", f"{fact['at']} by {fact['actor']}",
                    any(reading.takes_part(e.get("actors"), fact["actor"]) for e in found))
    if "recipient" in fact:
        yield check("event_recipient", f"{fact['at']} to {fact['recipient']}",
                    any(reading.takes_part(e.get("recipients"), fact["recipient"]) for e in found))
    if "count" in fact:
        yield check("event_count", f"{fact['at']} of {fact['count']}",
                    any(reading.value(q) == fact["count"] for e in found for q in e.get("quantities", [])))
    if "says" in fact:
        yield check("event_says", f"{fact['at']} according to {fact['says']}", any(
            reading.is_source(reading.attributions[a].get("source") or {}, fact["says"])
            for e in found for a in e.get("according_to", [])))
    else:
        here = [e for e in found if overlaps(e["trigger"], span)]
        yield check("event_own_voice", f"{fact['at']} is the reporter's own account",
                    here and not any(e.get("according_to") for e in here))


def covers(attribution, span):
    """Whether what is attributed holds most of the span and, in the parts that touch it, little else."""
    if span is None:
        return False
    parts = (attribution.get("content") or {}).get("spans", [])
    said = {i for b, e in parts if overlaps((b, e), span) for i in range(b, e)}
    shared = len(said & set(range(*span)))
    return shared >= 0.8 * (span[1] - span[0]) and shared >= 0.5 * len(said)


def near(fact, place):
    """Whether a place's pin is within fact['km'] of the fact's; a country or region without a pin is not wrong."""
    from math import asin, cos, radians, sin, sqrt
    if place.get("lat") is None:
        return place.get("precision") in ("country", "region")
    a, b, c, d = map(radians, (fact["lat"], fact["lon"], place["lat"], place["lon"]))
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 12742 * asin(min(1, sqrt(h))) <= fact["km"]


def told(report, truth, record, timeline):
    """Whether the timeline tells each happening of the report under its date, in the words of its sentence (as far as it is of one section)."""
    dates = {happening["id"]: happening["date"] for happening in truth["happenings"]}
    reading = Reading(record)
    own = [e for e in timeline if file_of(e["report"]).endswith(report["file"])]
    for fact in report.get("events", []):
        if "happening" not in fact:
            continue
        span = locate(record["text"], fact["at"])
        sentence = record["text"][slice(*reading.sentence(span))] if span else None
        yield Check("timeline", f"{report['file']}: {fact['at']} stands under {dates[fact['happening']]}", any(
            e["type"] in fact["type"] and (e.get("date") or {}).get("begin") == dates[fact["happening"]]
            and sentence and fold(record["text"][slice(*span)]) in fold(e["words"])
            and fold(e["words"]) in fold(sentence) for e in own))


SAYS = {"who did it": "actors"}  # What a disagreement is about, as the chronicle calls it.


def chronicled(truth, records, happenings):
    """Whether the chronicle finds copies, happenings that several reports tell, disagreements and corrections. `happenings` have their accounts."""
    home, files = {}, [report["file"] for report in truth["reports"]]  # Of each mention of an event its happening.

    def file_in(account):
        return next(file for file in files if file_of(account["report"]).endswith(file))

    told = {}  # Of each happening: the happenings of the chronicle that its mentions lie in, by file.
    for happening in happenings:
        for account in happening["accounts"]:
            for mention in account["mentions"]:
                home[file_in(account), mention.split(".")[1]] = happening
    for report in truth["reports"]:
        record = records[report["file"]]
        for fact in report.get("events", []):
            span = locate(record["text"], fact["at"]) if "happening" in fact else None
            found = [home[report["file"], e["id"]] for e in record["events"]
                     if span and overlaps(e["trigger"], span) and e["type"] in fact["type"] and (report["file"], e["id"]) in home]
            if found:
                told.setdefault(fact["happening"], {}).setdefault(report["file"], found[0])
    for copy in truth["copies"]:
        yield Check("copy", f"{copy['in']} is a copy of {copy['of']}", any(
            account.get("copied") and file_in(account) == copy["in"] and any(
                other["source"] == account["source"] and file_in(other) == copy["of"] for other in happening["accounts"])
            for happening in happenings for account in happening["accounts"]))
    for name, by_file in told.items():
        ids = [happening["happening"] for happening in by_file.values()]
        most = max(ids, key=ids.count)
        if len(ids) > 1:
            for file, happening in by_file.items():
                yield Check("merged", f"{file}: {name} is one with that of other reports", happening["happening"] == most)
    names = sorted(told)
    for n, one in enumerate(names):
        for other in names[n + 1:]:
            both = {h["happening"] for h in told[one].values()} & {h["happening"] for h in told[other].values()}
            yield Check("apart", f"{one} and {other} stay two", not both)
    for dispute in truth["disagreements"]:
        about = SAYS.get(dispute["what"], dispute["what"])
        yield Check("disagreement", f"{dispute['about']}: {dispute['what']}", any(
            about in happening.get("disputed", []) for happening in told.get(dispute["about"], {}).values()))
    for correction in truth["corrections"]:
        outlet = correction["file"].split("/")[0]
        yield Check("correction", f"{correction['file']}: {correction['was']} is {correction['is']}", any(
            account.get("superseded") and file_in(account).startswith(outlet) and correction["was"] in
            [f"{q.get('value', '')}" for q in account.get("quantities", [])] for happening in happenings for account in happening["accounts"]))


def joined(truth, records, homes):
    """Whether entities of several reports are one actor, and nobody else's. `homes` has the actor of each, by file and entity."""
    by_actor = {}  # Of each actor of the truth: the actors of the chronicle that its entities are, by file.
    for names in truth["actors"]:
        called = {fold(name) for name in names}
        for file, record in records.items():
            reading = Reading(record)
            for entity in record["entities"]:
                if called & reading.names(entity):
                    by_actor.setdefault(names[0], {}).setdefault(file, homes.get((file, entity["id"])))
    most = {name: max(homes.values(), key=list(homes.values()).count) for name, homes in by_actor.items()}
    for name, by_file in by_actor.items():
        if len(by_file) > 1:
            for file, home in by_file.items():
                yield Check("actor", f"{file}: {name} is one with that of other reports", home is not None and home == most[name])
        others = {home for other, files in by_actor.items() if other != name for home in files.values()}
        yield Check("actor_apart", f"{name} is nobody else", most[name] not in others - {None})
