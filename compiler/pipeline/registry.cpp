// SPDX-License-Identifier: Apache-2.0
#include "groma/pipeline/registry.h"

namespace groma::pipeline {
namespace {

using diagnostics::Row;
using diagnostics::Severity;

// The tables of the driver are only text to this folder: it uses nothing else of that one.
constexpr Row kMessages[] = {
#define GROMA_DIAGNOSTIC(name, code, severity, text, ...) {#name, code, Severity::severity, text},
#include "../driver/driver.def"
#include "../driver/load.def"
#include "groma/check/check.def"
#include "groma/emit/boards/boards.def"
#include "groma/emit/mermaid/mermaid.def"
#include "groma/emit/taskjuggler/taskjuggler.def"
#include "groma/evaluate/evaluate.def"
#include "groma/lower/azure/lower_azure.def"
#include "groma/lower/validation/lower_validation.def"
#include "groma/parse/parse.def"
#include "groma/schedule/schedule.def"
#include "groma/solve/solve.def"
#include "pipeline.def"
#undef GROMA_DIAGNOSTIC
};

}  // namespace

auto AllMessages() -> llvm::ArrayRef<Row> { return kMessages; }

auto FindMessage(llvm::StringRef code) -> std::optional<Row> {
  for (const Row &row : kMessages) {
    if (code.equals_insensitive(row.code)) return row;
  }
  return std::nullopt;
}

}  // namespace groma::pipeline
