// SPDX-License-Identifier: Apache-2.0
// The environments of a plan, each with what it rewrites; `--set` comes last.
#include "groma/check/checker.h"

namespace groma::check {

void Checker::CheckSettings() {
  for (const Setting &setting : options_.settings) {
    const Tree &tree = setting.tree;
    Frame frame;
    frame.tree = &tree;
    frame.module = store_.plan;
    for (const NodeId item : tree.children(tree.root())) {
      if (tree.kind(item) != NodeKind::Given) continue;
      RewriteField({}, tree.child(item, 0), tree.child(item, 1), tree.op<syntax::AssignOp>(item),
                   item, frame);
    }
  }
}

void Checker::BuildEnvironments() {
  const KindId kind = KnownKind("environment");
  for (const EntityId id : model_.plan_entities) {
    if (!IsSome(kind) || !model_.IsA(model_.entity(id).kind, kind)) continue;
    plan::Environment &environment = model_.environments.emplace_back();
    environment.name = model_.entity(id).name;
    environment.entity = id;
    // What the base says comes first, so that the heir may start from it.
    std::vector<EntityId> chain;
    for (EntityId at = id; IsSome(at); at = model_.entity(at).base) chain.push_back(at);
    for (size_t i = chain.size(); i-- > 0;) {
      for (const plan::Rewrite &rewrite : model_.entity(chain[i]).rewrites) {
        environment.rewrites.push_back(&rewrite);
      }
    }
  }
  if (model_.environments.empty()) model_.environments.emplace_back();
  for (plan::Environment &environment : model_.environments) {
    for (const plan::Rewrite &rewrite : model_.settings) environment.rewrites.push_back(&rewrite);
    RequireParams(environment);
  }
}

// A parameter without a default must be set in every environment.
void Checker::RequireParams(const plan::Environment &environment) {
  for (uint32_t i = 1; i < model_.globals.size(); ++i) {
    const plan::Global &global = model_.globals[i];
    if (!global.is_param || IsSome(global.value) || global.type == plan::kErrorType) continue;
    const bool is_set = llvm::any_of(environment.rewrites, [&](const plan::Rewrite *rewrite) {
      return plan::Index(rewrite->global) == i;
    });
    if (is_set) continue;
    const std::string name = text(global.name).str();
    auto report = sink_->Report(diag::MissingField, global.span,
                                IsSome(environment.name) ? text(environment.name).str() : "the plan",
                                name);
    report.Help("give the parameter a default, or set it in every environment or with `--set " + name +
                "=...`");
  }
}

}  // namespace groma::check
