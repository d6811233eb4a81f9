"""No figure of floors.json falls below its floor. Needs ../shared; skipped where it is missing."""
# SPDX-License-Identifier: Apache-2.0

import pytest

import gold


@pytest.mark.parametrize("row", gold.ROWS, ids=lambda row: row["set"])
def test_figures_are_not_below_their_floors(row, binary, models, shared):
    path = shared / "data" / row["gold"]
    if not path.exists():
        pytest.skip(f"no {row['gold']} in ../shared/data")
    assert gold.sha256(path) == row["sha256"], "other gold than the floor was measured on: measure anew"
    reached, printed = gold.measure(row, binary)
    assert all(reached[one["figure"]] >= one["floor"] for one in row["figures"]), printed
