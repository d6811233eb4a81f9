"""docs/cli.md names every command and every option that the binary has."""
# SPDX-License-Identifier: Apache-2.0

import pathlib
import re

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs/cli.md"


def test_every_command_and_option_is_documented(output_of):
    page = PAGE.read_text()
    commands = re.findall(r"^  (\w+)  ", output_of("--help").partition("Subcommands:")[2], re.M)
    assert len(commands) >= 8
    for command in commands:
        assert re.search(rf"`{command}\b", page), command
        for option in re.findall(r"(--[a-z-]+)", output_of(command, "--help")):
            assert option in page or option == "--help", f"{command} {option}"
