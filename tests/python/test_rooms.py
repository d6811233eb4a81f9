"""Data moves left to right and nothing calls back: what a file includes is of its own room or of an earlier one."""
# SPDX-License-Identifier: Apache-2.0
import html.entities
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
# As docs/architecture.md walks through them.
ROOMS = ["record", "language", "knowledge", "article", "reading", "stream", "chronicle", "export", "server", "mcp", "check", "cli"]
ARTICLE = ["decoding", "parsing", "blocks", "dates", "bylines", "body", "head", "plain"]


def includes(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".cc", ".h"):
            for other in re.findall(r'^#include "(.+)"', path.read_text(), re.MULTILINE):
                if (SRC / other).is_file():
                    yield path, SRC / other


@pytest.mark.parametrize("folder, rooms", [(SRC, ROOMS), (SRC / "article", ARTICLE)], ids=["src", "article"])
def test_a_room_knows_only_earlier_ones(folder, rooms):
    assert sorted(p.name for p in folder.iterdir() if p.is_dir()) == sorted(rooms)
    places = {folder / room: i for i, room in enumerate(rooms)}
    back = []
    for path, other in includes(folder):
        here = next((places[p] for p in path.parents if p in places), None)
        there = next((places[p] for p in other.parents if p in places), None)
        if None not in (here, there) and there > here:
            back.append(f"{path.relative_to(SRC)} includes {other.relative_to(SRC)}")
    assert not back


def test_no_file_of_the_article_includes_itself_by_way_of_others():
    known = {}
    for path, other in includes(SRC / "article"):
        known.setdefault(path.with_suffix(""), set()).add(other.with_suffix(""))
    for start in known:
        seen, open_ = set(), known[start] - {start}
        while open_:
            seen |= open_
            open_ = set().union(*(known.get(one, set()) for one in open_)) - seen
        assert start not in seen, start.relative_to(SRC)


def test_the_character_references_are_those_of_the_standard():
    rows = [line.split("\t") for line in (SRC / "article/parsing/character_references.tsv").read_text().splitlines() if line[0] != "#"]
    assert rows.pop(0) == ["name", "characters", "bare"]
    table = {}
    for name, characters, bare in rows:
        text = "".join(chr(int(code, 16)) for code in characters.split())
        table[name + ";"] = text
        if bare:
            table[name] = text
    assert table == html.entities.html5
