# The service itself: configuration, keys, program, units. Sourced by deploy/install.sh.
# shellcheck shell=bash

# Written once; from then on it is the operator's.
write_configuration() {
  if [ ! -e "$configuration/appsettings.json" ]; then
    if [ -n "$dry_run" ]; then say "would copy: $client_secret_file to $configuration/client-secret"; else put "$configuration/client-secret" 0640 root:amoltv <"$client_secret_file"; fi
    put "$configuration/appsettings.json" 0640 root:amoltv <<JSON
{
  "Database": {
    "ConnectionString": "$(connection amoltv)",
    "ProvisionSchema": false
  },
  "Integrations": [
    {
      "ClientId": "$client_id",
      "ClientSecretFile": "$configuration/client-secret",
      "Brand": "$brand",
      "RedirectUri": "https://$domain/oauth/callback"
    }
  ],
  "Keys": {
    "Folder": "$state/keys",
    "CertificateFile": "$configuration/keys.pfx",
    "CertificatePasswordFile": "$configuration/keys-password"
  },
  "Proxy": {
    "KnownProxies": ["127.0.0.1"]
  }
}
JSON
  fi
  # What follows from the installation and not from the operator; above appsettings.json.
  put "$configuration/service.env" 0640 root:amoltv <<ENV
DOTNET_ENVIRONMENT=Production
DOTNET_CONTENTROOT=$configuration
DOTNET_EnableDiagnostics=0
Crm__Processes=$processes
PGPORT=$(server_port)
ENV
}

# The certificate without which nobody reads the keys in the key folder. Never made anew: stored tokens would be lost.
make_keys() {
  [ ! -e "$configuration/keys.pfx" ] || return 0
  [ -z "$dry_run" ] || { say "would make: $configuration/keys.pfx and keys-password"; return; }
  # Here and not in the folder of passing files, and gone whatever fails: it holds the key without its password.
  local made="$configuration/keys.new" status=0
  rm -rf "$made"
  install -d -m 0700 -o root -g root "$made"
  { make_certificate "$made" && put "$configuration/keys-password" 0640 root:amoltv <"$made/password" &&
    put "$configuration/keys.pfx" 0640 root:amoltv <"$made/keys.pfx"; } || status=$?
  rm -rf "$made"
  [ "$status" = 0 ] || fail "There is no certificate for the keys. Why stands above; mend it, then run this again."
}

make_certificate() {
  openssl rand -hex 32 >"$1/password" &&
    openssl req -x509 -newkey rsa:2048 -nodes -days 7300 -subj "/CN=AmoLtv keys" -keyout "$1/key" -out "$1/certificate" 2>"$1/words" &&
    openssl pkcs12 -export -inkey "$1/key" -in "$1/certificate" -out "$1/keys.pfx" -passout "file:$1/password" && return
  [ ! -s "$1/words" ] || cat "$1/words" >&2
  return 1
}

# What a packed release holds. Nothing else of its folder is copied to where everybody may read it: a secret may have been put there.
release_entries=(program widget deploy docs src tests appsettings.example.json LICENSE CHANGELOG.md CONTRIBUTING.md README.md sbom.json VERSION)

# same_release PLACE: whether it holds this release to the last byte.
same_release() {
  local entry
  for entry in "${release_entries[@]}"; do
    [ ! -e "$release/$entry" ] || diff -rq "$release/$entry" "$1/$entry" >/dev/null 2>&1 || return 1
  done
}

# Beside the one that runs, which keeps running until it is switched over; one of the same version that was packed anew takes its place at once.
lay_out_program() {
  local place="$programs/$version" entry
  [ -z "$dry_run" ] || { say "would copy: $release to $place"; return; }
  [ "$(readlink -f "$release")" != "$(readlink -f "$place")" ] || return 0
  # What runs keeps its files where nothing in them would change.
  if [ -d "$place" ] && same_release "$place"; then return 0; fi
  rm -rf "$place.new"
  mkdir "$place.new"
  for entry in "${release_entries[@]}"; do
    [ ! -e "$release/$entry" ] || cp -R "$release/$entry" "$place.new/"
  done
  chown -R root:root "$place.new"
  chmod -R u=rwX,go=rX "$place.new"
  rm -rf "$place.old"
  [ ! -e "$place" ] || mv "$place" "$place.old"
  mv "$place.new" "$place"
  rm -rf "$place.old"
}

# Commands of a person: as the service's user and with its configuration, whoever calls.
write_command() {
  put "$command_file" 0755 root:root <<'COMMAND'
#!/bin/sh
# amoltv with the service's configuration, as the service's user. Needs root, or to be that user.
ulimit -c 0 # Its memory holds tokens.
set -a
. /etc/amoltv/service.env || exit 1
set +a
if [ "$(id -un)" = amoltv ]; then exec /opt/amoltv/current/program/amoltv "$@"; fi
exec runuser -u amoltv -- /opt/amoltv/current/program/amoltv "$@"
COMMAND
}

write_units() {
  local unit
  for unit in "$release"/deploy/systemd/*; do
    put "$units/${unit##*/}" 0644 root:root <"$unit"
  done
  systemd daemon-reload
}

# By the role that owns the tables; the service's own may read and write rows, and nothing more.
migrate() {
  [ "$database" = yes ] || { say "The database is elsewhere and was not migrated: as the owner of its tables run $release/program/amoltv migrate --app-role ROLE."; return; }
  [ -z "$dry_run" ] || { say "would migrate: the database, as amoltv_owner"; return; }
  # The keys are the service's alone; every command wants a folder of keys, so this one has an empty one of its own.
  local folder status=0
  folder="$(mktemp -d)"
  chown amoltv_owner "$folder"
  (
    cd /
    set -a
    # shellcheck disable=SC1091
    source "$configuration/service.env"
    set +a
    Database__ConnectionString="$(connection amoltv_owner)" Keys__Folder="$folder"
    export Database__ConnectionString Keys__Folder
    as amoltv_owner amoltv "$programs/$version/program/amoltv" migrate --app-role amoltv >&2
  ) || status=$?
  rm -rf "$folder"
  [ "$status" = 0 ] || fail "The database could not be brought up to date; what ran before runs on. Mend what is named above, then run this again."
}

switch_program() {
  # Run again for the same version, the one to go back to is still the one that ran before it.
  local before
  before="$(basename "$(readlink "$programs/current")")"
  [ -z "$before" ] || [ "$before" = "$version" ] || run ln -sfn "$before" "$programs/previous"
  run ln -sfn "$version" "$programs/current.new"
  run mv -T "$programs/current.new" "$programs/current"
}

# One after another: the others answer meanwhile, once nginx asks the one before again (fail_timeout in deploy/nginx.conf). Processes of earlier ports end last, when those of today's answer.
restart_services() {
  has_systemd || return 0
  local one
  for one in $(ports); do
    run systemctl enable --quiet "amoltv@$one.service"
    run systemctl restart "amoltv@$one.service"
    run "$programs/current/program/amoltv" health --url "http://127.0.0.1:$one/health/ready" --wait 90 >/dev/null ||
      fail "amoltv@$one.service does not become ready. Its log: journalctl -u amoltv@$one. The other processes were left as they are."
    sleep 3
  done
  run systemctl enable --quiet --now amoltv.target
  reload_site
  for one in $(systemctl list-units --all --plain --no-legend 'amoltv@*.service' | cut -d' ' -f1); do
    ports | grep -qx "$(sed 's/amoltv@\(.*\)\.service/\1/' <<<"$one")" || run systemctl disable --now --quiet "$one"
  done
  for one in "$release"/deploy/systemd/*.timer; do
    [ ! -e "$one" ] || run systemctl enable --quiet --now "${one##*/}"
  done
}

# The one that ran before stays, to go back to: not the newest other one, which may be what was gone back from.
drop_old_programs() {
  [ -z "$dry_run" ] || return 0
  local old previous
  # Left by a copy that was cut off, and no program to go back to.
  rm -rf "$programs"/*.new "$programs"/*.old
  # Where it is not known which it was, none is taken away.
  previous="$(basename "$(readlink "$programs/previous")")"
  [ -n "$previous" ] && [ "$previous" != "$version" ] && [ -d "$programs/$previous" ] || return 0
  find "$programs" -mindepth 1 -maxdepth 1 -type d ! -name "$version" ! -name "$previous" | while read -r old; do rm -rf "$old"; done
}
