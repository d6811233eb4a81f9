"""The wheel of `make wheel`, installed by Debian's Python into a bare venv: it reads as the build does and needs nothing of the system's.

Skips where none was built: that takes as long as building the engine.
"""
# SPDX-License-Identifier: Apache-2.0

import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import urllib.request

import pytest

from serving import serving

ROOT = pathlib.Path(__file__).resolve().parents[2]
WHEELS = sorted((ROOT / "build/wheels").glob("dateline-*.whl"))
PYTHON = pathlib.Path("/usr/bin/python3")
BARE = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
REPORT = "Two people were killed in Lagos on Friday, police said.\n"
# What every Debian has: its C and C++ libraries, and zlib, which dpkg needs.
OF_THE_SYSTEM = {"libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libz.so.1", "libresolv.so.2", "libpthread.so.0", "libdl.so.2", "librt.so.1"}

pytestmark = [pytest.mark.skipif(not WHEELS, reason="no wheel in build/wheels: make wheel"), pytest.mark.skipif(not PYTHON.exists(), reason="no Python of the system's")]


@pytest.fixture(scope="module")
def venv(tmp_path_factory):
    backend = importlib.util.find_spec("nanobind_backend")
    if backend is None:
        pytest.skip("no nanobind-backend: make setup")
    where = tmp_path_factory.mktemp("bare") / "venv"
    subprocess.run([PYTHON, "-m", "venv", where], check=True, env=BARE)
    # What a version of Python needs of nanobind comes from the package index, which a test does without.
    site = next(where.glob("lib/python3*/site-packages"))
    for part in pathlib.Path(backend.origin).parent.parent.glob("nanobind_backend*"):
        (shutil.copytree if part.is_dir() else shutil.copy)(part, site / part.name)
    subprocess.run([where / "bin/pip", "-q", "--disable-pip-version-check", "install", "--no-index", "--no-deps", *WHEELS], check=True, env=BARE)
    return where


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, env=BARE, cwd="/", timeout=300, **options)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def package_in(venv):
    return next(venv.glob("lib/python3*/site-packages/dateline"))


def test_its_name_says_what_it_runs_on():
    assert len(WHEELS) == 1 and "-cp311-abi3-manylinux_2_" in WHEELS[0].name


def test_it_reads_as_the_build_does(venv, dateline):
    printed = run(venv / "bin/dateline", "read", "-", "--date", "2026-03-09", input=REPORT.encode())
    assert printed == dateline("read", "-", "--date", "2026-03-09", stdin=REPORT.encode(), env=os.environ | {"DATELINE_HOME": str(ROOT)}).stdout
    code = f"import dateline; print(dateline.Reader().read_json({REPORT!r}, date='2026-03-09').decode())"
    record = json.loads(run(venv / "bin/python", "-c", code))
    assert record["events"] == json.loads(printed)["events"] != [] and record["read_by"] == json.loads(printed)["read_by"]


def test_it_keeps_a_store(venv, tmp_path):
    store = tmp_path / "a.db"
    run(venv / "bin/python", "-m", "dateline", "ingest", ROOT / "demo/reports/northwire", "--reading", "fast", "--store", store)
    code = f"import dateline; print(len(dateline.Chronicle({str(store)!r}).timeline()), dateline.Chronicle.timeline.__doc__ is not None)"
    events, documented = run(venv / "bin/python", "-c", code).split()
    assert int(events) > 20 and documented == b"True"
    with serving(package_in(venv) / "home/bin/dateline", store) as address:
        assert b"<script" in urllib.request.urlopen(address, timeout=20).read()


def test_it_needs_no_library_of_the_systems(venv):
    package = package_in(venv)
    for file in (package / "home/bin/dateline", next(package.glob("_engine*.so"))):
        for line in run("ldd", file).decode().splitlines():
            name, _, where = line.strip().partition(" => ")
            if where and "dateline.libs" not in where:
                assert name in OF_THE_SYSTEM, line
