"""The weights of components/attribution give in thinc the answers that stand beside them; the C++ tests compare the engine
with the same answers."""
# SPDX-License-Identifier: Apache-2.0

import importlib.util
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
COMPONENT = ROOT / "components/attribution"


def test_answers_are_thincs():
    pytest.importorskip("thinc")
    numpy = pytest.importorskip("numpy")
    spec = importlib.util.spec_from_file_location("train", ROOT / "training/attribution/train.py")
    train = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(train)
    rows = 0
    for line in (COMPONENT / "answers.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        name, log_odds, *keys = line.split("\t")
        keys = numpy.array([keys], dtype=numpy.uint64)
        assert abs(train.log_odds(train.load(COMPONENT / f"{name}.model", name), keys)[0] - float(log_odds)) < 1e-4
        rows += 1
    assert rows >= 30


def test_weights_are_small():
    assert sum(path.stat().st_size for path in COMPONENT.iterdir()) <= 5_200_000
