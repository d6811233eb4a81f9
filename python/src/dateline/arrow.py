"""Records as tables of Arrow: the schema of docs/arrow.md, made of the classes of a record.

    >>> tables = dateline.to_arrow(reader.pipe(documents))
    >>> tables["events"].to_pandas()

A table's column is a field of the record: an object within an item is taken apart (`date_begin`), a span becomes `span_begin` and `span_end`, and the
words stand beside it where they say what the item is. What is unknown is null. Needs pyarrow.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Union

import pyarrow
import pyarrow.parquet

from ._files import new_file
from ._record import Attribution, Day, Entity, Event, Item, Place, Quantity, Quoted, Record, Span, Time, know_fields

if TYPE_CHECKING:
    from ._chronicle import Chronicle

    #: What tables are made of: records, or all of a store.
    Reports = Union[Iterable[Record], Chronicle]


class Account(Item):
    """What a report's mentions of one happening are together."""

    incident: str
    event: str
    mentions: list[str]
    type: str
    main: bool | None
    happening: str | None
    source: int | None
    copied: bool | None
    superseded: bool | None
    state: str | None


class Toll(Item):
    counts: str
    low: float
    best: float
    high: float


class Dates(Item):
    begin: Day | None
    end: Day | None


class Happening(Item):
    """What several reports tell of, or one."""

    happening: str
    type: str
    date: Dates | None
    event: str
    tolls: list[Toll]
    disputed: list[str]
    main: bool
    reports: int
    sources: int
    state: str


know_fields(globals())

_SCALARS = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_(), Day: pyarrow.date32()}
_SPAN = [pyarrow.field("begin", pyarrow.int32()), pyarrow.field("end", pyarrow.int32())]
_WORDS = pyarrow.field("words", pyarrow.string())


class _Column(NamedTuple):
    """A column, and how its value is read off an item and the text of its report."""

    field: pyarrow.Field
    value: Callable[[dict[str, Any], str], Any]


def _of_span(name: str, is_quoted: bool) -> list[_Column]:
    def bound(at: int) -> Callable[[dict[str, Any], str], Any]:
        return lambda item, text: item[name][at] if name in item else None

    columns = [_Column(pyarrow.field(f"{name}_begin", pyarrow.int32()), bound(0)), _Column(pyarrow.field(f"{name}_end", pyarrow.int32()), bound(1))]
    if is_quoted:
        columns.append(_Column(pyarrow.field("words" if name == "span" else f"{name}_words", pyarrow.string()),
                               lambda item, text: text[slice(*item[name])] if name in item else None))
    return columns


def _of_spans(name: str, is_quoted: bool) -> _Column:
    def value(item: dict[str, Any], text: str) -> list[dict[str, Any]]:
        if is_quoted:
            return [{"begin": begin, "end": end, "words": text[begin:end]} for begin, end in item.get(name, ())]
        return [{"begin": begin, "end": end} for begin, end in item.get(name, ())]

    return _Column(pyarrow.field(name, pyarrow.list_(pyarrow.struct([*_SPAN, _WORDS] if is_quoted else _SPAN))), value)


def _of_items(name: str, columns: list[_Column]) -> _Column:
    def value(item: dict[str, Any], text: str) -> list[dict[str, Any]]:
        return [{column.field.name: column.value(one, text) for column in columns} for one in item.get(name, ())]

    return _Column(pyarrow.field(name, pyarrow.list_(pyarrow.struct([column.field for column in columns]))), value)


def _of_scalar(name: str, kind: Any, many: bool) -> _Column:
    if many:
        return _Column(pyarrow.field(name, pyarrow.list_(_SCALARS[kind])), lambda item, text: item.get(name, []))
    if kind == Day:
        return _Column(pyarrow.field(name, _SCALARS[kind]), lambda item, text: datetime.date.fromisoformat(item[name]) if name in item else None)
    return _Column(pyarrow.field(name, _SCALARS[kind]), lambda item, text: item.get(name))


def _within(name: str, column: _Column) -> _Column:
    """A column of an object that an item holds."""
    return _Column(column.field.with_name(f"{name}_{column.field.name}"), lambda item, text: column.value(item.get(name, {}), text))


def _columns(kind: type[Item], without: Iterable[str] = ()) -> list[_Column]:
    columns: list[_Column] = []
    for name, (inner, many) in kind.fields_.items():
        if name in without:
            continue
        if inner in (Span, Quoted):
            columns += [_of_spans(name, inner == Quoted)] if many else _of_span(name, inner == Quoted)
        elif isinstance(inner, type) and issubclass(inner, Item):
            columns += [_of_items(name, _columns(inner))] if many else [_within(name, column) for column in _columns(inner)]
        else:
            columns.append(_of_scalar(name, inner, many))
    return columns


_ITEMS: dict[str, type[Item]] = {"entities": Entity, "times": Time, "places": Place, "quantities": Quantity, "attributions": Attribution, "events": Event}
# Tokens, names and the maps to pages are as many as the words: the record's JSON has them.
_APART = (*_ITEMS, "schema", "tokens", "names", "source_map", "page_map", "time_map")
_REPORT = pyarrow.field("report", pyarrow.string(), nullable=False)
_COLUMNS = {"reports": _columns(Record, _APART), **{name: _columns(kind) for name, kind in _ITEMS.items()}, "accounts": _columns(Account)}
_HAPPENINGS = _columns(Happening)

#: The schema of each table. `happenings` is of a store alone.
SCHEMAS: dict[str, pyarrow.Schema] = {name: pyarrow.schema([_REPORT, *(column.field for column in columns)]) for name, columns in _COLUMNS.items()}
SCHEMAS["happenings"] = pyarrow.schema([column.field for column in _HAPPENINGS])

_NESTED = [*_COLUMNS["reports"], *(_of_items(name, _COLUMNS[name]) for name in (*_ITEMS, "accounts"))]
#: One row a report: the columns of `reports`, and each other table as a list of structs.
NESTED = pyarrow.schema([column.field for column in _NESTED])


def nested_row(record: Record) -> dict[str, Any]:
    """A record as a row of NESTED."""
    text = record["text"]
    whole = {**record, "accounts": _accounts_in(record)}
    return {column.field.name: column.value(whole, text) for column in _NESTED}


def _accounts_in(record: Record) -> list[Account]:
    """What one report's mentions of each happening are together; which happening of others it is, one report cannot tell."""
    accounts: dict[str, Account] = {}
    for event in record["events"]:
        account = accounts.setdefault(event["incident"], Account(incident=event["incident"], event=event["id"], mentions=[], type=event["type"]))
        account["mentions"].append(event["id"])
        if "main" in event:
            account["main"] = account.get("main", False) or event["main"]
    return list(accounts.values())


class _Rows:
    """Rows of one table, on their way into a batch."""

    def __init__(self, table: str, columns: list[_Column]) -> None:
        self.schema, self._columns = SCHEMAS[table], columns
        self._clear()

    def _clear(self) -> None:
        self._reports: list[str] = []
        self._values: list[list[Any]] = [[] for _ in self._columns]

    def add(self, item: dict[str, Any], text: str, report: str | None = None) -> None:
        if report is not None:
            self._reports.append(report)
        for values, column in zip(self._values, self._columns):
            values.append(column.value(item, text))

    def take(self) -> pyarrow.RecordBatch:
        columns = [self._reports, *self._values] if self.schema.names[0] == "report" else self._values
        arrays = [pyarrow.array(values, field.type) for values, field in zip(columns, self.schema)]
        self._clear()
        return pyarrow.RecordBatch.from_arrays(arrays, schema=self.schema)


_LARGE = 4 << 20  # Code points of text in a batch.


def _of_reports(records: Iterable[tuple[str, Record]], tables: Iterable[str], size: int) -> Iterator[tuple[str, pyarrow.RecordBatch]]:
    rows = {name: _Rows(name, _COLUMNS[name]) for name in tables}
    held = length = 0
    for report, record in records:
        text = record["text"]
        for name, table in rows.items():
            items = [record] if name == "reports" else _accounts_in(record) if name == "accounts" else record[name]
            for item in items:
                table.add(item, text, report)
        held, length = held + 1, length + len(text)
        if held >= size or length >= _LARGE:
            yield from ((name, table.take()) for name, table in rows.items())
            held = length = 0
    if held:
        yield from ((name, table.take()) for name, table in rows.items())


def _of_happenings(chronicle: Chronicle, size: int) -> Iterator[tuple[str, pyarrow.RecordBatch]]:
    for page in chronicle._happenings(size):
        happenings, accounts = _Rows("happenings", _HAPPENINGS), _Rows("accounts", _COLUMNS["accounts"])
        for happening in page:
            happenings.add(happening, "")
            for account in happening["accounts"]:
                report = account["report"]["handle"]

                def within(handle: str, report: str = report) -> str:
                    return handle.removeprefix(f"{report}.")

                accounts.add({**account, "happening": happening["happening"], "incident": within(account["incident"]), "event": within(account["event"]),
                              "mentions": [within(handle) for handle in account["mentions"]], "copied": account.get("copied", False),
                              "superseded": account.get("superseded", False)}, "", report)
        yield "happenings", happenings.take()
        yield "accounts", accounts.take()


def _is_store(reports: Reports) -> bool:
    from ._chronicle import Chronicle

    return isinstance(reports, Chronicle)


def batches(reports: Reports, *, size: int = 256) -> Iterator[tuple[str, pyarrow.RecordBatch]]:
    """The tables of so many reports at a time, as ("events", batch); memory holds one batch of each.

    reports: records, of which each row's `report` is the id; or a Chronicle, of which it is the handle ("r17"), and which has `happenings` too.
    Of a store the accounts and happenings come behind the rest. size: reports, or happenings, in a batch; fewer where they are long.
    """
    if size < 1:
        raise ValueError(f"size is a number from 1 on, not {size}")
    if _is_store(reports):
        yield from _of_reports(reports.reports(), ["reports", *_ITEMS], size)  # type: ignore[union-attr]
        yield from _of_happenings(reports, size)  # type: ignore[arg-type]
    else:
        yield from _of_reports(((record["id"], record) for record in reports), _COLUMNS, size)  # type: ignore[union-attr]


def _tables_of(reports: Reports) -> list[str]:
    return list(SCHEMAS) if _is_store(reports) else list(_COLUMNS)


def to_arrow(reports: Reports) -> dict[str, pyarrow.Table]:
    """All tables, by name, in memory: of records, or of a Chronicle. For more than fits, batches() and write_parquet()."""
    parts: dict[str, list[pyarrow.RecordBatch]] = {name: [] for name in _tables_of(reports)}
    for name, batch in batches(reports):
        parts[name].append(batch)
    return {name: pyarrow.Table.from_batches(several, SCHEMAS[name]) for name, several in parts.items()}


@contextlib.contextmanager
def new_parquet(file: Any, schema: pyarrow.Schema) -> Iterator[Callable[[pyarrow.RecordBatch], None]]:
    """Writes batches as Parquet into a path that is not there yet, or a file open for bytes; where that fails no file is left."""
    with new_file(file) as out, pyarrow.parquet.ParquetWriter(out, schema) as parquet:
        yield parquet.write_batch


def write_parquet(reports: Reports, directory: str | os.PathLike[str], *, size: int = 4096) -> dict[str, int]:
    """Each table as a file of its name (events.parquet) in a directory; returns how many rows each has.

    size: reports in a row group, and in memory. Files that are there already are left alone (FileExistsError); where writing fails none is left.
    """
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    rows = dict.fromkeys(_tables_of(reports), 0)
    with contextlib.ExitStack() as files:
        write = {name: files.enter_context(new_parquet(directory / f"{name}.parquet", SCHEMAS[name])) for name in rows}
        for name, batch in batches(reports, size=size):
            write[name](batch)
            rows[name] += batch.num_rows
    return rows
