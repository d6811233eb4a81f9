"""New files, whole or not at all."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def new_file(file: Any) -> Iterator[Any]:
    """A file open for bytes, or a path that is not there yet, which is gone again where writing fails."""
    if hasattr(file, "write"):
        yield file
        return
    with open(file, "xb") as out:
        try:
            yield out
        except BaseException:
            os.unlink(file)
            raise
