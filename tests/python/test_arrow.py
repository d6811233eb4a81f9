"""Records and a store as Arrow: the documented schema, spans that lead back, and what others make of it. Skips where there is no pyarrow."""
# SPDX-License-Identifier: Apache-2.0

import datetime
import io
import pathlib
import re
import sqlite3

import pytest

dateline = pytest.importorskip("dateline", reason="no package in PYTHONPATH: make package")
pytest.importorskip("pyarrow", reason="no pyarrow: make setup")
from dateline import arrow  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/arrow.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def store(demo_store):
    with dateline.Chronicle(demo_store) as chronicle:
        yield chronicle


@pytest.fixture(scope="module")
def records(store):
    return [record for _, record in store.reports()]


@pytest.fixture(scope="module")
def tables(store):
    return store.to_arrow()


def test_the_page_has_the_schema():
    listed = {}
    for name, rows in re.findall(r"^### `(\w+)`\n\n\| column \| type \| \|\n\|---\|---\|---\|\n((?:\|.*\n)+)", PAGE, re.M):
        listed[name] = [(column, kind) for columns, kind in re.findall(r"^\| (.+?) \| `(.+?)` \|", rows, re.M) for column in re.findall(r"`(\w+)`", columns)]
    assert listed == {name: [(field.name, str(field.type).replace("item: ", "")) for field in schema] for name, schema in arrow.SCHEMAS.items()}


def test_the_examples_of_the_page_run(demo_store, tmp_path, monkeypatch):
    pytest.importorskip("duckdb")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chronicle.db").symlink_to(demo_store)
    names = {"text": ""}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S):
        exec(block, names)
    assert len(list((tmp_path / "parquet").iterdir())) == len(arrow.SCHEMAS)


def test_spans_lead_to_their_words(tables):
    texts = dict(zip(tables["reports"]["report"].to_pylist(), tables["reports"]["text"].to_pylist()))
    checked = 0
    for table in ("times", "places", "quantities", "events"):
        name = "trigger" if table == "events" else "span"
        for row in tables[table].to_pylist():
            words = row["trigger_words" if table == "events" else "words"]
            assert words == texts[row["report"]][row[f"{name}_begin"]:row[f"{name}_end"]] != ""
            checked += 1
    for row in tables["attributions"].to_pylist():
        for span in row["content_spans"]:
            assert span["words"] == texts[row["report"]][span["begin"]:span["end"]] != ""
    assert checked > 500


def test_rows_point_at_each_other(tables):
    ids = {name: {(row["report"], row["id"]) for row in tables[name].to_pylist()} for name in ("entities", "times", "places", "quantities", "attributions", "events")}
    for event in tables["events"].to_pylist():
        for table, several in (("places", [event["place"]]), ("times", [event["date_time"]]), ("quantities", event["quantities"]),
                               ("attributions", event["according_to"]), ("entities", [who["entity"] for who in event["actors"]])):
            assert all((event["report"], one) in ids[table] for one in several if one is not None)
    accounts = tables["accounts"].to_pylist()
    assert {(row["report"], mention) for row in accounts for mention in row["mentions"]} == ids["events"]
    assert {row["happening"] for row in accounts} == set(tables["happenings"]["happening"].to_pylist())


def test_a_store_and_its_records_give_the_same(demo_store, tables, records):
    alone = dateline.to_arrow(iter(records))
    assert list(alone) == [name for name in tables if name != "happenings"]
    for name in alone:
        assert alone[name].schema == tables[name].schema
        if name != "accounts":
            assert alone[name].drop_columns("report") == tables[name].drop_columns("report")
    assert sorted(map(str, alone["accounts"]["mentions"].to_pylist())) == sorted(map(str, tables["accounts"]["mentions"].to_pylist()))
    with sqlite3.connect(f"file:{demo_store}?mode=ro", uri=True) as connection:
        for name in ("events", "entities", "places", "happenings", "reports"):
            assert tables[name].num_rows == connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
    connection.close()


def test_a_report_is_a_row_of_the_nested_schema(records):
    import pyarrow

    rows = [arrow.nested_row(record) for record in records]
    table = pyarrow.Table.from_pylist(rows, schema=arrow.NESTED)
    assert table.num_rows == len(records) and table.to_pylist() == rows
    assert rows[0]["events"][0]["trigger_words"] == records[0].text[slice(*records[0].events[0].trigger)]


def test_batches_hold_as_many_reports_as_asked(records):
    asked = []

    def read():
        for record in records[:7]:
            asked.append(record)
            yield record

    batches = arrow.batches(read(), size=3)
    name, first = next(batches)
    assert (name, first.num_rows, len(asked)) == ("reports", 3, 3)
    assert [batch.num_rows for name, batch in batches if name == "reports"] == [3, 1]
    with pytest.raises(ValueError, match="from 1 on"):
        next(arrow.batches([], size=0))
    assert {table.num_rows for table in dateline.to_arrow([]).values()} == {0}


def test_pages_of_a_store_are_all_of_it(store, tables, monkeypatch):
    monkeypatch.setattr("dateline._chronicle._PAGE", 5)
    rows = dict.fromkeys(tables, 0)
    for name, batch in arrow.batches(store, size=4):
        rows[name] += batch.num_rows
    assert rows == {name: table.num_rows for name, table in tables.items()}
    assert [handle for handle, _ in store.reports()] == tables["reports"]["report"].to_pylist()


def test_memory_stays_flat(records):
    import pyarrow

    held = [pyarrow.total_allocated_bytes() for name, _ in arrow.batches((record for _ in range(40) for record in records), size=50) if name == "events"]
    assert len(held) == 18 and max(held) < held[0] + held[1] + (1 << 20)


def test_others_read_them(tables, store, tmp_path):
    pandas, polars, duckdb = (pytest.importorskip(name) for name in ("pandas", "polars", "duckdb"))
    import pyarrow.parquet

    rows = arrow.write_parquet(store, tmp_path / "out")
    assert rows == {name: table.num_rows for name, table in tables.items()}
    with pytest.raises(FileExistsError):
        arrow.write_parquet(store, tmp_path / "out")
    for name, table in tables.items():
        path = tmp_path / f"out/{name}.parquet"
        kept = pyarrow.parquet.read_table(path)
        assert kept.schema == table.schema and kept.num_rows == table.num_rows
        assert pandas.read_parquet(path).shape == table.to_pandas().shape == table.shape
        assert polars.from_arrow(table).shape == polars.read_parquet(path).shape == table.shape
        assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(table.num_rows,)]
    events = tables["events"]
    first = min(day for day in events["date_begin"].to_pylist() if day)
    assert isinstance(first, datetime.date)
    assert polars.from_arrow(events)["date_begin"].min() == first
    assert duckdb.sql("SELECT min(date_begin) FROM events").fetchall() == [(first,)]
    assert events.to_pandas()["date_begin"].dropna().min() == first
    reports = tables["reports"]  # noqa: F841 - DuckDB finds it by name.
    assert duckdb.sql("SELECT bool_and(substr(text, trigger_begin + 1, trigger_end - trigger_begin) = trigger_words) "
                      "FROM events JOIN reports USING (report)").fetchall() == [(True,)]


def test_where_writing_fails_no_file_is_left(records, tmp_path):
    def broken():
        yield records[0]
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        arrow.write_parquet(broken(), tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())
    with arrow.new_parquet(io.BytesIO(), arrow.SCHEMAS["events"]) as write:
        write(dict(arrow.batches(records[:1]))["events"])
