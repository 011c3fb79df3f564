// SPDX-License-Identifier: Apache-2.0
#include "suites.h"

#include <map>

#include "groma/emit/validation/validation.h"
#include "groma/lower/validation/validation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

namespace groma::pipeline {
namespace {

// Of what the plan's own files say, and of the environment: a report can be held against the plan that it is of.
auto HashOf(const plan::Plan &plan, const source::Set &sources) -> std::string {
  std::map<std::string, llvm::StringRef> texts;
  for (size_t i = 0; i < sources.size(); ++i) {
    const source::File &file = sources.file(static_cast<source::FileId>(i));
    if (!file.is_library) texts[file.name] = file.text;
  }
  llvm::SHA256 hash;
  for (const auto &[name, text] : texts) hash.update(text);
  hash.update(plan.model->text(plan.environment.name));
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

}  // namespace

auto WriteSuites(plan::Plan &plan, plan::EntityId emit, const source::Set &sources, llvm::StringRef version,
                 Sink &sink) -> std::vector<output::File> {
  const size_t errors = sink.error_count();
  const acceptance::Acceptance acceptance = lower::LowerValidation(plan, emit, sources, sink);
  if (sink.error_count() > errors) return {};
  return emit::Validation(acceptance, {HashOf(plan, sources), version.str()});
}

}  // namespace groma::pipeline
