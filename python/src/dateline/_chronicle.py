# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from . import _engine
from ._files import new_file
from ._filter import Filters, filter_of, text_of
from ._reader import _installed
from ._record import Record

if TYPE_CHECKING:
    from typing import Self, Unpack

    import pyarrow

Tolls = Literal["latest-official", "conservative", "most-told"]


class ExportFilters(Filters, total=False):
    """Filters, and how happenings are told."""

    background: bool  # Also what no report is about.
    tolls: Tolls  # Which of several numbers is the best.


_PAGE = 64  # Reports in memory, of a whole store.


def _rows(lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def _export(format: str, *, background: bool = False, tolls: Tolls = "latest-official", **filters: Unpack[Filters]) -> _engine.Export:
    return _engine.Export.open(format, _installed("", "knowledge"), filter_of(filters), background, tolls)


class Timeline(list[dict[str, Any]]):
    """Events as dicts; a notebook shows them as a table."""

    def _repr_html_(self) -> str:
        from ._html import of_timeline

        return of_timeline(self)


_of_parents: list[_engine.Chronicle] = []  # SQLite's connections are not to be closed by a child of who opened them.


class Chronicle:
    """A store that `dateline ingest` made, for reading by any number of threads; a process that is forked off reads it anew.

    Raises StoreError where there is none, ValueError once it is closed. Days are inclusive, spans code points of a report's text.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)
        self._engine: _engine.Chronicle | None = _engine.Chronicle.open(self._path)
        self._process = os.getpid()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._engine = None

    def timeline(self, **filters: Unpack[Filters]) -> Timeline:
        """Events in the order of their dates, one report's version at a time, as `dateline timeline --each` prints them.

        filters (dateline.Filters): since, until: a datetime.date, or "2026-03-09", "2026-03", "2026"; actor, role, place, country, source, text;
        types, modes, states: one, or several; box: four degrees; near: a place or (lat, lon); within, confidence: numbers; limit: None for all.
        Raises StoreError for what cannot be (no day, no type), TypeError for what is of another kind.
        """
        return Timeline(_rows(self._open().timeline(filter_of(filters))))

    def search(self, words: str, **filters: Unpack[Filters]) -> list[dict[str, Any]]:
        """Reports that have all these words, best first. The rest as for timeline()."""
        return _rows(self._open().search(text_of("words", words), filter_of(filters)))

    def export(self, format: str, file: Any, **filters: Unpack[ExportFilters]) -> int:
        """Happenings in one of the formats of `dateline export`, into a path that is not there yet or a file open for bytes.

        Returns how many rows were written. The rest as for timeline(); background, tolls: as the command's options.
        Raises ExportError where there is no such format, FileExistsError, and what writing to the file raises; then no file is left.
        """
        export = _export(format, **filters)
        with new_file(file) as out:
            return export.bytes(self._open(), out.write)

    def export_parquet(self, file: Any, *, sheet: str = "csv", **filters: Unpack[ExportFilters]) -> int:
        """A sheet ("csv", "claims", "plover", "acled") as Parquet, some thousand rows in memory at a time. Needs pyarrow.

        Returns how many rows were written. The rest as for export(). What was read, as tables: dateline.arrow.write_parquet().
        """
        import pyarrow

        from .arrow import new_parquet

        export = _export(sheet, **filters)
        schema = pyarrow.schema([(name, pyarrow.float64() if is_number else pyarrow.string()) for name, is_number in export.columns()])
        rows = 0
        with new_parquet(file, schema) as add:
            def write(batch: list[list[Any]]) -> None:
                nonlocal rows
                rows += len(batch)
                columns: Iterable[Any] = zip(*batch) if batch else [[]] * len(schema)
                add(pyarrow.record_batch([pyarrow.array(column, field.type) for column, field in zip(columns, schema)], schema=schema))
            export.rows(self._open(), write)
        return rows

    def _open(self) -> _engine.Chronicle:
        if self._engine is None:
            raise ValueError("the chronicle is closed")
        if self._process != os.getpid():
            _of_parents.append(self._engine)
            self._engine, self._process = _engine.Chronicle.open(self._path), os.getpid()
        return self._engine

    def report(self, name: str) -> Record:
        """The record of a report by its handle, id, address, or the first digits of its content's sha256.

        StoreError where there is none (DL4010) or several (DL4011).
        """
        return Record.from_json(self._open().report(text_of("name", name)))

    def reports(self) -> Iterator[tuple[str, Record]]:
        """All reports in the order in which they came, each as (handle, record): ("r17", ...). Some are in memory at a time."""
        last = ""
        while page := self._open().reports(last, _PAGE):
            for last, line in page:
                yield last, Record.from_json(line)

    def _happenings(self, size: int) -> Iterator[list[dict[str, Any]]]:
        """All happenings with their accounts, so many at a time."""
        cursor = ""
        before: str | None = None
        while cursor != before:
            before = cursor
            lines, cursor = self._open().happenings(cursor, size)
            yield _rows(lines)

    def export_corrections(self, format: str, file: Any) -> int:
        """The reports that people corrected, whole, as `dateline export --corrections` writes them: "spacy", "chronology"; or "docbin".

        A DocBin holds spaCy's Docs, for `spacy train`, with the groups of spans of "spacy"; it needs spaCy. brat's directory of files is written
        by the command line alone. Returns how many reports were written; file as for export().
        """
        lines = self._open().corrected("spacy" if format == "docbin" else format)
        if format == "brat":
            raise ValueError("brat is a directory of files: dateline export --corrections --format brat -o DIRECTORY")
        data = lines
        if format == "docbin":
            from ._spacy import corrected_doc_bin

            data = corrected_doc_bin(_rows(lines)).to_bytes()
        with new_file(file) as out:
            out.write(data)
        return len(lines.splitlines())

    def to_arrow(self) -> dict[str, pyarrow.Table]:
        """The whole store as tables of Arrow (docs/arrow.md), by name; needs pyarrow."""
        from .arrow import to_arrow

        return to_arrow(self)

    def page(self, name: str) -> bytes:
        """The web page a report was read from, as bytes; StoreError (DL4014) where it was read from text."""
        return self._open().page(text_of("name", name))
