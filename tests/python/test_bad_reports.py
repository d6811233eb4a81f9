"""Reports that are awkward for a chronicle, and what happens to the store beside it: versions of a page, masses of one text, clocks, two
writers, a page of the store that is broken."""
# SPDX-License-Identifier: Apache-2.0

import json
import os
import sqlite3
import subprocess
import time

import pytest

pytestmark = pytest.mark.usefixtures("models")

FAST = ("--reading", "fast")
PAGE = """<html><head><title>Bomb in Kolvar market</title><link rel="canonical" href="{url}">
<meta property="og:site_name" content="{outlet}"><meta property="article:published_time" content="2026-03-09T08:00:00Z">{modified}</head>
<body><article><h1>Bomb in Kolvar market</h1><p>A bomb killed {dead} people in the market of Lagos, Nigeria, on 9 March 2026, police said.
Rescuers searched the ruins of the market hall for survivors until late in the night, and hospitals of the city asked for blood.</p>
<p>No group has said that it did it. The governor spoke of a cowardly act, and schools in the district will stay closed for a
week.</p></article></body></html>"""


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


def page(dead, hour=None, outlet="Northwire", url="https://northwire.example/kolvar"):
    modified = f'<meta property="article:modified_time" content="2026-03-09T{hour:02}:00:00Z">' if hour is not None else ""
    return PAGE.format(dead=dead, modified=modified, outlet=outlet, url=url)


def bombing(output_of, store):
    """The happening that tells of the dead, with its accounts."""
    found = [h for h in lines(output_of("timeline", "--type", "ASSAULT", "--store", store)) if any(t["counts"] == "dead" for t in h.get("tolls", []))]
    assert len(found) == 1, found
    return json.loads(output_of("accounts", found[0]["happening"], "--store", store))


@pytest.mark.parametrize("order", [range(10), reversed(range(10))], ids=["as it was edited", "backwards"])
def test_the_newest_version_of_a_page_stands_for_all(output_of, tmp_path, order):
    store = tmp_path / "c.db"
    for n in order:
        (tmp_path / f"{n}.html").write_text(page(4 + n, hour=9 + n))
        output_of("ingest", tmp_path / f"{n}.html", *FAST, "--store", store)
    happening = bombing(output_of, store)
    assert (happening["sources"], happening["reports"]) == (1, 10)
    assert [(t["low"], t["best"], t["high"]) for t in happening["tolls"] if t["counts"] == "dead"] == [(13, 13, 13)]
    assert "disputed" not in happening or "dead" not in happening["disputed"]
    replaced = {account["event"]: account.get("replaced", False) for account in happening["accounts"]}
    assert list(replaced.values()).count(False) == 1 and not any(account.get("copied") for account in happening["accounts"])


def test_of_versions_that_tell_no_time_the_one_that_came_last_counts(output_of, tmp_path):
    """A file whose text is edited where it lies."""
    store = tmp_path / "c.db"
    for dead in (4, 9):
        (tmp_path / "a.html").write_text(page(dead, url=""))
        output_of("ingest", tmp_path / "a.html", *FAST, "--store", store)
    happening = bombing(output_of, store)
    assert happening["sources"] == 1 and [t["best"] for t in happening["tolls"] if t["counts"] == "dead"] == [9]


def test_an_outlets_update_in_much_the_same_words_is_no_copy_of_it(output_of, tmp_path):
    store = tmp_path / "c.db"
    (tmp_path / "a.html").write_text(page(4, url="https://northwire.example/1"))
    (tmp_path / "b.html").write_text(page(9, url="https://northwire.example/2").replace("2026-03-09T08", "2026-03-10T08"))
    output_of("ingest", tmp_path / "a.html", tmp_path / "b.html", *FAST, "--store", store)
    happening = bombing(output_of, store)
    assert happening["sources"] == 1 and [(t["low"], t["best"], t["high"]) for t in happening["tolls"] if t["counts"] == "dead"] == [(9, 9, 9)]
    assert [account.get("superseded", False) for account in happening["accounts"]] == [True, False]


def test_a_report_that_accuses_itself(output_of, tmp_path):
    """Its outlet is its source, its actor and its victim: it tells what it tells, once."""
    text = ("The Daily Herald accused the Daily Herald on Monday of spreading false news. “The Daily Herald lied,” the Daily Herald said. "
            "A court in Lagos, Nigeria, ordered the Daily Herald to apologise to the Daily Herald, the Daily Herald reported.\n")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text, "outlet": "Daily Herald", "date": "2026-03-10"}) + "\n")
    store = tmp_path / "c.db"
    output_of("ingest", tmp_path / "a.jsonl", "--store", store)
    happenings = lines(output_of("timeline", "--background", "--store", store))
    assert happenings and all((h["sources"], h["reports"]) == (1, 1) and "disputed" not in h for h in happenings)
    output_of("fsck", "--store", store)


def size(store):
    return sum(os.path.getsize(path) for path in store.parent.iterdir() if path.name.startswith(store.name))


def test_masses_of_one_text_cost_what_one_costs(output_of, tmp_path):
    """The same bytes are one report, wherever they lie."""
    store = tmp_path / "c.db"
    text = "A bomb killed four people in Lagos, Nigeria, on 9 March 2026, police said."
    (tmp_path / "one.jsonl").write_text(json.dumps({"text": text}) + "\n")
    output_of("ingest", tmp_path / "one.jsonl", *FAST, "--store", store)
    one = size(store)
    (tmp_path / "many.jsonl").write_text((json.dumps({"text": text}) + "\n") * 5000)
    output_of("ingest", tmp_path / "many.jsonl", *FAST, "--store", store)
    assert size(store) < one + 1_000_000
    assert {h["reports"] for h in lines(output_of("timeline", "--store", store))} == {1}


def test_a_clock_that_goes_back_leaves_the_order_as_it_is(output_of, demo_copy):
    """Numbers order the log and the feed; what the clock says is only kept. (It is moved behind the log's back.)"""
    output_of("correct", "r14.v11", "dead=14", "--who", "Ada", "--store", demo_copy)
    cursor = lines(output_of("changes", "--store", demo_copy))[-1]["cursor"]
    with sqlite3.connect(demo_copy) as connection:
        connection.execute("DROP TRIGGER corrections_are_written_once")
        connection.execute("UPDATE corrections SET at = '2099-01-01T00:00:00Z'")
    connection.close()
    output_of("correct", "r14.v11", "dead=15", "--who", "Ada", "--store", demo_copy)
    told, = [line for line in lines(output_of("changes", "--since", cursor, "--store", demo_copy))]
    assert told["change"] == "changed"
    event = json.loads(output_of("show", "r14.v11", "--store", demo_copy))
    assert [q["value"] for q in event["quantities"] if q.get("counts") == "dead"] == [15]


def test_two_writers_at_once_keep_all_that_both_read(binary, output_of, tmp_path):
    store = tmp_path / "c.db"
    runs = []
    for writer, town in ("a", "Lagos, Nigeria"), ("b", "Accra, Ghana"):
        path = tmp_path / f"{writer}.jsonl"
        path.write_text("".join(json.dumps({"id": f"{writer}{n}", "date": "2026-03-09", "text": f"A bomb killed {n + 2} people in {town} on Friday."}) + "\n"
                                for n in range(150)))
        runs.append(subprocess.Popen([binary, "ingest", path, *FAST, "--store", store], stderr=subprocess.PIPE))
    said = [run.communicate(timeout=300)[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT id) FROM reports").fetchone() == (300, 300)
        assert connection.execute("SELECT count(*) FROM profiles WHERE matcher IS NULL").fetchone() == (0,)
    connection.close()
    output_of("fsck", "--store", store)


@pytest.mark.parametrize("command", [["timeline"], ["search", "bomb"], ["show", "r1"], ["accounts", "r1.v1"], ["actors"], ["count", "--by", "type"],
                                     ["changes"], ["export", "--format", "csv"], ["fsck"], ["match"], ["ingest", "demo/reports"],
                                     ["correct", "r1.v1", "--confirm"], ["watch", "demo/reports", "--once", "--every", "1"]])
def test_a_broken_page_of_the_store_is_said_in_a_line_and_nothing_hangs(dateline, demo_copy, command):
    """Every page but the first, which says what the file is."""
    with open(demo_copy, "r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (demo_copy.stat().st_size - 4096))
    begin = time.monotonic()
    done = dateline(*command, "--store", demo_copy, cwd=os.path.dirname(os.path.dirname(os.path.dirname(__file__))), timeout=120)
    assert done.returncode == 1 and b"DL4007" in done.stderr + done.stdout, done
    assert done.stderr.count(b"\n") <= 2 and time.monotonic() - begin < 60
