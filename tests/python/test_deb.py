"""The Debian package of `make deb`: lintian has nothing to say, and what it installs reads as the build does. Skips where none was built."""
# SPDX-License-Identifier: Apache-2.0

import pathlib
import shutil
import subprocess
import urllib.request

import pytest

from serving import serving

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = sorted((ROOT / "build/debs").glob("*.deb"))

pytestmark = pytest.mark.skipif(not PACKAGES, reason="no package in build/debs: make deb")


def test_what_it_installs_reads_as_the_build_does(dateline, demo_store, tmp_path):
    subprocess.run(["dpkg-deb", "-x", *PACKAGES, tmp_path], check=True)
    report = b"Two people were killed in Lagos on Friday, police said.\n"
    installed = subprocess.run([tmp_path / "usr/bin/dateline", "read", "-", "--date", "2026-03-09"], input=report, capture_output=True, env={}, cwd="/", check=True)
    assert installed.stdout == dateline("read", "-", "--date", "2026-03-09", stdin=report).stdout
    said = subprocess.run([tmp_path / "usr/bin/dateline", "doctor"], capture_output=True, text=True, env={}, cwd="/")
    assert str(tmp_path / "usr/share/dateline") in said.stdout, said.stdout
    with serving(tmp_path / "usr/bin/dateline", demo_store) as address:
        assert b"<script" in urllib.request.urlopen(address, timeout=20).read()


def test_lintian_has_nothing_to_say():
    if shutil.which("lintian") is None:
        pytest.skip("no lintian: apt install lintian")
    done = subprocess.run(["lintian", "--allow-root", "--fail-on", "error,warning", *PACKAGES], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
