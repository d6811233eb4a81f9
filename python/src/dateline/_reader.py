# SPDX-License-Identifier: Apache-2.0
import datetime
import json
import os
from pathlib import Path

from . import _engine

HOME = Path(__file__).parent / "home"


def _installed(given, part):
    """The part of the package's own home, unless something else is asked for or DATELINE_HOME is set."""
    own = HOME / part
    return str(own) if not given and "DATELINE_HOME" not in os.environ and own.is_dir() else str(given or "")


def _iso(date):
    """None is no day; an instant keeps its hour and zone."""
    if isinstance(date, datetime.date):  # So is an instant.
        return date.isoformat()
    return "" if date is None else str(date)


class Reader:
    """Reads one report at a time; one reader serves any number of threads, and keeps nothing of what it read.

    pipeline: directory of a spaCy pipeline (default: the one in the package); knowledge: directory of tables;
    until: "article", "language" or "reading"; reading: how closely, "exact" or "fast"; tokens: keep tokens and names in the record.
    """

    def __init__(self, pipeline=None, knowledge=None, until="reading", reading="exact", tokens=False, max_bytes=32 * 1024 * 1024):
        self._engine = _engine.Reader.open(_installed(pipeline, "models/en_core_web_sm"), _installed(knowledge, "knowledge"),
                                           until, reading, tokens, max_bytes)

    def read(self, report, *, date="", title="", uri="", id="", outlet="", media_type=None, verbatim=False):
        """The record of one report (str or bytes) as a dict. Raises dateline.Error where the report is rejected.

        date: the day of publication, a str or a datetime.date; outlet: who published it. media_type: "text", "html", "mhtml", "mail",
        "office" (DOCX, ODT), "pdf" or "subtitles" (WebVTT, SubRip); without it a str is text, and bytes are what they begin as.
        What holds several reports (archives, mailboxes, feeds) is read by the command line alone.
        """
        return json.loads(self.read_json(report, date=date, title=title, uri=uri, id=id, outlet=outlet, media_type=media_type,
                                         verbatim=verbatim))

    def read_json(self, report, *, date="", title="", uri="", id="", outlet="", media_type=None, verbatim=False):
        """The same as one line of JSON, UTF-8 bytes."""
        if not isinstance(report, (str, bytes, bytearray, memoryview)):
            raise TypeError(f"a report is str or bytes, not {type(report).__name__}")
        if isinstance(report, str):
            media_type = media_type or "text"
            report = report.encode("utf-8", "surrogatepass")  # A lone surrogate is repaired like other bad bytes.
        return self._engine.read_json(bytes(report), id=id, media_type=media_type or "", verbatim=verbatim,
                                      date=_iso(date), title=title, uri=uri, outlet=outlet)
