#!/usr/bin/env bash
# Packs a release: one archive for linux-x64 that needs no .NET on the machine it runs on, and its checksums.
#
#   deploy/package.sh [--backend URL --support MAIL --privacy URL] [--out DIR] [--draft]
#
# Makes DIR/amoltv-VERSION-linux-x64.tar.gz (program with its runtime, pages, deploy files, widget.zip of both editions),
# DIR/widget-private.zip, DIR/widget-public.zip and DIR/SHA256SUMS; DIR is artifacts/release unless told.
#
#   --backend URL     address of the service that the widgets ask (https://ltv.example.com)
#   --support MAIL    where the widgets' users find help (help@example.com), an e-mail or an https address
#   --privacy URL     the privacy policy that the marketplace asks for (https://ltv.example.com/privacy)
#   --out DIR         where it is put
#   --draft           compiled once and packed loosely: quicker, and not the same bytes each time; for trials
#
# The same commit gives the same bytes: files are sorted, belong to nobody, and are as old as the commit, or as
# SOURCE_DATE_EPOCH says. Needs the .NET SDK 10 and Node.js 20.19 or newer.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

backend=https://ltv.example.com support=help@example.com privacy=https://ltv.example.com/privacy out="$root/artifacts/release" draft=

parse() {
  while [ $# -gt 0 ]; do
    case "$1" in
      -h | --help) sed -n '2,17p' "$0"; exit 0 ;;
      --draft) draft=1; shift; continue ;;
      --backend | --support | --privacy | --out) [ $# -ge 2 ] || fail "$1 wants a value." ;;
      *) fail "Unknown option: $1. deploy/package.sh --help lists them." ;;
    esac
    case "$1" in
      --backend) backend="$2" ;;
      --support) support="$2" ;;
      --privacy) privacy="$2" ;;
      --out) out="$2" ;;
    esac
    shift 2
  done
}

product_version() { sed -n 's:.*<Version>\([^<]*\)</Version>.*:\1:p' "$root/Directory.Build.props"; }

# The moment that every file of the archive bears, in seconds.
packed_at() {
  if [ -n "${SOURCE_DATE_EPOCH:-}" ]; then
    [[ "$SOURCE_DATE_EPOCH" =~ ^[0-9]+$ ]] || fail "SOURCE_DATE_EPOCH is a number of seconds, not \"$SOURCE_DATE_EPOCH\"."
    printf '%s' "$SOURCE_DATE_EPOCH"
  else
    git -C "$root" log -1 --format=%ct 2>/dev/null || fail "There is no git history to take the time from: set SOURCE_DATE_EPOCH to the release's time in seconds."
  fi
}

# host VERB ARGUMENT...: built apart from the checkout's own output, with its runtime and without this machine's paths in it.
host() {
  local verb="$1"
  shift
  dotnet "$verb" "$root/src/AmoLtv.Host" -c Release --nologo -v quiet --disable-build-servers --artifacts-path "$work/build" \
    -p:CarriesRuntime=true -p:PathMap="$root/=/amoltv/%2C$work/=/amoltv/" -p:RunAnalyzers=false -p:IsTransformWebConfigDisabled=true "$@"
}

# Twice: the first time for the log messages alone, which the second takes in an order that is the same each time.
publish() {
  if [ -n "$draft" ]; then
    host publish -o "$tree/program"
    return
  fi
  host build -p:ProduceOnlyReferenceAssembly=true -p:ProduceReferenceAssembly=false \
    -p:EmitCompilerGeneratedFiles=true -p:CompilerGeneratedFilesOutputPath="$work/generated" || return 1
  node "$root/deploy/ordered-messages.mjs" "$work/generated" "$work/LoggerMessage.g.cs" || return 1
  host publish -p:OrderedMessages="$work/LoggerMessage.g.cs" -o "$tree/program"
}

pack_widget() {
  npm --prefix "$root/widget" run --silent pack -- --edition "$1" --backend "$backend" --support "$support" --privacy "$privacy" \
    --out "$tree/widget/$1/widget.zip"
}

copy_deploy_files() {
  local file
  mkdir -p "$tree/deploy" "$tree/docs"
  for file in install.sh install systemd nginx.conf backup.sh restore.sh copies.sh grafana; do
    if [ -e "$root/deploy/$file" ]; then cp -R "$root/deploy/$file" "$tree/deploy/"; fi
  done
  # Pages lead to each other, to the reasons and to what was measured.
  cp "$root"/docs/*.md "$tree/docs/"
  cp -R "$root/docs/images" "$tree/docs/"
  mkdir -p "$tree/src" "$tree/tests/AmoLtv.Benchmarks"
  cp -R "$root/src/decisions" "$tree/src/"
  cp -R "$root/tests/AmoLtv.Benchmarks/results" "$tree/tests/AmoLtv.Benchmarks/"
  cp "$root/appsettings.example.json" "$root/LICENSE" "$root/CHANGELOG.md" "$root/CONTRIBUTING.md" "$root/README.md" "$tree/"
  "$root/deploy/sbom.sh" --shipped >"$tree/sbom.json"
  printf '%s\n' "$version" >"$tree/VERSION"
}

# Rights do not depend on the packer's umask: folders and programs 755, all else 644.
settle_rights() {
  find "$tree" -type d -exec chmod 755 {} +
  find "$tree" -type f -exec chmod 644 {} +
  find "$tree" -type f \( -name '*.sh' -o -path '*/program/amoltv' -o -path '*/program/createdump' \) -exec chmod 755 {} +
}

# gzip -n leaves out name and time of what it was given. Where a function is asked for its status, set -e does not end it.
write_archive() {
  LC_ALL=C tar --sort=name --format=ustar --mtime="@$moment" --owner=0 --group=0 --numeric-owner -C "$work/tree" -c "$name" |
    gzip -n "-$([ -n "$draft" ] && echo 1 || echo 6)" >"$out/$name.tar.gz" || return 1
  for edition in private public; do
    cp "$tree/widget/$edition/widget.zip" "$out/widget-$edition.zip" || return 1
  done
  (cd "$out" && sha256sum "$name.tar.gz" widget-private.zip widget-public.zip >SHA256SUMS)
}

main() {
  parse "$@"
  require_dotnet
  require_node
  version="$(product_version)"
  [[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "Directory.Build.props: <Version> is \"$version\"; it looks like 1.0.0."
  moment="$(packed_at)"
  git -C "$root" diff --quiet HEAD 2>/dev/null || say "What is packed is not what is committed: the checkout has changes, or no history."
  name="amoltv-$version-linux-x64"
  mkdir -p "$out"
  out="$(cd "$out" && pwd)"
  work="$(mktemp -d "${TMPDIR:-/tmp}/amoltv-package-XXXXXX")"
  tree="$work/tree/$name"
  trap 'stop_ticking; rm -rf "$work"' EXIT
  mkdir -p "$tree/program"
  prepare_widget || exit 1
  prepare_pages || exit 1
  quietly "Publishing the program for linux-x64" publish || exit 1
  pack_widget private >&2
  pack_widget public >&2
  copy_deploy_files
  settle_rights
  quietly "Writing $name.tar.gz" write_archive || exit 1
  cat "$out/SHA256SUMS"
}

main "$@"
