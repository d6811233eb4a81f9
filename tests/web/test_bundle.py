"""web/dist, which is committed so that nobody needs Node to run the page, is what its sources give."""
# SPDX-License-Identifier: Apache-2.0

import pathlib
import re
import shutil
import subprocess

import pytest

WEB = pathlib.Path(__file__).resolve().parents[2] / "web"
needs_node = pytest.mark.skipif(shutil.which("npx") is None or not (WEB / "node_modules").is_dir(), reason="no Node or no web/node_modules: make page")


@needs_node
def test_the_files_served_are_what_the_sources_give(tmp_path):
    done = subprocess.run(["npx", "vite", "build", "--outDir", tmp_path / "dist", "--emptyOutDir"], cwd=WEB, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    made = {path.name: path.read_bytes() for path in (tmp_path / "dist").iterdir()}
    kept = {path.name: path.read_bytes() for path in (WEB / "dist").iterdir()}
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == [], "run make page"


@needs_node
def test_the_sources_hold_to_their_types():
    done = subprocess.run(["npm", "run", "--silent", "check"], cwd=WEB, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_source_makes_markup_of_text():
    sources = [path for path in (WEB / "src").rglob("*") if path.suffix in (".svelte", ".ts")]
    assert len(sources) > 10
    assert [path.name for path in sources if re.search(r"@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write", path.read_text())] == []


def test_the_types_are_those_of_the_command(output_of):
    listed = dict(re.findall(r"^([A-Z]+) +(.+)$", output_of("timeline", "--type", "help"), re.M))
    named = dict(re.findall(r'^  ([A-Z]+): \{ kind: "\w+", says: "(.+)" \},$', (WEB / "src/types.ts").read_text(), re.M))
    assert named.keys() == listed.keys()
    assert all(listed[name].startswith(says) for name, says in named.items())


def test_the_lock_file_names_no_registry():
    lock = (WEB / "package-lock.json").read_text()
    assert '"resolved"' not in lock and '"integrity"' in lock
