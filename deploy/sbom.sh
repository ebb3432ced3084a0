#!/usr/bin/env bash
# Lists every package of the program, its tests and its widget, as CycloneDX 1.6 JSON on standard output.
#
#   deploy/sbom.sh                 all of them; what is not part of what goes out has the scope "excluded"
#   deploy/sbom.sh --shipped       only what goes out
#
# Reads the lock files alone: nothing is installed and nobody is asked. The same checkout gives the same bytes.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
exec node "$root/deploy/sbom.mjs" "$root" "$@"
