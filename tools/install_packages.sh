#!/usr/bin/env bash
# Installs the packages of tools/debian-packages.txt that are missing, for the uses named
# ("build", "checks"). Nothing missing: says nothing, needs no network and no rights.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
list="$(dirname "$0")/debian-packages.txt"

wanted=()
for use in "$@"; do
  mapfile -t -O "${#wanted[@]}" wanted < <(awk -v use="$use" '!/^#/ && $2 == use {print $1}' "$list")
done

if ! command -v dpkg-query >/dev/null; then
  echo "setup: no Debian packages here; these must be installed by hand: ${wanted[*]}" >&2
  exit 0
fi
missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "setup: missing packages, and no rights to install them: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "setup: installing ${missing[*]}"
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null
