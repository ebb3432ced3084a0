#!/usr/bin/env bash
# Makes what deploy/compose.yaml reads: passwords, the certificate of the keys, the site of nginx. Run again it keeps what there is,
# but for what it is told anew: a secret, a certificate.
#
#   deploy/compose-prepare.sh --domain ltv.example.com --client-id ID --client-secret-file FILE
#       [--brand amocrm|kommo] [--tls-certificate FILE --tls-key FILE] [--out DIR]
#
# Writes below DIR, deploy/compose unless told, and the variables of compose.yaml into .env beside it. Without a certificate one
# is made that no browser trusts. Keep copies of keys.pfx and keys-password: without them no stored token can be read.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
umask 077

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

domain= client_id= client_secret_file= brand= tls_certificate= tls_key= out="$here/compose"

parse() {
  while [ $# -gt 0 ]; do
    case "$1" in
      -h | --help) sed -n '2,9p' "${BASH_SOURCE[0]}"; exit 0 ;;
      --domain | --client-id | --client-secret-file | --brand | --tls-certificate | --tls-key | --out) [ $# -ge 2 ] || fail "$1 wants a value." ;;
      *) fail "Unknown option: $1. deploy/compose-prepare.sh --help lists them." ;;
    esac
    local key="${1#--}"
    printf -v "${key//-/_}" '%s' "$2"
    shift 2
  done
  [[ "$domain" =~ ^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$ ]] || fail "--domain wants a name such as ltv.example.com, not \"$domain\"."
  [[ "$client_id" =~ ^[A-Za-z0-9._-]+$ ]] || fail "--client-id is missing: the id of the integration, from its keys in the CRM."
  [ -n "$brand" ] || brand="$(sed -n 's/^BRAND=//p' "$(dirname "$out")/.env" 2>/dev/null || true)"
  brand="${brand:-amocrm}"
  [[ "$brand" =~ ^(amocrm|kommo)$ ]] || fail "--brand is amocrm or kommo, not \"$brand\"."
  [ -s "$client_secret_file" ] || { [ -z "$client_secret_file" ] && [ -s "$out/client-secret" ]; } || fail "--client-secret-file is missing or empty: a file with the integration's secret and nothing else."
  if [ -n "$tls_certificate$tls_key" ]; then
    [ -r "$tls_certificate" ] && [ -r "$tls_key" ] || fail "--tls-certificate and --tls-key belong together and have to be readable."
  fi
}

# keep FILE: what stands on standard input, unless there is such a file already. The folder guards it: in a container others than
# root have to read it.
keep() {
  if [ -s "$out/$1" ]; then cat >/dev/null; else cat >"$out/$1"; fi
  chmod 0444 "$out/$1"
}

# replace FILE: what stands on standard input, whatever there was; whole before it has its name.
replace() {
  cat >"$out/$1.new"
  chmod 0444 "$out/$1.new"
  mv -f "$out/$1.new" "$out/$1"
}

make_passwords() {
  openssl rand -hex 32 | keep postgres-password
  printf '*:*:*:amoltv_owner:%s\n' "$(openssl rand -hex 32)" | keep owner-pgpass
  printf '*:*:*:amoltv:%s\n' "$(openssl rand -hex 32)" | keep service-pgpass
  openssl rand -hex 32 | keep keys-password
  [ -z "$client_secret_file" ] || replace client-secret <"$client_secret_file"
}

make_keys() {
  [ ! -s "$out/keys.pfx" ] || return 0
  openssl req -x509 -newkey rsa:2048 -nodes -days 7300 -subj "/CN=AmoLtv keys" -keyout "$out/made.key" -out "$out/made.crt" 2>/dev/null
  openssl pkcs12 -export -inkey "$out/made.key" -in "$out/made.crt" -passout "file:$out/keys-password" -out "$out/made.pfx"
  keep keys.pfx <"$out/made.pfx"
  rm "$out"/made.*
}

make_tls() {
  if [ -n "$tls_certificate" ]; then
    replace fullchain.pem <"$tls_certificate"
    replace privkey.pem <"$tls_key"
  elif [ ! -s "$out/fullchain.pem" ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=$domain" -addext "subjectAltName=DNS:$domain" \
      -keyout "$out/made.key" -out "$out/made.crt" 2>/dev/null
    keep fullchain.pem <"$out/made.crt"
    keep privkey.pem <"$out/made.key"
    rm "$out"/made.*
    say "nginx will answer with a certificate that no browser trusts: run this again with --tls-certificate and --tls-key."
  fi
}

# The same site as without containers: its processes have names, its log goes to the container's, and within the containers' network there
# is no IPv6.
make_site() {
  rm -f "$out/site.conf"
  sed -e 's|^  server 127\.0\.0\.1:8080 \(.*;\)$|  server service-a:8080 \1\n  server service-b:8080 \1|' \
    -e 's|/etc/letsencrypt/live/[^/]*/fullchain\.pem|/run/secrets/fullchain.pem|' \
    -e 's|/etc/letsencrypt/live/[^/]*/privkey\.pem|/run/secrets/privkey.pem|' \
    -e 's|/var/log/nginx/amoltv\.log|/dev/stdout|' -e '/^  listen \[::\]:/d' \
    -e "s|ltv\.example\.com|$domain|g" "$here/nginx.conf" >"$out/site.conf"
  chmod 0444 "$out/site.conf"
}

parse "$@"
command -v openssl >/dev/null || fail "openssl is missing: apt-get install openssl"
mkdir -p "$out"
make_passwords
make_keys
make_tls
make_site
printf 'DOMAIN=%s\nCLIENT_ID=%s\nBRAND=%s\n' "$domain" "$client_id" "$brand" >"$(dirname "$out")/.env"
# Files that were replaced are read when their container starts.
say "Ready: docker compose -f deploy/compose.yaml up -d --build --wait"
[ -z "$client_secret_file$tls_certificate" ] || say "Where it runs already and a secret or a certificate was told: docker compose -f deploy/compose.yaml restart service-a service-b proxy"
