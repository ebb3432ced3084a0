#!/usr/bin/env bash
# Many small accounts, each disturbed in its own way and then left in peace: sync, recalculation and write-back under failing
# connections, kills and users who edit meanwhile. Afterwards the CRM has to hold what an undisturbed computation gives.
#
#   tests/soak.sh [--seeds N] [--from S] [--at-once N]      50 seeds from 1, 6 side by side, unless told
#
# Prints one line a seed, for one that failed how to run it again and what differs, and a last line of JSON
# {"seeds","failed"}. Exit status 0 only where every seed converged.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../deploy/setup.sh"

require_dotnet
require_postgres
build tests/AmoLtv.Soak.Tests || exit 1
exec dotnet "$root/tests/AmoLtv.Soak.Tests/bin/Release/net10.0/AmoLtv.Soak.Tests.dll" "$@"
