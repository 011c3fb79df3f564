// SPDX-License-Identifier: Apache-2.0
// Names of resources by the abbreviations of Azure's Cloud Adoption Framework, within what each type allows.
#pragma once

#include <map>

#include "groma/diagnostics/sink.h"
#include "groma/resources/graph.h"

namespace groma::lower::azure {

// `vnet-contoso-ai-weu-prod`. What is too long is cut, and gets a few letters that tell it from others that are cut.
class Namer {
 public:
  Namer(std::string plan, std::string environment, diagnostics::Sink &sink)
      : plan_(std::move(plan)), environment_(std::move(environment)), sink_(sink) {}

  // `thing` is what the resource is for; `place` tells apart what may have equal names.
  auto NameOf(const resources::Type &type, llvm::StringRef thing, llvm::StringRef place,
              source::Span span) -> std::string;

  // Within `most` letters: what is longer is cut, with a few letters that tell it from others.
  static auto Fit(llvm::StringRef name, size_t most) -> std::string;

 private:
  auto Made(const resources::Type &type, llvm::StringRef thing) const -> std::string;

  const std::string plan_, environment_;
  diagnostics::Sink &sink_;
  // By type, place and name: what it is for.
  std::map<std::string, std::pair<std::string, source::Span>> taken_;
};

}  // namespace groma::lower::azure
