// SPDX-License-Identifier: Apache-2.0
// Words for C++, JSON and Markdown.
#pragma once

#include <string>

#include "groma/acceptance/suite.h"
#include "groma/output/lines.h"

namespace groma::emit::validation {

// A number as C++ and JSON write it: at most six digits behind the point.
auto Number(const base::Rational &number) -> std::string;
// Within quotes, in ASCII: nothing in it ends the string or the line.
auto Quoted(llvm::StringRef text) -> std::string;
// 1073741824 as `1_GiB`, 8000000000 as `8_GB`.
auto Size(uint64_t bytes) -> std::string;
// For one line of a comment.
auto Comment(llvm::StringRef text) -> std::string;
// For one cell of a table in Markdown.
auto Cell(llvm::StringRef text) -> std::string;
// "all_reduce" -> "AllReduce".
auto Camel(llvm::StringRef name) -> std::string;
auto UnitName(acceptance::Unit unit) -> std::string;  // "GB/s"
auto UnitType(acceptance::Unit unit) -> std::string;  // "GigabytesPerSecond"
auto ConfidenceName(acceptance::Confidence confidence) -> std::string;  // "high"
// The folder of a suite, below that of all suites: `ams/train`.
auto FolderOf(const acceptance::Shape &shape) -> std::string;
// A name that CMake, Slurm and Kubernetes take.
auto Plain(llvm::StringRef name) -> std::string;

}  // namespace groma::emit::validation
