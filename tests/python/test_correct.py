"""`dateline correct` on the command line: what it says is seen by every command, and taken back."""
# SPDX-License-Identifier: Apache-2.0

import csv
import io
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def correct(output_of, demo_copy):
    """Corrects the copy, as Ada: the rows that it prints."""
    return lambda *arguments: lines(output_of("correct", *arguments, "--who", "Ada", "--store", demo_copy))


def test_every_command_shows_the_state(output_of, on_a_terminal, correct, demo_copy):
    row, = correct("r14.v11", "dead=14", "place=Dorrach", "--why", "as it stands there")
    assert (row["correction"], row["who"], row["act"], row["why"]) == (1, "Ada", "change", "as it stands there")
    correct("r13.v1", "--confirm")
    each = {event["event"]: event for event in lines(output_of("timeline", "--each", "--store", demo_copy))}
    assert {event["state"] for event in each.values()} == {"machine-read", "person-confirmed", "person-corrected"}
    assert each["r14.v11"]["place"]["name"] == "Dorrach" and each["r14.v11"]["corrected"][0] == {"field": "dead", "correction": 1}
    assert each["r13.v1"]["state"] == json.loads(output_of("show", "r13.v1", "--store", demo_copy))["state"] == "person-confirmed"
    told = json.loads(output_of("accounts", "r14.v11", "--store", demo_copy))
    assert {account["event"]: account["state"] for account in told["accounts"]}["r14.v11"] == "person-corrected"
    assert told["state"] == "person-confirmed"  # The last word on one of its accounts.
    for arguments in ([], ["--each"]):
        rows = list(csv.DictReader(io.StringIO(output_of("timeline", *arguments, "--format", "csv", "--store", demo_copy))))
        assert {"machine-read", "person-confirmed"} <= {row["state"] for row in rows}
    assert "machine-merged" in {happening["state"] for happening in lines(output_of("timeline", "--store", demo_copy))}
    for command in (["timeline", "--each"], ["accounts", "r14.v11"], ["show", "r14.v11"]):
        shown = " ".join(on_a_terminal(*command, "--store", demo_copy, width=300, NO_COLOR="1").decode().split())
        assert "person-corrected: dead, place" in shown
    asked = lines(output_of("timeline", "--each", "--place", "Dorrach", "--type", "assault", "--store", demo_copy))
    assert "r14.v11" in {event["event"] for event in asked}


def test_all_taken_back_is_as_before(output_of, correct, demo_copy, demo_store):
    correct("r14.v11", "type=COERCE", "day=2026-03-02", "actors=Nobody Known; Paula Renk", "according_to=none", "main=no")
    correct("h745bac76e3e5", "--merge", "hb19c811ff3ec")
    correct("r14.v11", "--split")
    correct("r14", "--add", "--words", "sent by Northwire", "type=CONSULT")
    correct("h242b472228c9", "--reject")
    output_of("fsck", "--store", demo_copy)
    for number in (3, 1, 5, 2, 4):
        assert correct("--undo", number)[0]["undoes"] == number
    for command in (["timeline", "--background"], ["timeline", "--each"], ["export", "--happenings"], ["show", "r14"]):
        assert output_of(*command, "--store", demo_copy) == output_of(*command, "--store", demo_store)
    rows = correct("--list")
    assert [row.get("undone_by") for row in rows[:5]] == [7, 9, 6, 10, 8]
    assert {row["correction"] for row in correct("--list", "r14")} == {1, 3, 4, 5, 6, 7, 8, 10}


def test_it_outlives_reading_anew(output_of, correct, demo_copy, tmp_path):
    correct("r14.v11", "dead=14")
    correct("r14.v11", "--split")
    before = output_of("timeline", "--store", demo_copy)
    tables = tmp_path / "tables"
    shutil.copytree(ROOT / "knowledge", tables)
    with open(tables / "units.tsv", "a") as table:
        table.write("# Other bytes, the same rows.\n")
    output_of("ingest", "demo/reports", "--store", demo_copy, "--knowledge", tables)
    assert output_of("timeline", "--store", demo_copy) == before
    assert not [one for one in lines(output_of("show", "--attention", "--store", demo_copy)) if one["kind"] == "correction"]


def test_what_leads_to_nothing_is_listed(dateline, output_of, on_a_terminal, correct, demo_copy):
    correct("r14.v11", "dead=14")
    with sqlite3.connect(demo_copy) as connection:
        connection.execute("UPDATE corrected SET reason = 'no event is read from its words any more'")
    connection.close()
    looks = [one for one in lines(output_of("show", "--attention", "--store", demo_copy)) if one["kind"] == "correction"]
    assert len(looks) == 1 and looks[0]["where"] == "r14" and "no event" in looks[0]["reason"]
    assert b"no event is read" in dateline("doctor", "--store", demo_copy).stdout
    assert "unattached" in on_a_terminal("correct", "--list", "--store", demo_copy, width=200).decode()


@pytest.mark.parametrize("arguments, said", [
    ([], "correct what?"), (["r14.v11"], "DL4030"), (["r14.v11", "dead"], "no value"), (["r14.v11", "--confirm", "--reject"], "correct what?"),
    (["r14.v11", "tpye=ASSAULT"], "did you mean type?"), (["r14.v11", "type=ASAULT"], "did you mean ASSAULT?"), (["r14.v99", "--reject"], "DL4010"),
    (["r14", "--add", "type=ASSAULT"], "DL4031"), (["r14", "--add", "--span", "5-99999", "type=ASSAULT"], "1329 characters"),
    (["r14", "--add", "--span", "x", "type=ASSAULT"], "--span 120-131"), (["r14", "--add", "--words", "sent", "type=ASSAULT"], "1006-1010 ("),
    (["r14.v11", "--merge", "r14.v11"], "DL4033"), (["h745bac76e3e5", "--split"], "DL4033"), (["--undo", "7"], "DL4034"), (["--undo", "-1"], "no number"),
    (["--list", "r99"], "DL4010"), (["--list", "--format", "csv"], "table or jsonl"), (["r14.v11", "--confirm", "dead=3"], "DL4030"),
    (["r14.v11", b"actors=\xff"], "UTF-8"), (["r14.v11", "dead=3", "--who", ""], "who"),
])
def test_mistakes_are_one_line(binary, demo_copy, arguments, said):
    done = subprocess.run([binary, "correct", *arguments, "--store", demo_copy], capture_output=True, check=False, timeout=60)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and said in done.stderr.decode(), done.stderr
    assert not done.stdout


def test_no_store_is_made(dateline, tmp_path):
    done = dateline("correct", "r1.v1", "--reject", "--store", tmp_path / "none.db")
    assert done.returncode == 2 and b"DL4001" in done.stderr and not list(tmp_path.iterdir())


def test_two_at_once(binary, demo_copy):
    """Each gets a number of its own, and none is lost."""
    both = [subprocess.Popen([binary, "correct", "r14.v11", f"dead={n}", "--store", demo_copy], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for n in range(4)]
    rows = [json.loads(one.communicate(timeout=60)[0]) for one in both]
    assert sorted(row["correction"] for row in rows) == [1, 2, 3, 4]


def test_the_example_of_the_page_can_be_typed(binary, models, tmp_path):
    (tmp_path / "demo").symlink_to(ROOT / "demo")
    (tmp_path / "build").mkdir()
    (tmp_path / "build/dateline").symlink_to(binary.resolve())
    block = re.search(r"^```sh\n(.*?)^```$", (ROOT / "docs/corrections.md").read_text(encoding="utf-8"), re.M | re.S)[1]
    for line in block.splitlines():
        done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0 and (done.stdout or done.stderr), (line, done.stderr)
        if " accounts " in line:
            assert f"how many: {line.partition('# ')[2]}" in done.stdout


def test_a_report_that_was_withdrawn_counts_no_more_and_stays(output_of, correct, dateline, demo_copy):
    before = lines(output_of("timeline", "--background", "--store", demo_copy))
    row, = correct("r14", "--reject", "--why", "withdrawn by its outlet")
    assert row["act"] == "reject" and row["words"][0]["part"] == "report"
    after = lines(output_of("timeline", "--background", "--store", demo_copy))
    told = lambda happenings: {account.split(".")[0] for happening in happenings for account in happening["accounts"]}
    assert "r14" in told(before) and told(after) == told(before) - {"r14"}
    assert "r14" in output_of("search", "bomb", "--store", demo_copy) and json.loads(output_of("show", "r14", "--store", demo_copy))["text"]
    output_of("fsck", "--store", demo_copy)
    again = dateline("correct", "r14", "--reject", "--store", demo_copy)
    assert again.returncode == 2 and b"DL4033" in again.stderr
    # Another reading of it, by other means, changes nothing of that.
    output_of("ingest", "demo/reports", "--reading", "fast", "--store", demo_copy)
    assert "r14" not in told(lines(output_of("timeline", "--background", "--store", demo_copy)))
    assert "r14" not in {line.split('"', 4)[3] for line in output_of("export", "--corrections", "--format", "chronology", "--store", demo_copy).splitlines()}
    output_of("ingest", "demo/reports", "--store", demo_copy)
    correct("--undo", "1")
    assert lines(output_of("timeline", "--background", "--store", demo_copy)) == before
