// SPDX-License-Identifier: Apache-2.0
#include "decided.h"

#include <algorithm>

#include "groma/modules/image.h"
#include "groma/parse/parse.h"
#include "groma/plan/print.h"
#include "gtest/gtest.h"
#include "llvm/Support/MemoryBuffer.h"

// The image of the standard library; stdlib/CMakeLists.txt makes the object that holds it.
extern "C" const char groma_library_begin[];
extern "C" const char groma_library_end[];

namespace groma::pipeline {

auto TextOf(const std::filesystem::path &path) -> std::string {
  auto text = llvm::MemoryBuffer::getFile(path.string());
  EXPECT_TRUE(text) << path;
  return text ? (*text)->getBuffer().str() : "";
}

CheckedPlan::CheckedPlan(std::string text) {
  const auto size = static_cast<size_t>(groma_library_end - groma_library_begin);
  static const auto kImage = modules::ReadImage({groma_library_begin, size});
  modules::ImageLoader loader(*kImage, store_, sources_);
  store_.prelude = *loader.LoadModule("prelude");
  const source::FileId file = sources_.Add("plan.groma", std::move(text));
  store_.plan = static_cast<modules::ModuleIndex>(store_.modules.size());
  store_.modules.emplace_back().trees.push_back(parse::Parse(sources_.file(file), checked_));
  Options options;
  options.will_solve = true;
  result_ = CheckPlan(store_, std::move(options), checked_);
}

auto CheckedPlan::Decide(const solve::Options &options) -> Told {
  Told told;
  if (checked_.has_errors()) return told;
  Sink sink;
  const plan::Model &model = *result_.model;
  const auto plans = SolvePlan(result_, options, sink);
  told.has_plan = !plans.empty();
  const auto add = [&](const std::string &line) { told.text += line + "\n"; };
  for (const plan::Plan &plan : plans) {
    add("environment " + model.text(plan.environment.name).str());
    for (const auto &choice : plan.decisions->choices) {
      add(model.FullName(choice.entity) + "#" + std::to_string(choice.slot) + " = " +
          plan::Print(model, choice.value));
    }
    for (const plan::Placement &placement : plan.placements) {
      add(model.FullName(placement.workload) + " on " + model.FullName(placement.pool) + " = " +
          plan::Print(model, placement.gpus));
    }
    for (const plan::PackedMachines &packed : plan.packings) {
      add(model.FullName(packed.group) + " has " + std::to_string(packed.nodes) + " " +
          model.FullName(packed.sku));
      for (const auto &copies : packed.copies) {
        add(std::to_string(copies.count) + " " + model.FullName(copies.component));
      }
    }
    for (const plan::AimResult &aim : plan.aims) add(plan::Print(model, aim.shown));
    for (const plan::CostEntry &cost : plan.costs) {
      add(model.FullName(cost.of) + " " + cost.line + " " + cost.month.ToString() + " " +
          cost.amount.ToString());
    }
  }
  for (const auto &diagnostic : sink.diagnostics()) {
    add(diagnostic.message);
    for (const auto &label : diagnostic.labels) add(label.text);
    for (const auto &note : diagnostic.notes) add(note);
    for (const auto &help : diagnostic.helps) add(help);
    if (diagnostic.row.severity != diagnostics::Severity::Error) continue;
    told.names.insert(std::string(diagnostic.row.name));
    for (const auto &note : diagnostic.notes) told.notes.insert(note);
  }
  return told;
}

auto PlansOfFileTests(const std::set<std::string> &left_out)
    -> std::vector<std::filesystem::path> {
  const std::filesystem::path folder =
      std::filesystem::path(GROMA_SOURCE_DIR) / "tests/file/solve";
  std::vector<std::filesystem::path> plans;
  for (const auto &entry : std::filesystem::directory_iterator(folder)) {
    const auto &path = entry.path();
    if (path.extension() != ".groma" || left_out.contains(path.stem())) continue;
    plans.push_back(path);
  }
  std::sort(plans.begin(), plans.end());
  return plans;
}

}  // namespace groma::pipeline
