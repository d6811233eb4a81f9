#!/usr/bin/env bash
# Runs every fuzz target of a build directory, or those named, for some seconds each, from fuzz/seeds and fuzz/finds and
# from what earlier runs in that directory learned. A find is left there and ends the run. Of news it is
# the report that is kept: DATELINE_FUZZ_SHOW=report build/asan/fuzz_news FIND writes it, for
# fuzz/finds/reading.
#   fuzz/run.sh BUILD_DIRECTORY SECONDS [TARGET...]
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
seconds=$2
shift 2
[ $# -gt 0 ] || set -- $(find "$build" -maxdepth 1 -type f -executable -name 'fuzz_*' -printf '%f\n' | sed 's/^fuzz_//' | sort)

for name in "$@"; do
  binary=$build/fuzz_$name
  [ -x "$binary" ] || { echo "fuzz: no target '$name' in $build" >&2; exit 2; }
  corpora=("$build/corpus/$name")
  mkdir -p "$build/corpus/$name" "$build/finds"
  for folder in "$here/seeds/$name" "$here/finds/$name"; do
    [ -d "$folder" ] && corpora+=("$folder")
  done
  options=(-max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -max_len=4096 -print_final_stats=1
           -artifact_prefix="$build/finds/$name-")
  # Every length is as good as another where bytes are choices.
  [ "$name" = news ] && options+=(-len_control=0 -max_len=512)
  [ -f "$here/$name.dict" ] && options+=(-dict="$here/$name.dict")
  if ! "$binary" "${options[@]}" "${corpora[@]}" >"$build/$name.log" 2>&1; then
    tail -n 60 "$build/$name.log"
    echo "fuzz: $name found something; the input lies in $build/finds; move it to fuzz/finds/$name once it is mended"
    exit 1
  fi
  runs=$(awk '/stat::number_of_executed_units/ {print $2}' "$build/$name.log")
  cover=$(grep -o 'cov: [0-9]*' "$build/$name.log" | tail -n 1)
  echo "fuzz: $name: $runs inputs in $seconds s, $cover, nothing found"
done
