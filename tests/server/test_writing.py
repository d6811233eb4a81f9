"""What is posted to `dateline serve`: corrections with the token alone, reports to read, and nothing by anybody else."""
# SPDX-License-Identifier: Apache-2.0

import json
import sqlite3
import subprocess
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import pytest

from serving import ask, post, serving

TEXT = b"Gunmen killed five soldiers in Kolvar on Monday, the army said."


@pytest.fixture
def served(binary, demo_copy):
    with serving(binary, demo_copy) as served:
        yield served


@pytest.fixture(scope="module")
def reading(binary, demo_store):
    with serving(binary, demo_store) as served:
        yield served


def get(served, path, **headers):
    status, _, body = ask(served.rstrip("/") + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return status, json.loads(body)


def change(event, **values):
    return {"act": "change", "name": event, "who": "Ada", "values": [{"field": f, "value": v} for f, v in values.items()]}


def test_a_correction_is_made_seen_logged_and_taken_back(output_of, demo_copy, served):
    assert get(served, "/api/health")[1]["writes"] is True
    before = get(served, "/api/events/r13.v1")[1]
    status, made = post(served, "/api/corrections", change("r13.v1", dead="12", day="2026-03-02") | {"why": "a test"})
    assert (status, made["act"], made["who"], made["why"]) == (201, "change", "Ada", "a test")
    after = get(served, "/api/events/r13.v1")[1]
    assert after["state"] == "person-corrected" and after["date"]["begin"] == "2026-03-02"
    assert before != after
    log = get(served, "/api/corrections")[1]
    assert log["corrections"] == [made] and not log["more"]
    assert [json.loads(line) for line in output_of("correct", "--list", "--store", demo_copy).splitlines()] == [made]
    assert post(served, "/api/corrections", {"act": "undo", "correction": made["correction"], "who": "Ada"})[0] == 201
    assert get(served, "/api/events/r13.v1")[1] == before
    assert len(get(served, "/api/corrections?name=r13.v1")[1]["corrections"]) == 2
    pages = get(served, "/api/corrections?limit=1")[1]
    assert pages["more"] and get(served, f"/api/corrections?after={pages['next']}")[1]["corrections"][0]["act"] == "undo"


def test_the_other_acts(served):
    happenings = get(served, "/api/happenings")[1]["happenings"]
    told = next(one for one in happenings if one["sources"] > 1)
    alone = next(one for one in happenings if one["reports"] == 1)
    accounts = get(served, f"/api/accounts/{told['happening']}")[1]["accounts"]
    one, other = accounts[0]["event"], accounts[1]["event"]
    for posted in ({"act": "confirm", "name": one}, {"act": "split", "name": other}, {"act": "merge", "name": one, "with": other},
                   {"act": "reject", "name": alone["happening"]},
                   {"act": "add", "name": "r18", "words": "has fought", "values": [{"field": "type", "value": "ASSAULT"}]}):
        status, made = post(served, "/api/corrections", posted | {"who": "Ada"})
        assert status == 201, made
    assert get(served, "/api/events/r18.c5")[1]["state"] == "person-added"
    merged = get(served, f"/api/accounts/{one}")[1]["accounts"]
    assert any(other in account["mentions"] for account in merged)


@pytest.mark.parametrize("posted, status, code", [
    ({"act": "change", "name": "r99.v1", "who": "Ada", "values": [{"field": "day", "value": "2026"}]}, 404, "DL4010"),
    (change("r13.v1", day="2026-13-40"), 400, "DL4013"), (change("r13.v1", colour="red"), 400, "DL4030"),
    (change("r13.v1", day="2026-03-02") | {"who": ""}, 400, "DL4030"),
    (change("r13.v1", day="2026-03-02") | {"words": "no such words"}, 400, "DL4031"),
    ({"act": "merge", "name": "r13.v1", "with": "r13.v1", "who": "Ada"}, 409, "DL4033"),
    ({"act": "undo", "correction": 77, "who": "Ada"}, 404, "DL4034"),
    ({"act": "undo", "correction": 0, "who": "Ada"}, 400, "DL6014"),
    ({"act": "undo", "who": "Ada"}, 400, "DL6014"),
    ({"act": "confirm", "correction": 1, "name": "r13.v1", "who": "Ada"}, 400, "DL6014"),
    ({"act": "erase", "name": "r13.v1", "who": "Ada"}, 400, "DL6014"),
    ({"name": "r13.v1", "who": "Ada"}, 400, "DL6014"),
    ({"act": "confirm", "name": 13, "who": "Ada"}, 400, "DL6014"),
    ({"act": "confirm", "name": "r13.v1", "who": "Ada", "also": 1}, 400, "DL6014"),
    (change("r13.v1") | {"values": {"day": "2026"}}, 400, "DL6014"),
    (change("r13.v1") | {"values": [{"field": "day"}]}, 400, "DL6014"),
    (change("r13.v1", day="2026") | {"span": [-1, 4]}, 400, "DL6014"),
    (change("r13.v1", day="2026") | {"span": [1]}, 400, "DL6014"),
    ([], 400, "DL6014"), (None, 400, "DL6014"), (b"", 400, "DL6014"), (b"{", 400, "DL6014"), (b"\xff\xfe", 400, "DL6014"),
    (b"[" * 60_000, 400, "DL6014"), (b'{"act":' * 8000, 400, "DL6014"), (b"{}" + b" " * 70_000, 413, "DL6012")])
def test_what_is_no_correction_is_refused_and_changes_nothing(reading, posted, status, code):
    answered, problem = post(reading, "/api/corrections", posted)
    assert (answered, problem["status"], problem["code"]) == (status, status, code), problem
    assert get(reading, "/api/corrections")[1]["corrections"] == []


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "é"])
def test_nobody_writes_without_the_token(reading, token):
    status, problem = post(reading, "/api/corrections", change("r13.v1", day="2026"), token=token.encode().decode("latin-1"))
    assert (status, problem["code"]) == (401, "DL6011")


def test_how_the_token_is_given(reading):
    url = reading + "api/corrections"
    body = json.dumps({"act": "confirm", "name": "r99.v9", "who": "Ada"}).encode()
    for given, status in ((f"Bearer {reading.token}", 404), (f"bearer {reading.token}", 404), (reading.token, 401),
                          (f"Basic {reading.token}", 401), (f"Bearer {reading.token} ", 404), (f"Bearer {reading.token}x", 401)):
        got, headers, _ = ask(url, "POST", {"Authorization": given, "Content-Type": "application/json"}, body)
        assert got == status, given
        assert headers["WWW-Authenticate"] == ("Bearer" if status == 401 else None)


def test_no_page_of_another_origin_sends_anything(reading):
    correction = {"act": "confirm", "name": "r99.v9", "who": "Ada"}
    own = reading.rstrip("/")
    for origin, status in (("https://evil.example", 403), ("null", 403), (own + "0", 403), (own, 404)):
        assert post(reading, "/api/corrections", correction, Origin=origin)[0] == status, origin
        assert ask(reading + "api/read", "POST", {"Origin": origin, "Content-Type": "text/plain"}, b"")[0] == (403 if status == 403 else 422)
    for path in ("/api/corrections", "/api/health"):
        _, headers, _ = ask(own + path, headers={"Origin": "https://evil.example"})
        assert not any(name.lower().startswith("access-control") for name in headers)
    assert ask(own + "/api/corrections", "OPTIONS", {"Origin": own})[0] == 405


def test_a_correction_is_json(reading):
    for kind, status in (("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("application/json; charset=utf-8", 404)):
        assert post(reading, "/api/corrections", {"act": "confirm", "name": "r99.v9", "who": "Ada"}, Content_Type=kind)[0] == status


def test_read_only_writes_nothing_and_asks_for_no_token(binary, demo_copy):
    with serving(binary, demo_copy, "--read-only") as served:
        for given in ("", "0" * 64):
            status, problem = post(served, "/api/corrections", change("r13.v1", day="2026"), token=given)
            assert (status, problem["code"]) == (403, "DL6005")
        assert get(served, "/api/corrections")[0] == 200
        assert get(served, "/api/health")[1]["writes"] is False


def test_a_token_of_ones_own(binary, dateline, demo_copy, tmp_path):
    file = tmp_path / "token"
    file.write_text("0123456789abcdef\n")
    with serving(binary, demo_copy, "--token-file", file) as served:
        assert post(served, "/api/corrections", {"act": "confirm", "name": "r13.v1", "who": "Ada"}, token="0123456789abcdef")[0] == 201
    for text in ("short\n", "", "0123456789 abcdef\n", "0123456789abcdefé\n"):
        file.write_text(text)
        refused = dateline("serve", "--store", demo_copy, "--port", 0, "--token-file", file, timeout=60)
        assert (refused.returncode, refused.stderr.count(b"\n")) == (2, 1) and b"token" in refused.stderr
    refused = dateline("serve", "--store", demo_copy, "--port", 0, "--token-file", tmp_path / "none", timeout=60)
    assert refused.returncode == 2


def test_beyond_loopback_reading_needs_the_token_too(binary, demo_copy):
    with serving(binary, demo_copy, "--host", "0.0.0.0") as served:
        own = "http://127.0.0.1:" + served.rstrip("/").rpartition(":")[2]
        for path in ("/api/timeline", "/api/reports/r1", "/api/pages/r1", "/api/export?format=csv", "/api/corrections", "/metrics"):
            assert ask(own + path)[0] == 401, path
            assert ask(own + path, headers={"Authorization": f"Bearer {served.token}"})[0] in (200, 404), path
        assert ask(own + "/api/read", "POST", {"Content-Type": "text/plain"}, TEXT)[0] == 401
        for path in ("/", "/page.js", "/api/openapi.json", "/healthz"):
            assert ask(own + path)[0] == 200, path


def test_a_busy_store_is_said_and_holds_up_nobody(demo_copy, served):
    holding = sqlite3.connect(demo_copy, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(post, served, "/api/corrections", {"act": "confirm", "name": "r13.v1", "who": "Ada"}) for _ in range(2)]
        begun = time.monotonic()
        assert get(served, "/api/timeline?limit=3")[0] == 200
        assert time.monotonic() - begun < 2
        for one in waiting:
            status, problem = one.result()
            assert (status, problem["code"]) == (503, "DL4006"), problem
    holding.execute("ROLLBACK")
    holding.close()
    assert post(served, "/api/corrections", {"act": "confirm", "name": "r13.v1", "who": "Ada"})[0] == 201


def test_many_correct_at_once_and_none_is_lost(served):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: post(served, "/api/corrections", change("r13.v1", dead=str(n)) | {"why": str(n)}), range(1, 9)))
    assert {status for status, _ in made} == {201}
    log = get(served, "/api/corrections")[1]["corrections"]
    assert sorted(one["why"] for one in log) == sorted(map(str, range(1, 9)))


@pytest.mark.parametrize("kind, body", [
    ("text/plain", TEXT), ("text/html", b"<html><head><title>A title</title></head><body><p>" + TEXT + b"</p></body></html>"),
    ("text/html; charset=utf-16", ("<p>" + TEXT.decode() + "</p>").encode("utf-16"))])
def test_a_posted_report_is_read_and_not_kept(dateline, models, demo_copy, served, kind, body, tmp_path):
    before = get(served, "/api/health")[1]
    query = urllib.parse.urlencode({"date": "2026-03-10", "uri": "https://post.example/1"})
    status, headers, answer = ask(f"{served}api/read?{query}", "POST", {"Content-Type": kind}, body)
    record = json.loads(answer)
    assert (status, headers["Content-Type"]) == (200, "application/json"), record
    assert record["schema"] == "dateline/1" and record["published"]["value"].startswith("2026-03-10")
    assert any(event["type"] == "ASSAULT" for event in record["events"])
    assert record["source"]["uri"] == "https://post.example/1"
    assert get(served, "/api/health")[1] == before


def test_what_is_no_report_to_read_is_refused(models, reading):
    for kind, body, status, code in (("application/pdf", TEXT, 415, "DL6013"), ("", TEXT, 415, "DL6013"),
                                     ("text/plain", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, 422, "DL1002"),
                                     ("text/plain", b"a" * (2 << 20) + b"a", 413, "DL6012")):
        got, _, answer = ask(reading + "api/read", "POST", {"Content-Type": kind}, body)
        assert (got, json.loads(answer)["code"]) == (status, code), answer
    assert ask(reading + "api/read?limit=3", "POST", {"Content-Type": "text/plain"}, TEXT)[0] == 400


def test_reading_holds_up_nobody(models, reading):
    long = (TEXT + b"\n\n") * 20
    with ThreadPoolExecutor(48) as pool:
        posted = [pool.submit(ask, reading + "api/read", "POST", {"Content-Type": "text/plain"}, long) for _ in range(48)]
        begun = time.monotonic()
        assert get(reading, "/api/timeline?limit=1&since=2026-03")[0] == 200
        assert time.monotonic() - begun < 5
        answers = [one.result() for one in posted]
    assert {status for status, _, _ in answers} <= {200, 503} and any(status == 200 for status, _, _ in answers)
    assert all(json.loads(body)["code"] == "DL6015" for status, _, body in answers if status == 503)


def test_corrections_while_an_ingest_runs(binary, models, demo_copy, served, tmp_path):
    reports = tmp_path / "more.jsonl"
    reports.write_text("".join(json.dumps({"id": f"m{n}", "text": TEXT.decode().replace("five", str(n))}) + "\n" for n in range(60)))
    ingest = subprocess.Popen([binary, "ingest", reports, "--store", demo_copy, "--reading", "fast"], stderr=subprocess.DEVNULL)
    statuses = []
    while ingest.poll() is None:
        statuses.append(post(served, "/api/corrections", {"act": "confirm", "name": "r13.v1", "who": "Ada"})[0])
    assert ingest.returncode == 0
    assert statuses and set(statuses) <= {201, 202, 503} and {201, 202} & set(statuses)
