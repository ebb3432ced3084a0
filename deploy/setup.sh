#!/usr/bin/env bash
# Set-up shared by deploy/demo.sh and tests/run.sh. Run alone it prepares everything and builds:
#
#   deploy/setup.sh
#
# Needs the .NET SDK 10 and Node.js 20.19 or newer; says what is missing and how to get it.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# No compiler stays behind in the background when a script has ended.
export MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Shows that time passes: a counter on a terminal, a line every ten seconds elsewhere.
start_ticking() {
  local title="$1" parent=$$
  (
    seconds=0
    while sleep 1 && kill -0 "$parent" 2>/dev/null; do
      seconds=$((seconds + 1))
      if [ -t 2 ]; then
        printf '\r%s… %d s ' "$title" "$seconds" >&2
      elif [ $((seconds % 10)) = 0 ]; then
        printf '  %d s\n' "$seconds" >&2
      fi
    done
  ) &
  ticker=$!
}

stop_ticking() {
  if [ -n "${ticker:-}" ]; then
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    ticker=
  fi
}

# quietly TITLE COMMAND...: shows only the title, the time, and on failure the end of the output.
quietly() {
  local title="$1" output status=0 began=$SECONDS
  shift
  output="$(mktemp)"
  if [ -t 2 ]; then printf '%s…' "$title" >&2; else say "$title…"; fi
  start_ticking "$title"
  "$@" >"$output" 2>&1 </dev/null || status=$?
  stop_ticking
  if [ -t 2 ]; then printf '\r%s: %d s     \n' "$title" $((SECONDS - began)) >&2; fi
  if [ "$status" != 0 ]; then
    say "$title failed. The end of its output:"
    tail -40 "$output" >&2
  fi
  rm -f "$output"
  return "$status"
}

require_dotnet() {
  local version
  if ! command -v dotnet >/dev/null; then
    say "The .NET SDK 10 is needed and dotnet was not found on PATH."
  elif ! version="$(cd "$root" && dotnet --version 2>&1)"; then
    say "The .NET SDK 10 is needed, but dotnet answered:"
    say "$version"
  elif [ "${version%%.*}" -ge 10 ] 2>/dev/null; then
    return 0
  else
    say "The .NET SDK 10 is needed; found $version."
  fi
  fail "Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
}

require_node() {
  local version
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    say "Node.js 20.19 or newer with npm is needed; node or npm was not found on PATH."
  else
    version="$(node --version)"
    version="${version#v}"
    [ "$(printf '%s\n' 20.19.0 "$version" | sort -V | head -1)" = 20.19.0 ] && return 0
    say "Node.js 20.19 or newer is needed; found $version."
  fi
  fail "Get it from https://nodejs.org/en/download (Debian 13: apt-get install nodejs npm) and run this again."
}

require_postgres() {
  "$root/deploy/postgres.sh" find >/dev/null || exit 1
}

find_chromium() {
  local candidate
  for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null; then
      CHROMIUM="$(command -v "$candidate")"
      export CHROMIUM
      return 0
    fi
  done
  return 1
}

# At a desk without root the browser tests are skipped; in CI a missing browser is a failure.
prepare_chromium() {
  find_chromium && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    quietly "Installing Chromium from Debian's packages" bash -c \
      'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation' || true
    find_chromium && return 0
  fi
  [ "${CI:-}" = true ] && fail "Chromium is needed for the browser tests and could not be installed."
  say "Browser tests will be skipped: Chromium is missing. To install it: sudo apt-get install chromium fonts-liberation"
}

prepare_widget() {
  local widget="$root/widget" stamp="$root/widget/node_modules/.lock-installed"
  if ! cmp -s "$widget/package-lock.json" "$stamp"; then
    quietly "Installing the widget's packages" npm --prefix "$widget" ci || return 1
    cp "$widget/package-lock.json" "$stamp"
  fi
}

# Builds the pages into widget/dist/pages, from where the service takes them; only when something of them changed.
prepare_pages() {
  local widget="$root/widget" stamp="$root/widget/dist/.pages-built" state
  state="$(cd "$widget" && find package-lock.json pages/index.html pages/vite.config.ts pages/tsconfig.json pages/src -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)"
  if [ ! -e "$widget/dist/pages/index.html" ] || [ "$(cat "$stamp" 2>/dev/null)" != "$state" ]; then
    quietly "Building the pages" npm --prefix "$widget" run build || return 1
    printf '%s\n' "$state" >"$stamp"
  fi
}

# build PROJECT...: in Release, without build servers that would outlive the script.
build() {
  local project
  for project in "$@"; do
    quietly "Building ${project##*/}" dotnet build "$root/$project" -c Release --nologo -v quiet --disable-build-servers || return 1
  done
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  require_dotnet
  require_node
  require_postgres
  prepare_chromium
  prepare_widget
  prepare_pages
  build AmoLtv.sln
  say "Ready."
fi
