#!/usr/bin/env bash
# Brings a dump and the keys back, into a database and a folder that are empty, and the schema up to date.
#
#   deploy/restore.sh --dump FILE --keys-archive FILE --keys DIR [--certificate FILE]... [--password FILE] [--database CONNECTION] [--amoltv COMMAND]
#
#   --dump FILE            a dump of deploy/backup.sh
#   --keys-archive FILE    an archive of the keys of deploy/backup.sh
#   --keys DIR             where the keys go (Keys:Folder); empty or new
#   --certificate FILE     where the certificate goes (Keys:CertificateFile), if the archive holds one; then, once for each that it holds, where the
#                          earlier ones go (Keys:PreviousCertificateFiles)
#   --password FILE        where the file of its password goes (Keys:CertificatePasswordFile), if the archive holds one
#   --database TEXT        as deploy/backup.sh has it: the new, empty database, as the owner of its tables to be
#   --amoltv COMMAND       the program that brings the schema up to date afterwards, configured for this database; without it that is left to you
#
# Run it as the service's user, so that it can read its keys; the service does not run meanwhile.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/copies.sh"

dump='' archive='' keys='' certificates=() password='''' database='' amoltv=''

read_options() {
  while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || fail "$1 needs a value. See the head of $0."
    case "$1" in
    --dump) dump="$2" ;;
    --keys-archive) archive="$2" ;;
    --keys) keys="$2" ;;
    --certificate) certificates+=("$2") ;;
    --password) password="$2" ;;
    --database) database="$2" ;;
    --amoltv) amoltv="$2" ;;
    *) fail "Unknown option: $1. See the head of $0." ;;
    esac
    shift 2
  done
}

settle_paths() {
  local number
  dump="$(absolute "$dump")" archive="$(absolute "$archive")" keys="$(absolute "$keys")" password="$(absolute "$password")"
  for number in "${!certificates[@]}"; do certificates[number]="$(absolute "${certificates[number]}")"; done
  leave_folder
}

# Everything is looked at before anything is written.
check_all() {
  if [ -z "$dump" ] || [ -z "$archive" ] || [ -z "$keys" ]; then fail "--dump, --keys-archive and --keys are needed. See the head of $0."; fi
  listed_tables "$dump" >/dev/null || fail "--dump: $dump cannot be read as a dump. Take an earlier one."
  tar -tzf "$archive" >/dev/null 2>&1 || fail "--keys-archive: $archive cannot be read as an archive. Take an earlier one."
  if [ -d "$keys" ] && [ -n "$(ls -A "$keys")" ]; then fail "--keys: $keys is not empty. Its keys may still be needed: name another folder, or move them away."; fi
  check_certificates
  refuse_overwriting --password "$password" certificate-password
  check_targets
  check_database
}

refuse_overwriting() {
  if [ -n "$2" ]; then
    [ ! -e "$2" ] || fail "$1: $2 is there already. Name another file, or move it away."
    tar -tzf "$archive" "./$3" >/dev/null 2>&1 || fail "$1: the archive holds none. Leave the option out."
  fi
}

# A token from before a change of the certificate is read with the one before: all of them come back, or none.
check_certificates() {
  local number places
  places="$(tar -tzf "$archive" | grep -cE '^\./(certificate|previous-[0-9]+)\.pfx$' || true)"
  [ "${#certificates[@]}" = 0 ] || [ "$places" = 0 ] || [ "${#certificates[@]}" = "$places" ] ||
    fail "--certificate: the archive holds $places, in this order: $(archived_places). Name a place for each, as Keys:CertificateFile and Keys:PreviousCertificateFiles have them."
  for number in "${!certificates[@]}"; do
    refuse_overwriting --certificate "${certificates[number]}" "$(certificate_name "$number")"
  done
}

archived_places() { tar -xOzf "$archive" ./certificates 2>/dev/null | paste -sd ' '; }

# Keys that cannot be put where they belong would be noticed only after the database is there.
check_targets() {
  local target parent
  for target in "$keys" "${certificates[@]}" ${password:+"$password"}; do
    parent="$target"
    until [ -e "$parent" ]; do parent="$(dirname "$parent")"; done
    { [ -d "$parent" ] && [ -w "$parent" ]; } || fail "$target cannot be written: $(id -un) may not write in $parent. Name another place, or run this as somebody who may."
  done
}

check_database() {
  local tables encoding
  tables="$(ask "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')")" ||
    fail "--database: the database does not answer. Its words stand above; make one with: $new_database"
  [ "$tables" = 0 ] || fail "--database: it is not empty, it has $tables tables. A restore wants a new one: $new_database"
  # Texts are sorted by the rules of a language, which a database without UTF-8 does not know.
  encoding="$(ask 'show server_encoding')"
  [ "$encoding" = UTF8 ] || fail "--database: its encoding is $encoding and has to be UTF8. Drop it, and make it anew: $new_database"
}

ask() { psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --command "$1" ${database:+--dbname="$database"}; }

restore_keys() {
  local staged file number
  mkdir -p "$keys"
  for file in "${certificates[@]}" ${password:+"$password"}; do mkdir -p "$(dirname "$file")"; done
  staged="$(mktemp -d "$keys/.staged-XXXXXX")"
  trap 'rm -rf "'"$staged"'"' EXIT
  tar -xzf "$archive" -C "$staged" --no-same-owner
  mv "$staged"/keys/key-*.xml "$keys/"
  for number in "${!certificates[@]}"; do mv "$staged/$(certificate_name "$number")" "${certificates[number]}"; done
  [ -z "$password" ] || mv "$staged/certificate-password" "$password"
  rm -rf "$staged"
  say "Keys: $(find "$keys" -name 'key-*.xml' | wc -l) in $keys, certificates: ${certificates[*]:-none, they stay in the archive}"
}

restore_database() {
  # All or nothing: a restore that is cut off leaves the database empty.
  pg_restore --dbname="${database:-dbname=${PGDATABASE:-amoltv}}" --no-owner --no-privileges --single-transaction --exit-on-error "$dump" ||
    fail "pg_restore failed, and the database is as empty as before. Its words stand above."
  ask analyze
  say "Database: $(ask 'select count(*) from accounts') accounts, $(ask 'select count(*) from leads') leads"
}

bring_up_to_date() {
  if [ -n "$amoltv" ]; then
    operators "$amoltv" migrate >&2 || fail "The schema was not brought up to date; its words stand above. Everything is restored: mend it, and run $amoltv migrate."
  else
    say "Now bring the schema up to date, as the owner of its tables: amoltv migrate (with --app-role ROLE where the service has a role of its own)"
  fi
}

new_database='createdb -E UTF8 -T template0 amoltv'
umask 077
read_options "$@"
settle_paths
find_programs_of_postgres
check_all
# First what can fail for many reasons, and then leaves nothing behind.
restore_database
restore_keys
bring_up_to_date
say "Restored. Look it over with: amoltv doctor"
say "Then start the service: systemctl start amoltv.target, or amoltv serve"
