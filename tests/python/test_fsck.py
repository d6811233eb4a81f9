"""`dateline fsck` names what is not sound and changes nothing; a store of an older version is kept before it is changed."""
# SPDX-License-Identifier: Apache-2.0

import pathlib
import re
import sqlite3

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_a_sound_store_has_no_finding_and_stays_as_it_is(dateline, demo_copy):
    store = demo_copy
    before = store.read_bytes()
    done = dateline("fsck", "--store", store)
    assert done.returncode == 0 and done.stdout == b"", done.stdout
    assert re.fullmatch(rf"dateline: {store}: 22 reports and \d+ happenings examined, 0 findings\n", done.stderr.decode())
    assert store.read_bytes() == before and [path.name for path in store.parent.iterdir()] == [store.name]


SILENT = "DROP TRIGGER reports_changed; DROP TRIGGER reports_removed;"


@pytest.mark.parametrize("damage, said", [
    ("UPDATE quantities SET words = 'another' WHERE report = 5 AND id = 'q1'", r"r5\.q1: \d+ to \d+ of its text is not “another” \(quantities\)"),
    ("UPDATE events SET trigger_end = 1000000000 WHERE report = 7 AND id = 'v2'", r"r7\.v2: \d+ to 1000000000 of its text is not “.+” \(events\)"),
    ("UPDATE mentions SET span_begin = -5 WHERE report = 7 AND entity = 'e1' AND n = 0", r"r7\.e1: -5 to .+ \(mentions\)"),
    ("UPDATE happenings SET sources = 77 WHERE id = 'h242b472228c9'", "h242b472228c9: its sources is '77', and its accounts give '4'"),
    ("UPDATE happenings SET disputed = NULL WHERE id = 'h242b472228c9'", "h242b472228c9: its disputed is '', and its accounts give '.+'"),
    ("DELETE FROM tellings WHERE report = 3 AND incident = 'i1'", r"r3\.v\d+: it belongs to no happening"),
    ("DELETE FROM events WHERE report = 3 AND incident = 'i1'", r"r3\.i1: it tells a happening, and has no event"),
    ("UPDATE tellings SET happening = 999999 WHERE report = 3 AND incident = 'i1'", r"(r3\.i1: it tells a happening that is not there|tellings: .+)"),
    ("DELETE FROM profiles WHERE report = 4", "r4: it has no profile: 'dateline match' makes it"),
    ("DELETE FROM found WHERE report = 4", "r4: it was found nowhere"),
    ("DELETE FROM entities WHERE report = 9; INSERT INTO pages VALUES (999, x'00')", "pages: a row points to one of reports that is not there"),
    (SILENT + "UPDATE reports SET title = 'Quite another title' WHERE key = 2", "report_words: this index of words is not in step with its rows"),
    (SILENT + "DELETE FROM report_words_docsize WHERE id = 6", "r6: search does not know it: report_words lacks it"),
    ("UPDATE reports SET record = x'0011' WHERE key = 2", "r2: its record cannot be read: .+"),
    (SILENT + "UPDATE reports SET text = 'Another.' WHERE key = 2", "r2: its record has another text"),
    ("DELETE FROM likenesses WHERE report > other", r"r\d+ and r\d+: they are compared one way only"),
], ids=lambda value: value[:40] if value.isascii() else None)
def test_what_is_not_sound_is_named(dateline, demo_copy, altered, damage, said):
    store = altered(demo_copy, damage)
    before = store.read_bytes()
    done = dateline("fsck", "--store", store)
    assert done.returncode == 1 and store.read_bytes() == before
    lines = done.stdout.decode().splitlines()
    assert any(re.fullmatch(said, line) for line in lines), lines
    assert f"{len(lines)} finding" in done.stderr.decode()


def test_a_damaged_page_is_a_finding(dateline, demo_copy):
    store = demo_copy
    data = bytearray(store.read_bytes())
    for page in range(20, len(data) // 4096, 7):
        data[page * 4096:page * 4096 + 64] = b"\xff" * 64
    store.write_bytes(data)
    done = dateline("fsck", "--store", store)
    assert done.returncode == 1 and b"SQLite: " in done.stdout and store.read_bytes() == data


@pytest.mark.parametrize("name, code", [("none.db", "DL4001"), ("text.db", "DL4002")])
def test_what_is_no_store(dateline, tmp_path, name, code):
    (tmp_path / "text.db").write_text("x" * 5000)
    done = dateline("fsck", "--store", tmp_path / name)
    assert done.returncode == 2 and code in done.stderr.decode() and not (tmp_path / "none.db").exists()


# ---- a store of an older version

@pytest.fixture
def old_store(altered, tmp_path):
    """One of version 4, with a report."""
    steps = re.findall(r'R"sql\((.*?)\)sql"', (ROOT / "src/chronicle/schema.h").read_text(), re.S)
    store = tmp_path / "old.db"
    altered(store, "PRAGMA journal_mode = WAL;" + "".join(steps[:4]) + "PRAGMA user_version = 4; PRAGMA application_id = 0x444C4E45;"
               "INSERT INTO reports (content, reading, id, outlet, text, record) VALUES ('c', 'r', 'old', 'Courier', 'Rain fell.', x'00')")
    return store


def test_an_older_store_is_kept_before_it_is_changed(dateline, models, old_store, tmp_path):
    before = old_store.read_bytes()
    (tmp_path / "a.txt").write_text("Gunmen killed five people in Lagos on Friday.")
    for name in ("old.db.v4.bak", "old.db.v4.bak2"):  # One that is there already is left alone.
        said = dateline("ingest", tmp_path / "a.txt", "--store", old_store).stderr.decode().splitlines()
        assert said.count(f"dateline: an older version made {old_store}: it is brought up, and kept as it was in {tmp_path / name}") == 1
        with sqlite3.connect(tmp_path / name) as kept:
            assert kept.execute("PRAGMA user_version").fetchone() == (4,) and kept.execute("SELECT id FROM reports").fetchall() == [("old",)]
        kept.close()
        assert sqlite3.connect(old_store).execute("PRAGMA user_version").fetchone()[0] > 4
        assert "kept as it was" not in dateline("ingest", tmp_path / "a.txt", "--store", old_store).stderr.decode()
        old_store.write_bytes(before)
    assert sorted(path.name for path in tmp_path.iterdir() if ".bak" in path.name) == ["old.db.v4.bak", "old.db.v4.bak2"]


def test_without_room_for_the_copy_the_older_store_stays(with_mount, old_store):
    said = with_mount(old_store.stat().st_size + 120_000, f"""
        cp "{old_store}" "$there/old.db"
        echo "Rain fell." > a.txt
        "$dateline" ingest a.txt --store "$there/old.db" && exit 9 || echo "status $?"
        cmp "{old_store}" "$there/old.db" && ls "$there"
    """)
    assert said.startswith("status 1\nold.db\n") and said.count("dateline:") == 1 and "DL4005" in said and "as it was" in said, said
