"""docs/errors.md lists every error code of src/ once, and none that is not there."""
# SPDX-License-Identifier: Apache-2.0

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = re.compile(r"(?:\bfail\(|\bError\{|\{|\bint k\w+ = )\s*([1-69]0\d\d)(?:, |,\n|;)")
ROOMS = {"10": {"article", "stream", "record", "reader.cc"}, "20": {"language", "installation.cc"}, "40": {"chronicle", "cli"}, "50": {"export"}, "90": {"cli"}}


def uses():
    """(code, room) pairs."""
    sources = [p for p in (ROOT / "src").rglob("*") if p.suffix in (".cc", ".h")]
    return {(code, path.relative_to(ROOT / "src").parts[0]) for path in sources for code in CODE.findall(path.read_text())}


def test_every_code_is_documented_once():
    rows = re.findall(r"^\| DL(\d{4}) \|", (ROOT / "docs/errors.md").read_text(), re.M)
    assert len(rows) > 40
    assert rows == sorted(set(rows))
    assert set(rows) == {code for code, _ in uses()}


def test_the_hundreds_of_a_code_name_its_room():
    wrong = {(code, room) for code, room in uses() if code[:2] in ROOMS and room not in ROOMS[code[:2]]}
    assert not wrong
