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
what="build: ${targets[*]}:"
moves=0
[ ! -t 1 ] || moves=1
: >"$log"

# Read line by line: mawk, which is Debian's awk, waits for 4 KiB of them.
show() {
  local line tenth=0 warns=0
  while IFS= read -r line; do
    if [[ $line =~ ^([0-9]+)\ of\ ([0-9]+)\  ]]; then
      local at=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
      if [ "$moves" = 1 ]; then
        printf '\r%s %d of %d' "$what" "$at" "$all"
        [ "$at" != "$all" ] || echo
      elif ((at == all || 10 * at / all > tenth)); then
        tenth=$((10 * at / all))
        echo "$what $at of $all"
      fi
    elif [[ $line != 'ninja: no work to do'* ]]; then
      printf '%s\n' "$line" >>"$log"
      [[ $line != *' warning: '* ]] || warns=1
    fi
  done
  [ "$warns" = 0 ] || echo "$what the compiler warns: see $log"
}
NINJA_STATUS='%f of %t ' cmake --build "$folder" --parallel "$jobs" --target "${targets[@]}" 2>&1 | show ||
  { cat "$log" >&2; exit 1; }
