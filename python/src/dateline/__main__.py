"""The command line that the package carries: `dateline`, or `python -m dateline`."""

# SPDX-License-Identifier: Apache-2.0
import os
import sys
from typing import NoReturn

from ._reader import HOME


def main() -> NoReturn:
    command = HOME / "bin/dateline"
    if not command.exists():
        sys.exit("dateline: this package was built without the command line: make wheel")
    os.execv(command, ["dateline", *sys.argv[1:]])


if __name__ == "__main__":
    main()
