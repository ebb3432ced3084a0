# Takes away what deploy/install.sh laid out. Sourced by it.
# shellcheck shell=bash

stop_services() {
  has_systemd || return 0
  local unit
  for unit in $(systemctl list-units --all --plain --no-legend 'amoltv*' | cut -d' ' -f1) $(find "$units" -name 'amoltv*.timer' -printf '%f '); do
    run systemctl disable --now --quiet "$unit" || true
  done
}

remove_units() {
  run find "$units" -maxdepth 2 -name 'amoltv*' ! -type d -delete
  # What an operator added by systemctl edit lies in folders of the units' names.
  run rm -rf "$units"/amoltv*.d "$units/amoltv.target.wants"
  # When a timer ran last, and which units failed, systemd would remember for ever.
  run rm -f /var/lib/systemd/timers/stamp-amoltv-*.timer
  systemd daemon-reload
  systemd reset-failed 'amoltv*' || true
}

remove_database() {
  # One of that name that is here all the same is another's, or was kept when the service moved to the one elsewhere.
  if [ "$database" = no ]; then
    say "No database is dropped: neither the one that appsettings.json names elsewhere, nor any on this machine."
    return
  fi
  [ -z "$dry_run" ] || { say "would drop: database amoltv, roles amoltv and amoltv_owner"; return; }
  command -v psql >/dev/null || return 0
  start_postgres
  query 'drop database if exists amoltv with (force)' >/dev/null
  local role
  for role in amoltv amoltv_owner; do
    query "drop role if exists $role" >/dev/null || say "Role $role stays: another database needs it."
  done
}

remove_users() {
  local user
  for user in amoltv amoltv_owner; do
    if getent passwd "$user" >/dev/null; then
      run userdel "$user" || fail "A process of user $user still runs. End it, then run this again."
    fi
    if getent group "$user" >/dev/null; then run groupdel "$user"; fi
  done
}

# What is dropped here comes back from a backup alone.
confirm_removal() {
  [ -z "$keep_data$confirmed$dry_run" ] || return 0
  local dropped="the database amoltv, "
  [ "$database" = yes ] || dropped=
  [ -t 0 ] || fail "This deletes ${dropped}keys and configuration. Say --yes if that is meant; --keep-data keeps them."
  local answer=''
  printf 'This deletes %sthe keys in %s and %s. Type yes to go on: ' "$dropped" "$state" "$configuration" >&2
  read -r answer || true
  [ "$answer" = yes ] || fail "Nothing was removed."
}

remove_all() {
  confirm_removal
  stop_services
  remove_units
  remove_site
  run rm -f "$command_file"
  run rm -rf "$programs"
  if [ -n "$keep_data" ]; then
    say "Kept: database amoltv with its roles, $configuration, $state, and the users they belong to. install.sh finds them again."
    return
  fi
  remove_database
  run rm -rf "$state" "$configuration"
  remove_users
  say "AmoLtv is removed. Backups that you made elsewhere stay, and so do the custom fields in the CRM."
  if [ -n "$added_packages" ]; then
    say "Debian's packages that were installed for it stay, others may use them. To remove those too: apt-get purge --autoremove $added_packages"
  fi
}
