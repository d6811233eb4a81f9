"""What a chronicle is asked from the command line: filters, together and by themselves, and what cannot be asked."""
# SPDX-License-Identifier: Apache-2.0

import json

import pytest


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="module")
def events(output_of, demo_store):
    return lines(output_of("timeline", "--each", "--store", demo_store))


def names(parties):
    return " ".join(party["name"].lower() for party in parties or [])


@pytest.mark.parametrize("options, fits", [
    (("--mode", "arrest"), lambda e: e.get("mode") == "arrest"),
    (("--mode", "arrest", "--mode", "explosives"), lambda e: e.get("mode") in ("arrest", "explosives")),
    (("--confidence", "0.8"), lambda e: e.get("confidence", 0) >= 0.8),
    (("--country", "usa"), lambda e: e.get("place", {}).get("country") == "USA"),
], ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_a_filter_gives_what_fits_and_all_of_it(output_of, demo_store, events, options, fits):
    given = lines(output_of("timeline", "--each", *options, "--store", demo_store))
    assert [e["event"] for e in given] == [e["event"] for e in events if fits(e)]


def test_states_are_those_that_are_printed(output_of, demo_copy):
    for correction in (("r13.v1", "--confirm"), ("r14.v11", "dead=14"), ("r1.v2", "--split"), ("r18", "--add", "--words", "has fought", "type=ASSAULT")):
        output_of("correct", *correction, "--who", "Ada", "--store", demo_copy)
    found = set()
    for listed, name in ((("timeline", "--background"), "happening"), (("timeline", "--each"), "event")):
        rows = lines(output_of(*listed, "--store", demo_copy))
        for state in ("machine-read", "machine-merged", "person-confirmed", "person-corrected", "person-added"):
            given = lines(output_of(*listed, "--state", state, "--store", demo_copy))
            assert [row[name] for row in given] == [row[name] for row in rows if row["state"] == state], (listed, state)
            found |= {state} if given else set()
    assert len(found) == 5
    people = ("--state", "person-corrected", "--state", "person-added")
    given = lines(output_of("timeline", *people, "--store", demo_copy))
    assert {row["state"] for row in given} == {"person-corrected", "person-added"}
    counted = lines(output_of("count", "--by", "type", *people, "--store", demo_copy))
    assert sum(row["happenings"] for row in counted) == len(given)
    assert {hit["report"]["handle"] for hit in lines(output_of("search", "fought", "--state", "person-added", "--store", demo_copy))} == {"r18"}
    rows = output_of("export", "--format", "csv", *people, "--store", demo_copy).splitlines()
    assert len(rows) > len(given)


def test_an_actor_by_role(output_of, demo_store):
    by, against, any_part = ([e["event"] for e in lines(output_of("timeline", "--each", "--actor", "army", *role, "--store", demo_store))]
                             for role in (("--role", "by"), ("--role", "against"), ()))
    assert by and against and set(by) | set(against) == set(any_part) and set(by) != set(against)


def test_words_of_the_report(output_of, demo_store):
    found = {hit["report"]["handle"] for hit in lines(output_of("search", "ceasefire", "--store", demo_store))}
    told = {event["event"].split(".")[0] for event in lines(output_of("timeline", "--each", "--text", "ceasefire", "--store", demo_store))}
    assert told and told <= found


@pytest.mark.parametrize("options, said", [
    (("--box", "1,2,3"), "DL4020"),
    (("--box", "0,20,10,10"), "south"),
    (("--near", "Nowhere at all"), "DL4021"),
    (("--near", "0,0", "--within", "0"), "above 0"),
    (("--within", "10"), "near what"),
    (("--mode", "explosivs"), "did you mean explosives?"),
    (("--type", "ASSALT"), "did you mean ASSAULT?"),
    (("--role", "by"), "DL4024"),
    (("--actor", "army", "--role", "with"), "DL4024"),
    (("--confidence", "high"), "DL4023"),
    (("--state", "person-confirmd"), "did you mean person-confirmed?"),
    (("--since", "2026-04", "--until", "2026-03"), "DL4013"),
], ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_what_cannot_be_asked_is_said_in_a_line(dateline, demo_store, options, said):
    for command in (("timeline",), ("timeline", "--each"), ("search", "army")):
        done = dateline(*command, *options, "--store", demo_store, "--format", "jsonl")
        assert done.returncode == 2 and done.stdout == b"", done
        assert said in done.stderr.decode() and done.stderr.count(b"\n") == 1


def test_counts_are_those_of_the_timeline(output_of, demo_store):
    happenings = lines(output_of("timeline", "--type", "ASSAULT", "--store", demo_store))
    months = lines(output_of("count", "--by", "month", "--type", "ASSAULT", "--store", demo_store))
    assert sum(row["happenings"] for row in months) == len(happenings)
    assert [row["month"] for row in months] == sorted(row["month"] for row in months)
    types = lines(output_of("count", "--by", "type", "--store", demo_store))
    assert lines(output_of("count", "--by", "type", "--limit", "2", "--store", demo_store)) == types[:2]
    both = output_of("count", "--by", "month,source", "--type", "ASSAULT", "--format", "csv", "--store", demo_store)
    assert both.startswith("month,source,happenings\r\n20")


@pytest.mark.parametrize("by", ["moon", "month,month", "year,type,place"])
def test_what_is_not_counted_is_said(dateline, demo_store, by):
    done = dateline("count", "--by", by, "--store", demo_store)
    assert done.returncode == 2 and b"DL4025" in done.stderr and done.stderr.count(b"\n") == 1


def test_the_feed_of_changes_is_all_and_then_nothing(dateline, output_of, demo_store):
    feed = lines(output_of("changes", "--store", demo_store))
    assert {line["happening"] for line in feed} == {h["happening"] for h in lines(output_of("timeline", "--background", "--store", demo_store))}
    assert all(line["change"] == "added" for line in feed)
    assert output_of("changes", "--since", feed[-1]["cursor"], "--store", demo_store) == ""
    half = lines(output_of("changes", "--since", feed[len(feed) // 2]["cursor"], "--store", demo_store))
    assert half == feed[len(feed) // 2 + 1:]
    done = dateline("changes", "--since", "0badcafe.1", "--store", demo_store)
    assert done.returncode == 2 and b"DL4026" in done.stderr
