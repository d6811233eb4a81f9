# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import atexit
import collections
import concurrent.futures
import contextlib
import datetime
import logging
import os
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Union

from . import _engine
from ._error import Error, ReportError
from ._record import Record

HOME = Path(__file__).parent / "home"

#: What one report is given as.
Report = Union[str, bytes, bytearray, memoryview]

_log = logging.getLogger("dateline")
_readers: weakref.WeakSet[Reader] = weakref.WeakSet()


def _installed(given: str | os.PathLike[str] | None, part: str) -> str:
    """The part of the package's own home, unless something else is asked for or DATELINE_HOME is set."""
    own = HOME / part
    return str(own) if not given and "DATELINE_HOME" not in os.environ and own.is_dir() else str(given or "")


def _iso(date: str | datetime.date | None) -> str:
    """None is no day; an instant keeps its hour and zone."""
    if isinstance(date, datetime.date):  # So is an instant.
        return date.isoformat()
    if date is not None and not isinstance(date, str):
        raise TypeError(f"a date is a str, a datetime.date or None, not {type(date).__name__}")
    return date or ""


class Reader:
    """Reads one report at a time; one reader serves any number of threads, and keeps nothing of what it read.

    pipeline: directory of a spaCy pipeline (default: the one in the package); knowledge: directory of tables;
    until: "article", "language" or "reading"; reading: how closely, "exact" or "fast"; tokens: keep tokens and names in the record;
    max_bytes: a report of more bytes is rejected.

    Raises ModelError or KnowledgeError where something is not installed, altered or unknown; ValueError for a word that means nothing.
    Takes a second or two and some 300 MB, once; a process that is forked off shares them.
    """

    def __init__(self, pipeline: str | os.PathLike[str] | None = None, knowledge: str | os.PathLike[str] | None = None, until: str = "reading",
                 reading: str = "exact", tokens: bool = False, max_bytes: int = 32 * 1024 * 1024) -> None:
        self._options = (_installed(pipeline, "models/en_core_web_sm"), _installed(knowledge, "knowledge"), until, reading, tokens, max_bytes)
        self._changed = threading.Condition()
        self._in_hand = 0
        self._engine: _engine.Reader | None = _engine.Reader.open(*self._options)
        _readers.add(self)

    def read(self, report: Report, *, date: str | datetime.date | None = None, title: str = "", uri: str = "", id: str = "", outlet: str = "",
             media_type: str | None = None, verbatim: bool = False) -> Record:
        """The record of one report (str or bytes).

        date: the day of publication, a str ("2026-03-09", "9 March 2026") or a datetime.date; outlet: who published it; id: what the record is
        called (else the sha256 of the bytes). media_type: "text", "html", "mhtml", "mail", "office" (DOCX, ODT), "pdf" or "subtitles" (WebVTT,
        SubRip); without it a str is text, and bytes are what they begin as. verbatim: keep the white space of a text as it is.
        What holds several reports (archives, mailboxes, feeds) is read by the command line alone.

        Raises ReportError where the report is rejected, TypeError where it is neither str nor bytes, ValueError for an unknown media type.
        """
        return Record.from_json(self.read_json(report, date=date, title=title, uri=uri, id=id, outlet=outlet, media_type=media_type,
                                               verbatim=verbatim))

    def read_json(self, report: Report, *, date: str | datetime.date | None = None, title: str = "", uri: str = "", id: str = "", outlet: str = "",
                  media_type: str | None = None, verbatim: bool = False) -> bytes:
        """The same as one line of JSON, UTF-8 bytes: those that `dateline read` writes."""
        if not isinstance(report, (str, bytes, bytearray, memoryview)):
            raise TypeError(f"a report is str or bytes, not {type(report).__name__}")
        if isinstance(report, str):
            media_type = media_type or "text"
            report = report.encode("utf-8", "surrogatepass")  # A lone surrogate is repaired like other bad bytes.
        with self._reading() as engine:
            return engine.read_json(bytes(report), id=_whole(id), media_type=media_type or "", verbatim=verbatim, date=_whole(_iso(date)),
                                    title=_whole(title), uri=_whole(uri), outlet=_whole(outlet))

    def pipe(self, reports: Iterable[Report | Mapping[str, Any]], *, threads: int | None = None,
             on_error: Callable[[Report | Mapping[str, Any], Error], object] | None = None) -> Iterator[Record]:
        """The records of many reports, in their order, read side by side; some in memory at a time.

        reports: each a str, bytes, or a mapping as a line of JSON Lines has it: {"text" or "html", "id", "date", "title", "url", "outlet"}.
        threads: None for as many as this process may use. on_error(report, error): told of each report that is rejected or is none; without it
        the logger "dateline" warns. Either way the next one follows: a bad report ends nothing.

        What `reports` raises is raised here, behind the records of those before it. Leaving the loop early leaves what was not begun.
        """
        if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int) or threads < 1):
            raise ValueError(f"threads is a number from 1 on, or None, not {threads!r}")
        return self._piped(iter(reports), threads or len(os.sched_getaffinity(0)), on_error or _warn)

    def _piped(self, reports: Iterator[Report | Mapping[str, Any]], threads: int,
               on_error: Callable[[Report | Mapping[str, Any], Error], object]) -> Iterator[Record]:
        waiting: collections.deque[tuple[Report | Mapping[str, Any], concurrent.futures.Future[bytes]]] = collections.deque()
        process, ended, broken = os.getpid(), False, None
        pool = concurrent.futures.ThreadPoolExecutor(threads, "dateline")
        try:
            while waiting or not ended:
                while not ended and len(waiting) < 2 * threads:
                    try:
                        report = next(reports)
                    except StopIteration:
                        ended = True
                    except Exception as raised:
                        ended, broken = True, raised
                    else:
                        waiting.append((report, pool.submit(self._read_one, report)))
                if not waiting:
                    break
                report, reading = waiting.popleft()
                if process != os.getpid():
                    raise RuntimeError("a pipe of the process that this one was forked off: the child needs its own")
                try:
                    record = Record.from_json(reading.result())
                except Error as error:
                    on_error(report, error)
                else:
                    yield record
        finally:
            if process == os.getpid():
                pool.shutdown(cancel_futures=True)
        if broken is not None:
            raise broken

    def _read_one(self, given: Any) -> bytes:
        """One report of pipe(); whatever is wrong with it is an Error."""
        try:
            if not isinstance(given, Mapping):
                return self.read_json(given)
            kind = "html" if "html" in given else "text"
            if kind not in given:
                raise TypeError('a report has "text" or "html"')
            known = {name: given.get(name) or "" for name in ("id", "date", "title", "outlet")}
            return self.read_json(given[kind], uri=given.get("url") or "", media_type=kind, verbatim=kind == "text", **known)
        except TypeError as wrong:
            raise ReportError(1006, str(wrong)) from wrong

    @contextlib.contextmanager
    def _reading(self) -> Iterator[_engine.Reader]:
        with self._changed:
            if _closing:
                raise RuntimeError("the interpreter is ending")
            if self._engine is None:
                self._engine = _engine.Reader.open(*self._options)
            engine = self._engine
            self._in_hand += 1
        try:
            yield engine
        finally:
            with self._changed:
                self._in_hand -= 1
                self._changed.notify_all()


def _whole(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"what is known of a report is str, not {type(text).__name__}")
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _warn(report: Report | Mapping[str, Any], error: Error) -> None:
    called = report.get("id") if isinstance(report, Mapping) else None
    _log.warning("a report%s is not read: %s", "" if called is None else f" ({called})", error)


_abandoned: list[Any] = []  # Never destroyed: that would wait for locks that nobody opens.
_closing = False


def _after_fork() -> None:
    """What a thread of the parent was reading with at that moment may hold locks that nobody here will open."""
    for reader in list(_readers):
        reader._changed = threading.Condition()
        if reader._in_hand > 0:
            _abandoned.append(reader._engine)
            reader._engine, reader._in_hand = None, 0


def _at_exit() -> None:
    """A thread that comes back from reading into an interpreter that is gone ends the process: those in hand are waited for, others refused."""
    global _closing
    _closing = True
    for reader in list(_readers):
        with reader._changed:
            while reader._in_hand > 0:
                reader._changed.wait()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(_at_exit)
