#!/usr/bin/env bash
# Builds targets of a preset's folder and says how far it is: one line that moves on a terminal, a line every tenth
# elsewhere. What the compiler says lies in FOLDER/compiler.log, and is shown where the build fails.
#   tools/build.sh PRESET FOLDER JOBS TARGET... [-- CMAKE_OPTION...]
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
preset=$1 folder=$2 jobs=$3
shift 3
targets=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do targets+=("$1"); shift; done
[ $# -eq 0 ] || shift

cmake --preset "$preset" --log-level=WARNING "$@" >/dev/null
log=$folder/compiler.log
moves=0
[ ! -t 1 ] || moves=1
: >"$log"
NINJA_STATUS='%f of %t ' cmake --build "$folder" --parallel "$jobs" --target "${targets[@]}" 2>&1 |
  awk -v what="build: ${targets[*]}:" -v moves="$moves" -v log_file="$log" '
    $2 == "of" && $1 ~ /^[0-9]+$/ && $3 ~ /^[0-9]+$/ {
      if (moves) {
        printf "\r%s %d of %d%s", what, $1, $3, $1 == $3 ? "\n" : ""
      } else if ($1 == $3 || int(10 * $1 / $3) > tenth) {
        tenth = int(10 * $1 / $3)
        print what, $1, "of", $3
      }
      fflush()
      next
    }
    /^ninja: no work to do/ { next }
    / warning: / { warnings = 1 }
    { print > log_file }
    END { if (warnings) print what, "the compiler warns: see", log_file }' || { cat "$log" >&2; exit 1; }
