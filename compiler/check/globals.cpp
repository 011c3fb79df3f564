// SPDX-License-Identifier: Apache-2.0
// Parameters, `let`s and functions.
#include "groma/check/checker.h"

namespace groma::check {

auto Checker::ResolveGlobal(Declared &declared) -> plan::GlobalId {
  const Tree &tree = *declared.tree;
  if (declared.state == Declared::State::Resolving) {
    // Its type needs its own value; give it an error type, evaluation is never reached.
    sink_->Report(diag::TypeCycle, tree.span(tree.child(declared.node, 0)),
                  "the value of `" + text(declared.name).str() + "`")
        .Help("if it comes to an end after all, state its type: `let " + text(declared.name).str() +
              ": int = ...`");
    model_.globals[declared.id].type = plan::kErrorType;
    return static_cast<plan::GlobalId>(declared.id);
  }
  if (declared.state == Declared::State::Done) return static_cast<plan::GlobalId>(declared.id);
  const Earnest earnest(*this);
  ResolveNeeds(declared);
  if (declared.state != Declared::State::Untouched) return ResolveGlobal(declared);
  declared.state = Declared::State::Resolving;
  declared.id = static_cast<uint32_t>(model_.globals.size());
  plan::Global global;
  global.name = declared.name;
  global.is_param = declared.form == DeclaredForm::Param;
  global.module = static_cast<plan::ModuleId>(declared.module);
  global.span = tree.span(tree.child(declared.node, 0));
  global.whole = tree.span(declared.node);
  global.is_library = store_.module(declared.module).is_library;
  model_.globals.push_back(global);
  const NodeId type_node = tree.child(declared.node, 1);
  const NodeId value = tree.child(declared.node, 2);
  Frame frame;
  frame.tree = &tree;
  frame.module = declared.module;
  const auto id = static_cast<plan::GlobalId>(declared.id);
  if (type_node != syntax::kNoNode) {
    const TypeId type_id = ResolveType(tree, declared.module, type_node);
    model_.globals[declared.id].type = type_id;
    // The type is known, so the value may wait, and mention anything, this name included.
    declared.state = Declared::State::Done;
    if (value != syntax::kNoNode) {
      work_.push_back([this, id, value, type_id, frame]() mutable {
        model_.globals[plan::Index(id)].value = Check(value, type_id, frame);
      });
    } else {
      MissingValue(global);
    }
    return id;
  }
  if (!global.is_param && value == syntax::kNoNode) {
    MissingValue(global);
    model_.globals[plan::Index(id)].type = plan::kErrorType;
  } else if (global.is_param) {
    sink_->Report(diag::ParamWithoutType, global.span, text(global.name).str())
        .Help("such as `param " + text(global.name).str() + ": ratio = 100 %`");
  } else {
    const Step step(*this, global.span, kStepOfDeclaration);
    const ExprId expr = step.is_too_deep() ? ErrorExpr(global.span) : Infer(value, frame);
    // What has no type was reported; to evaluate it would report a cycle once more.
    const bool has_type = type(expr) != plan::kErrorType;
    model_.globals[plan::Index(id)].value = has_type ? expr : ErrorExpr(global.span);
    model_.globals[plan::Index(id)].type = type(expr);
  }
  declared.state = Declared::State::Done;
  return id;
}

// A parameter without a default must be given, by every environment or by `--set`.
void Checker::MissingValue(const plan::Global &global) {
  if (global.is_param || global.is_library) return;
  sink_->Report(diag::NeedsValue, global.span, text(global.name).str(), "a value")
      .Help("write `let " + text(global.name).str() + " = ...`");
}

auto Checker::ResolveFunction(Declared &declared) -> plan::FunctionId {
  const Tree &tree = *declared.tree;
  const NodeId name = tree.child(declared.node, 0);
  if (declared.state == Declared::State::Resolving) {
    sink_->Report(diag::RecursiveFunction, tree.span(name), text(declared.name).str())
        .Label(at_, "by way of this")
        .Help("every function must come to an end; use a comprehension over a list");
    model_.functions[declared.id].result = plan::kErrorType;
    return static_cast<plan::FunctionId>(declared.id);
  }
  if (declared.state == Declared::State::Done) return static_cast<plan::FunctionId>(declared.id);
  const Earnest earnest(*this);
  ResolveNeeds(declared);
  if (declared.state != Declared::State::Untouched) return ResolveFunction(declared);
  const Step step(*this, tree.span(name), kStepOfDeclaration);
  declared.state = Declared::State::Resolving;
  declared.id = static_cast<uint32_t>(model_.functions.size());
  plan::Function function;
  function.name = declared.name;
  function.span = tree.span(name);
  function.is_library = store_.module(declared.module).is_library;
  model_.functions.push_back(function);
  function.parameters = ParametersOf(tree, declared.module, tree.rest(declared.node, 3));
  if (const NodeId result = tree.child(declared.node, 1); result != syntax::kNoNode) {
    function.result = ResolveType(tree, declared.module, result);
  }
  model_.functions[declared.id] = function;
  Frame frame;
  frame.tree = &tree;
  frame.module = declared.module;
  for (const plan::Parameter &parameter : function.parameters) {
    Local local;
    local.name = parameter.name;
    local.type = parameter.type;
    local.index = frame.next_local++;
    frame.locals.push_back(local);
  }
  const NodeId body = tree.child(declared.node, 2);
  if (step.is_too_deep()) {
    model_.functions[declared.id].result = plan::kErrorType;
  } else if (body == syntax::kNoNode) {
    sink_->Report(diag::NeedsValue, function.span, text(function.name).str(), "a body")
        .Help("write `= ...` behind it; only inside a kind a function may be left to the solver");
  } else {
    const bool has_result = tree.child(declared.node, 1) != syntax::kNoNode;
    const ExprId expr =
        has_result ? Check(body, function.result, frame) : Infer(body, frame);
    model_.functions[declared.id].body = expr;
    if (!has_result) model_.functions[declared.id].result = type(expr);
  }
  declared.state = Declared::State::Done;
  return static_cast<plan::FunctionId>(declared.id);
}

}  // namespace groma::check
