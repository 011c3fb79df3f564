#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs clang-tidy: clang_tidy.sh BUILD [--all]. Without --all only on SAMPLE files and without the
# analyzer, so that it stays below a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
SAMPLE=4
build=$1
tidy=$(command -v clang-tidy-19 || true)
if [ -z "$tidy" ]; then
  exec python3 tests/readers.py skipped clang-tidy "clang-tidy-19 is not installed"
fi
if ! [ -e "$build/compile_commands.json" ]; then
  exec python3 tests/readers.py skipped clang-tidy "$build has no compile_commands.json"
fi

known() {  # Keeps the files that this build compiles.
  while read -r file; do
    if [ -e "$file" ] && grep -qF "$PWD/$file\"" "$build/compile_commands.json"; then echo "$file"; fi
  done
}

if [ "${2:-}" = --all ]; then
  files=$(git ls-files -co --exclude-standard 'compiler/*.cpp' | known)
else
  # A fixed sample, so that the same sources always give the same answer.
  files=$(git ls-files -co --exclude-standard 'compiler/base/*.cpp' | known | awk -v most="$SAMPLE" 'NR <= most')
fi
printf '%s\n' $files
# Without --all the slowest family stays out.
options=()
if [ "${2:-}" != --all ]; then options=('--checks=-clang-analyzer-*'); fi
printf '%s\n' $files | xargs -r -P 2 -n 1 "$tidy" --quiet -p "$build" "${options[@]}"
python3 tests/readers.py checked clang-tidy "$(wc -w <<<"$files") source files"
