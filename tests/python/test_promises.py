"""docs/promises.md: each promise names a page that is there and tests that are there, and no promise in bold is left out."""
# SPDX-License-Identifier: Apache-2.0

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "promises.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines()
        if line.startswith("| ") and not line.startswith("| promise ")]
PROMISING = {"architecture": "## Promises", "store": "## What it promises", "serve": "# `dateline serve`"}


def gtests():
    """Suite.Name of every test in C++."""
    found = set()
    for path in (ROOT / "tests").rglob("*_test.cc"):
        found |= {".".join(names) for names in re.findall(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", path.read_text(encoding="utf-8"), re.M)}
    return found


def is_pytest(name):
    path, _, function = name.partition("::")
    file = ROOT / "tests" / path
    return file.is_file() and re.search(rf"^def {re.escape(function)}\(", file.read_text(encoding="utf-8"), re.M) is not None


def bold_promises(page):
    """What a page puts in bold at the head of its list of promises."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    part = text.partition(PROMISING[page])[2]
    return re.findall(r"^- \*\*(.*?)\*\*", re.split(r"^#+ ", part, maxsplit=1, flags=re.M)[0], re.M)


def test_every_row_names_pages_and_tests_that_are_there():
    known = gtests()
    assert len(ROWS) > 40
    for row in ROWS:
        assert len(row) == 3, row
        pages = re.findall(r"\]\((\w+\.md)\)", row[1])
        assert pages and all((DOCS / page).is_file() for page in pages), row
        held_by = re.findall(r"`([^`]+)`", row[2])
        assert held_by and row[2] == " · ".join(f"`{name}`" for name in held_by), row
        for name in held_by:
            assert name in known or is_pytest(name), f"{name} is no test: {row[0]}"


def test_every_promise_in_bold_has_a_row():
    for page in PROMISING:
        promises = bold_promises(page)
        assert len(promises) >= 5, page
        for promise in promises:
            bare = promise.rstrip(".")
            assert any(row[0].startswith(bare.split(",")[0]) and f"({page}.md)" in row[1] for row in ROWS), f"{page}.md: {promise}"


def test_every_page_that_promises_has_rows():
    assert {page for row in ROWS for page in re.findall(r"\]\((\w+)\.md\)", row[1])} == {
        "architecture", "store", "serve", "cli", "errors", "record", "knowledge", "tutorial", "exports", "assistant"}
