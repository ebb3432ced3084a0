# The machine under the service: packages, users, folders, the database. Sourced by deploy/install.sh.
# shellcheck shell=bash

# The program formats numbers and dates by ICU, whose package bears its version in its name: the one that is there, else the newest.
icu_package() {
  local icu
  icu="$(dpkg-query -W -f '${Status} ${Package}\n' 'libicu[0-9]*' 2>/dev/null | sed -nE 's/^install ok installed (libicu[0-9]+)$/\1/p' | tail -1)"
  [ -n "$icu" ] || icu="$(apt-cache search --names-only '^libicu[0-9]+$' | cut -d' ' -f1 | sort -V | tail -1)"
  echo "${icu:-libicu-dev}"
}

missing_packages() {
  local package
  for package in $([ "$database" = no ] || echo postgresql) openssl ca-certificates tzdata "$(icu_package)" $([ "$nginx" = no ] || echo nginx-light); do
    case "$package" in
      nginx-light) command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || echo "$package" ;;
      *) dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package" ;;
    esac
  done
}

install_packages() {
  [ "$packages" = yes ] || return 0
  # A source of packages that does not answer stops nobody who needs none.
  [ -n "$(missing_packages)" ] || return 0
  local missing
  run apt-get update -qq ||
    fail "The lists of packages could not be read; the words of apt-get stand above. Mend its sources, or install these yourself and run this again with --no-packages: $(missing_packages | tr '\n' ' ')"
  missing="$(missing_packages | tr '\n' ' ')"
  missing="${missing% }"
  [ -n "$missing" ] || return 0
  say "Installing Debian's packages: $missing"
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive run apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    fail "The packages could not be installed. Install them yourself and run this again with --no-packages: $missing"
  added_packages="${added_packages:+$added_packages }$missing"
}

# The service's own user, and the one that owns the tables: what serves requests can change no schema.
make_users() {
  local user
  for user in amoltv amoltv_owner; do
    if ! getent passwd "$user" >/dev/null; then
      run useradd --system --user-group --home-dir "$state" --no-create-home --shell /usr/sbin/nologin "$user"
    fi
  done
}

make_folders() {
  run install -d -m 0755 -o root -g root "$programs"
  run install -d -m 0750 -o root -g amoltv "$configuration"
  run install -d -m 0700 -o amoltv -g amoltv "$state" "$state/keys"
}

postgres_answers() { query 'select 1' >/dev/null 2>&1; }

start_postgres() {
  [ -z "$dry_run" ] || { say "would start: PostgreSQL, where it does not run"; return; }
  if postgres_answers; then return; fi
  command -v pg_lsclusters >/dev/null || fail "PostgreSQL is missing. Install it (apt-get install postgresql) and run this again."
  if [ -z "$(pg_lsclusters -h)" ]; then
    pg_createcluster "$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -V | tail -1)" main >/dev/null
  fi
  if has_systemd; then systemctl start postgresql; else service postgresql start >/dev/null 2>&1 || true; fi
  local waited
  for waited in $(seq 60); do
    if postgres_answers; then return; fi
    sleep 0.5
  done
  fail "PostgreSQL does not answer user postgres after ${waited} tries. Look at pg_lsclusters and its log, then run this again."
}

prepare_database() {
  [ "$database" = yes ] || return 0
  start_postgres
  refuse_other_database
  make_database
  warn_of_connections
}

# What one process may hold at once unless its connection string says otherwise: nights 30, cards 10, and one that says that it lives.
connections_of_process=41

# The server may be others' too, so that its limit is raised by whoever it belongs to.
warn_of_connections() {
  [ -z "$dry_run" ] || return 0
  local wanted=$((processes * connections_of_process)) served
  served=$(($(query 'show max_connections') - $(query 'show superuser_reserved_connections')))
  [ "$wanted" -gt "$served" ] || return 0
  say "$processes processes may hold $wanted connections, and PostgreSQL serves $served: in a busy hour some would be refused. As user postgres: psql -c 'alter system set max_connections = $((wanted + 20))', then restart PostgreSQL; or fewer --processes, or Maximum Pool Size in ConnectionString."
}

# Migrating this machine's database would bring the one that the service reads not a step further.
refuse_other_database() {
  if [ -n "$dry_run" ] || [ ! -e "$configuration/appsettings.json" ] || names_own_database; then return 0; fi
  fail "ConnectionString in $configuration/appsettings.json is not this machine's database ($(connection amoltv)). Nothing was changed. As the owner of its tables run $release/program/amoltv migrate --app-role ROLE, then run this again with --no-database."
}

# Whether each part of this machine's connection stands in the configured one, which may say more.
names_own_database() {
  local told_connection part parts
  told_connection=";$(sed -n 's/.*"ConnectionString"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$configuration/appsettings.json" | head -n 1);"
  told_connection="${told_connection//; /;}"
  IFS=';' read -ra parts <<<"$(connection amoltv)"
  for part in "${parts[@]}"; do
    [[ "$told_connection" == *";$part;"* ]] || return 1
  done
}

make_database() {
  [ -z "$dry_run" ] || { say "would make: database amoltv of role amoltv_owner, and role amoltv that may change no schema"; return; }
  local server role
  server="$(query 'show server_version_num')"
  [ "$server" -ge 150000 ] || fail "PostgreSQL 15 or newer is needed, this one is ${server%????}. Install a newer one and run this again."
  for role in amoltv amoltv_owner; do
    [ "$(query "select count(*) from pg_roles where rolname = '$role'")" = 1 ] ||
      query "create role $role login nosuperuser nocreatedb nocreaterole" >/dev/null
  done
  [ "$(query "select count(*) from pg_database where datname = 'amoltv'")" = 1 ] ||
    query "create database amoltv owner amoltv_owner encoding 'UTF8' template template0" >/dev/null
  # Where the data lies is a setting that not everybody may read; the doctor looks at the room on that disk.
  [ "$(query "select pg_has_role('amoltv', 'pg_read_all_settings', 'member')")" = t ] ||
    query 'grant pg_read_all_settings to amoltv' >/dev/null
  # By default everybody may connect; the roles that shall are told by name.
  query 'revoke all on database amoltv from public' >/dev/null
}

server_port() { if [ -n "$dry_run" ] || [ "$database" = no ]; then echo 5432; else query 'show port'; fi; }

# connection ROLE: over the unix socket, where the system says who calls; so there is no password that could leak.
connection() { printf 'Host=/var/run/postgresql;Port=%s;Database=amoltv;Username=%s' "$(server_port)" "$1"; }
