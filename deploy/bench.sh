#!/usr/bin/env bash
# How fast AmoLtv is, as ratios to what limits it: the CRM's permitted request rate, and memory.
#
#   deploy/bench.sh [--companies N] [--leads N]      20,000 companies and 100,000 leads unless told
#
# Prints a table and a last line of JSON, and keeps the JSON in tests/AmoLtv.Benchmarks/results/sync.json.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
source "$root/deploy/demo-processes.sh"
source "$root/deploy/demo-account.sh"

data= as_of= transactions= companies=20000 leads=100000 seed=1 generated=1

while [ $# -gt 0 ]; do
  case "$1" in
    --companies | --leads) [[ "${2:-}" =~ ^[0-9]{1,9}$ ]] || fail "$1 wants a whole number, not \"${2:-}\"." ;;
    *) sed -n '2,6p' "$0" >&2; fail "Unknown option: $1" ;;
  esac
  case "$1" in
    --companies) companies="$2" ;;
    --leads) leads="$2" ;;
  esac
  shift 2
done

require_dotnet
require_node
require_postgres
prepare_widget || exit 1
build src/AmoLtv.Host src/AmoLtv.Sandbox || exit 1
connect_account
node "$root/deploy/demo-summary.mjs" reset "$crm_address"
verb "Sync at the permitted rate" sync --json >"$data/sync.json"
node "$root/deploy/bench-summary.mjs" statistics "$crm_address" >"$data/statistics.json"
verb "Recalculate" recalculate --json >"$data/recalculate.json"
verb "Sync of an unchanged account" sync --json >"$data/again.json"
results="$root/tests/AmoLtv.Benchmarks/results"
mkdir -p "$results"
node "$root/deploy/bench-summary.mjs" report "$data" "$results/sync.json"
