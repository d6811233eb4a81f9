# SPDX-License-Identifier: Apache-2.0
import contextlib
import datetime
import json
import os

from . import _engine
from ._reader import _installed


def _rows(lines):
    return [json.loads(line) for line in lines.splitlines()]


def _text(name, value):
    """A text, or what prints as a day."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if value is None or isinstance(value, (str, datetime.date)):
        return "" if value is None else str(value)
    raise TypeError(f"{name} is a str{', a datetime.date' if name in ('since', 'until') else ''} or None, not {type(value).__name__}")


def _filter(since, until, actor, place, types, source, limit):
    if isinstance(types, str):
        types = [types]
    if not all(isinstance(one, str) for one in types or ()):
        raise TypeError("types is a str or several")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int)):
        raise TypeError(f"limit is an int from 1 on, or None for all, not {type(limit).__name__}")
    if limit is not None and not 0 < limit < 2**63:
        raise ValueError(f"limit is a number from 1 on, or None for all, not {limit}")
    texts = {"since": since, "until": until, "actor": actor, "place": place, "source": source}
    texts = {name: _text(name, value) for name, value in texts.items()}
    return _engine.Filter(types=list(types or ()), limit=limit or 0, **texts)


@contextlib.contextmanager
def _new_file(file):
    """A file open for bytes, or a path, which is gone again where writing fails."""
    if hasattr(file, "write"):
        yield file
        return
    with open(file, "xb") as out:
        try:
            yield out
        except BaseException:
            os.unlink(file)
            raise


class Chronicle:
    """A store that `dateline ingest` made, for reading. Raises dateline.Error where there is none."""

    def __init__(self, path):
        self._engine = _engine.Chronicle.open(os.fspath(path))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._engine = None

    def timeline(self, *, since=None, until=None, actor=None, place=None, types=None, source=None, limit=None):
        """Events in the order of their dates, one report's version at a time, as `dateline timeline` prints them.

        since, until: a datetime.date, or "2026-03-09", "2026-03", "2026"; types: one, or several; limit: None for all.
        """
        return _rows(self._open().timeline(_filter(since, until, actor, place, types, source, limit)))

    def search(self, words, *, since=None, until=None, actor=None, place=None, types=None, source=None, limit=None):
        """Reports that have all these words, best first. The rest as for timeline()."""
        return _rows(self._open().search(_text("words", words), _filter(since, until, actor, place, types, source, limit)))

    def export(self, format, file, *, since=None, until=None, actor=None, place=None, types=None, source=None, limit=None, background=False,
               tolls="latest-official"):
        """Happenings in one of the formats of `dateline export`, into a path that is not there yet or a file open for bytes.

        Returns how many rows were written. The rest as for timeline(); background, tolls: as the command's options.
        """
        filters = _filter(since, until, actor, place, types, source, limit)
        export = _engine.Export.open(format, _installed("", "knowledge"), filters, background, tolls)
        with _new_file(file) as out:
            return export.bytes(self._open(), out.write)

    def export_parquet(self, file, *, sheet="csv", since=None, until=None, actor=None, place=None, types=None, source=None, limit=None,
                       background=False, tolls="latest-official"):
        """A sheet ("csv", "claims", "plover", "acled") as Parquet, some thousand rows in memory at a time. Needs pyarrow.

        Returns how many rows were written. The rest as for export().
        """
        import pyarrow
        import pyarrow.parquet

        filters = _filter(since, until, actor, place, types, source, limit)
        export = _engine.Export.open(sheet, _installed("", "knowledge"), filters, background, tolls)
        schema = pyarrow.schema([(name, pyarrow.float64() if is_number else pyarrow.string()) for name, is_number in export.columns()])
        rows = 0
        with _new_file(file) as out, pyarrow.parquet.ParquetWriter(out, schema) as parquet:
            def write(batch):
                nonlocal rows
                rows += len(batch)
                columns = zip(*batch) if batch else [[]] * len(schema)
                parquet.write_batch(pyarrow.record_batch([pyarrow.array(column, field.type) for column, field in zip(columns, schema)], schema=schema))
            export.rows(self._open(), write)
        return rows

    def _open(self):
        if self._engine is None:
            raise ValueError("the chronicle is closed")
        return self._engine

    def report(self, name):
        """The record of a report by its handle, id, address, or the first digits of its content's sha256."""
        return json.loads(self._open().report(_text("name", name)))

    def page(self, name):
        """The web page a report was read from, as bytes; Error DL4014 where it was read from text."""
        return self._open().page(_text("name", name))
