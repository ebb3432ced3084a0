# The demo's account: its folder, a sandbox CRM with data, the Host's configuration, and the installation.
# Sourced by deploy/demo.sh and deploy/bench.sh after demo-processes.sh; reads data, transactions, companies, leads, seed,
# as_of and generated, sets the addresses.

client_id=5f3d7a52-8c1e-4b0a-9a57-6d1f0c2b8e44
amoltv="$root/src/AmoLtv.Host/bin/Release/net10.0/amoltv"

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
  if [ -n "$transactions" ] && [ ! -s "$kept" ]; then
    # A copy: a later run on the same folder finds it wherever the original has gone.
    cp -- "$transactions" "$data/transactions.csv" || return 1
    printf '%s\n' --transactions "$data/transactions.csv"
  elif [ -n "$transactions" ]; then
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
  # What is won in the CRM afterwards is followed by itself, where the demo stays.
  export Webhooks__FollowChanges="${follow_changes:-false}"
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

# Everything up to a connected account; from here on whatever was started is stopped at the end.
connect_account() {
  trap finish EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  open_data
  local database
  database="$(start_postgres)"
  (cd "$root/widget" && npm run --silent pack -- --backend "$host_address" --edition public --support help@example.com --privacy https://example.com/privacy --out "$data/widget.zip") >&2 || exit 1
  start_sandbox
  configure_host "$database"
  launch host "$amoltv" serve --urls "$host_address"
  await "Host is starting" 60 host host_answers
  install
}
