# The steps of tests/install.sh, inside namespaces of their own. Sourced by it.
# shellcheck shell=bash

sandbox="$root/src/AmoLtv.Sandbox/bin/Release/net10.0/AmoLtv.Sandbox"
client_id=0b8a4c1e-7d52-4f0e-9b65-2c3d7a1f5e90
domain=ltv.example.com
checks=0
search=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# holds WHAT COMMAND...: counts what is so, and ends where it is not.
holds() {
  local what="$1"
  shift
  if ! "$@"; then fail "Not so: $what"; fi
  checks=$((checks + 1))
}

exec_in_root() { exec chroot "$tree" /usr/bin/env -i PATH="$search" HOME=/root LC_ALL=C "$@"; }

in_root() { (exec_in_root "$@"); }

installer() { in_root bash "$release/deploy/install.sh" "$@"; }

amoltv() { in_root /usr/local/bin/amoltv "$@"; }

sql() { in_root runuser -u postgres -- psql -X -A -t -d "$1" -c "$2"; }

make_root() {
  local held="$work/held"
  mkdir "$held"
  if [ -n "${DEBIAN_ROOT:-}" ]; then
    tree="$held/root"
    mkdir "$tree"
    tar -C "$tree" -xf "$DEBIAN_ROOT"
    cp -L /etc/resolv.conf /etc/hosts "$tree/etc/"
    cp -R /etc/apt/apt.conf.d/. "$tree/etc/apt/apt.conf.d/"
    # No service starts by itself while a package is installed.
    printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
    chmod 755 "$tree/usr/sbin/policy-rc.d"
    options=()
  else
    mount -t tmpfs -o size=3g tmpfs "$held"
    tree="$held/root"
    mkdir "$held/upper" "$held/work" "$tree"
    mount -t overlay overlay -o "lowerdir=/,upperdir=$held/upper,workdir=$held/work" "$tree"
    options=(--no-packages)
    command -v nginx >/dev/null || options+=(--no-nginx)
  fi
  mount -t proc proc "$tree/proc"
  mount --rbind /dev "$tree/dev"
  mount -t tmpfs -o mode=755 tmpfs "$tree/run"
  mount -t tmpfs -o mode=1777 tmpfs "$tree/tmp"
  mkdir -m 1777 "$tree/run/lock"
  unpack
}

# Unpacked below /run, which no record of what is left looks at.
unpack() {
  mkdir "$tree/run/release"
  tar -C "$tree/run/release" -xzf "$archive"
  release="/run/release/$(basename "$archive" .tar.gz)"
  version="$(cat "$tree$release/VERSION")"
  choose_ports
  node -p 'crypto.randomBytes(32).toString("hex")' >"$tree/run/client-secret"
  options+=(--domain "$domain" --client-id "$client_id" --client-secret-file /run/client-secret --port "$first_port")
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Three in a row that nobody listens on, below those that the system gives to connections.
choose_ports() {
  first_port=$((15000 + RANDOM % 14000))
  while listens "$first_port" || listens $((first_port + 1)) || listens $((first_port + 2)); do
    first_port=$((15000 + RANDOM % 14000))
  done
  crm_port=$((first_port + 2))
}

# Everything that an installation could leave behind; what Debian's packages and the cluster keep is theirs.
traces() {
  (
    cd "$tree" || exit 1
    find etc opt usr/local var/lib var/log var/spool var/cache home srv root -xdev \
      \( -path var/lib/dpkg -o -path var/lib/apt -o -path var/lib/postgresql -o -path var/lib/nginx -o -path etc/postgresql -o -path var/log/postgresql \
      -o -path var/cache/apt -o -path root -o -path home -o -name __pycache__ \) -prune -o -printf '%p %y %m %l\n' |
      grep -v -E '^etc/(passwd|group|shadow|gshadow|subuid|subgid)-? |^etc/\.pwd\.lock|^var/log/nginx/(access|error)\.log' | LC_ALL=C sort
    cat etc/passwd etc/group
  )
}

rehearse() {
  traces >"$work/before"
  installer "${options[@]}" --dry-run >/dev/null 2>"$work/rehearsal"
  traces | diff "$work/before" - >&2 || fail "A rehearsal changed something."
  holds "a rehearsal says what would be done" grep -q 'would migrate' "$work/rehearsal"
}

install_first() {
  installer "${options[@]}"
  holds "secrets are read by root and the service alone" test "$(in_root stat -c '%a %U %G' /etc/amoltv/{client-secret,keys.pfx,keys-password,appsettings.json} | sort -u)" = "640 root amoltv"
  holds "the key folder is the service's alone" test "$(in_root stat -c '%a %U' /var/lib/amoltv/keys)" = "700 amoltv"
  holds "the program tells its version" test "$(in_root /opt/amoltv/current/program/amoltv --version)" = "$version"
  if [ -x "$tree/usr/sbin/nginx" ]; then
    holds "nginx takes its site" in_root nginx -t -q
    holds "nginx passes on to both processes and to nobody else" test \
      "$(in_root grep -oP '^  server 127\.0\.0\.1:\K\d+(?= )' /etc/nginx/sites-available/amoltv | paste -sd ' ')" = "$first_port $((first_port + 1))"
  fi
}

check_rights() {
  local refused
  refused="$(in_root runuser -u amoltv -- psql -X -d amoltv -c 'create table mine ()' 2>&1)" && fail "The service's role may create tables."
  holds "the service's role may create no table" grep -q 'permission denied' <<<"$refused"
  refused="$(in_root runuser -u nobody -- psql -X -d amoltv -c 'select 1' 2>&1)" && fail "Anybody may read the database."
  holds "nobody else reaches the database" test -n "$refused"
}

check_units() {
  local unit one score
  mkdir "$work/units"
  cp "$tree"/etc/systemd/system/amoltv* "$work/units/"
  cp "$work/units/amoltv@.service" "$work/units/amoltv@$first_port.service"
  rm "$work/units/amoltv@.service"
  # The program is looked for where it is installed, which is not this root.
  sed -i "s|^ExecStart=/opt|ExecStart=$tree/opt|; s|^ExecStart=/usr/local|ExecStart=$tree/usr/local|" "$work"/units/*.service
  for unit in "$work"/units/*; do
    holds "$(basename "$unit") is taken by systemd" verified "$unit"
    case "$unit" in
      *.service)
        systemd-analyze security --no-pager --offline=true --threshold=20 "$unit" >"$work/score" || { grep '✗' "$work/score" >&2; fail "$(basename "$unit") is exposed more than 2.0: $(tail -1 "$work/score")"; }
        score="$(tail -1 "$work/score")"
        say "  ${score#→ }"
        checks=$((checks + 1))
        ;;
    esac
  done
}

# Complaints about units of the machine itself do not concern us.
verified() {
  local said
  said="$(systemd-analyze verify --man=no --recursive-errors=no "$1" 2>&1)" || { say "$said"; return 1; }
  if grep -q "$(basename "$1")" <<<"$said"; then say "$said"; return 1; fi
}

# setting NAME UNIT [INSTANCE]
setting() { sed -n "s/^$1=//p" "$tree/etc/systemd/system/$2" | tail -1 | sed "s/%i/${3:-}/g"; }

# The variables of a unit, one a line: its own, then those of its files.
variables() {
  local file
  setting Environment "$1" | tr ' ' '\n'
  sed -n 's/^EnvironmentFile=//p' "$tree/etc/systemd/system/$1" | while read -r file; do grep -v '^#' "$tree$file"; done
}

# as_unit UNIT [INSTANCE]: becomes what systemd would start, as whom, where, with which rights and variables. Itself and no shell before
# it, so that its number is that of the process that is ended.
as_unit() {
  local unit="$1" instance="${2:-}" variables command
  mapfile -t variables < <(variables "$unit")
  # Systemd puts in the values of variables as a shell does that splits nothing further.
  read -ra command <<<"$(env -i "${variables[@]}" sh -c "echo \"$(setting ExecStart "$unit" "$instance")\"")"
  exec_in_root setpriv --reuid="$(setting User "$unit")" --regid="$(setting Group "$unit")" --init-groups --no-new-privs --inh-caps=-all --bounding-set=-all \
    /usr/bin/env -i "${variables[@]}" sh -c 'umask "$1"; cd "$2" || exit 1; shift 2; exec "$@"' start "$(setting UMask "$unit")" "$(setting WorkingDirectory "$unit")" "${command[@]}"
}

start_unit() {
  as_unit amoltv@.service "$1" >"$work/serve-$1.log" 2>&1 </dev/null &
  services+=($!)
}

start_services() {
  local one
  services=()
  for one in "$first_port" $((first_port + 1)); do start_unit "$one"; done
  for one in "$first_port" $((first_port + 1)); do
    in_root /opt/amoltv/current/program/amoltv health --url "http://127.0.0.1:$one/health/ready" --wait 90 >/dev/null ||
      { tail -5 "$work/serve-$one.log" >&2; fail "The process on port $one does not become ready."; }
    checks=$((checks + 1))
  done
}

stop_services() {
  kill "${services[@]}" 2>/dev/null || true
  wait "${services[@]}" 2>/dev/null || true
}

start_all() {
  "$sandbox" --urls "http://127.0.0.1:$crm_port" --ready-file "$work/sandbox.json" --companies 30 --leads 150 --seed 1 --no-webhooks \
    --integration "$client_id,$(cat "$tree/run/client-secret"),http://127.0.0.1:$first_port/oauth/callback" >"$work/sandbox.log" 2>&1 </dev/null &
  # As an operator edits it: the CRM is on this machine, and nothing runs but what is asked for.
  sed -i "1a\\  \"Crm\": { \"ExtraHosts\": [\"127.0.0.1:$crm_port\"] },\n  \"Scheduling\": { \"RunWhenConnected\": false },\n  \"Webhooks\": { \"FollowChanges\": false }," "$tree/etc/amoltv/appsettings.json"
  # Nothing outside knows the public name: by its own address the service is found.
  sed -i "s|https://$domain/oauth|http://127.0.0.1:$first_port/oauth|" "$tree/etc/amoltv/appsettings.json"
  start_services
  local waited
  for waited in $(seq 300); do
    [ ! -s "$work/sandbox.json" ] || return 0
    sleep 0.2
  done
  fail "The sandbox did not start after $waited tries: $(tail -3 "$work/sandbox.log")"
}

night() {
  node -e 'fetch(process.argv[1], { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ clientId: process.argv[2] }) })
    .then((answer) => answer.json()).then((answer) => console.log(answer.access_token))' "http://127.0.0.1:$crm_port/sandbox/long_token" "$client_id" >"$tree/run/token"
  in_root install -o amoltv -m 600 /run/token /var/lib/amoltv/token.txt
  holds "an account is connected" amoltv accounts connect --host "127.0.0.1:$crm_port" --token-file /var/lib/amoltv/token.txt
  rm "$tree/var/lib/amoltv/token.txt"
  amoltv write-back --enable --yes >/dev/null 2>"$work/enable.log" || { tail -5 "$work/enable.log" >&2; fail "The fields could not be created."; }
  amoltv run >"$work/night.log" 2>&1 || { tail -20 "$work/night.log" >&2; fail "The night failed."; }
}

crm_holds_it() {
  amoltv verify --json >"$work/verify.json" 2>"$work/verify.log" || { tail -5 "$work/verify.log" "$work/verify.json" >&2; fail "Not so: $1"; }
  holds "$1" node -e 'const told = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").at(-1)); process.exit(told.mismatches === 0 && told.valued > 0 ? 0 : 1)' "$work/verify.json"
}

doctor_is_green() {
  amoltv doctor >"$work/doctor.log" 2>&1 || { cat "$work/doctor.log" >&2; fail "The doctor is not content."; }
  checks=$((checks + 1))
}

# By the installer's own functions, in a folder where versions are empty folders.
goes_back() (
  source "$root/deploy/install/actions.sh"
  source "$root/deploy/install/service.sh"
  # shellcheck disable=SC2030
  programs="$work/programs" dry_run=
  for version in 1.0.0 2.0.0 back 3.0.0; do
    # Older than what it is gone back from, as an earlier version is.
    if [ "$version" = back ]; then ln -sfn "$(readlink "$programs/previous")" "$programs/current"; continue; fi
    mkdir -p "$programs/$version"
    switch_program
    drop_old_programs
  done
  [ "$(find "$programs" -type d -name '*.0.0' -printf '%f\n' | sort | paste -sd ' ')" = "1.0.0 3.0.0" ]
)

# Every page of the archive leads to files that are in it.
check_pages() {
  local page link
  while read -r page; do
    while read -r link; do
      [ -e "$(dirname "$page")/$link" ] || fail "${page#"$tree$release"/} leads to $link, which is not in the archive."
    done < <(grep -oE '\]\([^)#]+' "$page" | cut -c3- | grep -v ':' || true)
  done < <(find "$tree$release" -name '*.md')
  checks=$((checks + 1))
}

kept() { (cd "$tree" && find etc/amoltv var/lib/amoltv -type f -exec sha256sum {} + | LC_ALL=C sort -k2); }

install_again() {
  crm_holds_it "the CRM holds what the night computed"
  kept >"$work/kept"
  installer --no-packages 2>"$work/again.log" || { cat "$work/again.log" >&2; fail "The second time failed."; }
  kept | diff "$work/kept" - >&2 || fail "Not so: run again, it changes nothing of configuration and keys."
  checks=$((checks + 1))
}

upgrade() {
  local old="$version"
  kept >"$work/kept"
  cp -R "$tree$release" "$tree/run/release/newer"
  echo 99.0.0 >"$tree/run/release/newer/VERSION"
  in_root bash /run/release/newer/deploy/install.sh --no-packages 2>"$work/upgrade.log" || { cat "$work/upgrade.log" >&2; fail "The upgrade failed."; }
  holds "the newer program is the one that runs" test "$(readlink "$tree/opt/amoltv/current")" = 99.0.0
  holds "the one before is kept" test "$(readlink "$tree/opt/amoltv/previous")" = "$old" -a -d "$tree/opt/amoltv/$old"
  holds "what was gone back to is kept, and not what was gone back from" goes_back
  kept | diff "$work/kept" - >&2 || fail "Not so: an upgrade changes nothing of settings, secrets and keys."
  checks=$((checks + 1))
  stop_services
  [ -z "${DEBIAN_ROOT:-}" ] || start_services
  crm_holds_it "after an upgrade the token opens the CRM, and it holds what the night computed"
}

remove_and_return() {
  stop_services
  installer --remove --keep-data 2>/dev/null
  holds "the program is gone" test ! -e "$tree/opt/amoltv"
  installer --no-packages 2>"$work/return.log" || { cat "$work/return.log" >&2; fail "Installing over kept data failed."; }
  crm_holds_it "over kept data it goes on"
}

remove_all_of_it() {
  stop_services
  if installer --remove </dev/null 2>/dev/null; then fail "Data was deleted though nobody said that it may be."; fi
  checks=$((checks + 1))
  installer --remove --yes --no-database --dry-run 2>"$work/elsewhere.log"
  holds "with a database elsewhere none is dropped" grep -q 'No database is dropped' "$work/elsewhere.log"
  installer --remove --yes
  holds "no user is left" test -z "$(in_root getent passwd amoltv amoltv_owner || true)"
  holds "no database is left" test -z "$(sql postgres "select datname from pg_database where datname = 'amoltv' union all select rolname from pg_roles where rolname like 'amoltv%'")"
  holds "no file bears its name" test -z "$(traces | grep -i amoltv)"
  holds "no file of the system names it" test -z "$(grep -rIl amoltv "$tree/etc" "$tree/usr/local/bin" "$tree/opt" 2>/dev/null | grep -v -E '/etc/(passwd|group|shadow|gshadow|subuid|subgid)-$')"
  if [ -z "${DEBIAN_ROOT:-}" ]; then
    traces | diff "$work/before" - >&2 || fail "Not so: all is as it was before."
    checks=$((checks + 1))
  fi
}
