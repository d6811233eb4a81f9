#!/usr/bin/env bash
# Makes a Debian package of what lies in build/, with its tables, pipeline and gazetteer, in build/debs. Its libraries are Debian's.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
version=$(build/dateline --version | awk '{print $2}')
# Whoever builds it answers for it, as Debian's own tools have it.
maintainer="${DEBFULLNAME:-$(git log -1 --format=%an)} <${DEBEMAIL:-$(git log -1 --format=%ae)}>"
built=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}" -R)
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
share=$root/usr/share
documents=$share/doc/dateline

install -D -s -m 755 build/dateline "$root/usr/bin/dateline"
mkdir -p "$share/dateline/models" "$share/dateline/web" "$share/man/man1" "$documents"
cp -r knowledge components "$share/dateline"
cp -r web/dist web/openapi.json "$share/dateline/web"
cp -r models/en_core_web_sm models/gazetteer.bin "$share/dateline/models"
# What a licence of a model says stands in the package's own copyright.
find "$share/dateline" -name 'LICENSE*' -delete
find "$share/dateline" -type f -exec chmod 644 {} + -o -type d -exec chmod 755 {} +

{
  printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: dateline\n\n'
  printf 'Files: *\nCopyright: 2026 the Dateline authors\nLicense: Apache-2.0\n On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.\n'
  printf 'Comment:\n'
  sed 's/^$/./; s/^/ /' NOTICE
} >"$documents/copyright"
{
  printf 'dateline (%s) unstable; urgency=low\n\n  * This version.\n\n -- %s  %s\n' "$version" "$maintainer" "$built"
} | gzip -9n >"$documents/changelog.gz"

# The manual page: what --help prints, command after command.
roff() { sed 's/\\/\\e/g; s/-/\\-/g; s/^\([.'"'"']\)/\\\&\1/'; }
{
  printf '.TH DATELINE 1 "" "dateline %s"\n.SH NAME\ndateline \\- read news reports and keep a sourced chronology\n.SH SYNOPSIS\n.nf\n' "$version"
  build/dateline --help | roff
  printf '.fi\n'
  for command in $(build/dateline --help | sed '1,/^Subcommands:/d' | awk '{print $1}'); do
    printf '.SH %s\n.nf\n' "${command^^}"
    build/dateline "$command" --help | roff
    printf '.fi\n'
  done
} | gzip -9n >"$share/man/man1/dateline.1.gz"

mkdir -p "$work/debian" "$root/DEBIAN"
printf 'Source: dateline\n\nPackage: dateline\nArchitecture: any\n' >"$work/debian/control"
needs=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/dateline 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
cat >"$root/DEBIAN/control" <<CONTROL
Package: dateline
Version: $version
Section: science
Priority: optional
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f1)
Depends: $needs
Recommends: poppler-utils
Description: read news reports and keep a sourced chronology
 Dateline reads news reports and keeps who did what to whom, when, where, how
 many, and according to whom, each value with the words it was read from, in
 one SQLite file. It reads text, web pages, PDF, archives and feeds, and
 serves the chronicle as a REST API and a web page on this machine.
CONTROL
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"

mkdir -p build/debs
rm -f build/debs/*.deb
dpkg-deb --root-owner-group -Zxz -b "$root" build/debs >/dev/null
ls -sh build/debs/*.deb
