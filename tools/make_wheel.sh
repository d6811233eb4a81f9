#!/usr/bin/env bash
# Makes a wheel of what lies in build/ with the tools in .venv, without a network, and puts the shared libraries into it
# that it needs. What is said meanwhile lies in build/wheel.log.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
raw=$(mktemp -d)
trap 'rm -rf "$raw"' EXIT

rm -rf build/wheels
{
  # The tests are configured as every other build in build/ has them.
  pip --disable-pip-version-check wheel --no-build-isolation --no-deps -w "$raw" \
    -C build-dir=../build -C cmake.define.DATELINE_TESTS=ON ./python &&
    python tools/repair_wheel.py repair --strip -w build/wheels "$raw"/*.whl
} >build/wheel.log 2>&1 || { tail -50 build/wheel.log >&2; exit 1; }
ls -sh build/wheels/*.whl
