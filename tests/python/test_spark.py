"""Reading in Spark: the columns of the Arrow schema, the command line's bytes, and reports that are none. What starts Spark skips where it is not."""
# SPDX-License-Identifier: Apache-2.0

import json
import os
import signal
import sys

import pytest

engine = pytest.importorskip("dateline", reason="no package in PYTHONPATH: make package")
pyarrow = pytest.importorskip("pyarrow", reason="no pyarrow: make setup")
from dateline import arrow, spark  # noqa: E402

TEXT = "Blast kills two\n\nTwo people were killed in Lagos on Friday, police said. “Nobody saw it,” said Ada Obi.\n"
ROWS = [("a", TEXT, "2026-03-09"), ("b", None, "2026-03-09"), ("c", "", None), (None, TEXT, None), ("e", TEXT * 9, "2026-03-09")]
OPTIONS = {"reading": "fast", "max_bytes": 500}


def test_batches_of_reports_become_batches_of_what_was_read():
    columns = dict(zip(("id", "text", "date"), map(list, zip(*ROWS * 20))))
    read = spark.read_batches(text="text", columns={"id": "id", "date": "date"}, media_type=None, verbatim=True, json=True, reader=OPTIONS)
    out = list(read(pyarrow.table(columns).to_batches(max_chunksize=90)))
    assert [batch.num_rows for batch in out] == [64, 26, 10]
    assert {batch.schema for batch in out} == {spark.schema(json=True)}
    rows = pyarrow.Table.from_batches(out).to_pylist()
    reader = engine.Reader(reading="fast")
    record = reader.read(TEXT, id="a", date="2026-03-09", verbatim=True)
    assert rows[0] == {**arrow.nested_row(record), "error": None, "json": reader.read_json(TEXT, id="a", date="2026-03-09", verbatim=True).decode()}
    assert [row["id"] for row in rows[:3]] == ["a", "b", "c"] and rows[3]["events"]
    assert [rows[number]["error"] for number in (1, 2, 3)] == ["no text", None, None] and rows[4]["error"].startswith("DL1001")
    assert rows[1]["events"] is rows[4]["events"] is None and rows[2]["events"] == [] and rows[:5] * 20 == rows


@pytest.fixture(scope="module")
def session():
    pyspark = pytest.importorskip("pyspark", reason="no Spark here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # Else the workers take the system's python3.
        session = (pyspark.sql.SparkSession.builder.master("local[2,3]").config("spark.ui.enabled", "false")  # A task may fail twice.
                   .config("spark.sql.shuffle.partitions", "2").getOrCreate())
        yield session
        session.stop()


def test_spark_gives_the_command_lines_bytes(session, dateline, demo_store, tmp_path):
    with engine.Chronicle(demo_store) as chronicle:
        lines = [{"id": handle, "text": record.text, "date": record.published.value if record.published else None} for handle, record in chronicle.reports()]
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps({name: value for name, value in line.items() if value}) + "\n" for line in lines))
    frame = session.read.schema("id string, text string, date string").json(str(tmp_path / "reports.jsonl")).repartition(4)
    read = spark.read_reports(frame, json=True, reading="fast")
    printed = dateline("read", "--from", "jsonl", "--reading", "fast", tmp_path / "reports.jsonl").stdout.decode().splitlines()
    rows = {row.id: row for row in read.collect()}
    for line in printed:
        record = json.loads(line)
        record["source"].pop("file", None)
        kept = json.loads(rows[record["id"]].json)
        assert kept == record and list(kept) == list(record)
        assert [event.id for event in rows[record["id"]].events] == [event["id"] for event in record["events"]]
    assert len(rows) == len(printed) == len(lines)
    read.createOrReplaceTempView("read")
    told = session.sql("SELECT count(*) AS n, min(e.date_begin) AS first FROM (SELECT explode(events) AS e FROM read) WHERE e.type = 'ASSAULT'").first()
    assert told.n > 20 and told.first.year >= 2000


def test_a_worker_that_is_killed_changes_nothing(session):
    frame = session.createDataFrame([(str(number), f"{TEXT} {number} were hurt.", "2026-03-09") for number in range(40)], "id string, text string, date string")

    def dies_once(batches):
        from pyspark import TaskContext

        task = TaskContext.get()
        if (task.partitionId(), task.attemptNumber()) in ((0, 0), (1, 0), (1, 1)):
            os.kill(os.getpid(), signal.SIGKILL)
        yield from batches

    well = spark.read_reports(frame, json=True, **OPTIONS).collect()
    killed = spark.read_reports(frame.repartition(2).mapInArrow(dies_once, frame.schema), json=True, **OPTIONS).collect()
    assert sorted(well) == sorted(killed) and len(well) == 40


def test_reports_that_are_none_end_no_job(session):
    frame = session.createDataFrame(ROWS, "id string, text string, date string")
    rows = spark.read_reports(frame, **OPTIONS).collect()
    assert sorted(row.id for row in rows if row.error is not None) == ["b", "e"]
    assert sum(bool(row.events) for row in rows) == 2
    with pytest.raises(ValueError, match="no column 'body'"):
        spark.read_reports(frame, text="body")
