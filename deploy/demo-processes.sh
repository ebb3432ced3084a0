# Processes of the demo: started in the background, waited for, and stopped by the number they were given.
# Sourced by deploy/demo.sh after setup.sh; works in the folder $data.

declare -A pids=()
owned= temporary= verb_pid=

# The moment a process began, in clock ticks: a number that was given again to another process shows itself by it.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# launch NAME COMMAND...
launch() {
  local name="$1"
  shift
  "$@" >"$data/logs/$name.log" 2>&1 </dev/null 9>&- &
  pids[$name]=$!
  printf '%s %s\n' "$!" "$(started_at $!)" >>"$data/pids"
}

still_running() { kill -0 "${pids[$1]}" 2>/dev/null; }

# await TITLE SECONDS PROCESS COMMAND...: until the command succeeds, the process dies or time is over.
await() {
  local title="$1" deadline=$((SECONDS + $2)) process="$3" shown=$((SECONDS + 2)) ticking=
  shift 3
  until "$@" >/dev/null 2>&1; do
    if ! still_running "$process"; then
      stop_ticking
      fail_with_log "$title: the process \"$process\" ended." "$process"
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      stop_ticking
      fail_with_log "$title: no answer in time." "$process"
    fi
    if [ -z "$ticking" ] && [ "$SECONDS" -ge "$shown" ]; then
      say "$title…"
      start_ticking "$title"
      ticking=1
    fi
    sleep 0.2
  done
  stop_ticking
  if [ -n "$ticking" ] && [ -t 2 ]; then printf '\n' >&2; fi
}

fail_with_log() {
  say "$1 Its log ends with:"
  tail -15 "$data/logs/$2.log" >&2
  exit 1
}

# verb TITLE VERB...: one command of the Host; its progress goes to the terminal, its answer to standard output.
verb() {
  local title="$1" status=0
  shift
  say "— $title"
  "$amoltv" "$@" </dev/null 9>&- &
  verb_pid=$!
  wait "$verb_pid" || status=$?
  verb_pid=
  # verify tells differences by its exit status: its caller decides.
  if [ "$status" != 0 ] && [ "$1" != verify ]; then fail "amoltv $* failed (exit status $status)."; fi
  return "$status"
}

start_postgres() {
  # The server must not inherit the lock on the folder: it may outlive a demo that was killed.
  "$root/deploy/postgres.sh" start "$data" 9>&- || fail "PostgreSQL could not be started."
}

stop_process() {
  local pid="$1" waited
  kill "$pid" 2>/dev/null || return 0
  for waited in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -9 "$pid" 2>/dev/null || true
}

# A demo that was killed could not stop its processes: the next one on the same data does.
stop_leftovers() {
  local pid start
  [ -e "$data/pids" ] || return 0
  while read -r pid start; do
    if [ -n "$start" ] && [ "$(started_at "$pid")" = "$start" ]; then
      say "Stopping process $pid, left by an earlier demo."
      stop_process "$pid"
    fi
  done <"$data/pids"
  rm -f "$data/pids"
}

finish() {
  local status=$? name
  trap - EXIT
  trap '' INT TERM HUP
  stop_ticking
  if [ -n "$verb_pid" ]; then stop_process "$verb_pid"; fi
  for name in host sandbox; do
    if [ -n "${pids[$name]:-}" ]; then stop_process "${pids[$name]}"; fi
  done
  if [ -n "$owned" ]; then
    if [ -d "$data/postgres" ]; then "$root/deploy/postgres.sh" stop "$data" >&2 || true; fi
    rm -f "$data/pids"
    if [ -n "$temporary" ]; then rm -rf "$data"; fi
  fi
  exit "$status"
}
