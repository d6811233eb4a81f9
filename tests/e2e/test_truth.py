"""The truth about the demo agrees with the demo's own files. Needs no engine."""

import pytest

from truth import REPORTS, load, locate, words_of

TRUTH = load()
BY_FILE = {r["file"]: r for r in TRUTH["reports"]}


def stretches(report):
    for kind in ("times", "counts", "places", "events", "gaps"):
        yield from (fact["at"] for fact in report.get(kind, []))
    yield from (fact["words"] for fact in report.get("quotes", []))
    yield from (section["text"] for section in report.get("sections", []))
    for name in report.get("names", []):
        yield from [name["name"], *name.get("also", [])]
    yield from [report["title"], *report.get("authors", []), *report.get("furniture", []), *report.get("quiet", [])]


def test_every_file_has_its_truth():
    files = {p.relative_to(REPORTS).as_posix() for p in REPORTS.rglob("*.*")}
    assert files == set(BY_FILE)
    assert len(files) >= 16 and sum(f.endswith(".html") for f in files) >= 8


@pytest.mark.parametrize("file", BY_FILE)
def test_every_fact_points_at_words_of_its_report(file):
    words = words_of(REPORTS / file)
    assert [s for s in stretches(BY_FILE[file]) if locate(words, s) is None] == []


def test_happenings_copies_and_disagreements_name_what_exists():
    happenings = {h["id"]: h for h in TRUTH["happenings"]}
    told = {e["happening"] for r in TRUTH["reports"] for e in r.get("events", []) if "happening" in e}
    assert told == set(happenings)
    for event in (e for r in TRUTH["reports"] for e in r.get("events", []) if "happening" in e and "date" in e):
        assert event["date"] == happenings[event["happening"]]["date"], event["at"]
    files = [v["file"] for d in TRUTH["disagreements"] for v in d["versions"]]
    files += [c[k] for c in TRUTH["copies"] for k in ("of", "in")] + [c["file"] for c in TRUTH["corrections"]]
    assert set(files) <= set(BY_FILE)
    assert {d["about"] for d in TRUTH["disagreements"]} <= set(happenings)
