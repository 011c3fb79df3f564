#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Autoupdate on a copy of the file tests must change nothing: autoupdate_test.sh FILE_TEST TESTS
set -euo pipefail
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r "$2/." "$copy"
"$1" --autoupdate "$copy"
diff -ru "$2" "$copy"
