"""Reading in Spark: a DataFrame of reports in, one row of what was read for each out.

    from dateline import spark
    read = spark.read_reports(session.read.parquet("reports"), text="body", date="day", id="key")
    read.select("id", F.explode("events").alias("event")).where("event.type = 'ASSAULT'")

Each worker process opens one reader and keeps it; the executors need this package, and no network. Needs pyspark 4 and pyarrow.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow

from ._error import Error
from ._reader import Reader
from ._record import Record
from .arrow import NESTED, nested_row

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_ROWS = 64  # In a batch that goes out: a record is ten times as large as its report.
_ERROR = pyarrow.field("error", pyarrow.string())
_JSON = pyarrow.field("json", pyarrow.string())

Batches = Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]


def schema(*, json: bool = False) -> pyarrow.Schema:
    """The columns of read_reports(): those of dateline.arrow.NESTED, `error`, and with json the record's JSON."""
    return pyarrow.schema([*NESTED, _ERROR, *([_JSON] if json else [])])


@functools.lru_cache(maxsize=4)
def _reader(options: tuple[tuple[str, Any], ...]) -> Reader:
    """One reader a process and set of options: loading a pipeline takes longer than reading a report."""
    return Reader(**dict(options))


def read_reports(reports: DataFrame, *, text: str = "text", id: str | None = "id", date: str | None = "date", title: str | None = None,
                 uri: str | None = None, outlet: str | None = None, media_type: str | None = None, verbatim: bool = True, json: bool = False,
                 **reader: Any) -> DataFrame:
    """What was read of each row, a row each, in the columns of schema().

    text: the column with the report, strings or bytes; id, date, title, uri, outlet: columns with what is known of it beside (None, or a column
    that is not there: nothing). A report that is rejected, or null, has its `id`, and the reason in `error`; it ends nothing.
    media_type, verbatim: as Reader.read() has them, verbatim as for JSON Lines. json: with the record as `dateline read` writes it, but for the name of its file.
    reader: options of Reader.

    Raises ValueError where there is no column of the text's name.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    if text not in reports.columns:
        raise ValueError(f"there is no column '{text}' with the text of reports; there are {', '.join(reports.columns)}")
    known = {"id": id, "date": date, "title": title, "uri": uri, "outlet": outlet}
    columns = {what: name for what, name in known.items() if name is not None and name in reports.columns}
    read = read_batches(text=text, columns=columns, media_type=media_type, verbatim=verbatim, json=json, reader=reader)
    # Only what is read goes to the workers.
    return reports.select(text, *columns.values()).mapInArrow(read, from_arrow_schema(schema(json=json)))


def read_batches(*, text: str, columns: dict[str, str], media_type: str | None, verbatim: bool, json: bool, reader: dict[str, Any]) -> Batches:
    """The function that a worker runs: from batches of reports to batches of what was read."""
    options, out = tuple(sorted(reader.items())), schema(json=json)

    def row(engine: Reader, report: Any, known: dict[str, str]) -> dict[str, Any]:
        if report is None:
            return {"id": known.get("id"), "error": "no text"}
        try:
            line = engine.read_json(report, media_type=media_type, verbatim=verbatim, **known)
        except Error as problem:
            return {"id": known.get("id"), "error": str(problem)}
        return {**nested_row(Record.from_json(line)), "json": line.decode()}

    def read(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        engine = _reader(options)
        for whole in batches:
            for begin in range(0, whole.num_rows, _ROWS):
                batch = whole.slice(begin, _ROWS)
                beside = [{what: str(value) for what, value in zip(columns, values) if value is not None}
                          for values in zip(*(batch.column(name).to_pylist() for name in columns.values()))] or [{}] * batch.num_rows
                rows = [row(engine, report, known) for report, known in zip(batch.column(text).to_pylist(), beside)]
                # Column by column: RecordBatch.from_pylist takes twenty times as long.
                yield pyarrow.RecordBatch.from_arrays([pyarrow.array([one.get(field.name) for one in rows], field.type) for field in out], schema=out)

    return read
