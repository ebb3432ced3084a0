#!/usr/bin/env bash
# How much of the program the tests reach: all of them but those of the browser and the slow ones.
#
#   tests/coverage.sh [--all] [PROJECT...]     Core, AmoCrm, Host and Sandbox unless told; --all: the slow ones too
#
# Prints a table and a last line of JSON, percent of lines and of branches by project; TestResults/coverage/index.html shows each line.
# What a test lets another process do is not counted.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/setup.sh"

filter='TestCategory!=Browser&TestCategory!=Slow'
if [ "${1:-}" = --all ]; then filter='TestCategory!=Browser' && shift; fi
projects=("$@")
[ $# -gt 0 ] || projects=(Core AmoCrm Host Sandbox)
for project in "${projects[@]}"; do
  [ -d "$root/tests/AmoLtv.$project.Tests" ] || { sed -n '2,7p' "$0" >&2; fail "There is no project $project."; }
done

require_dotnet
require_node
require_postgres
prepare_widget || exit 1
prepare_pages || exit 1
build AmoLtv.sln || exit 1
quietly "Restoring the tools" dotnet tool restore --tool-manifest "$root/.config/dotnet-tools.json" || exit 1
output="$root/TestResults/coverage"
rm -rf "$output"
failed=
for project in "${projects[@]}"; do
  quietly "Testing $project" dotnet test "$root/tests/AmoLtv.$project.Tests" -c Release --no-build --nologo --filter "$filter" \
    --collect "XPlat Code Coverage" --results-directory "$output/$project" || failed=1
done
(cd "$root" && dotnet reportgenerator "-reports:$output/*/*/coverage.cobertura.xml" "-targetdir:$output" \
  '-reporttypes:Html;JsonSummary' '-assemblyfilters:+AmoLtv.*;+amoltv;-*.Tests;-AmoLtv.Testing' '-filefilters:-*.g.cs;-*.generated.cs' -verbosity:Error) >&2
node "$root/tests/coverage-summary.mjs" "$output/Summary.json"
[ -z "$failed" ]
