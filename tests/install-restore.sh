# A copy of an installation, its loss, and the restore as docs/backup.md says it. Sourced by tests/install.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154

take_copy() {
  in_root install -d -o amoltv -m 700 /var/backups/amoltv /mnt/amoltv-keys
  printf 'DUMPS=/var/backups/amoltv\nKEYS_TO=/mnt/amoltv-keys\n' >"$tree/etc/amoltv/backup.env"
  (as_unit amoltv-backup.service) >"$work/backup.log" 2>&1 || { tail -5 "$work/backup.log" >&2; fail "The nightly copy failed."; }
  holds "a copy of the database is taken" test -n "$(find "$tree/var/backups/amoltv" -name '*.dump' -size +10k)"
  holds "a copy of the keys is taken" test -n "$(find "$tree/mnt/amoltv-keys" -name '*.tar.gz')"
  holds "the certificate is in it" archived certificate.pfx keys.pfx
  holds "the certificate's password is in it" archived certificate-password keys-password
}

# archived NAME FILE: whether the copy has it under that name as it lies in /etc/amoltv.
archived() { tar -xOzf "$tree"/mnt/amoltv-keys/*.tar.gz "./$1" | cmp -s - "$tree/etc/amoltv/$2"; }

values() { sql amoltv "select concat_ws(' ', scope, customer_id, ltv, historical_ltv, purchases) from customer_values where to_run is null order by scope, customer_id"; }

# The lines of the page for a machine that was laid out by install.sh, each in one.
lines_of_restore() {
  awk '/^### On a machine laid out by/ { there = 1 } there && /^```/ { if (block++) exit; next } block' "$tree$release/docs/backup.md" | sed ':join; /\\$/ { N; s/\\\n *//; b join }'
}

# The database, the keys and their certificate are gone; a new installation is there, as on the first day, and then what the page says.
lose_and_restore() {
  local line typed=0
  values >"$work/values"
  holds "there are values to lose" test "$(wc -l <"$work/values")" -gt 10
  stop_services
  in_root runuser -u postgres -- dropdb amoltv
  rm -f "$tree"/var/lib/amoltv/keys/* "$tree"/etc/amoltv/keys.pfx "$tree"/etc/amoltv/keys-password
  installer --no-packages 2>"$work/anew.log" || { cat "$work/anew.log" >&2; fail "Installing on a machine that lost its data failed."; }
  # As in /root, where the role that restores may not look.
  chmod 700 "$tree/run/release"
  mkdir -m 700 "$tree/mnt/copies"
  cp "$tree"/var/backups/amoltv/*.dump "$tree/mnt/copies/FILE.dump"
  cp "$tree"/mnt/amoltv-keys/*.tar.gz "$tree/mnt/copies/FILE.tar.gz"
  while IFS= read -r line; do
    typed=$((typed + 1))
    type_line "$line" </dev/null
  done < <(lines_of_restore)
  holds "the page has the lines of a restore" test "$typed" -ge 7
  values | diff "$work/values" - >&2 || fail "Not so: after the restore there are the values from before."
  checks=$((checks + 1))
}

# type_line LINE: as root in the folder of the unpacked archive; what a running systemd would do is done in its place.
type_line() {
  local line="$1"
  case "$line" in
    systemctl\ stop\ *) stop_services; return ;;
    amoltv\ doctor) doctor_is_green; return ;;
    deploy/install.sh) line="deploy/install.sh --no-packages" ;;
  esac
  in_root bash -c "cd $release && $line" >"$work/line.log" 2>&1 || { cat "$work/line.log" >&2; fail "Not so: a line of docs/backup.md succeeds: $line"; }
  case "$line" in deploy/install.sh*) start_services ;; esac
}
