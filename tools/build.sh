#!/usr/bin/env bash
# Builds targets of a preset's folder and says how far it is: one line that moves on a terminal, a line every tenth
# elsewhere. What the compiler says is shown as it comes.
#   tools/build.sh PRESET FOLDER JOBS TARGET... [-- CMAKE_OPTION...]
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
preset=$1 folder=$2 jobs=$3
shift 3
targets=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do targets+=("$1"); shift; done
[ $# -eq 0 ] || shift

cmake --preset "$preset" --log-level=WARNING "$@" >/dev/null
build=(cmake --build "$folder" --parallel "$jobs" --target "${targets[@]}")
if [ -t 1 ]; then
  NINJA_STATUS="build: ${targets[*]}: %f of %t " "${build[@]}"
else
  NINJA_STATUS='%f of %t ' "${build[@]}" | awk -v what="build: ${targets[*]}:" '
    $2 == "of" && $1 ~ /^[0-9]+$/ && $3 ~ /^[0-9]+$/ {
      if ($1 == $3 || int(10 * $1 / $3) > tenth) { tenth = int(10 * $1 / $3); print what, $1, "of", $3; fflush() }
      next
    }
    /^ninja: no work to do/ { next }
    { print; fflush() }'
fi
