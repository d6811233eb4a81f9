"""Reads news reports and keeps a sourced chronology of what they say.

    >>> import dateline
    >>> reader = dateline.Reader()
    >>> record = reader.read("Five people were hurt in Lagos on Friday.", date="2026-03-09")
    >>> record["times"][0]["value"]
    '2026-03-06'

    >>> with dateline.Chronicle("chronicle.db") as chronicle:
    ...     events = chronicle.timeline(since="2026-03", place="Lagos")

A record is the dict of docs/record.md; its spans count code points, as Python's strings do.
"""

# SPDX-License-Identifier: Apache-2.0
from ._chronicle import Chronicle
from ._engine import version as __version__
from ._error import Error
from ._reader import Reader

__all__ = ["Chronicle", "Error", "Reader", "__version__"]
