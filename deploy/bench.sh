#!/usr/bin/env bash
# How fast AmoLtv is, as ratios to what limits it: the CRM's permitted request rate, a bare SQL aggregate, a bare SELECT, memory,
# and one process where several work.
#
#   deploy/bench.sh [--only NAME,NAME]
#
# Names: sync, recalculation, cards, write-back, processes. About half an hour for all on two idle cores. Prints a table and a last
# line of JSON, every ratio by name with the figures it was made of; keeps it in tests/AmoLtv.Benchmarks/results/ratios.json. Exit status 0
# only where no ratio is more than what was asked.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
source "$root/deploy/demo-processes.sh"
source "$root/deploy/demo-account.sh"

data= as_of= transactions= companies=20000 leads=100000 seed=1 generated=1
only=sync,recalculation,cards,write-back,processes

while [ $# -gt 0 ]; do
  case "$1" in
    --only) only="${2:-}" ;;
    *) sed -n '2,10p' "$0" >&2; fail "Unknown option: $1" ;;
  esac
  shift 2 || fail "$1 wants a value."
done
for name in ${only//,/ }; do
  case "$name" in sync | recalculation | cards | write-back | processes) ;; *) fail "There is no measurement \"$name\"." ;; esac
done

results="$root/tests/AmoLtv.Benchmarks/results"
figures="$(mktemp -d "${TMPDIR:-/tmp}/amoltv-bench-XXXXXX")"

wanted() { [[ ",$only," == *",$1,"* ]]; }

# An account of 100,000 leads, read at the permitted rate.
measure_sync() {
  connect_account
  node "$root/deploy/demo-summary.mjs" reset "$crm_address"
  verb "Sync at the permitted rate" sync --json >"$data/sync.json"
  node "$root/deploy/bench-summary.mjs" statistics "$crm_address" >"$data/statistics.json"
  verb "Recalculate" recalculate --json >"$data/recalculate.json"
  verb "Sync of an unchanged account" sync --json >"$data/again.json"
  node "$root/deploy/bench-summary.mjs" sync "$data" "$results/sync.json" >"$figures/sync.json"
}

# measure NAME [ARGUMENT…]: a measurement of the benchmark program, whose last line is its ratios.
measure() {
  say "— $1"
  dotnet "$root/tests/AmoLtv.Benchmarks/bin/Release/net10.0/AmoLtv.Benchmarks.dll" "$@" >"$figures/$1.log" </dev/null ||
    { tail -20 "$figures/$1.log" >&2; fail "$1 failed."; }
  head -n -1 "$figures/$1.log" >&2
  tail -1 "$figures/$1.log" >"$figures/$1.json"
}

# The same night by one, two and four processes.
measure_processes() {
  local count
  for count in 1 2 4; do
    say "— a night of forty accounts by $count processes"
    dotnet "$root/tests/AmoLtv.Night.Tests/bin/Release/net10.0/AmoLtv.Night.Tests.dll" --accounts 40 --leads 1000 --processes "$count" >"$figures/night-$count" </dev/null ||
      fail "The night by $count processes was not right: $(cat "$figures/night-$count")"
  done
  node "$root/deploy/bench-summary.mjs" processes "$figures" >"$figures/processes.json"
}

require_dotnet
require_node
require_postgres
prepare_widget || exit 1
prepare_pages || exit 1
build AmoLtv.sln || exit 1
mkdir -p "$results"
# In a shell of its own: what it started ends with it, and its settings are nobody else's.
if wanted sync; then (measure_sync); fi
if wanted recalculation; then measure recalculation "$results/recalculation.md"; fi
if wanted cards; then measure cards "$results/cards.md"; fi
if wanted write-back; then measure write-back timed "$results/write-back-timed.md"; fi
if wanted processes; then measure_processes; fi
status=0
node "$root/deploy/bench-summary.mjs" report "$figures" "$results/ratios.json" || status=$?
rm -rf "$figures"
exit "$status"
