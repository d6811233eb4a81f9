"""What several reports tell of one happening, from the command line: merged, side by side, exported, and taken up again."""
# SPDX-License-Identifier: Apache-2.0

import json

import pytest


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="module")
def told(output_of, demo_store):
    return lines(output_of("timeline", "--store", demo_store))


def test_a_happening_is_a_line_and_its_accounts_are_side_by_side(output_of, demo_store, told):
    bombing = max(told, key=lambda happening: happening["reports"])
    assert bombing["type"] == "ASSAULT" and bombing["date"]["begin"] == "2026-03-03" and bombing["sources"] > 2
    accounts = json.loads(output_of("accounts", bombing["happening"], "--store", demo_store))["accounts"]
    assert [account["event"] for account in accounts] == bombing["accounts"]
    assert len({account["source"] for account in accounts}) == bombing["sources"]
    for name in bombing["accounts"]:
        assert json.loads(output_of("accounts", name, "--store", demo_store))["happening"] == bombing["happening"]


def test_an_account_says_why_it_stands_with_the_others(output_of, demo_store, told):
    bombing = max(told, key=lambda one: one["reports"])
    accounts = {one["event"]: one for one in json.loads(output_of("accounts", bombing["happening"], "--store", demo_store))["accounts"]}
    alike = [(one, accounts[one["alike"]["event"]]) for one in accounts.values() if "alike" in one]
    assert len(alike) > len(accounts) / 2
    assert all(one["report"] != other["report"] for one, other in alike)
    assert all(0 < one["alike"]["chance"] <= 1 for one, _ in alike)


def test_background_is_left_out_unless_asked(output_of, demo_store, told):
    everything = lines(output_of("timeline", "--background", "--store", demo_store))
    assert all(happening["main"] for happening in told) and len(everything) > len(told)
    assert {h["happening"] for h in told} == {h["happening"] for h in everything if h["main"]}


def test_exports_hold_every_event_once(output_of, demo_store):
    happenings, clusters = (lines(output_of("export", what, "--store", demo_store)) for what in ("--happenings", "--clusters"))
    events = [(event["report"], event["event"]) for happening in happenings for event in happening["events"]]
    assert len(events) == len(set(events)) == len(lines(output_of("timeline", "--each", "--store", demo_store)))
    assert [h["happening"] for h in happenings] == [c["cluster"] for c in clusters]
    assert all({e["report"] for e in h["events"]} == set(c["reports"]) for h, c in zip(happenings, clusters))


@pytest.mark.parametrize("rule", ["latest-official", "conservative", "most-told"])
def test_the_best_number_lies_between_the_lowest_and_the_highest(output_of, demo_store, rule):
    tolls = [toll for happening in lines(output_of("timeline", "--tolls", rule, "--store", demo_store)) for toll in happening.get("tolls", [])]
    assert tolls and all(toll["low"] <= toll["best"] <= toll["high"] for toll in tolls)
    assert rule != "conservative" or all(toll["best"] == toll["low"] for toll in tolls)


TABLES = ("likenesses", "copies", "report_words_of_months", "tellings", "happenings", "profiles")
OF_ACTORS = ("persona_facts", "persona_members", "personas", "actors", "joined", "roles")


@pytest.mark.parametrize("before", [
    pytest.param("UPDATE profiles SET matcher = NULL", id="an ingest was stopped before it compared"),
    pytest.param("UPDATE profiles SET matcher = 'another'", id="another version compared otherwise"),
    pytest.param("UPDATE events SET main = NULL;" + ";".join(f"DELETE FROM {table}" for table in TABLES), id="the store is of before happenings"),
    pytest.param(";".join(f"DELETE FROM {table}" for table in OF_ACTORS), id="the store is of before actors"),
])
def test_what_was_not_compared_is_compared_later(dateline, output_of, demo_store, demo_copy, altered, before):
    copy = altered(demo_copy, before)
    assert b"actors in 22 reports" in dateline("match", "--store", copy).stderr
    for command in (["export", "--happenings"], ["timeline"], ["actors"]):
        assert output_of(*command, "--store", copy) == output_of(*command, "--store", demo_store)


@pytest.mark.parametrize("arguments, said", [
    (["accounts", "h000000000000"], "DL4010"), (["accounts"], "HAPPENING"), (["accounts", "r1.v1", "--format", "csv"], "table or jsonl"),
    (["export"], "--happenings"), (["timeline", "--tolls", "best"], "latest-official"),
])
def test_mistakes_are_one_line(dateline, demo_store, arguments, said):
    done = dateline(*arguments, "--store", demo_store)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and said in done.stderr.decode(), done.stderr
