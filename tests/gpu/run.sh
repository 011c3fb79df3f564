#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries the cuda back end on a machine with one GPU: run.sh [BUILD_FOLDER]. Needs nvcc, NCCL, CMake, and
# takes some ten minutes. Every step runs, whatever fails; the exit code is 1 if any did.
# shellcheck disable=SC2317  # `step` calls the functions
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${1:-$here/../../build/gpu}
mkdir -p "$build"
build=$(cd "$build" && pwd)
export PATH=$PATH:${CUDA_HOME:-/usr/local/cuda}/bin
failed=()
unproved=("links, network, and every collective between GPUs: one rank uses none of them"
  "that the march finds faults: this GPU has none, hopefully; tests/cuda tries it on a memory with faults")

step() {
  local name=$1
  shift
  printf '\n== %s\n' "$name"
  if "$@"; then printf '== %s: passed\n' "$name"; else
    printf '== %s: FAILED\n' "$name"
    failed+=("$name")
  fi
}

configure() {
  local architecture
  architecture=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader | head -n 1 | tr -d .)
  [[ $architecture =~ ^[0-9]+$ ]] || { echo "no GPU: nvidia-smi tells no compute capability"; return 1; }
  local nccl=${NCCL_ROOT:-}
  if [[ -z $nccl ]] && command -v python3 >/dev/null; then
    # Where torch is, NCCL often is a package of Python's.
    nccl=$(python3 -c 'import nvidia.nccl as n; print(list(n.__path__)[0])' 2>/dev/null || true)
  fi
  # That package has no libnccl.so without a version.
  if [[ -n $nccl && ! -e $nccl/lib/libnccl.so && -e $nccl/lib/libnccl.so.2 ]]; then
    mkdir -p "$build/nccl/lib" && ln -sfn "$nccl/include" "$build/nccl/include" &&
      ln -sfn "$nccl/lib/libnccl.so.2" "$build/nccl/lib/libnccl.so" || return 1
    export LD_LIBRARY_PATH=$nccl/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    nccl=$build/nccl
  fi
  cmake -S "$here" -B "$build" -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_CUDA_ARCHITECTURES="$architecture" ${nccl:+-DNCCL_ROOT="$nccl"}
}

probe() { (cd "$build" && ./probe | tee probe.txt); }

# Laid beside what plain calls, and torch if it is here, reach in the same minutes.
beside() {
  (cd "$build" && ./plain | tee plain.txt) || return 1
  local others=(plain.txt)
  if (cd "$build" && python3 "$here/products.py" | tee torch.txt); then others+=(torch.txt); else
    unproved+=("products beside torch's: it is not here")
  fi
  # For people to look at: its numbers are not read.
  if command -v nvbandwidth >/dev/null; then
    nvbandwidth -t device_local_copy host_to_device_memcpy_ce device_to_host_memcpy_ce
  else
    unproved+=("nvbandwidth itself: it is not here; plain.cu makes the same copies")
  fi
  (cd "$build" && python3 "$here/beside.py" probe.txt "${others[@]}")
}

sanitize() {
  local tool=$1
  if ! command -v compute-sanitizer >/dev/null; then
    unproved+=("$tool: compute-sanitizer is not here")
    return 1
  fi
  (cd "$build" && compute-sanitizer --tool "$tool" --error-exitcode 99 ./probe quick)
}

finish() {
  printf '\nNot proved by this run:\n'
  printf -- '- %s\n' "${unproved[@]}"
  if ((${#failed[@]})); then
    printf '\nFAILED: %s\n' "${failed[*]}"
    exit 1
  fi
  printf '\nAll passed.\n'
  exit 0
}

step configure configure
((${#failed[@]})) || step build cmake --build "$build" --parallel
if ((${#failed[@]})); then
  unproved+=("anything at all: there is no program to run")
  finish
fi
step probe probe
step beside beside
step memcheck sanitize memcheck
step racecheck sanitize racecheck

finish
