#!/usr/bin/env bash
# A simulated night of many accounts: a sandbox with all of them, several processes of the service on one database, processes killed
# meanwhile. Each account has to be finished once, and the CRM has to hold what an undisturbed night writes.
#
#   tests/night.sh [--accounts N] [--leads N] [--processes P] [--kills K] [--seed S]      20, 1000, 2, 0 and 1 unless told
#                  [--outage SECONDS]      PostgreSQL is stopped for so long in the middle of the night
#                  [--previous COMMIT]     the night begins with the program of that commit, whose processes are upgraded one by one
#
# Prints what happens, and a last line of JSON {"accounts","finished","twice","mismatches","cpuSecondsPerAccount","peakMemoryMb",
# "seconds"}. Exit status 0 only where all are finished, none twice, nothing differs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/setup.sh"

require_dotnet
require_postgres
build tests/AmoLtv.Night.Tests || exit 1

# The program of another commit, built beside this one.
build_previous() {
  tree="$(mktemp -d)"
  trap 'git -C "$root" worktree remove --force "$tree"' EXIT
  git -C "$root" worktree add --quiet --detach --force "$tree" "$1" || fail "There is no commit $1."
  quietly "Building $1" dotnet build "$tree/src/AmoLtv.Host" -c Release --nologo || exit 1
}

arguments=()
while [ $# -gt 0 ]; do
  if [ "$1" = --previous ] && [ $# -gt 1 ]; then
    build_previous "$2"
    arguments+=(--previous "$tree/src/AmoLtv.Host/bin/Release/net10.0")
    shift
  else
    arguments+=("$1")
  fi
  shift
done
dotnet "$root/tests/AmoLtv.Night.Tests/bin/Release/net10.0/AmoLtv.Night.Tests.dll" "${arguments[@]}"
