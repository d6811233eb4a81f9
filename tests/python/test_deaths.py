"""What ends a process that reads: a report that ends it is met once, and whatever ends it loses nothing.

No report is known that ends the process, so these tests end it themselves, while one that takes long is in hand. All read
fast: what is tested does not know how closely it reads, and the trunk's time is most of the tests'.
"""
# SPDX-License-Identifier: Apache-2.0

import ctypes
import json
import os
import pathlib
import platform
import random
import signal
import sqlite3
import subprocess
import time

import pytest

pytestmark = pytest.mark.usefixtures("models")

LONG = "The army shelled the town of Kolvar on Friday, killing three people, a spokesman said. " * 4_000
FAST = ("--reading", "fast")
SHORT = "At least {} people were killed in Lagos, Nigeria, on Friday, police said."


def write_reports(path, *texts):
    path.write_text("".join(json.dumps({"id": f"n{n}", "date": "2026-03-09", "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


@pytest.fixture
def reports(tmp_path):
    """The first takes a second or more."""
    return write_reports(tmp_path / "reports.jsonl", LONG, *(SHORT.format(n) for n in range(2, 8)))


def in_hand(store):
    return [file for directory in store.parent.glob(store.name + "-reading-*") for file in directory.iterdir()]


def until(true, seconds=60):
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.01)
    return found


def children(pid):
    try:
        return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def has_begun(store):
    """Whether the long report is in hand, as a whole."""
    return any(file.stat().st_size > len(LONG) for file in in_hand(store))


def ids(store, table="reports"):
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        return sorted(row[0] for row in connection.execute(f"SELECT id FROM {table}"))
    finally:
        connection.close()


def started(binary, command, *arguments):
    return subprocess.Popen([binary, command, *FAST, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_death_is_survived_and_nothing_is_lost(binary, reports, tmp_path):
    store = tmp_path / "c.db"
    run = started(binary, "ingest", reports, "--store", store, "--threads", 2)
    until(lambda: has_begun(store))
    os.kill(children(run.pid)[0], signal.SIGKILL)
    said = run.communicate(timeout=300)[1].decode()
    assert run.returncode == 0, said
    assert "reading ended (Killed)" in said and "rejected 0" in said, said
    assert ids(store) == [f"n{n}" for n in range(7)]
    assert not list(tmp_path.glob("*-reading-*"))


def test_what_ends_its_process_alone_too_is_rejected_and_passed_over(binary, dateline, reports, tmp_path):
    store = tmp_path / "c.db"
    run = started(binary, "ingest", reports, "--store", store, "--threads", 1)
    until(lambda: has_begun(store))
    first = children(run.pid)[0]
    os.kill(first, signal.SIGSEGV)
    alone = until(lambda: [child for child in children(run.pid) if child != first])[0]
    os.kill(alone, signal.SIGABRT)
    said = run.communicate(timeout=300)[1].decode()
    assert run.returncode == 0, said
    assert "reading ended (Segmentation fault) with 1 report in hand" in said
    assert f"{reports}:1: it ends the process that reads it (Aborted)" in said and "DL4016" in said
    assert "read 6, skipped 0, rejected 1" in said
    assert ids(store) == [f"n{n}" for n in range(1, 7)]
    kept = json.loads(dateline("show", "--rejected", "--store", store).stdout)
    assert "DL4016" in json.dumps(kept) or 4016 in kept.values()
    # Met once: from now on it costs nothing. Asked for, it is read after all.
    assert "read 0, skipped 7, rejected 0" in dateline("ingest", *FAST, reports, "--store", store).stderr.decode()
    done = dateline("ingest", *FAST, reports, "--store", store, "--retry")
    assert "read 1, skipped 6, rejected 0" in done.stderr.decode()
    assert ids(store, "rejected") == []


def test_the_next_run_takes_up_what_a_dead_one_had_in_hand(binary, dateline, reports, tmp_path):
    store = tmp_path / "c.db"
    run = started(binary, "ingest", reports, "--store", store)
    until(lambda: has_begun(store))
    reading = children(run.pid)[0]
    run.kill()
    run.communicate()
    until(lambda: not pathlib.Path(f"/proc/{reading}/exe").exists())  # The reading process ends with the other.
    assert has_begun(store)
    (tmp_path / "none.jsonl").write_text('{"id": "other", "text": "Nothing."}\n')
    done = dateline("ingest", *FAST, tmp_path / "none.jsonl", "--store", store)
    assert done.returncode == 0, done.stderr
    assert "n0" in ids(store) and "other" in ids(store)
    assert not list(tmp_path.glob("*-reading-*"))


def test_what_came_through_a_pipe_is_not_lost_either(binary, dateline, reports, tmp_path):
    store = tmp_path / "c.db"
    run = subprocess.Popen([binary, "ingest", *FAST, "-", "--store", store, "--threads", "1"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    run.stdin.write(reports.read_bytes())
    run.stdin.flush()
    until(lambda: has_begun(store))
    os.kill(children(run.pid)[0], signal.SIGKILL)
    said = run.communicate(timeout=300)[1].decode()
    assert run.returncode == 1 and "give it again" in said, said
    assert ids(store) == ["n0"]
    done = dateline("ingest", *FAST, "-", "--store", store, stdin=reports.read_bytes())
    assert done.returncode == 0 and "read 6, skipped 1, rejected 0" in done.stderr.decode()


def test_what_hangs_and_does_not_listen_is_ended(binary, reports, tmp_path):
    store = tmp_path / "c.db"
    run = started(binary, "ingest", reports, "--store", store, "--threads", 1, "--time-limit", 1)
    until(lambda: has_begun(store))
    os.kill(children(run.pid)[0], signal.SIGSTOP)
    said = run.communicate(timeout=300)[1].decode()
    assert run.returncode == 0, said
    assert "reading ended (Killed) with 1 report in hand" in said
    assert ids(store)[-6:] == [f"n{n}" for n in range(1, 7)]  # The long one may have taken too long even alone.
    assert len(ids(store)) + len(ids(store, "rejected")) == 7


def test_a_fault_says_what_was_being_read(binary, tmp_path):
    reports = write_reports(tmp_path / "a.jsonl", LONG * 20)
    run = started(binary, "read", reports, "--threads", 1)
    threads = until(lambda: [int(t) for t in os.listdir(f"/proc/{run.pid}/task") if int(t) != run.pid])
    time.sleep(1)
    tgkill = {"x86_64": 234, "aarch64": 131}[platform.machine()]
    assert ctypes.CDLL(None).syscall(tgkill, run.pid, threads[0], signal.SIGSEGV) == 0
    said = run.communicate(timeout=60)[1].decode()
    assert run.returncode == -signal.SIGSEGV
    assert said == f"dateline: ended by a fault while reading {reports}:1 (Segmentation fault)\n"


@pytest.mark.parametrize("command", ["read", "ingest"])
def test_a_report_that_takes_too_long_is_rejected(dateline, tmp_path, command):
    files = write_reports(tmp_path / "a.jsonl", LONG * 20, SHORT.format(2))
    done = dateline(command, *FAST, files, "--time-limit", 1, *(["--store", tmp_path / "c.db"] if command == "ingest" else []))
    assert done.returncode == 0, done.stderr
    assert f"{files}:1: reading it takes longer than it may (--time-limit) (DL1012)" in done.stderr.decode()
    if command == "ingest":
        assert (ids(tmp_path / "c.db"), ids(tmp_path / "c.db", "rejected")) == (["n1"], ["n0"])
    else:
        assert json.loads(done.stdout)["id"] == "n1"


@pytest.mark.parametrize("command", ["read", "ingest"])
def test_ctrl_c_ends_a_long_report(binary, tmp_path, command):
    """Which would take a minute and more."""
    files = write_reports(tmp_path / "a.jsonl", LONG * 50)
    run = started(binary, command, files, *(["--store", tmp_path / "c.db"] if command == "ingest" else []))
    time.sleep(2)
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=30)
    assert run.returncode == 130
    if command == "ingest":
        assert ids(tmp_path / "c.db") == [] and ids(tmp_path / "c.db", "rejected") == []
        assert not list(tmp_path.glob("*-reading-*"))


@pytest.mark.parametrize("command", ["read", "ingest"])
def test_ctrl_c_ends_the_wait_for_a_pipe(binary, tmp_path, command):
    os.mkfifo(tmp_path / "pipe.jsonl")
    run = started(binary, command, tmp_path / "pipe.jsonl", *(["--store", tmp_path / "c.db"] if command == "ingest" else []))
    time.sleep(1)
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=30)
    assert run.returncode == 130


def test_a_pipe_with_a_name_is_read(binary, tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    run = started(binary, "read", tmp_path / "pipe.jsonl")
    with open(tmp_path / "pipe.jsonl", "w") as pipe:
        for number in (2, 3):
            pipe.write(json.dumps({"id": f"n{number}", "text": SHORT.format(number)}) + "\n")
            pipe.flush()
            time.sleep(0.3)
    said, complaints = run.communicate(timeout=60)
    assert run.returncode == 0, complaints
    assert [json.loads(line)["id"] for line in said.splitlines()] == ["n2", "n3"]


def test_a_kill_at_any_moment(binary, dateline, tmp_path):
    """Each leaves a sound store of whole reports; the last run has them all, and rejects none."""
    count = 3000
    files = write_reports(tmp_path / "many.jsonl", *(SHORT.format(n) for n in range(count)))
    store = tmp_path / "c.db"
    draw = random.Random(13)
    before = 0
    for moment in range(int(os.environ.get("DATELINE_KILLS", "40"))):
        run = subprocess.Popen([binary, "ingest", *FAST, files, "--store", store], stderr=subprocess.DEVNULL)
        if moment % 4:  # Else as likely before it reads.
            until(lambda: children(run.pid) or run.poll() is not None)
        time.sleep(draw.uniform(0, 0.12))
        reading = children(run.pid)
        run.kill()
        run.wait()
        until(lambda: not any(pathlib.Path(f"/proc/{pid}/exe").exists() for pid in reading))
        if not store.exists() or not store.stat().st_size:
            continue
        connection = sqlite3.connect(store)
        try:
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
            if not tables:
                continue
            if moment % 10 == 0:
                assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok", moment
            reports, found, events = (connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                                      for table in ("reports", "found", "(SELECT DISTINCT report FROM events)"))
            assert reports == found == events, moment
            assert reports >= before, moment
            before = reports
        finally:
            connection.close()
    assert before > 0
    done = dateline("ingest", *FAST, files, "--store", store)
    assert done.returncode == 0, done.stderr
    assert len(ids(store)) == count and ids(store, "rejected") == []
    assert not list(tmp_path.glob("*-reading-*"))
