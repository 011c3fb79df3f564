#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The cuda back end of the runtime is sound wherever tests run, with and without CUDA.

Usage: cuda_test.py SOURCE_FOLDER CACHE_FOLDER. Clang parses every kernel, for the host and for GPUs, against the
declarations in tests/cuda/headers, and must refuse each of SPOILT. Where nvcc is found, the declarations are compared with
CUDA's own and each kernel is compiled for every architecture of stdlib/gpu/models.csv that this nvcc knows; where NCCL is
found, too, the probe of tests/gpu is linked. What was not checked is said. CACHE_FOLDER keeps which compilations passed.
"""
import concurrent.futures
import csv
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402

ROOT = pathlib.Path(sys.argv[1]).resolve()
CACHE = pathlib.Path(sys.argv[2]).resolve() / "cuda-compiled"
RUNTIME = ROOT / "runtime"
HEADERS = ROOT / "tests/cuda/headers"
INCLUDES = ["-I", str(RUNTIME), "-I", str(RUNTIME / "include")]
WARNINGS = ["-Wall", "-Wextra", "-Werror"]
PASSES = [["--cuda-host-only"]] + [["--cuda-device-only", f"--cuda-gpu-arch=sm_{sm}"] for sm in (75, 80, 90)]
# What is done to a good file, so that a compiler must refuse it: a call with an argument missing, of a wrong type or order,
# a function of the host in a kernel, a kernel with too few arguments, a name that is not there.
SPOILT = [("copies.cpp", "size, stream.get()));", "size));"), ("matmul.cpp", "a_.as(), a_layout_.get()", "a_layout_.get(), a_.as()"),
          ("collectives.cpp", "ncclFloat32, ncclSum", "ncclSum, ncclFloat32"), ("communicator.cpp", "ncclCommFinalize(", "ncclCommFinalise("),
          ("memory_test.cu", "if (Visit(", "if (rand() != 0 && Visit("), ("exactness.cu", "(form, sent, count)", "(form, count)"),
          ("timing.cu", "<<<1, 1, 0, stream>>>", "<<<stream, 1, 0>>>"), ("product.cu", "__syncthreads();", "__syncthread();"),
          ("handles.h", "cudaMalloc(&data_, bytes)", "cudaMalloc(data_, bytes)")]

# CUDA gives these names to more than one function.
OVERLOADED = {"cudaGetDeviceProperties", "cudaHostAlloc", "cudaMalloc"}


def sources(kind: str) -> list[pathlib.Path]:
    return sorted((RUNTIME / "cuda").glob(f"*.{kind}"))


def run(command: list[str]) -> str:
    """What a command says if it fails, or nothing."""
    done = subprocess.run(command, capture_output=True, text=True)
    return "" if done.returncode == 0 else f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def parse_commands(clang: str, source: pathlib.Path, includes: list[str]) -> list[list[str]]:
    common = ["-std=c++17", "-fsyntax-only", *WARNINGS, "-isystem", str(HEADERS), *includes, str(source)]
    if source.suffix == ".cpp":
        return [[clang, "-Wpedantic", "-Wconversion", *common]]
    cuda = [clang, "-x", "cuda", "--cuda-path=/nowhere", "-nocudainc", "-nocudalib", "-Wno-unused-command-line-argument"]
    return [[*cuda, *which, "-include", "cuda_runtime.h", *common] for which in PASSES]


def all_of(commands: list[list[str]]) -> list[str]:
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return [error for error in pool.map(run, commands) if error]


def parse(clang: str) -> list[str]:
    files = sources("cu") + sources("cpp")
    errors = all_of([command for source in files for command in parse_commands(clang, source, INCLUDES)])
    if not errors:
        readers.checked("clang", f"{len(files)} files of runtime/cuda against our own declarations of CUDA, host and GPU")
    return errors


def refuse(clang: str) -> list[str]:
    """Which of SPOILT no pass refuses."""
    accepted = []
    for name, before, after in SPOILT:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, "runtime")
            shutil.copytree(RUNTIME, copy)
            file = copy / "cuda" / name
            text = file.read_text()
            if before not in text:
                accepted.append(f"{name} does not have '{before}': SPOILT is stale")
                continue
            file.write_text(text.replace(before, after, 1))
            source = file if file.suffix != ".h" else copy / "cuda/copies.cpp"
            includes = ["-I", str(copy), "-I", str(copy / "include")]
            if not all_of(parse_commands(clang, source, includes)):
                accepted.append(f"{name}: '{after}' is accepted")
    return accepted


def declared() -> tuple[list[str], list[str]]:
    """Functions and enumerators that our declarations have."""
    functions, constants = [], []
    for header in HEADERS.glob("*.h"):
        text = header.read_text().split("#ifdef __CUDA__\n//")[0]
        functions += re.findall(r"\b((?:cuda|cublasLt|nccl)[A-Z]\w+)\(", re.sub(r"(?s)template <.*?;", "", text))
        constants += re.findall(r"\b((?:cuda|cublas|nccl)\w+) = \d", text, re.I)
    return sorted(set(functions) - OVERLOADED), sorted(set(constants))


def compare(clang: str, cuda: pathlib.Path, nccl: pathlib.Path | None) -> list[str]:
    """Types of functions and values of enumerators, ours and CUDA's own."""
    functions, constants = declared()
    if nccl is None:
        functions = [name for name in functions if not name.startswith("nccl")]
        constants = [name for name in constants if not name.startswith("nccl")]
    lines = ["#include <cstdio>", "#include API", "#include <cublasLt.h>", *(["#include <nccl.h>"] if nccl else []),
             "template <class T> const char *Type() { return __PRETTY_FUNCTION__; }", "int main() {"]
    lines += [f'std::printf("{name} %s\\n", Type<decltype(&{name})>());' for name in functions]
    lines += [f'std::printf("{name} %d\\n", static_cast<int>({name}));' for name in constants]
    said = []
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "say.cpp")
        source.write_text("\n".join(lines + ["}"]))
        for api, include in (("<cuda_runtime.h>", [HEADERS]), ("<cuda_runtime_api.h>", [cuda, *([nccl] if nccl else [])])):
            program = pathlib.Path(folder, "say")
            error = run([clang, "-std=c++17", "-w", f"-DAPI={api}", *[word for path in include for word in ("-isystem", str(path))],
                         str(source), "-o", str(program)])
            if error:
                return [error]
            said.append(subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout.splitlines())
    # Names of opaque structs are each side's own business; that they are pointers to one is not.
    plain = [[re.sub(r"\b(enum|struct) |_st\b|_enum\b|(?<=ncclConfig)_\w+", "", line) for line in lines] for lines in said]
    differing = [f"tests/cuda/headers: {ours}\nCUDA: {theirs}" for ours, theirs in zip(*plain) if ours != theirs]
    if not differing:
        readers.checked("CUDA's headers", f"our {len(functions)} functions and {len(constants)} constants are theirs")
    return differing


def architectures(nvcc: str) -> tuple[list[str], list[str]]:
    """Those of the standard library that nvcc compiles for, and those that it does not."""
    with open(ROOT / "stdlib/gpu/models.csv", newline="") as file:
        named = sorted({row["sm"] for row in csv.DictReader(file) if row["sm"]}, key=int)
    # GPUs that the table has without an architecture.
    named += [sm for sm in ("103", "120") if sm not in named]
    known = subprocess.run([nvcc, "--list-gpu-arch"], capture_output=True, text=True, check=True).stdout.split()
    return [sm for sm in named if f"compute_{sm}" in known], [sm for sm in named if f"compute_{sm}" not in known]


def compile_all(nvcc: str) -> list[str]:
    known, unknown = architectures(nvcc)
    version = subprocess.run([nvcc, "--version"], capture_output=True, text=True, check=True).stdout
    headers = "".join(path.read_text() for path in sorted(RUNTIME.glob("**/*.h")))
    CACHE.mkdir(parents=True, exist_ok=True)
    targets = [word for sm in known for word in ("-gencode", f"arch=compute_{sm},code=sm_{sm}")]
    commands, marks = [], []
    for source in sources("cu"):
        options = ["-std=c++17", "-Werror", "all-warnings", "-Xcompiler=-Wall,-Wextra,-Wconversion", *targets]
        text = "\0".join([version, headers, source.read_text(), *options])
        mark = CACHE / hashlib.sha256(text.encode()).hexdigest()
        if not mark.exists():
            commands.append([nvcc, *options, *INCLUDES, "-c", str(source), "-o", os.devnull])
            marks.append(mark)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, commands))
    for mark, error in zip(marks, results):
        if not error:
            mark.touch()
    if not any(results):
        release = re.search(r"release ([\d.]+)", version)
        readers.checked("nvcc", f"{release.group(1) if release else '?'} compiles {len(sources('cu'))} files for sm_{', sm_'.join(known)}"
                        f" ({len(commands)} now, the others before)")
    if unknown:
        readers.note("skipped", "nvcc.old", f"this nvcc compiles no more for sm_{', sm_'.join(unknown)}")
    return [error for error in results if error]


def found(folders: list, name: str) -> pathlib.Path | None:
    return next((pathlib.Path(folder) for folder in folders if folder and pathlib.Path(folder, name).exists()), None)


def main() -> int:
    clang = shutil.which("clang++-19")
    if clang is None:
        return readers.skipped("clang", "clang++-19 is not installed: no kernel is parsed")
    errors = parse(clang) + refuse(clang)
    home = os.environ.get("CUDA_HOME", "/usr/local/cuda")
    nvcc = shutil.which("nvcc") or shutil.which("nvcc", path=f"{home}/bin")
    missing = 0
    if nvcc is None:
        missing |= readers.skipped("nvcc", "not found: no kernel of runtime/cuda is compiled") % readers.SKIPPED
    else:
        root = pathlib.Path(nvcc).resolve().parents[1]
        cuda = found([root / "include", root / "targets/x86_64-linux/include"], "cublasLt.h")
        nccl = found([os.environ.get("NCCL_ROOT", "") + "/include", cuda, "/usr/include"], "nccl.h")
        if cuda is not None:
            errors += compare(clang, cuda, nccl)
        if cuda is None or nccl is None:
            missing |= readers.skipped("nccl", "cublasLt.h or nccl.h is not found: calls of them are only parsed") % readers.SKIPPED
        errors += compile_all(nvcc)
    readers.note("skipped", "gpu", "no GPU: nothing of runtime/cuda has run; tests/gpu/run.sh does that")
    print("\n".join(errors))
    return 1 if errors or missing else 0


if __name__ == "__main__":
    sys.exit(main())
