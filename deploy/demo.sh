#!/usr/bin/env bash
# AmoLtv on a sandbox CRM, from nothing: private PostgreSQL, sandbox, Host; install, sync, recalculate, write back, verify.
set -euo pipefail

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

client_id=5f3d7a52-8c1e-4b0a-9a57-6d1f0c2b8e44
once= data= as_of= transactions= companies=500 leads=3000 seed=1 json= generated=

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

# The folder with everything the demo owns. Secrets in it are for this user's eyes.
open_data() {
  if [ -n "$data" ]; then
    mkdir -p "$data" || fail "The folder $data cannot be made."
    data="$(readlink -f "$data")"
  else
    data="$(mktemp -d "${TMPDIR:-/tmp}/amoltv-demo-XXXXXX")"
    temporary=1
  fi
  exec 9>"$data/lock"
  flock -n 9 || fail "Another demo is using $data."
  owned=1
  mkdir -p "$data/logs" "$data/keys"
  chmod 700 "$data/keys"
  stop_leftovers
  [ -s "$data/secret" ] || (umask 077 && node -p 'crypto.randomBytes(32).toString("hex")' >"$data/secret")
  choose_ports
}

# The sandbox's and the Host's port are kept with the data: the CRM's address is part of what was installed.
choose_ports() {
  local ports
  ports="$(node "$root/deploy/demo-ports.mjs" "$data/ports.json")"
  read -r crm_port host_port <<<"$ports"
  crm_address="http://127.0.0.1:$crm_port"
  host_address="http://127.0.0.1:$host_port"
}

# What the sandbox's data is made of. Kept with it: a second run on the same folder may leave these options out.
data_arguments() {
  local kept="$data/arguments"
  if [ -n "$transactions" ]; then
    printf '%s\n' --transactions "$transactions"
  elif [ -s "$kept" ] && [ -z "$generated" ]; then
    cat "$kept"
  else
    printf '%s\n' --companies "$companies" --leads "$leads" --seed "$seed"
    # The generated history ends where it is looked at from; on later runs the sandbox knows where it ended.
    if [ -n "$as_of" ] && [ ! -s "$kept" ]; then printf '%s\n' --until "$as_of"; fi
  fi
}

start_sandbox() {
  local arguments
  mapfile -t arguments < <(data_arguments)
  rm -f "$data/sandbox.json"
  launch sandbox "$root/src/AmoLtv.Sandbox/bin/Release/net10.0/AmoLtv.Sandbox" --urls "$crm_address" \
    --data "$data/sandbox" --ready-file "$data/sandbox.json" \
    --integration "$client_id,$(cat "$data/secret"),$host_address/oauth/callback" \
    --widget "$data/widget.zip" --modules "$root/widget/node_modules" "${arguments[@]}"
  await "The sandbox CRM is preparing its data" 600 sandbox test -s "$data/sandbox.json"
  # What the sandbox decided by itself, its brand for example.
  grep -v '^Sandbox ready' "$data/logs/sandbox.log" >&2 || true
  [ -s "$data/arguments" ] || printf '%s\n' "${arguments[@]}" >"$data/arguments"
  brand="$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).brand ?? "amocrm"' "$data/sandbox.json")"
}

configure_host() {
  export DOTNET_ENVIRONMENT=Development ASPNETCORE_ENVIRONMENT=Development
  export Database__ConnectionString="$1"
  export Integrations__0__ClientId="$client_id"
  export Integrations__0__ClientSecretFile="$data/secret"
  export Integrations__0__Brand="$brand"
  export Integrations__0__RedirectUri="$host_address/oauth/callback"
  export Crm__ExtraHosts__0="127.0.0.1:$crm_port"
  export Keys__Folder="$data/keys"
  # The demo runs the steps itself, one after another.
  export Scheduling__RunWhenConnected=false
}

host_answers() {
  node -e 'fetch(process.argv[1]).then(() => process.exit(0), () => process.exit(1))' "$host_address/"
}

account_connected() {
  "$amoltv" accounts --json 2>>"$data/logs/accounts.log" >"$data/accounts.json" &&
    node "$root/deploy/demo-summary.mjs" connected "$data/accounts.json" "127.0.0.1:$crm_port"
}

install() {
  account_connected && return
  node "$root/deploy/demo-summary.mjs" install "$crm_address" "$client_id" || fail "The sandbox could not reach the Host's redirect address."
  await "Waiting for the Host to exchange the code" 60 host account_connected
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
  require_dotnet
  require_node
  require_postgres
  prepare_widget || exit 1
  build src/AmoLtv.Host src/AmoLtv.Sandbox || exit 1
  amoltv="$root/src/AmoLtv.Host/bin/Release/net10.0/amoltv"
  trap finish EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  open_data
  local database
  database="$(start_postgres)"
  (cd "$root/widget" && npm run --silent pack -- --backend "$host_address" --out "$data/widget.zip") >&2 || exit 1
  start_sandbox
  configure_host "$database"
  launch host "$amoltv" serve --urls "$host_address"
  await "Host is starting" 60 host host_answers
  install
  node "$root/deploy/demo-summary.mjs" reset "$crm_address"
  value_and_write
  local status=0
  report || status=$?
  if [ -n "$once" ]; then exit "$status"; fi
  stay
}

main "$@"
