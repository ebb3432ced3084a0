#!/usr/bin/env bash
# Installs AmoLtv on Debian or Ubuntu from the unpacked archive, without containers; run again it repairs or upgrades.
#
#   deploy/install.sh --domain ltv.example.com --client-id ID --client-secret-file FILE      the first time
#   deploy/install.sh                                                                        from a newer archive: upgrades
#   deploy/install.sh --remove [--keep-data | --yes]                                         takes all of it away
#
#   --domain NAME              public name of the service; the redirect URI is https://NAME/oauth/callback
#   --client-id ID             of the integration in the CRM
#   --client-secret-file FILE  its secret; a copy is kept that only root and the service can read
#   --brand amocrm|kommo       the integration's CRM (amocrm)
#   --processes N              processes of the service, 1 to 16 (2)
#   --port N                   loopback port of the first one, the others follow it (8081)
#   --tls-certificate FILE --tls-key FILE    for nginx; without them a certificate is made that no browser trusts
#   --no-nginx                 another proxy stands before it: none is set up
#   --no-database              another database is named in appsettings.json: this machine's is neither made nor migrated
#   --no-packages              Debian's packages are there: none is installed
#   --keep-data                with --remove: database, key folder and configuration stay
#   --yes                      with --remove: does not ask whether data and keys may be deleted
#   --dry-run                  says what would be done, and does nothing
#
# What was told is remembered in /etc/amoltv/install.conf. Where no systemd runs, everything is laid out and it is said what to start.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
release="$(dirname "$here")"
source "$here/install/actions.sh"
source "$here/install/host.sh"
source "$here/install/service.sh"
source "$here/install/site.sh"
source "$here/install/remove.sh"

remembered="$configuration/install.conf"
domain= client_id= client_secret_file= brand= processes= port= tls_certificate= tls_key= nginx= database= packages=yes
remove= keep_data= confirmed= dry_run= told= added_packages= default_site=

# What an earlier installation was told; what is told now goes above it.
recall() {
  local key value
  nginx=yes database=yes processes=2 port=8081 brand=amocrm
  [ -r "$remembered" ] || return 0
  while IFS='=' read -r key value; do
    case "$key" in
      domain | brand | processes | port | tls_certificate | tls_key | nginx | database | added_packages | default_site) printf -v "$key" '%s' "$value" ;;
    esac
  done <"$remembered"
}

remember() {
  local key
  for key in domain brand processes port tls_certificate tls_key nginx database added_packages default_site; do
    printf '%s=%s\n' "$key" "${!key}"
  done | put "$remembered" 0640 root:amoltv
}

parse() {
  while [ $# -gt 0 ]; do
    case "$1" in
      -h | --help) sed -n '2,22p' "${BASH_SOURCE[0]}"; exit 0 ;;
      --remove) remove=yes; shift; continue ;;
      --keep-data) keep_data=yes; shift; continue ;;
      --yes) confirmed=yes; shift; continue ;;
      --dry-run) dry_run=yes; shift; continue ;;
      --no-nginx) nginx=no; shift; continue ;;
      --no-database) database=no; shift; continue ;;
      --no-packages) packages=no; shift; continue ;;
      --domain | --client-id | --client-secret-file | --brand | --processes | --port | --tls-certificate | --tls-key)
        [ $# -ge 2 ] || fail "$1 wants a value." ;;
      *) fail "Unknown option: $1. deploy/install.sh --help lists them." ;;
    esac
    local key="${1#--}"
    printf -v "${key//-/_}" '%s' "$2"
    told="$told $1 "
    shift 2
  done
}

# nginx and a later run read them from another folder than the one they were told in.
settle_paths() {
  local key
  for key in tls_certificate tls_key; do
    [ -z "${!key}" ] || printf -v "$key" '%s' "$(realpath -ms -- "${!key}")"
  done
}

check() {
  [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || fail "This has to be run as root: it makes users, a database and services."
  command -v apt-get >/dev/null || fail "This is for Debian and Ubuntu: apt-get was not found. Elsewhere use deploy/compose.yaml."
  [ -z "$keep_data$confirmed" ] || [ -n "$remove" ] || fail "--keep-data and --yes belong to --remove."
  [ -z "$remove" ] || return 0
  [ -x "$release/program/amoltv" ] || fail "$release/program/amoltv is missing: run the install.sh of an unpacked release, amoltv-VERSION-linux-x64.tar.gz."
  [[ "$domain" =~ ^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$ ]] || fail "--domain wants a name such as ltv.example.com, not \"$domain\"."
  [[ "$brand" =~ ^(amocrm|kommo)$ ]] || fail "--brand is amocrm or kommo, not \"$brand\"."
  [[ "$processes" =~ ^([1-9]|1[0-6])$ ]] || fail "--processes is a number from 1 to 16, not \"$processes\"."
  [[ "$port" =~ ^[1-9][0-9]{3,4}$ ]] && [ "$port" -le 65000 ] || fail "--port is a number from 1000 to 65000, not \"$port\"."
  if [ -n "$tls_certificate$tls_key" ]; then
    [ -r "$tls_certificate" ] || fail "--tls-certificate \"$tls_certificate\" cannot be read; --tls-key needs it, and it needs --tls-key."
    [ -r "$tls_key" ] || fail "--tls-key \"$tls_key\" cannot be read; --tls-certificate needs it."
  fi
  check_first_time
}

check_first_time() {
  if [ -e "$configuration/appsettings.json" ]; then
    tell_what_is_not_taken
    return
  fi
  [ "$database" = yes ] || fail "--no-database is for an installation that is there: install without it, name the other database in $configuration/appsettings.json, then run this again with --no-database."
  [[ "$client_id" =~ ^[A-Za-z0-9._-]+$ ]] || fail "--client-id is missing: the id of the integration, from its keys in the CRM."
  [ -s "$client_secret_file" ] || fail "--client-secret-file \"$client_secret_file\" is missing or empty: a file with the integration's secret and nothing else."
}

# The integration is the operator's from the first installation on.
tell_what_is_not_taken() {
  case "$told" in
    *" --client-id "* | *" --client-secret-file "* | *" --brand "*)
      say "Not taken: --client-id, --client-secret-file, --brand. The integration is configured in $configuration/appsettings.json and $configuration/client-secret; change it there." ;;
  esac
  case "$told" in
    *" --domain "*)
      grep -qF "\"https://$domain/oauth/callback\"" "$configuration/appsettings.json" ||
        say "--domain $domain is taken for nginx alone: RedirectUri in $configuration/appsettings.json names another address. Change it there, and in the integration in the CRM." ;;
  esac
}

install_all() {
  install_packages
  check_nginx
  make_users
  make_folders
  prepare_database
  write_configuration
  remember
  make_keys
  lay_out_program
  write_command
  write_units
  write_site
  migrate
  switch_program
  restart_services
  drop_old_programs
  tell
}

tell() {
  say ""
  say "AmoLtv $version is laid out: program $programs/$version, configuration $configuration, keys $state/keys."
  if ! has_systemd; then
    say "No systemd runs here. What it would start, as user amoltv with the variables of $configuration/service.env:"
    local one
    for one in $(ports); do say "  $programs/current/program/amoltv serve --urls http://127.0.0.1:$one"; done
    [ "$nginx" = no ] || say "  and nginx"
  fi
  if [ "$nginx" = yes ] && [ "$tls_certificate" = "" ]; then
    say "nginx answers with a certificate that no browser trusts. Get one for $domain, and run this again with --tls-certificate and --tls-key."
  fi
  [ -e "$configuration/backup.env" ] || say "No copy is taken yet: write into $configuration/backup.env where to (docs/backup.md)."
  say "Next: docs/install.md, from \"After the installation\" on."
}

main() {
  recall
  parse "$@"
  settle_paths
  check
  if [ -n "$remove" ]; then
    remove_all
  else
    version="$(cat "$release/VERSION")"
    install_all
  fi
}

main "$@"
