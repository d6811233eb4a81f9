"""No figure of floors.json falls below its floor. Needs ../shared; skipped where it is missing."""
# SPDX-License-Identifier: Apache-2.0

import importlib.util
import pathlib

import pytest

spec = importlib.util.spec_from_file_location("gold", pathlib.Path(__file__).parent / "gold.py")
gold = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gold)


@pytest.mark.parametrize("row", gold.ROWS, ids=lambda row: row["set"])
def test_figure_is_not_below_its_floor(row, binary, models, shared):
    path = shared / "data" / row["gold"]
    if not path.exists():
        pytest.skip(f"no {row['gold']} in ../shared/data")
    assert gold.sha256(path) == row["sha256"], "other gold than the floor was measured on: measure anew"
    figure, printed = gold.measure(row, binary)
    assert figure >= row["floor"], printed
