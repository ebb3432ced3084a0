#!/usr/bin/env bash
# All set-up, build, every test, and one closing line.
#
#   tests/run.sh           everything
#   tests/run.sh --quick   in two minutes: without the browser, the packing of archives, and fixtures that take more than five seconds (Slow)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/setup.sh"

quick=
case "${1:-}" in
  '') ;;
  --quick) quick=1 ;;
  *) fail "Unknown option: $1. There is only --quick." ;;
esac

require_dotnet
require_node
require_postgres
[ -n "$quick" ] || prepare_chromium
prepare_widget || exit 1
prepare_pages || exit 1
build AmoLtv.sln || exit 1

results="$(mktemp -d "${TMPDIR:-/tmp}/amoltv-tests-XXXXXX")"
trap 'stop_ticking; rm -rf "$results"' EXIT
failed=

# What broke outside a test, an unhandled rejection for example, stands in the log alone.
run_vitest() {
  npm --prefix "$root/widget" run --silent "test:$2" -- ${quick:+--exclude '**/archive.test.mjs'} --reporter=json --outputFile="$results/$1.vitest" >"$results/$1.log" 2>&1 </dev/null ||
    { failed=1; tail -30 "$results/$1.log" >&2; }
  node "$root/tests/summary.mjs" "$results/$1.vitest" || failed=1
}

# Ends with 0 where all of it passed.
test_javascript() {
  say "— the widget's archive"
  npm --prefix "$root/widget" run --silent lint >&2 || failed=1
  say "— the widget"
  run_vitest widget card
  say "— the pages"
  quietly "Checking the types" npm --prefix "$root/widget" run --silent typecheck || failed=1
  run_vitest pages pages
  [ -z "$failed" ]
}

# Beside the others only where seconds count: their output is read more easily one after the other.
if [ -n "$quick" ]; then
  test_javascript &
  javascript=$!
else
  test_javascript || failed=1
fi

for project in "$root"/tests/*.Tests; do
  name="$(basename "$project")"
  # Every test of it is slow.
  if [ -n "$quick" ] && [ "$name" = AmoLtv.Soak.Tests ]; then continue; fi
  say "— $name"
  start_ticking "$name"
  timeout --foreground 4200 dotnet test "$project" -c Release --no-build --nologo ${quick:+--filter "TestCategory!=Browser&TestCategory!=Slow"} \
    --logger "trx;LogFileName=$results/$name.trx" >"$results/$name.log" 2>&1 </dev/null || failed=1
  stop_ticking
  if [ -t 2 ]; then printf '\r' >&2; fi
  if [ -s "$results/$name.trx" ]; then
    node "$root/tests/summary.mjs" "$results/$name.trx" || failed=1
  else
    failed=1
    say "No test of $name was run. The end of the output:"
    tail -30 "$results/$name.log" >&2
    echo '{"passed":0,"failed":1,"skipped":0}' >"$results/$name.trx.json"
  fi
done

if [ -n "$quick" ]; then wait "$javascript" || failed=1; fi

# The seconds that the quick start promises.
promised=600

# A checkout in which nothing is built yet: what git knows and what it would be told of, as it stands. Fails where there is no git.
fresh_checkout() {
  git -C "$root" ls-files >/dev/null 2>&1 || return 1
  mkdir "$1"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    if [ -e "$file" ]; then printf '%s\0' "$file"; fi
  done | tar --null -T - -cf -) | tar -C "$1" -xf -
}

# What a new user types first, by the clock: from a fresh checkout over packages and build to a CRM that holds what was computed. Only
# what this machine's package managers have downloaded before is not downloaded again.
run_quick_start() {
  local began passed=1 checkout="$results/checkout" seconds
  say "— the quick start"
  fresh_checkout "$checkout" || { checkout="$root"; say "  This is no checkout of git: what is built already is not built again."; }
  began=$SECONDS
  timeout --foreground 1800 "$checkout/deploy/demo.sh" --once >"$results/quick-start.log" 2>&1 </dev/null ||
    { failed=1 passed=0; tail -30 "$results/quick-start.log" >&2; }
  seconds=$((SECONDS - began))
  rm -rf "$results/checkout"
  say "  deploy/demo.sh --once from $([ "$checkout" = "$root" ] && echo "this folder" || echo "a fresh checkout"): $seconds s, of the $promised that the quick start promises"
  if [ "$seconds" -gt "$promised" ]; then
    failed=1 passed=0
    say "  That is too long."
  fi
  echo "{\"passed\":$passed,\"failed\":$((1 - passed)),\"skipped\":0}" >"$results/quick-start.json"
}

[ -n "$quick" ] || run_quick_start

# The closing line stands alone, and says "failed" whenever anything did.
node "$root/tests/summary.mjs" --total "$results" ${failed:+failed}
[ -z "$failed" ]
