"""dateline watch: a folder's files taken in as they come, none half, none twice, and what happens to it and to the store.

All read fast: what is tested does not know how closely it reads."""
# SPDX-License-Identifier: Apache-2.0

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest

pytestmark = pytest.mark.usefixtures("models")

TEXT = "At least {} people were killed by a bomb in Lagos, Nigeria, on 6 March 2026, police said.\n"
FAST = ("--reading", "fast")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def once(dateline, folder):
    """Runs `watch --once` on the folder: the lines of its output, and the finished process."""
    def run(*options, status=0):
        done = dateline("watch", folder, "--once", "--every", 1, *FAST, "--store", folder.parent / "c.db", *options)
        assert done.returncode == status, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()], done
    return run


class Watching:
    """A watch that goes on beside the test."""

    def __init__(self, binary, folder, *options):
        self.out, self.err = folder.parent / "out.jsonl", folder.parent / "err.txt"
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            self.process = subprocess.Popen([binary, "watch", folder, "--every", "1", *FAST, "--store", folder.parent / "c.db", *options],
                                            stdout=out, stderr=err)

    def lines(self):
        return [json.loads(line) for line in self.out.read_text().splitlines() if line.endswith("}")]

    def read(self):
        return [os.path.basename(line["read"]) for line in self.lines() if "read" in line]

    def said(self):
        return self.err.read_text()

    def until(self, true, seconds=60):
        deadline = time.monotonic() + seconds
        while not (found := true()):
            assert self.process.poll() is None and time.monotonic() < deadline, self.said()
            time.sleep(0.05)
        return found

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def watching(binary, folder):
    with contextlib.ExitStack() as stack:
        def start(*options):
            watch = Watching(binary, folder, *options)
            stack.callback(watch.process.kill)
            return watch
        yield start


def test_what_is_there_is_taken_in_once(once, output_of, folder):
    (folder / "a.txt").write_text(TEXT.format(4))
    (folder / "deep").mkdir()
    (folder / "deep/b.txt").write_text(TEXT.format(7))
    (folder / "notes.xyz").write_text("No report.")
    lines, done = once()
    assert [os.path.basename(line["read"]) for line in lines if "read" in line] == ["a.txt", "b.txt"]
    assert {line["report"]["handle"] for line in lines if "read" in line} == {"r1", "r2"}
    assert "not read: 1" in done.stderr.decode()
    feed = [json.loads(line) for line in output_of("changes", "--store", folder.parent / "c.db").splitlines()]
    assert [line for line in lines if "change" in line] == feed
    again, done = once()
    assert again == [] and b"read 1" not in done.stderr


def test_only_what_is_new_or_changed_is_told(once, folder):
    (folder / "a.txt").write_text(TEXT.format(4))
    once()
    (folder / "b.txt").write_text("Police arrested two men in Accra, Ghana, on 9 March 2026.\n")
    lines, _ = once()
    assert [os.path.basename(line["read"]) for line in lines if "read" in line] == ["b.txt"]
    assert {line["change"] for line in lines if "change" in line} == {"added"}


def test_it_takes_in_what_comes_until_it_is_stopped(held, watching, folder):
    watch = watching()
    (folder / "a.txt").write_text(TEXT.format(4))
    watch.until(lambda: "a.txt" in watch.read())
    (folder / "b.txt").write_text(TEXT.format(9))
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 no more")
    watch.until(lambda: "b.txt" in watch.read() and "bad.pdf" in watch.said())
    assert "(DL10" in watch.said()
    assert watch.stop() == 130
    assert watch.read() == ["a.txt", "b.txt"]
    assert held(folder.parent / "c.db") == 2
    assert "stopped" in watch.said().splitlines()[-1]
    assert not list(folder.parent.glob("c.db-reading-*"))


def test_a_stop_while_it_reads_keeps_what_was_read(held, watching, folder):
    many = "".join(json.dumps({"text": TEXT.format(n) * 20}) + "\n" for n in range(2000))
    (folder / "many.jsonl").write_text(many)
    watch = watching()
    watch.until(lambda: len(watch.read()) > 5)
    assert watch.stop(signal.SIGINT) == 130
    kept = held(folder.parent / "c.db")
    assert 5 < kept < 2000 and "stopped" in watch.said()


def test_what_is_being_written_is_not_read_half(held, watching, folder):
    watch = watching()
    with open(folder / "slow.txt", "w") as slow:
        for n in range(8):
            slow.write(TEXT.format(n + 2))
            slow.flush()
            time.sleep(0.4)
    watch.until(lambda: watch.read() == ["slow.txt"])
    assert held(folder.parent / "c.db") == 1
    assert watch.stop() == 130


def test_an_empty_file_is_waited_for(once, folder):
    (folder / "a.txt").touch()
    lines, done = once()
    assert lines == [] and b"empty, or being written: 1 file" in done.stderr
    (folder / "a.txt").write_text(TEXT.format(4))
    assert once()[0]


def test_the_stores_own_files_and_its_own_lines_are_no_news(binary, folder):
    (folder / "a.txt").write_text(TEXT.format(4))
    with open(folder / "log.txt", "wb") as log:
        process = subprocess.Popen([binary, "watch", folder, "--every", "1", *FAST, "--store", folder / "c.db"], stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while b"added" not in (folder / "log.txt").read_bytes() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(3)
        process.terminate()
        assert process.wait(60) == 130
    said = (folder / "log.txt").read_text()
    assert said.count('{"read"') == 1 and said.count("holds 1 reports") == 1 and "log.txt" not in said and "not read" not in said, said


def test_a_restart_picks_up_what_came_meanwhile(watching, folder):
    (folder / "a.txt").write_text(TEXT.format(4))
    watch = watching()
    watch.until(watch.read)
    watch.stop()
    (folder / "b.txt").write_text(TEXT.format(9))
    watch = watching()
    watch.until(lambda: watch.read() == ["b.txt"])
    watch.until(lambda: "read 1, skipped 1" in watch.said())
    watch.stop()


def test_a_folder_that_vanishes_is_said_once_and_looked_for_again(watching, folder):
    watch = watching()
    (folder / "a.txt").write_text(TEXT.format(4))
    watch.until(watch.read)
    shutil.rmtree(folder)
    watch.until(lambda: "it is looked for again" in watch.said())
    time.sleep(2.5)
    assert watch.said().count("it is looked for again") == 1
    folder.mkdir()
    (folder / "b.txt").write_text(TEXT.format(9))
    watch.until(lambda: "b.txt" in watch.read())
    watch.stop()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_read_once_it_may(watching, folder):
    (folder / "a.txt").write_text(TEXT.format(4))
    (folder / "a.txt").chmod(0)
    watch = watching()
    watch.until(lambda: "DL1004" in watch.said())
    (folder / "a.txt").chmod(0o600)
    watch.until(watch.read)
    watch.stop()


def test_another_writer_is_waited_for(watching, folder):
    watch = watching()
    watch.until(lambda: (folder.parent / "c.db").exists())
    time.sleep(1)
    writer = sqlite3.connect(folder.parent / "c.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    (folder / "a.txt").write_text(TEXT.format(4))
    watch.until(lambda: "DL4006" in watch.said())
    writer.execute("ROLLBACK")
    writer.close()
    watch.until(watch.read)
    assert watch.said().count("DL4006") == 1
    watch.stop()


def test_a_full_disk_is_said_once_and_tried_again(with_mount, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/many.jsonl").write_text("".join(json.dumps({"text": TEXT.format(n) * 5}) + "\n" for n in range(400)))
    said = with_mount("1400k", """
        "$dateline" watch in --every 1 --reading fast --store "$there/c.db" > out.jsonl 2> err.txt & watch=$!
        until grep -q DL4005 err.txt; do sleep 0.2; done
        sleep 5
        mount -o remount,size=50m "$there"
        until grep -q "holds 400 reports" err.txt; do sleep 0.2; done
        kill $watch
        wait $watch && exit 9 || echo "status $?"
        cat err.txt
    """)
    assert "status 130" in said and said.count("DL4005") == 1, said


@pytest.mark.parametrize("there, said", [("nothing", "DL1007"), ("file", "no directory")])
def test_what_cannot_be_watched(dateline, tmp_path, there, said):
    if there == "file":
        (tmp_path / "in").write_text("A file.")
    done = dateline("watch", tmp_path / "in", "--store", tmp_path / "c.db")
    assert done.returncode == 2 and said.encode() in done.stderr and done.stderr.count(b"\n") == 1
    assert not (tmp_path / "c.db").exists()


def test_a_clock_that_goes_back_changes_nothing(once, folder):
    """No time is compared with the clock, and another time of a file is another look at it, be it earlier."""
    (folder / "a.txt").write_text(TEXT.format(4))
    os.utime(folder / "a.txt", (4e9, 4e9))
    assert once()[0]
    (folder / "a.txt").write_text(TEXT.format(5))
    os.utime(folder / "a.txt", (1e6, 1e6))
    lines, _ = once()
    assert [line["report"]["handle"] for line in lines if "read" in line] == ["r2"]
