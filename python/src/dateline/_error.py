# SPDX-License-Identifier: Apache-2.0


class Error(Exception):
    """What the engine refuses, and why. `code` is stable and searchable (docs/errors.md)."""

    def __init__(self, code, message, offset=None):
        super().__init__(f"DL{code}: {message}")
        self.code, self.message, self.offset = code, message, offset

    def __reduce__(self):
        return type(self), (self.code, self.message, self.offset)
