"""The command line's manners: numbers and names that make no sense, exit statuses, and what reaches a terminal."""
# SPDX-License-Identifier: Apache-2.0

import json
import re

import pytest

pytestmark = pytest.mark.usefixtures("models")

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f]")
INK = re.compile(r"\x1b\[[0-9;]*m")  # Our own colours are the only sequences that may reach a terminal.


def only_complaint(done):
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1 and lines[0].startswith("dateline: "), lines
    return lines[0]


# ---- numbers

@pytest.mark.parametrize("number", ["0", "-1", "-0", "1.5", "1e3", "many", "", " 1", "+1", "0x10", "99999999999999999999999"])
@pytest.mark.parametrize("command", [["timeline"], ["search", "ceasefire"]])
def test_a_limit_that_is_no_number_of_things(dateline, demo_store, command, number):
    done = dateline(*command, "--store", demo_store, "--limit", number)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "--limit" in only_complaint(done) and "from 1 on" in only_complaint(done)


@pytest.mark.parametrize("number, count", [("1", 1), ("3", 3), ("18446744073709551615", None)])
def test_a_limit(dateline, demo_store, number, count):
    done = dateline("timeline", "--store", demo_store, "--limit", number)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == (count or len(dateline("timeline", "--store", demo_store).stdout.splitlines()))


# ---- exit statuses

@pytest.mark.parametrize("command", [["read"], ["ingest", "--store", "c.db"]])
@pytest.mark.parametrize("lines, status", [
    ('{"text": "One."}\n', 0),
    ('{"text": "One."}\n{"text": \n', 0),
    ('{"text": \n', 1),
    ("", 0),
])
def test_rejected_reports_are_told_and_stop_nothing(dateline, tmp_path, command, lines, status):
    (tmp_path / "a.jsonl").write_text(lines)
    done = dateline(*command, "a.jsonl", cwd=tmp_path)
    assert done.returncode == status
    assert done.stderr.count(b"(DL1005)") == lines.count('{"text": \n')


@pytest.mark.parametrize("arguments, code", [
    (["read", "none.txt"], 1007), (["read", "."], 1008), (["read", "-", "--pipeline", "nowhere"], 2001), (["read", "-", "--knowledge", "none"], 3005),
    (["ingest", "none.txt"], 1007), (["timeline"], 4001), (["search", "x"], 4001), (["show", "r1"], 4001), (["explain", "r1", "x"], 4001),
    (["serve"], 4001),
])
def test_what_the_library_refuses_comes_with_its_code(dateline, tmp_path, arguments, code):
    done = dateline(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert only_complaint(done).endswith(f"(DL{code})")


# ---- what reaches a terminal

@pytest.fixture(scope="module")
def evil_store(dateline, tmp_path_factory):
    """A store of a report and a page that are full of what drives terminals."""
    directory = tmp_path_factory.mktemp("evil")
    evil = "\x1b[2J\x1b]0;owned\x07 \x08\x7f \x9b31m \x0e \x85"
    report = {"id": f"i{evil}", "title": f"Title{evil}", "url": f"https://post.example/{evil}", "date": "2026-03-09",
              "text": f"Gunmen{evil} killed five people in Lagos on Friday, the police chief{evil} said."}
    page = f"<html><head><title>Page{evil}</title></head><body><p>{report['text']}</p></body></html>"
    (directory / "a.jsonl").write_text(json.dumps(report) + "\n" + json.dumps({"id": "page", "html": page}) + "\n")
    done = dateline("ingest", directory / "a.jsonl", "--store", directory / "evil.db")
    assert done.returncode == 0, done.stderr
    return directory / "evil.db"


@pytest.mark.parametrize("arguments", [
    ["timeline"], ["timeline", "--format", "csv"], ["timeline", "--format", "jsonl"],
    ["search", "lagos"], ["search", "lagos", "--format", "csv"], ["search", "lagos", "--format", "jsonl"],
    ["show", "r1"], ["show", "r1", "--json"], ["show", "r1.v1"], ["show", "r1.v1", "--json"], ["show", "page", "--page"],
    ["explain", "r1", "Friday"],
])
def test_no_report_drives_the_terminal(on_a_terminal, dateline, evil_store, arguments):
    shown = INK.sub("", on_a_terminal(*arguments, "--store", evil_store).decode().replace("\r\n", "\n"))
    assert "Lagos" in shown or "Friday" in shown
    assert not CONTROLS.search(shown) and "\x1b" not in shown, shown


@pytest.mark.parametrize("format", ["json", "pretty"])
def test_no_report_that_is_read_drives_the_terminal(on_a_terminal, tmp_path, format):
    path = tmp_path / "a.txt"
    path.write_text("Crane falls\x9b31m\n\nGunmen\x1b[2J\x07 killed\x7f two men on Friday.\n")
    shown = on_a_terminal("read", "--verbatim", "--format", format, path).decode().replace("\r\n", "\n")
    shown = INK.sub("", shown)
    assert "two men" in shown
    assert not CONTROLS.search(shown) and "\x1b" not in shown, shown


def test_programs_get_every_byte(dateline, evil_store):
    assert b"\x1b[2J" in dateline("timeline", "--format", "csv", "--store", evil_store).stdout
    assert b"\x1b[2J" in dateline("show", "page", "--page", "--store", evil_store).stdout
