// SPDX-License-Identifier: Apache-2.0
// Calls: functions of the plan and the library, members with arguments, and the built-in functions.
#include "groma/check/checker.h"
#include "llvm/ADT/StringSwitch.h"

namespace groma::check {
namespace {

using plan::BuiltinFunction;

struct BuiltinName {
  llvm::StringLiteral spelling;
  BuiltinFunction function;
};
constexpr BuiltinName kBuiltins[] = {
#define GROMA_BUILTIN(Name, spelling, summary) {spelling, BuiltinFunction::Name},
#include "groma/plan/builtins.def"
};

auto FindBuiltin(llvm::StringRef name) -> const BuiltinName * {
  for (const BuiltinName &builtin : kBuiltins) {
    if (builtin.spelling == name) return &builtin;
  }
  return nullptr;
}

auto CountText(size_t count) -> std::string {
  return count == 1 ? "1 argument" : std::to_string(count) + " arguments";
}

auto CountText(llvm::ArrayRef<plan::Parameter> parameters) -> std::string {
  const auto least = static_cast<size_t>(llvm::count_if(
      parameters, [](const plan::Parameter &p) { return !plan::IsSome(p.default_value); }));
  return (least < parameters.size() ? std::to_string(least) + " to " : "") +
         CountText(parameters.size());
}

}  // namespace

auto Checker::InferCall(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const NodeId callee = tree.child(node, 0);
  if (tree.kind(callee) == NodeKind::Member) return CallMember(node, frame);
  const llvm::StringRef name = tree.text(callee);
  if (tree.kind(callee) == NodeKind::Name) {
    Declared *declared = FindFunction(frame.module, Intern(name));
    if (declared != nullptr) {
      at_ = tree.span(callee);
      return CallFunction(ResolveFunction(*declared), plan::kNoExpr, tree.rest(node, 1), node,
                          frame);
    }
    if (const BuiltinName *builtin = FindBuiltin(name)) {
      return CallBuiltin(builtin->function, plan::kNoExpr, tree.rest(node, 1), node, frame);
    }
  }
  auto report = sink_->Report(diag::NotCallable, tree.span(callee), name.str());
  // What is there and cannot be called is no slip of the pen.
  if (const ExprId value = TryInfer(callee, frame); IsSome(value)) {
    report.Here("this is " + Spell(type(value)));
    return ErrorExpr(tree.span(node));
  }
  base::Suggestion suggestion(name);
  for (const BuiltinName &builtin : kBuiltins) suggestion.Consider(builtin.spelling);
  ForEachVisible(frame.module, [&](Scope &visible) {
    for (const auto &[symbol, declared] : visible.values) {
      if (declared->form == DeclaredForm::Function) suggestion.Consider(text(declared->name));
    }
  });
  if (suggestion.best()) {
    report.Fix(tree.span(callee), "write `" + suggestion.best()->str() + "`",
               suggestion.best()->str());
  }
  return ErrorExpr(tree.span(node));
}

// `x.f(y)`: a member with arguments, or the function `f(x, y)`.
auto Checker::CallMember(NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const NodeId callee = tree.child(node, 0);
  const NodeId name = tree.child(callee, 1);
  const SymbolId symbol = Intern(tree.text(name));
  const auto arguments = tree.rest(node, 1);
  // `module.f(x)`
  if (const auto names = DottedNames(callee, frame);
      !names.empty() && IsPackage(frame.module, tree.text(names[0])) &&
      !IsSome(TryInfer(tree.child(callee, 0), frame))) {
    std::vector<llvm::StringRef> words;
    for (const NodeId n : names) words.push_back(tree.text(n));
    size_t used = 0;
    Declared *declared = FindInPackages(frame.module, words, used);
    if (declared != nullptr && used == names.size() && declared->form == DeclaredForm::Function) {
      return CallFunction(ResolveFunction(*declared), plan::kNoExpr, arguments, node, frame);
    }
  }
  const ExprId object = Infer(tree.child(callee, 0), frame);
  if (type(object) == plan::kErrorType) return object;
  if (const plan::Members *members = MembersOf(type(object))) {
    const Slot slot = members->Find(symbol);
    if (slot != plan::kNoSlot && members->list[slot].is_method) {
      return CallMethod(object, slot, arguments, node, frame);
    }
    if (slot != plan::kNoSlot) {
      sink_->Report(diag::NotCallable, tree.span(name), tree.text(name).str())
          .Label(members->list[slot].span, "it is this field");
      return ErrorExpr(tree.span(node));
    }
  }
  if (Declared *declared = FindFunction(frame.module, symbol)) {
    at_ = tree.span(name);
    return CallFunction(ResolveFunction(*declared), object, arguments, node, frame);
  }
  if (const BuiltinName *builtin = FindBuiltin(tree.text(name))) {
    return CallBuiltin(builtin->function, object, arguments, node, frame);
  }
  auto report = sink_->Report(diag::NotCallable, tree.span(name), tree.text(name).str());
  if (const plan::Members *members = MembersOf(type(object))) {
    if (const std::string meant = SuggestMember(*members, tree.text(name)); !meant.empty()) {
      report.Fix(tree.span(name), "write `" + meant + "`", meant);
    }
  }
  return ErrorExpr(tree.span(node));
}

// Puts arguments, by position or by name, and defaults into the order of the parameters.
auto Checker::Arguments(llvm::StringRef callee, llvm::ArrayRef<plan::Parameter> parameters,
                        ExprId first, llvm::ArrayRef<NodeId> arguments, NodeId node, Frame &frame,
                        std::vector<ExprId> &out) -> bool {
  const Tree &tree = *frame.tree;
  out.assign(parameters.size(), plan::kNoExpr);
  size_t position = 0;
  size_t given = arguments.size();
  if (IsSome(first)) {
    if (parameters.empty() || !(Fits(type(first), parameters[0].type))) {
      const Span span = model_.exprs.expr(first).span;
      if (parameters.empty()) {
        sink_->Report(diag::TypeMismatch, span, "nothing", Spell(type(first)));
      } else {
        DoesNotFit(first, parameters[0].type, span, "...");
      }
      return false;
    }
    out[position++] = first;
    ++given;
  }
  for (const NodeId argument : arguments) {
    size_t index = position;
    NodeId value = argument;
    if (tree.kind(argument) == NodeKind::NamedArgument) {
      const NodeId name = tree.child(argument, 0);
      value = tree.child(argument, 1);
      index = 0;
      while (index < parameters.size() && parameters[index].name != Intern(tree.text(name))) ++index;
      if (index == parameters.size()) {
        base::Suggestion suggestion(tree.text(name));
        for (const plan::Parameter &p : parameters) suggestion.Consider(text(p.name));
        auto report = sink_->Report(diag::UnknownArgument, tree.span(name), callee.str(),
                                    tree.text(name).str());
        if (suggestion.best()) {
          report.Fix(tree.span(name), "write `" + suggestion.best()->str() + "`",
                     suggestion.best()->str());
        }
        return false;
      }
    } else {
      ++position;
    }
    if (index >= parameters.size()) {
      sink_->Report(diag::ArgumentCount, tree.span(argument), callee.str(), CountText(parameters),
                    static_cast<int64_t>(given));
      return false;
    }
    if (IsSome(out[index])) {
      sink_->Report(diag::ArgumentCount, tree.span(argument), callee.str(),
                    "`" + text(parameters[index].name).str() + "` once", 2)
          .Label(model_.exprs.expr(out[index]).span, "first given here");
      return false;
    }
    out[index] = Check(value, parameters[index].type, frame);
  }
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (IsSome(out[i])) continue;
    if (!IsSome(parameters[i].default_value)) {
      const std::string name = "`" + text(parameters[i].name).str() + "`";
      // Where the number would do, it is this one that is missed.
      const auto least = static_cast<size_t>(llvm::count_if(
          parameters, [](const plan::Parameter &p) { return !IsSome(p.default_value); }));
      sink_->Report(diag::ArgumentCount, tree.span(node), callee.str(),
                    given < least ? CountText(parameters) : name + " once",
                    static_cast<int64_t>(given < least ? given : 0))
          .Help(name + " has no default");
      return false;
    }
    out[i] = parameters[i].default_value;
  }
  return true;
}

auto Checker::CallFunction(plan::FunctionId id, ExprId first, llvm::ArrayRef<NodeId> arguments,
                           NodeId node, Frame &frame) -> ExprId {
  const Span span = frame.tree->span(node);
  const plan::Function &function = model_.functions[plan::Index(id)];
  std::vector<ExprId> values;
  const std::vector<plan::Parameter> parameters = function.parameters;
  if (!Arguments(text(function.name), parameters, first, arguments, node, frame, values)) {
    return ErrorExpr(span);
  }
  return Make(ExprKind::Call, model_.functions[plan::Index(id)].result, span, values,
              plan::Index(id));
}

auto Checker::CallMethod(ExprId object, Slot slot, llvm::ArrayRef<NodeId> arguments, NodeId node,
                         Frame &frame) -> ExprId {
  const Span span = source::Join(model_.exprs.expr(object).span, frame.tree->span(node));
  const plan::Member member = MembersOf(type(object))->list[slot];
  std::vector<ExprId> values;
  if (!Arguments(text(member.name), member.parameters, plan::kNoExpr, arguments, node, frame,
                 values)) {
    return ErrorExpr(span);
  }
  values.insert(values.begin(), object);
  return Make(ExprKind::Method, AbsentWith(member.type, object), span, values, slot);
}

auto Checker::CallBuiltin(BuiltinFunction function, ExprId first, llvm::ArrayRef<NodeId> arguments,
                          NodeId node, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  std::vector<ExprId> values;
  if (IsSome(first)) values.push_back(first);
  for (const NodeId argument : arguments) {
    if (tree.kind(argument) == NodeKind::NamedArgument) {
      sink_->Report(diag::UnknownArgument, tree.span(argument),
                    kBuiltins[static_cast<uint32_t>(function)].spelling.str(),
                    tree.text(tree.child(argument, 0)).str());
      return ErrorExpr(tree.span(node));
    }
    // What may be absent takes the second argument's type from the first.
    const bool follows = function == BuiltinFunction::Default && values.size() == 1;
    const bool is_key = function == BuiltinFunction::Has && values.size() == 1 &&
                        kind(model_.types.Unwrap(type(values[0]))) == TypeKind::Map;
    if (follows) {
      values.push_back(Check(argument, Optional(type(values[0])), frame));
    } else if (is_key) {
      values.push_back(
          Check(argument, model_.types.argument(model_.types.Unwrap(type(values[0]))), frame));
    } else {
      values.push_back(Infer(argument, frame));
    }
    if (type(values.back()) == plan::kErrorType) return ErrorExpr(tree.span(node));
  }
  const TypeId result = BuiltinType(function, values, node, frame);
  if (result == plan::kErrorType) return ErrorExpr(tree.span(node));
  const bool asks = function == BuiltinFunction::Has || function == BuiltinFunction::Default;
  return Make(ExprKind::Builtin, asks ? result : AbsentWith(result, values), tree.span(node), values, static_cast<uint32_t>(function));
}

auto Checker::BuiltinType(BuiltinFunction function, llvm::ArrayRef<ExprId> arguments, NodeId node,
                          Frame &frame) -> TypeId {
  const Tree &tree = *frame.tree;
  const llvm::StringRef name = kBuiltins[static_cast<uint32_t>(function)].spelling;
  const auto takes = [&](size_t least, size_t most) {
    if (arguments.size() >= least && arguments.size() <= most) return true;
    sink_->Report(diag::ArgumentCount, tree.span(node), name.str(), CountText(least),
                  static_cast<int64_t>(arguments.size()));
    return false;
  };
  const auto argument = [&](size_t i) { return model_.types.Unwrap(type(arguments[i])); };
  const auto wrong = [&](size_t i, const std::string &expected) {
    sink_->Report(diag::TypeMismatch, model_.exprs.expr(arguments[i]).span, expected,
                  Spell(argument(i)));
    return plan::kErrorType;
  };
  const auto is = [&](size_t i, TypeKind k) {
    return kind(argument(i)) == k || kind(argument(i)) == TypeKind::Any;
  };
  const TypeId number = PlainNumber(plan::NumberForm::Int);
  switch (function) {
    case BuiltinFunction::Sum:
    case BuiltinFunction::First:
    case BuiltinFunction::Last:
    case BuiltinFunction::Unique:
    case BuiltinFunction::Count: {
      if (!takes(1, 1)) return plan::kErrorType;
      if (!is(0, TypeKind::List)) {
        (void)ListElement(arguments[0], model_.exprs.expr(arguments[0]).span);
        return plan::kErrorType;
      }
      if (kind(argument(0)) == TypeKind::Any) return argument(0);
      const TypeId element = model_.types.Unwrap(model_.types.argument(argument(0)));
      if (function == BuiltinFunction::Count) return number;
      if (function == BuiltinFunction::Unique) return argument(0);
      if (function != BuiltinFunction::Sum) return Optional(element);
      const TypeKind shape = kind(element);
      if (shape != TypeKind::Number && shape != TypeKind::Curve && shape != TypeKind::Any) {
        return wrong(0, "a list of numbers");
      }
      // A sum with an absent term is absent.
      return kind(model_.types.argument(argument(0))) == TypeKind::Optional ? Optional(element)
                                                                             : element;
    }
    case BuiltinFunction::Min:
    case BuiltinFunction::Max: {
      if (arguments.empty()) return takes(1, 1), plan::kErrorType;
      const bool is_list = arguments.size() == 1 && kind(argument(0)) == TypeKind::List;
      const TypeId element = is_list ? model_.types.argument(argument(0)) : argument(0);
      for (size_t i = 1; i < arguments.size(); ++i) {
        if (!Comparable(element, argument(i), true)) return wrong(i, Spell(element));
      }
      if (!Comparable(element, element, true)) return wrong(0, "numbers or dates");
      return is_list ? Optional(element) : element;
    }
    case BuiltinFunction::Has: {
      if (!takes(1, 2)) return plan::kErrorType;
      if (arguments.size() == 2 && !is(0, TypeKind::Map) && !is(0, TypeKind::List)) {
        return wrong(0, "a map or a list");
      }
      return Simple(TypeKind::Bool);
    }
    case BuiltinFunction::Default:
      if (!takes(2, 2)) return plan::kErrorType;
      return AbsentWith(argument(0), arguments[1]);
    case BuiltinFunction::Floor:
    case BuiltinFunction::Ceil:
    case BuiltinFunction::Round: {
      if (!takes(1, 1)) return plan::kErrorType;
      if (!is(0, TypeKind::Number)) return wrong(0, "a number");
      return Fits(argument(0), PlainNumber(plan::NumberForm::Decimal)) ? number : argument(0);
    }
    case BuiltinFunction::Abs:
      if (!takes(1, 1)) return plan::kErrorType;
      return is(0, TypeKind::Number) ? argument(0) : wrong(0, "a number");
    case BuiltinFunction::Days:
      if (!takes(1, 1)) return plan::kErrorType;
      if (!CanConvert(argument(0), Simple(TypeKind::Period)) && !is(0, TypeKind::Period)) {
        return wrong(0, "a period");
      }
      return model_.types.Number(plan::NumberForm::Duration, {base::DimensionId::kTime});
    case BuiltinFunction::Contains:
    case BuiltinFunction::StartsWith:
      if (!takes(2, 2)) return plan::kErrorType;
      if (!is(0, TypeKind::String)) return wrong(0, "a text");
      return is(1, TypeKind::String) ? Simple(TypeKind::Bool) : wrong(1, "a text");
    case BuiltinFunction::Lower:
      if (!takes(1, 1)) return plan::kErrorType;
      return is(0, TypeKind::String) ? Simple(TypeKind::String) : wrong(0, "a text");
    case BuiltinFunction::Join:
      if (!takes(2, 2)) return plan::kErrorType;
      if (!is(0, TypeKind::List)) return wrong(0, "a list of texts");
      if (SecretInText(arguments[0])) return plan::kErrorType;
      return is(1, TypeKind::String) ? Simple(TypeKind::String) : wrong(1, "a text");
    case BuiltinFunction::Keys:
    case BuiltinFunction::Values:
      if (!takes(1, 1)) return plan::kErrorType;
      if (kind(argument(0)) != TypeKind::Map) return wrong(0, "a map");
      return model_.types.Of(TypeKind::List,
                             model_.types.argument(argument(0),
                                                   function == BuiltinFunction::Keys ? 0 : 1));
  }
  return plan::kErrorType;
}

// `reserved(1 year)`: a tag of the expected union with its payload's first field. kNoExpr if the
// union has no such tag.
auto Checker::CallTag(NodeId node, TypeId expected, Frame &frame) -> ExprId {
  const Tree &tree = *frame.tree;
  const NodeId callee = tree.child(node, 0);
  uint32_t index = 0;
  if (tree.kind(callee) != NodeKind::Name || !UnionOf(callee, expected, frame, index)) {
    return plan::kNoExpr;
  }
  const plan::UnionDecl::Tag tag = model_.unions[model_.types.type(expected).decl].tags[index];
  const auto arguments = tree.rest(node, 1);
  if (!IsSome(tag.payload) || arguments.size() != 1) {
    sink_->Report(diag::ArgumentCount, tree.span(node), text(tag.name).str(),
                  CountText(IsSome(tag.payload) ? 1 : 0), static_cast<int64_t>(arguments.size()));
    return ErrorExpr(tree.span(node));
  }
  const plan::Members &members = ShapeOf(tag.payload).members;
  std::vector<ExprId> fields(members.list.size(), plan::kNoExpr);
  fields[0] = Check(arguments[0], members.list[0].type, frame);
  for (size_t i = 1; i < fields.size(); ++i) {
    if (!members.list[i].is_required()) continue;
    sink_->Report(diag::NeedsPayload, tree.span(node), text(tag.name).str())
        .Help("write `" + text(tag.name).str() + " { " + text(members.list[0].name).str() +
              " = ..., " + text(members.list[i].name).str() + " = ... }`");
    return ErrorExpr(tree.span(node));
  }
  const ExprId payload = Make(ExprKind::Record,
                              model_.types.Declared(TypeKind::Record, plan::Index(tag.payload)),
                              tree.span(node), fields, plan::Index(tag.payload));
  return Make(ExprKind::Union, expected, tree.span(node), {payload}, index);
}

}  // namespace groma::check
