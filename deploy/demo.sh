#!/usr/bin/env bash
# AmoLtv on a sandbox CRM, from nothing: private PostgreSQL, sandbox, Host; install, sync, recalculate, write back, verify.
set -euo pipefail

# Whoever is started in the background by a shell ignores Ctrl-C's signal from birth, and could not even trap it.
if [ -z "${AMOLTV_DEMO_SIGNALS:-}" ] && (( 0x$(sed -n 's/^SigIgn:\s*//p' "/proc/$$/status" 2>/dev/null || echo 0) & 2 )); then
  AMOLTV_DEMO_SIGNALS=reset exec env --default-signal=INT bash "${BASH_SOURCE[0]}" "$@"
fi

usage() {
  cat <<'USAGE'
deploy/demo.sh                 does all of it and stays, with the addresses of cards to open
deploy/demo.sh --once          ends with a table and a last line of JSON; exit status 0 only when the CRM
                               holds exactly what was computed and never had to slow us down

  --data DIR                   keep database and sandbox in DIR; without it a temporary folder is used and removed
  --as-of DATE                 compute as of this day, YYYY-MM-DD
  --transactions FILE          a CSV customer_id,date,amount in place of generated data
  --companies N --leads N      how much to generate (500 and 3000)
  --seed N                     which data to generate (1)
  --json                       with --once: the JSON line only
USAGE
}

source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
source "$root/deploy/demo-processes.sh"
source "$root/deploy/demo-account.sh"

once= data= as_of= transactions= companies=500 leads=3000 seed=1 json= generated= follow_changes=false

number() {
  [[ "$2" =~ ^[0-9]{1,9}$ ]] || fail "$1 wants a whole number, not \"$2\"."
  printf '%s' "$2"
}

parse() {
  while [ $# -gt 0 ]; do
    case "$1" in
      --once) once=1; shift; continue ;;
      --json) json=1; shift; continue ;;
      -h | --help) usage; exit 0 ;;
      --data | --as-of | --transactions | --companies | --leads | --seed) [ $# -ge 2 ] || fail "$1 wants a value." ;;
      *) usage >&2; fail "Unknown option: $1" ;;
    esac
    case "$1" in
      --data) data="$2" ;;
      --as-of) as_of="$2" ;;
      --transactions) transactions="$2" ;;
      --companies) companies="$(number "$1" "$2")"; generated=1 ;;
      --leads) leads="$(number "$1" "$2")"; generated=1 ;;
      --seed) seed="$(number "$1" "$2")"; generated=1 ;;
    esac
    shift 2
  done
  if [ -n "$as_of" ]; then
    [[ "$as_of" =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] && date -d "$as_of" >/dev/null 2>&1 || fail "--as-of wants a day such as 2026-11-01, not \"$as_of\"."
  fi
  if [ -n "$transactions" ]; then
    [ -z "$generated" ] || fail "--transactions brings its own data: leave out --companies, --leads and --seed."
    [ -r "$transactions" ] || fail "The file $transactions cannot be read."
    transactions="$(readlink -f "$transactions")"
  fi
}

value_and_write() {
  verb "Settings" settings get >"$data/settings.json"
  verb "Sync" sync >&2
  verb "Recalculate" recalculate ${as_of:+--as-of "$as_of"} >&2
  verb "Write back: the fields" write-back --enable --yes >&2
  verb "Write back" write-back >&2
}

report() {
  local status=0
  verb "Verify: what the CRM holds against what was computed" verify --json >"$data/verify.json" || status=$?
  [ -s "$data/verify.json" ] || return 1
  node "$root/deploy/demo-summary.mjs" report "$data/verify.json" "$crm_address" "$((SECONDS - began))" ${json:+json} || status=1
  return "$status"
}

stay() {
  node "$root/deploy/demo-summary.mjs" cards "$crm_address" "$host_address"
  [ "$follow_changes" = false ] || say "Win a deal on one of these pages: within a minute its company's fields change in the CRM, and the open card with them."
  # From here on that is the way to end it, not an interruption.
  trap 'exit 0' INT
  say "Stop with Ctrl-C. $([ -n "$temporary" ] && echo "The data is removed then." || echo "The data stays in $data.")"
  while still_running host && still_running sandbox; do
    sleep 1 &
    wait $! || true
  done
  fail "A process ended by itself; its log ends with: $(tail -3 "$data"/logs/*.log)"
}

main() {
  parse "$@"
  began=$SECONDS
  # A fixed day is for comparing numbers: nothing may move them afterwards.
  [ -n "$once$as_of" ] || follow_changes=true
  require_dotnet
  require_node
  require_postgres
  prepare_widget || exit 1
  prepare_pages || exit 1
  build src/AmoLtv.Host src/AmoLtv.Sandbox || exit 1
  connect_account
  node "$root/deploy/demo-summary.mjs" reset "$crm_address"
  value_and_write
  local status=0
  report || status=$?
  if [ -n "$once" ]; then exit "$status"; fi
  stay
}

main "$@"
