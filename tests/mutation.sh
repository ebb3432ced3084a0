#!/usr/bin/env bash
# How many changes of the rules their tests notice: purchase rules, write-back plan, token verification, pacing. Stryker changes
# them one by one; a project whose tests notice fewer than 80 of 100 fails. And checks of the account, taken out one by one of the
# commit that is checked out: each has to be noticed.
#
#   tests/mutation.sh [core|crm|isolation]      core and crm unless told
#
# Prints the score of each file, and a last line of JSON with the score of each project, percent; of isolation, a line for each change
# and a last line of JSON {"mutants": N, "noticed": N}.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/setup.sh"

case "${1:-}" in
  '') projects='Core AmoCrm' ;;
  core) projects=Core ;;
  crm) projects=AmoCrm ;;
  isolation)
    require_dotnet
    require_node
    require_postgres
    exec node "$root/tests/isolation-mutants.mjs"
    ;;
  *) sed -n '2,9p' "$0" >&2; fail "Unknown part: $1" ;;
esac

require_dotnet
quietly "Restoring the tools" dotnet tool restore --tool-manifest "$root/.config/dotnet-tools.json" || exit 1
output="$root/TestResults/mutation"
rm -rf "$output"
failed=
for project in $projects; do
  say "— AmoLtv.$project"
  # The tool is found by the manifest above the folder it is run in.
  (cd "$root/tests/AmoLtv.$project.Tests" && dotnet stryker --output "$output/$project" --skip-version-check) >&2 || failed=1
done
node "$root/tests/mutation-summary.mjs" "$output" $projects
[ -z "$failed" ]
