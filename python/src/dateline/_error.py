"""What the engine refuses, by kind: the thousands of an error's code name the part that refused (docs/errors.md)."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations


class Error(Exception):
    """What the engine refuses, and why. `code` is stable and searchable (docs/errors.md); `offset` is a byte of the input, or None."""

    code: int
    message: str
    offset: int | None

    def __init__(self, code: int, message: str, offset: int | None = None) -> None:
        super().__init__(f"DL{code}: {message}")
        self.code, self.message, self.offset = code, message, offset

    def __reduce__(self) -> tuple[type[Error], tuple[int, str, int | None]]:
        return type(self), (self.code, self.message, self.offset)


class ReportError(Error):
    """DL1xxx: a report cannot be read. The reader stays as it was."""


class ModelError(Error):
    """DL2xxx: a pipeline, a trained component or the gazetteer is missing, altered or unknown."""


class KnowledgeError(Error):
    """DL3xxx: a table of knowledge/ is missing, or a row of it says what cannot be."""


class StoreError(Error):
    """DL4xxx: a store is not there, cannot be used, or has not what was asked for."""


class ExportError(Error):
    """DL5xxx: there is no such format."""


_KINDS = {1: ReportError, 2: ModelError, 3: KnowledgeError, 4: StoreError, 5: ExportError}


def error_of(code: int, message: str, offset: int | None = None) -> Error:
    """The exception of the kind that the code names."""
    return _KINDS.get(code // 1000, Error)(code, message, offset)
