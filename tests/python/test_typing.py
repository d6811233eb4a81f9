"""The package's types: mypy --strict passes over it and over what uses it, and the stub is what the extension module has."""
# SPDX-License-Identifier: Apache-2.0

import ast
import pathlib
import subprocess
import sys

import pytest

pytest.importorskip("mypy", reason="no mypy: make setup")
engine = pytest.importorskip("dateline._engine", reason="no package in PYTHONPATH: make package")
PYTHON = pathlib.Path(__file__).resolve().parents[2] / "python"

USED = """
import dateline
from dateline import arrow

reader = dateline.Reader(tokens=True)
for record in reader.pipe(["a", b"b", {"text": "c"}], threads=2):
    for event in record.events:
        begin: int = event.trigger[0]
        words: str = record.text[slice(*event.trigger)]
        day: str | None = event.date.begin if event.date is not None else None
        names: list[str] = event.quantities
    place: float | None = record.places[0].lat
    record.evnts  # Wrong: [attr-defined]
with dateline.Chronicle("a.db") as chronicle:
    chronicle.timeline(since="2026", types=["ASSAULT"], limit=3)
    chronicle.timeline(sinc="2026")  # Wrong: [call-arg]
    chronicle.export("csv", "a.csv", tolls="best")  # Wrong: [arg-type]
    arrow.write_parquet(chronicle, "out", size="5")  # Wrong: [arg-type]
    for handle, record in chronicle.reports():
        length: int = len(handle) + len(record.sentences)
dateline.Reader(until=3)  # Wrong: [arg-type]
"""


def test_it_is_typed(tmp_path):
    (tmp_path / "used.py").write_text(USED)
    assert (PYTHON / "src/dateline/py.typed").exists()
    done = subprocess.run([sys.executable, "-m", "mypy", "--config-file", PYTHON / "pyproject.toml", "--cache-dir", "/dev/null", PYTHON / "src/dateline", tmp_path / "used.py"],
                          capture_output=True, text=True, cwd=tmp_path, timeout=300)
    wrong = [(number, line.rpartition("Wrong: ")[2]) for number, line in enumerate(USED.splitlines(), 1) if "Wrong: " in line]
    found = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert [(int(line.split(":")[1]), line.rpartition("  ")[2]) for line in found if line.startswith("used.py")] == wrong, done.stdout
    assert len(found) == len(wrong), done.stdout


def test_the_stub_is_what_the_module_has():
    stub = ast.parse((PYTHON / "src/dateline/_engine.pyi").read_text())
    listed = {}
    for kind in stub.body:
        if isinstance(kind, ast.ClassDef):
            for method in kind.body:
                listed[kind.name, method.name] = [one.arg for one in method.args.args]
    has = {}
    for kind in vars(engine).values():
        if isinstance(kind, type):
            for name, method in vars(kind).items():
                signature = getattr(getattr(kind, name), "__nb_signature__", None)
                if signature is not None:
                    arguments = ast.parse(f"{signature[0][0]}: ...").body[0].args.args
                    has[kind.__name__, name] = [one.arg for one in arguments]
    assert has == listed
