#!/usr/bin/env bash
# Packs the last commit twice, in folders of different names, and compares: the same commit gives the same bytes. Then starts the
# packed program where no .NET is found.
#
#   tests/package.sh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/setup.sh"

work="$(mktemp -d "${TMPDIR:-/tmp}/amoltv-packed-XXXXXX")"
trap 'rm -rf "$work"' EXIT
for place in here elsewhere/and-deeper; do
  git clone --quiet "$root" "$work/$place"
  "$work/$place/deploy/package.sh" --out "$work/release/$place" >/dev/null
done
diff "$work/release/here/SHA256SUMS" "$work/release/elsewhere/and-deeper/SHA256SUMS" >&2 || fail "Two packings of one commit differ."

tar -C "$work" -xzf "$work"/release/here/amoltv-*-linux-x64.tar.gz
version="$(cat "$work"/amoltv-*-linux-x64/VERSION)"
told="$(env -i PATH=/usr/bin:/bin "$work"/amoltv-*-linux-x64/program/amoltv --version)"
[ "$told" = "$version" ] || fail "The packed program calls itself $told, and the archive $version."
say "Packed twice, with the same bytes; version $version starts where no .NET is found:"
cat "$work/release/here/SHA256SUMS"
