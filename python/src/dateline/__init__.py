"""Reads news reports and keeps a sourced chronology of what they say.

    >>> import dateline
    >>> reader = dateline.Reader()
    >>> record = reader.read("Five people were hurt in Lagos on Friday.", date="2026-03-09")
    >>> record.times[0].value
    '2026-03-06'

    >>> with dateline.Chronicle("chronicle.db") as chronicle:
    ...     events = chronicle.timeline(since="2026-03", place="Lagos")

A record is the dict of docs/record.md, whose fields are attributes too; its spans count code points, as Python's strings do.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ._chronicle import Chronicle
from ._engine import version as __version__
from ._error import Error, ExportError, KnowledgeError, ModelError, ReportError, StoreError
from ._filter import Filters
from ._reader import Reader
from ._record import Record

if TYPE_CHECKING:
    import pyarrow
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

__all__ = ["Chronicle", "Error", "ExportError", "Filters", "KnowledgeError", "ModelError", "Reader", "Record", "ReportError", "StoreError", "__version__",
           "doc_bin", "to_arrow"]


def to_arrow(reports: Iterable[Record] | Chronicle) -> dict[str, pyarrow.Table]:
    """Records, or a Chronicle, as tables of Arrow (docs/arrow.md), by name; needs pyarrow."""
    from .arrow import to_arrow

    return to_arrow(reports)


def doc_bin(records: Iterable[Record], vocab: Vocab) -> DocBin:
    """A spaCy DocBin of the Docs of records (Record.to_spacy), each with its record; needs spaCy."""
    from ._spacy import doc_bin

    return doc_bin(records, vocab)
