"""docs/cli.md names every command and every option that the binary has; what the README and the tutorial print can be typed."""
# SPDX-License-Identifier: Apache-2.0

import json
import pathlib
import re
import sqlite3
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/cli.md"


def test_every_command_and_option_is_documented(output_of):
    page = PAGE.read_text()
    commands = re.findall(r"^  (\w+)  ", output_of("--help").partition("Subcommands:")[2], re.M)
    assert len(commands) >= 8
    for command in commands:
        assert re.search(rf"`{command}\b", page), command
        for option in re.findall(r"(--[a-z-]+)", output_of(command, "--help")):
            assert option in page or option == "--help", f"{command} {option}"


def test_every_type_is_documented_as_the_command_lists_it(output_of):
    listed = re.findall(r"^([A-Z]+) +(.+)$", output_of("timeline", "--type", "help"), re.M)
    assert len(listed) == 19
    assert re.findall(r"^\| `([A-Z]+)` \| (.+) \|$", PAGE.read_text(), re.M) == listed


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_what_is_printed_can_be_typed(binary, models, tmp_path, page):
    """In the order of the page, in a directory like the checkout. What stays, as the server does, is left out."""
    (tmp_path / "demo").symlink_to(ROOT / "demo")
    (tmp_path / "build").mkdir()
    (tmp_path / "build/dateline").symlink_to(binary.resolve())
    text = (ROOT / page).read_text(encoding="utf-8")
    for language, block in re.findall(r"^```(sh|csv)\n(.*?)^```$", text, re.M | re.S):
        if language == "csv":
            (tmp_path / "about.csv").write_text(block)
            continue
        for line in block.splitlines():
            if re.search(" (serve|watch|mcp) ", line):  # They wait to be asked, or for files.
                continue
            assert line.startswith("build/dateline "), line
            done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, timeout=600)
            assert done.returncode == 0, (line, done.stderr)
            assert done.stdout or done.stderr or ">" in line or "--attention" in line, line


def test_the_chronology_that_is_shown_is_the_demos(on_a_terminal, demo_store):
    """Where it is not any more, print it anew: make demo."""
    shown = re.search(r"^```\n(dateline: read 22.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)[1]
    counted, *events = shown.split("…\n")
    with sqlite3.connect(f"file:{demo_store}?mode=ro", uri=True) as connection:
        assert f"and {connection.execute('SELECT count(*) FROM events').fetchone()[0]} events" in counted
    connection.close()
    printed = on_a_terminal("timeline", "--store", demo_store, width=80, NO_COLOR="1").decode().replace("\r", "")
    assert len(events) == 2 and all(event in printed for event in events)


def test_every_path_of_the_server_is_documented():
    page = (ROOT / "docs/serve.md").read_text(encoding="utf-8")
    for path, asked in json.loads((ROOT / "web/openapi.json").read_text(encoding="utf-8"))["paths"].items():
        assert f"`{path.partition('{')[0]}" in page, path
        for parameter in [one for method in asked.values() for one in method.get("parameters", [])]:
            name = parameter.get("name") or parameter["$ref"].rpartition("/")[2]
            assert name == "id" or f"`{name}`" in page, name


def test_the_first_question_in_sql_is_answered(output_of, demo_store):
    query = re.search(r'sqlite3 -box chronicle.db "(.*?)"\n```', (ROOT / "docs/store.md").read_text(encoding="utf-8"), re.S)[1]
    with sqlite3.connect(f"file:{demo_store}?mode=ro", uri=True) as connection:
        rows = connection.execute(query).fetchall()
    connection.close()
    assert len(rows) == 10 and any(row[2] and row[3] for row in rows)
    assert all(f'"event":"{row[-1]}"' in output_of("show", row[-1], "--store", demo_store) for row in rows)


def test_the_rows_that_are_shown_hold(dateline, models, tmp_path):
    """And the check says of them what the page says."""
    page = (ROOT / "docs/knowledge.md").read_text(encoding="utf-8")
    events, town = re.findall(r"^```tsv\n(.*?)^```$", page, re.M | re.S)
    (tmp_path / "own_events.tsv").write_text(events)
    (tmp_path / "places.tsv").write_text((ROOT / "knowledge/places.tsv").read_text(encoding="utf-8") + town)
    done = dateline("knowledge", "check", tmp_path)
    assert (done.returncode, done.stderr) == (0, b""), done.stdout.decode()
    said = re.sub(rf"{tmp_path}/", "mine/", done.stdout.decode()).splitlines()
    shown = re.search(r"knowledge check mine --reports demo/reports\n(.*?)^```", page, re.M | re.S)[1].splitlines()
    assert len(said) == 6 and said[:5] == shown[:5] and said[-1] == shown[-1]


def test_the_tests_that_are_named_are_there():
    page = (ROOT / "HACKING.md").read_text(encoding="utf-8")
    suite = re.search(r"--gtest_filter='(\w+)\.\*'", page)[1]
    assert any(re.search(rf"^TEST(?:_F|_P)?\({suite},", path.read_text(encoding="utf-8"), re.M) for path in (ROOT / "tests").rglob("*.cc"))
    assert all((ROOT / path).is_file() for path in re.findall(r"tests/python/\w+\.py", page))


def test_links_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "HACKING.md", ROOT / "python/README.md", ROOT / "demo/README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
