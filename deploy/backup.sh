#!/usr/bin/env bash
# Takes a dump of the database and an archive of the keys, into two folders that are kept apart: who has one of them alone can
# read no token.
#
#   deploy/backup.sh --dumps DIR --keys-to DIR --amoltv COMMAND [--keep N] [--database CONNECTION]
#   deploy/backup.sh --dumps DIR --keys-to DIR --keys DIR [--certificate FILE]... [--password FILE] [--keep N] [--database CONNECTION]
#
#   --dumps DIR          where dumps of the database go
#   --keys-to DIR        where archives of the keys go; on another disk or machine, never with the dumps
#   --amoltv COMMAND     the program with the service's configuration: it names folder, certificates and password itself (amoltv keys),
#                        so that a certificate that was changed is in the next copy
#   --keys DIR           instead: the folder of keys (Keys:Folder)
#   --certificate FILE   the certificate that protects them (Keys:CertificateFile); then, once for each, the earlier ones
#                        (Keys:PreviousCertificateFiles): without them what was stored before cannot be read
#   --password FILE      the file of its password (Keys:CertificatePasswordFile)
#   --keep N             newest dumps and archives that stay, 14 by default; a copy that cannot be read counts for none
#   --database TEXT      what pg_dump connects to, as "host=/var/run/postgresql dbname=amoltv user=amoltv"; without it PGHOST,
#                        PGDATABASE and the other variables of PostgreSQL say. A password belongs into ~/.pgpass.
#
# Run it as a user that may read the tables and the keys. Nobody else can read what it writes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/copies.sh"

dumps='' keys_to='' keys='' certificates=() password='' keep=14 database='' amoltv=''

read_options() {
  while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || fail "$1 needs a value. See the head of $0."
    case "$1" in
    --dumps) dumps="$2" ;;
    --keys-to) keys_to="$2" ;;
    --amoltv) amoltv="$2" ;;
    --keys) keys="$2" ;;
    --certificate) certificates+=("$2") ;;
    --password) password="$2" ;;
    --keep) keep="$2" ;;
    --database) database="$2" ;;
    *) fail "Unknown option: $1. See the head of $0." ;;
    esac
    shift 2
  done
}

# What the service reads its tokens with, by its own word.
ask_program() {
  [ -z "$keys$password${certificates[*]}" ] || fail "--amoltv names keys, certificates and password itself: leave out --keys, --certificate and --password."
  local named what path
  named="$(operators "$amoltv" keys)" || fail "$amoltv does not name its keys; its words stand above. Without it name them by --keys, --certificate and --password."
  while IFS='=' read -r what path; do
    case "$what" in
    folder) keys="$path" ;;
    certificate) certificates+=("$path") ;;
    password) password="$path" ;;
    esac
  done <<<"$named"
}

settle_paths() {
  local number
  dumps="$(absolute "$dumps")" keys_to="$(absolute "$keys_to")" keys="$(absolute "$keys")" password="$(absolute "$password")"
  for number in "${!certificates[@]}"; do certificates[number]="$(absolute "${certificates[number]}")"; done
  leave_folder
}

check_options() {
  if [ -z "$dumps" ] || [ -z "$keys_to" ] || [ -z "$keys" ]; then fail "--dumps, --keys-to and --keys or --amoltv are needed. See the head of $0."; fi
  [[ "$keep" =~ ^[1-9][0-9]{0,3}$ ]] || fail "--keep: '$keep' is not allowed; 1 to 9999."
  [ -d "$keys" ] || fail "--keys: there is no folder $keys. It is the one Keys:Folder names."
  ls "$keys"/key-*.xml >/dev/null 2>&1 || fail "--keys: $keys holds no key (key-*.xml). It is the one Keys:Folder names."
  local file
  for file in "${certificates[@]}" "$password"; do
    [ -z "$file" ] || [ -r "$file" ] || fail "$file cannot be read: name it as it is in Keys:CertificateFile, Keys:PreviousCertificateFiles and Keys:CertificatePasswordFile."
  done
  mkdir -p "$dumps" "$keys_to"
  refuse_one_place "$dumps" "$keys_to" "--dumps and --keys-to"
  refuse_one_place "$keys" "$dumps" "--keys and --dumps"
}

# A file has its name only once it is whole.
dump_database() {
  local file="$dumps/amoltv-$1.dump"
  if ! pg_dump --format=custom --no-owner --no-privileges --file="$file.part" --dbname="$database"; then
    rm -f "$file.part"
    fail "pg_dump failed; nothing was kept. Its words stand above."
  fi
  listed_tables "$file.part" >/dev/null || { rm -f "$file.part"; fail "The dump cannot be listed by pg_restore; it was not kept. Is the disk full?"; }
  mv "$file.part" "$file"
  say "Database: $file ($(listed_tables "$file") tables, $(du -h "$file" | cut -f1))"
}

archive_keys() {
  local file="$keys_to/amoltv-keys-$1.tar.gz" staged
  staged="$(mktemp -d "$keys_to/.staged-XXXXXX")"
  trap 'rm -rf "'"$staged"'"' EXIT
  mkdir "$staged/keys"
  cp "$keys"/key-*.xml "$staged/keys/"
  copy_certificates "$staged"
  [ -z "$password" ] || cp "$password" "$staged/certificate-password"
  tar -czf "$file.part" -C "$staged" .
  tar -tzf "$file.part" >/dev/null || { rm -f "$file.part"; fail "The archive of the keys cannot be read; it was not kept. Is the disk full?"; }
  mv "$file.part" "$file"
  rm -rf "$staged"
  say "Keys: $file (certificates: ${#certificates[@]})"
}

# copy_certificates DIR: certificate.pfx, previous-1.pfx and so on, and where each was.
copy_certificates() {
  local number
  for number in "${!certificates[@]}"; do
    cp "${certificates[number]}" "$1/$(certificate_name "$number")"
    printf '%s\n' "${certificates[number]}" >>"$1/certificates"
  done
}

# Names hold the time, so that the order of names is the order of time.
rotate() {
  local folder="$1" pattern="$2" file
  find "$folder" -maxdepth 1 -type f -name "$pattern" | sort -r | tail -n "+$((keep + 1))" | while IFS= read -r file; do
    rm -f "$file"
    say "Removed with its time: $file"
  done
  # What a copy left that was cut off; one that is being written is younger.
  find "$folder" -maxdepth 1 -type f -name "$pattern.part" -mtime +0 -delete
}

umask 077
read_options "$@"
[ -z "$amoltv" ] || ask_program
settle_paths
find_programs_of_postgres
check_options
now="$(date -u +%Y%m%dT%H%M%SZ)"
dump_database "$now"
archive_keys "$now"
rotate "$dumps" 'amoltv-*.dump'
rotate "$keys_to" 'amoltv-keys-*.tar.gz'
