#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Configures the project beside this file once for each case: test.sh GROMA_LAYER_CMAKE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
failed=0

# The compiler is not looked for: nothing is compiled.
configure() {
  rm -rf "$build/$1"
  cmake -S "$here" -B "$build/$1" -DGROMA_LAYER="$layer" -DCASE="$1" \
    -DCMAKE_CXX_COMPILER_WORKS=1 >"$build/log" 2>&1
}

refuses() {  # CASE MESSAGE
  if configure "$1"; then
    echo "FAILED: $1 configures"
    failed=1
  elif ! tr -s ' \n' ' ' <"$build/log" | grep -qF "$2"; then
    echo "FAILED: $1 does not say: $2"
    cat "$build/log"
    failed=1
  else
    echo "ok: $1: $2"
  fi
}

layer=$1
refuses pass_uses_pass "pass 'second' may not depend on pass 'first'"
refuses data_uses_engine "data 'more_nouns' may not depend on engine 'motor'"
refuses engine_uses_pass "engine 'turbine' may not depend on pass 'first'"
refuses engine_uses_engine "engine 'turbine' may not depend on engine 'motor'"
refuses pass_uses_product "pass 'second' may not depend on product 'whole'"
refuses undeclared "pass 'second' asks for 'nowhere', which is not declared before it"
if configure allowed; then
  echo "ok: what the rule allows configures"
else
  echo "FAILED: what the rule allows does not configure"
  cat "$build/log"
  failed=1
fi
exit "$failed"
