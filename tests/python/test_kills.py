"""Whatever moment an ingest is killed at, reading or comparing: the same command ends with the same exports, byte for byte, as one that nobody
disturbed. DATELINE_KILLS says how many moments (20)."""
# SPDX-License-Identifier: Apache-2.0

import os
import pathlib
import random
import signal
import subprocess
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FAST = ("--reading", "fast", "--threads", "2")
EXPORTS = (["--happenings"], ["--clusters"], ["--format", "jsonl", "--background"], ["--format", "claims", "--background"])


def ingest(binary, store):
    return [binary, "ingest", *FAST, ROOT / "demo/reports", "--store", store]


@pytest.fixture(scope="module")
def exports_of(dateline):
    def run(store):
        done = [dateline("export", *what, "--store", store) for what in EXPORTS]
        assert all(one.returncode == 0 for one in done), done
        return [one.stdout for one in done]
    return run


@pytest.fixture(scope="module")
def undisturbed(binary, models, exports_of, tmp_path_factory):
    """What it exports, and how long it took."""
    store = tmp_path_factory.mktemp("whole") / "c.db"
    began = time.monotonic()
    subprocess.run(ingest(binary, store), check=True, capture_output=True, timeout=300)
    return exports_of(store), time.monotonic() - began


def killed_after(command, seconds):
    """Whether it was killed before it was done; with what reads for it."""
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        run.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        return True


@pytest.mark.parametrize("share", range(4))
def test_a_killed_ingest_is_resumed_to_the_same_bytes(binary, dateline, exports_of, undisturbed, tmp_path, share):
    expected, seconds = undisturbed
    draw = random.Random(41 + share)
    kills = 0
    for moment in range(int(os.environ.get("DATELINE_KILLS", "20")) // 4):
        store = tmp_path / f"{moment}.db"
        # One kill in two falls into the last part, where reports are compared; some runs are killed twice.
        while killed_after(ingest(binary, store), draw.uniform(0, seconds) if moment % 2 else draw.uniform(.5, 1.05) * seconds):
            kills += 1
            if store.exists() and store.stat().st_size:
                examined = dateline("fsck", "--store", store)
                assert examined.returncode == 0 or b"DL4001" in examined.stderr, examined.stdout
            if draw.random() < .6:
                done = subprocess.run(ingest(binary, store), capture_output=True, timeout=300)
                assert done.returncode == 0, done.stderr
                break
        assert exports_of(store) == expected, moment
        assert dateline("fsck", "--store", store).returncode == 0
    assert kills
