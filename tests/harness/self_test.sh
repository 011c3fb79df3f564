#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The harness on tests of its own, with a script in the place of groma: self_test.sh FILE_TEST
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

expect() {  # STATUS WHAT COMMAND...
  local status=0
  "${@:3}" >"$copy/log" 2>&1 || status=$?
  if [ "$status" != "$1" ]; then
    echo "FAILED: $2 (exit $status, expected $1)"
    cat "$copy/log"
    exit 1
  fi
  echo "ok: $2"
}

cp -r "$here/self_test" "$copy/good"
expect 0 "expected output passes" "$1" "--groma=$here/self_test/groma" "$copy/good"
sed -i 's/is odd/is even/' "$copy/good/topic/fail_odd.groma"
expect 1 "a changed CHECK line fails" "$1" "--groma=$here/self_test/groma" "$copy/good"
sed -i '/CHECK/d' "$copy/good/topic/"*.groma
expect 1 "missing CHECK lines fail" "$1" "--groma=$here/self_test/groma" "$copy/good"
expect 0 "autoupdate runs" "$1" --autoupdate "--groma=$here/self_test/groma" "$copy/good"
expect 0 "autoupdate restores every line" diff -ru "$here/self_test" "$copy/good"
sed -i '3i // a further line' "$copy/good/topic/fail_odd.groma"
expect 0 "an inserted line moves nothing" "$1" "--groma=$here/self_test/groma" "$copy/good"
mv "$copy/good/topic/fail_odd.groma" "$copy/good/topic/odd.groma"
expect 1 "a failing test must be named fail_*" "$1" "--groma=$here/self_test/groma" "$copy/good"
