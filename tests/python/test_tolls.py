"""Counts of people in sentences of the news (tests/reading/tolls.tsv) do not fall below their floors."""
# SPDX-License-Identifier: Apache-2.0

import pytest

import tolls


@pytest.mark.parametrize("which, floor", [("1", 0.95), ("2", 0.82)])
def test_tolls_are_read(which, floor, binary, models):
    kinds, _, errors = tolls.score(which, [str(binary), "read", "--from", "jsonl", "-"])
    assert kinds["all"].precision >= floor and kinds["all"].recall >= floor, f"{kinds['all']}\n" + "\n".join(errors)
