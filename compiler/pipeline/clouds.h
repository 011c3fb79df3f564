// SPDX-License-Identifier: Apache-2.0
// What the plan asks for in languages of clouds: one resource graph of each plan, and from it every language.
#pragma once

#include <map>

#include "groma/diagnostics/sink.h"
#include "groma/output/file.h"
#include "groma/plan/plan.h"
#include "groma/resources/graph.h"

namespace groma::pipeline {

class Clouds {
 public:
  explicit Clouds(diagnostics::Sink &sink) : sink_(sink) {}

  static auto Writes(llvm::StringRef target) -> bool;
  // `folder` is where the files will be, as pipelines must know it.
  auto Write(llvm::StringRef target, plan::Plan &plan, plan::EntityId emit,
             const std::string &folder) -> std::vector<output::File>;

 private:
  auto GraphOf(plan::Plan &plan) -> const resources::Graph &;
  void AddPipelines(plan::Plan &plan, plan::EntityId emit, bool is_terraform,
                    const std::string &folder, std::vector<output::File> &files);

  diagnostics::Sink &sink_;
  std::map<const plan::Plan *, resources::Graph> graphs_;
};

}  // namespace groma::pipeline
