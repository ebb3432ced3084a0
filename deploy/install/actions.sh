# What every step of deploy/install.sh is done by, and where things lie. Sourced by it.
# shellcheck shell=bash

programs=/opt/amoltv
configuration=/etc/amoltv
state=/var/lib/amoltv
units=/etc/systemd/system
command_file=/usr/local/bin/amoltv

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# run COMMAND...: does it, or says it.
run() {
  if [ -n "$dry_run" ]; then
    say "would run: $*"
  else
    "$@"
  fi
}

# put PATH MODE OWNER: writes what stands on standard input, whole or not at all, and only where it says something else.
put() {
  local path="$1" mode="$2" owner="$3" new
  if [ -n "$dry_run" ]; then
    cat >/dev/null
    say "would write: $path ($mode $owner)"
    return
  fi
  new="$(mktemp "$path.XXXXXX")"
  cat >"$new"
  if [ -e "$path" ] && cmp -s "$new" "$path"; then
    rm "$new"
  else
    mv "$new" "$path"
  fi
  chown "$owner" "$path"
  chmod "$mode" "$path"
}

has_systemd() { [ -d /run/systemd/system ]; }

systemd() {
  has_systemd || return 0
  run systemctl "$@"
}

# The ports of the processes, one a line.
ports() { seq "$port" $((port + processes - 1)); }

# as USER GROUPS COMMAND...: without any right of root's.
as() {
  local user="$1" groups="$2"
  shift 2
  setpriv --reuid="$user" --regid="$user" --groups="$groups" --no-new-privs --inh-caps=-all -- "$@"
}

as_postgres() { (cd / && runuser -u postgres -- "$@"); }

# query SQL: the answer of the database server's superuser, bare.
query() { as_postgres psql -X -q -A -t -v ON_ERROR_STOP=1 -d "${2:-postgres}" -c "$1"; }
