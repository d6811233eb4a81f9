"""dateline knowledge check, and a directory of a user's own tables before the installed ones."""
# SPDX-License-Identifier: Apache-2.0

import json
import re

import pytest

pytestmark = pytest.mark.usefixtures("models")

HEAD = "words\ttype\tmode\tsides\texample\tactor\trecipient\n"
WAYLAY = "waylay\tCOERCE\t\t\tStudents waylaid the van on Monday.\tStudents\tvan\n"
LEFT = "attack down the left\tnone\t\t\tNorway attacked down the left.\t\t\n"
REPORT = "Students waylaid the van near Ossel on Monday, 9 March 2026.\n\nNorway attacked down the left.\n"


@pytest.fixture
def own(tmp_path):
    directory = tmp_path / "mine"
    directory.mkdir()
    (directory / "own_events.tsv").write_text(HEAD + WAYLAY + LEFT)
    return directory


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    return path


def complaints(done):
    lines = done.stderr.decode().splitlines()
    assert all(line.startswith("dateline: ") for line in lines), lines
    return lines


def test_a_directory_in_order(dateline, own):
    done = dateline("knowledge", "check", own)
    assert (done.returncode, done.stderr) == (0, b"")
    first, second, count, well = done.stdout.decode().splitlines()
    table = own / "own_events.tsv"
    assert first == f'{table}:2  waylay  "waylaid" tells of COERCE: actor "Students", recipient "van"'
    assert second == f'{table}:3  attack down the left  "attacked down the left" tells of no event'
    assert (count, well) == (f"{table}: 2 examples hold", "all is well")


def test_every_mistake_and_every_failing_example(dateline, own):
    table = own / "own_events.tsv"
    table.write_text(HEAD + "jeer\tPROTESTS\t\t\tThey jeered him.\t\t\n" + WAYLAY.replace("Students\tvan", "van\tStudents")
                     + "hoot\tPROTEST\t\tatt\tThey hooted.\t\t\n" + "war on want\tnone\t\t\tThe war on hunger failed.\t\t\n")
    (own / "verb.tsv").write_text("")
    done = dateline("knowledge", "check", own)
    assert done.returncode == 1
    lines = complaints(done)
    assert len(lines) == 3
    assert "verb.tsv has the name of no table" in lines[0]
    assert f"{table}:2: no type 'PROTESTS'" in lines[1] and f"{table}:4: 'att' is no side" in lines[2]
    failing = [line for line in done.stdout.decode().splitlines() if "FAILS" in line]
    assert len(failing) == 2
    assert failing[0].startswith(f"{table}:3  waylay  FAILS") and "wrong side" in failing[0]
    assert failing[1].startswith(f"{table}:5  war on want  FAILS") and "does not fire" in failing[1]


def test_where_each_row_fires(dateline, own, report):
    done = dateline("knowledge", "check", own, "--reports", report)
    assert done.returncode == 0, done.stderr
    table = own / "own_events.tsv"
    lines = done.stdout.decode().splitlines()
    assert f"{table}:2  waylay  in 1 of 1 reports: Students waylaid the van near Ossel on Monday, 9 March 2026." in lines
    assert f"{table}:3  attack down the left  in 1 of 1 reports: Norway attacked down the left." in lines


@pytest.mark.parametrize("arguments", [("gone",), ("empty",), (".", "--reports", "gone"), (".", "--odd")])
def test_what_cannot_be_checked_is_one_line(dateline, own, arguments):
    (own / "empty").mkdir()
    done = dateline("knowledge", "check", *arguments, cwd=own)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(complaints(done)) == 1


def test_knowledge_alone_says_what_there_is(dateline):
    done = dateline("knowledge")
    assert done.returncode == 2 and len(complaints(done)) == 1


def test_reading_with_them(dateline, own, report):
    def read(*arguments):
        done = dateline("read", report, "--format", "json", *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
    plain, mine = read(), read("--knowledge", own)
    assert plain["read_by"]["knowledge"] != mine["read_by"]["knowledge"]
    assert plain["read_by"]["components"] == mine["read_by"]["components"]
    assert [(event["type"], event["confidence"]) for event in mine["events"]] == [("COERCE", 1)]


def test_a_misspelled_table_is_refused(dateline, own, report):
    (own / "own_event.tsv").write_text(HEAD)
    done = dateline("read", report, "--knowledge", own)
    assert done.returncode == 2
    [line] = complaints(done)
    assert "own_event.tsv has the name of no table" in line and "own_events.tsv" in line and "DL3009" in line


def test_explain_names_the_row_and_where_each_slot_came_from(dateline, own, report):
    text = dateline("explain", report, "waylaid", "--knowledge", own).stdout.decode()
    assert re.search(rf'^  row +waylay  {re.escape(str(own / "own_events.tsv"))}:2  "waylaid"$', text, re.M)
    for line in ('type +COERCE: the row says so', 'actor +"Students": named by its own clause',
                 'recipient "van": named by its own clause', 'days +"Monday, 9 March 2026": named by its own clause'):
        assert re.search(f"^  {line}", text, re.M), text
    text = dateline("explain", report, "attacked down the left", "--knowledge", own).stdout.decode()
    assert "tells of no event" in text and "own_events.tsv:3" in text
