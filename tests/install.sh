#!/usr/bin/env bash
# Installs a release as an operator would, lets it work against a sandbox CRM, upgrades it, and takes it away without a trace.
#
#   tests/install.sh                    in a copy of this machine's root that is thrown away; nothing is downloaded
#   tests/install.sh --debian SUITE     in a clean Debian root made by debootstrap, packages and all (kept in ~/.cache/amoltv)
#   --archive FILE                      the release; without it deploy/package.sh makes one
#
# Needs root and the right to mount; where that is missing, says so and ends with exit status 77.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/setup.sh"
source "$root/tests/install-steps.sh"
source "$root/tests/install-restore.sh"

suite= archive= inside=

parse() {
  while [ $# -gt 0 ]; do
    case "$1" in
      --debian | --archive | --inside) [ $# -ge 2 ] || fail "$1 wants a value." ;;
      *) sed -n '2,8p' "${BASH_SOURCE[0]}" >&2; fail "Unknown option: $1." ;;
    esac
    case "$1" in
      --debian) suite="$2" ;;
      --archive) archive="$(readlink -f "$2")" ;;
      --inside) inside="$2" ;;
    esac
    shift 2
  done
}

skip() {
  say "Skipped: $*"
  exit 77
}

require_machine() {
  [ "$(id -u)" = 0 ] || skip "root is needed for a root of its own."
  unshare --mount --pid --fork mount -t tmpfs tmpfs /mnt 2>/dev/null || skip "this machine does not let root mount."
  command -v apt-get >/dev/null || skip "this machine is no Debian."
  [ -x "$sandbox" ] || build src/AmoLtv.Sandbox || exit 1
  if ! command -v systemd-analyze >/dev/null; then
    quietly "Installing systemd-analyze from Debian's packages" bash -c \
      'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends systemd' || exit 1
  fi
}

# The clean root is made once; the mirror is the one that this machine's own packages come from.
make_debian() {
  local cache="${XDG_CACHE_HOME:-$HOME/.cache}/amoltv" mirror
  debian="$cache/debian-$suite.tar"
  [ ! -e "$debian" ] || return 0
  command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
  mirror="$(apt-get indextargets --format '$(REPO_URI)' 'Component: main' 'Origin: Debian' | head -1)"
  mkdir -p "$cache"
  quietly "Making a Debian root, $suite" debootstrap --variant=minbase "$suite" "$work/clean" "$mirror" || exit 1
  tar -C "$work/clean" -cf "$debian.new" .
  mv "$debian.new" "$debian"
  rm -rf "$work/clean"
}

outside() {
  require_machine
  work="$(mktemp -d "${TMPDIR:-/tmp}/amoltv-install-XXXXXX")"
  trap 'stop_ticking; rm -rf "$work"' EXIT
  [ -z "$suite" ] || make_debian
  if [ -z "$archive" ]; then
    "$root/deploy/package.sh" --draft --out "$work/release" >/dev/null
    archive="$(echo "$work"/release/amoltv-*-linux-x64.tar.gz)"
  fi
  # Whatever is started ends with the namespace, and whatever is mounted is gone.
  local status=0
  DEBIAN_ROOT="${debian:-}" unshare --mount --pid --fork --kill-child --propagation private \
    bash "${BASH_SOURCE[0]}" --inside "$work" --archive "$archive" || status=$?
  exit "$status"
}

main() {
  parse "$@"
  if [ -z "$inside" ]; then outside; fi
  work="$inside"
  began=$SECONDS
  make_root
  check_pages
  say "— rehearsal"; rehearse
  say "— installation"; install_first
  check_rights
  say "— units"; check_units
  say "— service and sandbox"; start_all
  say "— a night"; night
  doctor_is_green
  take_copy
  say "— everything lost, and restored"; lose_and_restore
  # In a clean root all of it; in the machine's own what costs little.
  if [ -n "${DEBIAN_ROOT:-}" ]; then say "— again"; install_again; fi
  say "— a newer one"; upgrade
  if [ -n "${DEBIAN_ROOT:-}" ]; then say "— removal that keeps the data"; remove_and_return; fi
  say "— removal"; remove_all_of_it
  say "Installed, worked, upgraded and removed in $((SECONDS - began)) s: $checks checks."
}

main "$@"
