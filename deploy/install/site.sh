# nginx before the service: deploy/nginx.conf with this installation's name, ports and certificate. Sourced by deploy/install.sh.
# shellcheck shell=bash

site=/etc/nginx/sites-available/amoltv
site_link=/etc/nginx/sites-enabled/amoltv
default_link=/etc/nginx/sites-enabled/default

nginx_program() { command -v nginx || { [ -x /usr/sbin/nginx ] && echo /usr/sbin/nginx; }; }

# Until there is a real one nginx could not start, and so nobody could prove to an authority that the name is his.
make_tls() {
  [ -z "$tls_certificate" ] || return 0
  [ ! -e "$configuration/tls/fullchain.pem" ] || return 0
  [ -z "$dry_run" ] || { say "would make: $configuration/tls/fullchain.pem, trusted by no browser"; return; }
  install -d -m 0700 -o root -g root "$configuration/tls"
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=$domain" -addext "subjectAltName=DNS:$domain" \
    -keyout "$configuration/tls/privkey.pem" -out "$configuration/tls/fullchain.pem" 2>/dev/null
}

# The word for HTTP/2 changed with 1.25.1.
knows_http2() {
  local found
  found="$("$(nginx_program)" -v 2>&1 | sed 's:.*/\([0-9.]*\).*:\1:')"
  [ "$(printf '%s\n' 1.25.1 "$found" | sort -V | head -1)" = 1.25.1 ]
}

others_sites() { find /etc/nginx/sites-enabled -mindepth 1 ! -name amoltv ! -name default 2>/dev/null | grep -q .; }

site_text() {
  local servers one expressions
  servers="$(for one in $(ports); do printf '  server 127.0.0.1:%s max_fails=3 fail_timeout=2s;\\n' "$one"; done)"
  expressions=(
    -e "s|/etc/letsencrypt/live/[^/]*/fullchain\.pem|${tls_certificate:-$configuration/tls/fullchain.pem}|"
    -e "s|/etc/letsencrypt/live/[^/]*/privkey\.pem|${tls_key:-$configuration/tls/privkey.pem}|"
    -e "s|ltv\.example\.com|$domain|g"
    -e "s|^  server 127\.0\.0\.1:8080 .*;\$|${servers%\\n}|"
  )
  if ! knows_http2; then
    expressions+=(-e '/^  http2 on;$/d' -e 's/^  listen \(\S*443\) ssl;$/  listen \1 ssl http2;/')
  fi
  # Where the kernel has no IPv6, nginx would not start.
  if [ ! -e /proc/net/if_inet6 ]; then
    expressions+=(-e '/^  listen \[::\]:/d')
  fi
  # Where other sites are served, one of them may be the one for every other name already.
  if others_sites; then
    expressions+=(-e '/^# A name that is not ours/,/^}$/d')
  fi
  sed "${expressions[@]}" "$release/deploy/nginx.conf"
}

# Before anything of the service is laid out that would stay when the site fails.
check_nginx() {
  [ "$nginx" = yes ] && [ -z "$dry_run" ] || return 0
  nginx_program >/dev/null || fail "nginx is missing. Install it (apt-get install nginx-light), or run this with --no-nginx."
  [ -d /etc/nginx/sites-enabled ] || fail "This nginx reads no /etc/nginx/sites-enabled: use Debian's package, or --no-nginx and deploy/nginx.conf."
}

write_site() {
  [ "$nginx" = yes ] || return 0
  make_tls
  [ -z "$dry_run" ] || { say "would write: $site, and its link in sites-enabled"; return; }
  local before="$configuration/site.before" greeting='' linked=''
  [ ! -L "$site_link" ] || linked=yes
  rm -f "$before"
  [ ! -e "$site" ] || cp "$site" "$before"
  site_text | put "$site" 0644 root:root
  ln -sfn "$site" "$site_link"
  # Debian's greeting claims every name, as our own site does for those that are not ours.
  if [ -L "$default_link" ] && ! others_sites; then
    greeting="$(readlink "$default_link")"
    rm "$default_link"
  fi
  if ! "$(nginx_program)" -t -q; then
    take_site_back "$before" "$linked" "$greeting"
    fail "nginx does not take $site (see above), and is set up as it was before. Mend the other sites, or run this with --no-nginx."
  fi
  rm -f "$before"
  [ -z "$greeting" ] || { default_site="$greeting"; remember; }
}

# take_site_back TEXT LINKED GREETING: an nginx whose next start fails would take the machine's other sites down with ours.
take_site_back() {
  if [ -e "$1" ]; then mv "$1" "$site"; else rm -f "$site"; fi
  [ -n "$2" ] || rm -f "$site_link"
  [ -z "$3" ] || ln -s "$3" "$default_link"
}

reload_site() {
  [ "$nginx" = yes ] || return 0
  systemd enable --quiet nginx
  systemd reload-or-restart nginx
}

remove_site() {
  [ -e "$site" ] || [ -L "$site_link" ] || return 0
  run rm -f "$site_link" "$site"
  if [ -n "$default_site" ] && [ -e "$default_site" ] && [ ! -e "$default_link" ]; then
    run ln -s "$default_site" "$default_link"
  fi
  if has_systemd && systemctl is-active --quiet nginx; then run systemctl reload nginx; fi
  run rm -f /var/log/nginx/amoltv.log*
}
