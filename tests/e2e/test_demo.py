"""The demo from files to timeline: what must be exact is exact, and of each kind of fact the engine finds no less than before."""
# SPDX-License-Identifier: Apache-2.0

import json

import pytest

from score import FLOORS, happenings_of, homes_of, records_of, score, table
from truth import REPORTS, file_of, fold, load

TRUTH = load()
FILES = [report["file"] for report in TRUTH["reports"]]


@pytest.fixture(scope="module")
def records(output_of, demo_store):
    return records_of(lambda name: json.loads(output_of("show", name, "--store", demo_store)), TRUTH)


@pytest.fixture(scope="module")
def timeline(output_of, demo_store):
    return [json.loads(line) for line in output_of("timeline", "--each", "--store", demo_store).splitlines()]


@pytest.mark.parametrize("report", TRUTH["reports"], ids=FILES)
def test_title_and_date(records, report):
    record = records[report["file"]]
    assert fold(record.get("title", "")) == fold(report["title"])
    assert record["published"]["value"][:10] == report["published"]


@pytest.mark.parametrize("report", [r for r in TRUTH["reports"] if r["file"].endswith(".html")], ids=lambda r: r["file"])
def test_outlet_of_a_page(records, report):
    publisher = records[report["file"]]["source"].get("publisher")
    assert publisher == report["outlet"]


def test_every_report_is_in_and_none_was_rejected(output_of, demo_store, records):
    assert set(records) == set(FILES)
    assert output_of("show", "--rejected", "--store", demo_store) == ""


def test_every_event_stands_with_its_report_and_words(timeline, records):
    assert timeline
    for event in timeline:
        record = records[file_of(event["report"]).split("reports/", 1)[1]]
        assert event["report"]["title"] == record["title"]
        assert fold(event["words"]) in fold(record["text"])


def test_events_within_what_is_said_name_it_and_rest_on_no_other_word(records):
    voices = set()
    for file, record in records.items():
        contents = {a["id"]: a["content"]["spans"] for a in record["attributions"]}
        for event in record["events"]:
            begin, end = event["trigger"]
            around = {a for a, spans in contents.items() if any(b <= begin and end <= e for b, e in spans)}
            within, voice = set(event.get("within", [])), set(event.get("according_to", []))
            assert within <= around and bool(within) == bool(around), (file, record["text"][begin - 40 : end + 40])
            assert voice <= within
            voices.add(bool(voice))
    assert voices == {True, False}


def test_events_stand_in_the_order_of_their_dates(timeline):
    days = [(event.get("date") or {}).get("begin") or event["report"]["published"][:10] for event in timeline]
    assert days == sorted(days)


def test_a_second_ingest_changes_nothing(output_of, demo_store, timeline, records):
    output_of("ingest", "demo/reports", "--store", demo_store)
    again = [json.loads(line) for line in output_of("timeline", "--each", "--store", demo_store).splitlines()]
    assert again == timeline


def test_the_number_of_threads_changes_nothing(output_of, models, tmp_path):
    timelines = set()
    for threads in (1, 4):
        store = tmp_path / f"{threads}.db"
        output_of("ingest", "demo/reports", "--store", store, "--threads", threads)
        timelines.add(output_of("timeline", "--store", store))
    assert len(timelines) == 1


def test_each_kind_of_fact_is_found_as_often_as_before(output_of, demo_store, records, timeline):
    shares, _ = score(TRUTH, records, timeline, happenings_of(output_of, demo_store), homes_of(demo_store, TRUTH))
    print(table(shares))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert set(floors) == set(shares)
    assert {kind: passed for kind, (passed, _) in shares.items() if passed < floors[kind]} == {}, table(shares)
