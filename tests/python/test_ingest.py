"""dateline ingest, timeline, show and search from outside: once each, interrupted and gone on with, bad stores, bad disks."""
# SPDX-License-Identifier: Apache-2.0

import csv
import io
import json
import os
import resource
import signal
import sqlite3
import subprocess
import time

import pytest

pytestmark = pytest.mark.usefixtures("models")

TEXT = "At least {0} people were killed in Lagos, Nigeria, on Friday, police said.\n"


def write_reports(path, count, text=TEXT):
    path.write_text("".join(json.dumps({"id": f"n{n}", "date": "2026-03-09", "text": text.format(n + 2)}) + "\n"
                            for n in range(count)))
    return path


@pytest.fixture
def reports(tmp_path):
    return write_reports(tmp_path / "reports.jsonl", 5)


@pytest.fixture
def store(dateline, reports, tmp_path):
    path = tmp_path / "chronicle.db"
    done = dateline("ingest", reports, "--store", path)
    assert done.returncode == 0, done.stderr
    return path


def only_complaint(done):
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1 and lines[0].startswith("dateline: "), lines
    return lines[0]


# ---- what goes well

def test_a_second_ingest_changes_nothing(held, dateline, reports, store):
    done = dateline("ingest", reports, "--store", store)
    assert done.returncode == 0 and "read 0, skipped 5, rejected 0" in done.stderr.decode()
    assert held(store) == 5


def test_what_is_new_is_read(dateline, reports, store):
    write_reports(reports, 7)
    done = dateline("ingest", reports, "--store", store)
    assert "read 2, skipped 5, rejected 0" in done.stderr.decode()


def test_the_timeline_in_its_three_formats(dateline, store):
    lines = [json.loads(line) for line in dateline("timeline", "--each", "--store", store, "--format", "jsonl").stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(dateline("timeline", "--each", "--store", store, "--format", "csv").stdout.decode())))
    assert [line["event"] for line in lines] == [row["event"] for row in rows]
    assert {line["date"]["begin"] for line in lines} == {"2026-03-06"}
    assert all("people were killed in Lagos, Nigeria, on Friday" in row["words"] and row["according_to"] == "police" for row in rows)
    table = dateline("timeline", "--each", "--store", store, "--format", "table").stdout.decode()
    assert "Friday" in table and not table.startswith("{")


@pytest.mark.parametrize("options, count", [
    (["--since", "2026-03-06"], 5), (["--since", "2026-03-07"], 0), (["--until", "2026-03-05"], 0), (["--until", "2026-03"], 5),
    (["--type", "ASSAULT"], 5), (["--type", "AID"], 0), (["--source", "police"], 5), (["--source", "nobody"], 0),
    (["--place", "NGA"], 5), (["--place", "Peru"], 0), (["--limit", "2"], 2),
])
def test_filters(dateline, store, options, count):
    assert len(dateline("timeline", "--each", "--store", store, *options).stdout.splitlines()) == count


def test_show_and_search(dateline, store):
    found = [json.loads(line) for line in dateline("search", "--store", store, "killed").stdout.splitlines()]
    assert len(found) == 5
    handle = found[0]["report"]["handle"]
    record = json.loads(dateline("show", "--store", store, handle).stdout)
    assert "people were killed" in json.dumps(record)
    assert json.loads(dateline("show", "--store", store, f"{handle}.v1").stdout)


def test_a_rejected_report_is_kept_with_its_reason(dateline, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{"text": \n{"id": "x", "text": 5}\n')
    done = dateline("ingest", tmp_path / "a.jsonl", "--store", tmp_path / "c.db")
    assert "read 1, skipped 0, rejected 2" in done.stderr.decode()
    kept = [json.loads(line) for line in dateline("show", "--rejected", "--store", tmp_path / "c.db").stdout.splitlines()]
    assert len(kept) == 2 and "broken JSON at byte" in json.dumps(kept[0])


# ---- what does not

@pytest.mark.parametrize("command", [["timeline"], ["search", "bomb"], ["show", "r1"]])
def test_no_store(dateline, tmp_path, command):
    done = dateline(*command, "--store", tmp_path / "none.db")
    assert done.returncode == 2 and "ingest" in only_complaint(done)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("command", [["timeline"], ["ingest"]])
def test_what_is_no_store_is_left_alone(dateline, reports, tmp_path, command):
    other = tmp_path / "notes.txt"
    other.write_text("Not a store. " * 100)
    done = dateline(*command, *([reports] if command == ["ingest"] else []), "--store", other)
    assert done.returncode == 2 and "no chronicle" in only_complaint(done)
    assert other.read_text() == "Not a store. " * 100


@pytest.mark.parametrize("command", [["timeline"], ["ingest"]])
def test_a_store_of_a_newer_version(dateline, reports, store, command):
    connection = sqlite3.connect(store)
    connection.execute("PRAGMA user_version = 999")
    connection.commit()
    connection.close()
    done = dateline(*command, *([reports] if command == ["ingest"] else []), "--store", store)
    assert done.returncode == 2 and "newer version" in only_complaint(done)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_store(dateline, reports, store):
    write_reports(reports, 7)
    store.chmod(0o444)
    done = dateline("ingest", reports, "--store", store)
    assert done.returncode == 2 and "cannot be written" in only_complaint(done)


@pytest.mark.parametrize("command", [["timeline"], ["search", "x"], ["show", "r1"], ["serve"], ["ingest", "a.txt"]])
def test_a_store_without_a_name(dateline, command):
    done = dateline(*command, "--store", "")
    assert done.returncode == 2 and "--store" in only_complaint(done)


def test_a_directory_that_is_not_there(dateline, reports, tmp_path):
    done = dateline("ingest", reports, "--store", tmp_path / "none" / "c.db")
    assert done.returncode == 2
    only_complaint(done)


def test_a_full_disk_leaves_whole_reports(held, binary, dateline, tmp_path):
    many = write_reports(tmp_path / "many.jsonl", 400, TEXT * 5)
    store = tmp_path / "small.db"

    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    done = subprocess.run([binary, "ingest", many, "--store", store], capture_output=True, preexec_fn=little_room, timeout=120)
    assert done.returncode == 1, done.stderr
    assert "DL4005" in done.stderr.decode() and "goes on from here" in done.stderr.decode()
    assert 0 < held(store) < 400
    assert dateline("ingest", many, "--store", store).returncode == 0
    assert held(store) == 400


def test_a_disk_that_is_really_full_leaves_whole_reports(with_mount, tmp_path):
    write_reports(tmp_path / "many.jsonl", 400, TEXT * 5)
    said = with_mount("1400k", """
        "$dateline" ingest many.jsonl --store "$there/c.db" && exit 9 || echo "status $?"
        "$dateline" timeline --each --store "$there/c.db" --format jsonl > held.jsonl
        mount -o remount,size=50m "$there"
        "$dateline" ingest many.jsonl --store "$there/c.db"
        "$dateline" timeline --each --store "$there/c.db" --format jsonl > all.jsonl
    """)
    assert "status 1" in said and "DL4005" in said and "goes on from here" in said, said
    reports = [{json.loads(line)["report"]["id"] for line in (tmp_path / name).read_text().splitlines()} for name in ("held.jsonl", "all.jsonl")]
    assert 0 < len(reports[0]) < 400 == len(reports[1])


def test_a_store_on_a_read_only_mount(with_mount, tmp_path):
    """Where not even the index of the log can be made."""
    write_reports(tmp_path / "few.jsonl", 3)
    write_reports(tmp_path / "more.jsonl", 5)
    said = with_mount("20m", """
        "$dateline" ingest few.jsonl --store "$there/c.db"
        mount -o remount,ro "$there"
        "$dateline" timeline --each --store "$there/c.db" --format jsonl > held.jsonl
        "$dateline" ingest more.jsonl --store "$there/c.db" && exit 9 || echo "status $?"
        "$dateline" ingest more.jsonl --store "$there/new.db" && exit 9 || echo "status $?"
    """)
    assert len((tmp_path / "held.jsonl").read_text().splitlines()) == 3
    assert said.count("status 2") == 2, said
    assert said.count("DL4004") == 2 and "read-only" in said.lower() and "No such file" not in said, said


def test_interrupted_and_gone_on_with(held, binary, dateline, tmp_path):
    many = write_reports(tmp_path / "many.jsonl", 600, TEXT * 5)
    store = tmp_path / "c.db"
    with subprocess.Popen([binary, "ingest", many, "--store", store], stderr=subprocess.PIPE) as run:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if held(store) > 0:
                    break
            except sqlite3.Error:
                pass
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        said = run.stderr.read().decode()
        assert run.wait(30) == 130
    assert len(said.splitlines()) == 1 and "goes on from here" in said, said
    before = held(store)
    assert 0 < before < 600
    done = dateline("ingest", many, "--store", store)
    assert f"read {600 - before}, skipped {before}, rejected 0" in done.stderr.decode()


def test_two_ingests_at_the_same_time(held, binary, tmp_path):
    store = tmp_path / "c.db"
    files = [write_reports(tmp_path / f"{name}.jsonl", 150, name + TEXT) for name in ("one", "two")]
    runs = [subprocess.Popen([binary, "ingest", file, "--store", store], stderr=subprocess.PIPE) for file in files]
    for run in runs:
        said = run.communicate(timeout=120)[1].decode()
        assert run.returncode == 0, said
    assert held(store) == 300
