#!/usr/bin/env bash
# Renews the pictures of the guides and the README in docs/images: sets an account up in the sandbox, as the browser tests do, and
# takes the pictures of it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

require_dotnet
require_node
require_postgres
prepare_chromium
prepare_widget || exit 1
prepare_pages || exit 1
build tests/AmoLtv.Host.Tests || exit 1
rm -rf "$root/TestResults/guide"
quietly "Taking the pictures" dotnet test "$root/tests/AmoLtv.Host.Tests" -c Release --no-build --nologo --filter "FullyQualifiedName~Browser.FirstSetUpTests"
cp "$root"/TestResults/guide/*.png "$root/docs/images/"
say "Renewed: $(cd "$root/docs/images" && ls | wc -l) pictures in docs/images."
