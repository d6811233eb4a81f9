#!/usr/bin/env bash
# Makes .venv with the Python packages of tools/requirements.lock, which the tests and the
# benchmarks need (pytest; spaCy to compare with). The engine itself needs no Python.
# Done before with the same list: says nothing and needs no network.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."
lock=tools/requirements.lock
stamp=.venv/installed.lock

if cmp -s "$lock" "$stamp" && .venv/bin/python -c '' 2>/dev/null; then exit 0; fi
echo "setup: installing the Python packages of $lock into .venv"
python3 -m venv --clear .venv
.venv/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes --only-binary :all: -r "$lock"
cp "$lock" "$stamp"
