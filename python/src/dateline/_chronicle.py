# SPDX-License-Identifier: Apache-2.0
import json
import os

from . import _engine


def _rows(lines):
    return [json.loads(line) for line in lines.splitlines()]


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

    def timeline(self, *, since="", until="", actor="", place="", types=(), source="", limit=0):
        """Events in the order of their dates, one report's version at a time, as `dateline timeline` prints them."""
        return _rows(self._engine.timeline(_engine.Filter(since, until, actor, place, list(types), source, limit)))

    def search(self, words, *, since="", until="", actor="", place="", types=(), source="", limit=0):
        """Reports that have all these words, best first."""
        return _rows(self._engine.search(words, _engine.Filter(since, until, actor, place, list(types), source, limit)))

    def report(self, name):
        """The record of a report by its handle, id, address, or the first digits of its content's sha256."""
        return json.loads(self._engine.report(name))

    def page(self, name):
        """The web page a report was read from, as bytes; Error DL4014 where it was read from text."""
        return self._engine.page(name)
