#!/usr/bin/env bash
# Shared by deploy/backup.sh and deploy/restore.sh; needs nothing of the checkout, so that both work beside the program alone.

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# absolute PATH: from the folder this was started in; nothing stays nothing.
absolute() { [ -z "$1" ] || realpath -ms -- "$1"; }

# From here on in a folder that everybody may enter: who is made another user stands in one that he may not, where find and the
# programs of PostgreSQL fail or complain. What was given has to be absolute by now.
began_in="$PWD"
leave_folder() { cd /; }

# An operator's command, with its arguments, in the folder he stands in.
operators() {
  # shellcheck disable=SC2086
  (cd "$began_in" 2>/dev/null || true; $1 "${@:2}")
}

# The newest programs there are: a dump is taken and read by those of the server's version or a newer one.
find_programs_of_postgres() {
  local dir program
  # shellcheck disable=SC2012 # names of versions
  for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V); do PATH="$dir:$PATH"; done
  for program in pg_dump pg_restore psql; do
    command -v "$program" >/dev/null || fail "$program was not found. As root: apt-get install postgresql-client"
  done
}

# refuse_one_place DIR DIR WHAT: neither may be the other or lie in it.
refuse_one_place() {
  local one other
  one="$(readlink -f "$1")/" other="$(readlink -f "$2")/"
  case "$one" in "$other"*) fail "$3 are one place ($one): whoever copies it has tokens and their keys together. Name two places." ;; esac
  case "$other" in "$one"*) fail "$3 are one place ($other): whoever copies it has tokens and their keys together. Name two places." ;; esac
}

# certificate_name NUMBER: of a certificate in an archive of keys; 0 is the present one, the earlier ones follow.
certificate_name() { if [ "$1" = 0 ]; then echo certificate.pfx; else echo "previous-$1.pfx"; fi; }

# Number of tables with rows in a dump; fails where the dump cannot be listed.
listed_tables() {
  local list
  list="$(pg_restore --list "$1")" || return 1
  grep -c ' TABLE DATA ' <<<"$list"
}
