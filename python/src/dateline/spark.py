"""Reading in Spark: a function for DataFrame.mapInArrow.

    from dateline import spark
    reports = session.read.parquet("reports")               # columns id, text, date
    records = reports.mapInArrow(spark.map_in_arrow(), spark.SCHEMA)

Each input row gives one output row: its id, the record as JSON, or the reason it was rejected. Needs pyarrow; the
executors need this package, not a network.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow

from ._error import Error
from ._reader import Reader

SCHEMA = "id string, record string, error string"


@functools.lru_cache(maxsize=4)
def _reader(options: tuple[tuple[str, Any], ...]) -> Reader:
    """One reader a process and set of options: loading a pipeline takes longer than reading a report."""
    return Reader(**dict(options))


def map_in_arrow(*, text: str = "text", id: str | None = "id", date: str | None = "date", title: str | None = None, uri: str | None = None,
                 media_type: str = "text", verbatim: bool = True,
                 **reader: Any) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """A function from record batches to record batches.

    text, id, date, title and uri name columns (None, or a column that is not there: not given); text may hold strings
    or bytes, of PDF too with media_type="pdf". The other options are those of Reader.
    """
    options = tuple(sorted(reader.items()))
    columns = {"id": id, "date": date, "title": title, "uri": uri}

    def read_batches(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        schema = pyarrow.schema([(name, pyarrow.string()) for name in ("id", "record", "error")])
        engine = _reader(options)
        for batch in batches:
            given = {key: batch.column(name).to_pylist() for key, name in columns.items() if name in batch.schema.names}
            rows: dict[str, list[str | None]] = {"id": [], "record": [], "error": []}
            for at, report in enumerate(batch.column(text).to_pylist()):
                details = {key: str(values[at]) for key, values in given.items() if values[at] is not None}
                record, error = None, None
                try:
                    if report is None:
                        error = "no text"
                    else:
                        record = engine.read_json(report, media_type=media_type, verbatim=verbatim, **details).decode()
                except Error as problem:
                    error = str(problem)
                rows["id"].append(details.get("id"))
                rows["record"].append(record)
                rows["error"].append(error)
            yield pyarrow.RecordBatch.from_pydict(rows, schema=schema)

    return read_batches
