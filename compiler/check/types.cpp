// SPDX-License-Identifier: Apache-2.0
// Type expressions: what stands after a colon.
#include "groma/check/checker.h"
#include "llvm/ADT/StringSwitch.h"

namespace groma::check {
namespace {

using base::DimensionId;
using plan::NumberForm;

auto SimpleType(llvm::StringRef name) -> TypeKind {
  return llvm::StringSwitch<TypeKind>(name)
      .Case("any", TypeKind::Any)
      .Case("bool", TypeKind::Bool)
      .Case("string", TypeKind::String)
      .Case("date", TypeKind::Date)
      .Case("month", TypeKind::Month)
      .Case("quarter", TypeKind::Quarter)
      .Case("year", TypeKind::Year)
      .Case("period", TypeKind::Period)
      .Case("moment", TypeKind::Moment)
      .Case("timezone", TypeKind::TimeZone)
      .Case("cidr", TypeKind::Cidr)
      .Case("currency", TypeKind::Currency)
      .Case("secret", TypeKind::Secret)
      .Case("subject", TypeKind::Subject)
      .Case("kind", TypeKind::KindName)
      .Default(TypeKind::Error);
}

auto GenericType(llvm::StringRef name) -> TypeKind {
  return llvm::StringSwitch<TypeKind>(name)
      .Case("list", TypeKind::List)
      .Case("curve", TypeKind::Curve)
      .Case("range", TypeKind::Range)
      .Case("spread", TypeKind::Spread)
      .Case("bound", TypeKind::Bound)
      .Default(TypeKind::Error);
}

}  // namespace

auto Checker::EntityType(KindId id) -> TypeId {
  return model_.types.Declared(TypeKind::Entity, plan::Index(id));
}

auto Checker::PlainNumber(NumberForm form) -> TypeId {
  return model_.types.Number(form, {DimensionId::kNumber});
}

auto Checker::ResolveType(const Tree &tree, ModuleIndex module, NodeId node) -> TypeId {
  switch (tree.kind(node)) {
    case NodeKind::TypeList:
      return model_.types.Of(TypeKind::List, ResolveType(tree, module, tree.child(node, 0)));
    case NodeKind::TypeOptional: {
      const TypeId element = ResolveType(tree, module, tree.child(node, 0));
      return kind(element) == TypeKind::Optional ? element
                                                 : model_.types.Of(TypeKind::Optional, element);
    }
    case NodeKind::TypeName: return NamedType(tree, module, node, tree.text(tree.child(node, 0)));
    default: return plan::kErrorType;
  }
}

auto Checker::TypeArgument(const Tree &tree, ModuleIndex module, NodeId node, unsigned count)
    -> TypeId {
  const auto arguments = tree.rest(node, 1);
  const llvm::StringRef name = tree.text(tree.child(node, 0));
  if (arguments.size() != count) {
    sink_->Report(diag::TypeArguments, tree.span(node), name.str(),
                  count == 1 ? "one type in brackets, such as `" + name.str() +
                                   (name == "curve"    ? "[quantity[kW]]`"
                                    : name == "bound"  ? "[quantity[GB]]`"
                                    : name == "spread" ? "[duration]`"
                                    : name == "range"  ? "[int]`"
                                                       : "[string]`")
                             : "two types in brackets, such as `map[string, int]`");
    return plan::kErrorType;
  }
  return ResolveType(tree, module, arguments[count - 1]);
}

auto Checker::NamedType(const Tree &tree, ModuleIndex module, NodeId node, llvm::StringRef name)
    -> TypeId {
  if (name == "quantity") return QuantityType(tree, node);
  if (name == "map") {
    const TypeId value = TypeArgument(tree, module, node, 2);
    if (value == plan::kErrorType) return value;
    return model_.types.MapOf(ResolveType(tree, module, tree.rest(node, 1)[0]), value);
  }
  if (const TypeKind generic = GenericType(name); generic != TypeKind::Error) {
    const TypeId element = TypeArgument(tree, module, node, 1);
    return element == plan::kErrorType ? element : model_.types.Of(generic, element);
  }
  if (!tree.rest(node, 1).empty()) {
    sink_->Report(diag::TypeArguments, tree.span(node), name.str(), "nothing in brackets");
    return plan::kErrorType;
  }
  if (const TypeKind simple = SimpleType(name); simple != TypeKind::Error) return Simple(simple);
  if (name == "int") return PlainNumber(NumberForm::Int);
  if (name == "decimal") return PlainNumber(NumberForm::Decimal);
  if (name == "ratio") return PlainNumber(NumberForm::Ratio);
  if (name == "money") return model_.types.Number(NumberForm::Money, {money_});
  if (name == "duration") {
    return model_.types.Number(NumberForm::Duration, {DimensionId::kTime, DimensionId::kMonth,
                                                      DimensionId::kWorkday});
  }
  if (name == "effort") {
    return model_.types.Number(NumberForm::Effort, {DimensionId::kTime, DimensionId::kWorkday});
  }
  if (Declared *declared = FindType(module, name)) return DeclaredType(*declared);
  if (name == "entity") return EntityType(KindId{});

  auto report = sink_->Report(diag::UnknownType, tree.span(tree.child(node, 0)), name.str());
  if (const std::string meant = SuggestType(module, name, false); !meant.empty()) {
    report.Fix(tree.span(tree.child(node, 0)), "write `" + meant + "`", meant);
  } else if (model_.units.Parse(name)) {
    report.Help("a quantity in this unit has the type `quantity[" + name.str() + "]`");
  }
  return plan::kErrorType;
}

auto Checker::QuantityType(const Tree &tree, NodeId node) -> TypeId {
  std::vector<DimensionId> dimensions;
  uint32_t first_unit = 0;
  for (const NodeId argument : tree.rest(node, 1)) {
    const llvm::StringRef spelling = tree.text(argument);
    const auto parsed = model_.units.Parse(spelling);
    if (!parsed) {
      const uint32_t at = tree.node(argument).begin + parsed.error->offset + tree.base();
      sink_->Report(diag::UnknownUnit,
                    {at, at + static_cast<uint32_t>(parsed.error->part.size())},
                    parsed.error->part.str());
      return plan::kErrorType;
    }
    if (dimensions.empty()) first_unit = static_cast<uint32_t>(parsed.id);
    dimensions.push_back(model_.units.unit(parsed.id).dimension);
  }
  if (dimensions.empty()) {
    sink_->Report(diag::TypeArguments, tree.span(node), "quantity",
                  "units in brackets, such as `quantity[kW]`");
    return plan::kErrorType;
  }
  return model_.types.Number(NumberForm::Quantity, dimensions, first_unit);
}

auto Checker::DeclaredType(Declared &declared) -> TypeId {
  switch (declared.form) {
    case DeclaredForm::Kind: return EntityType(ResolveKind(declared));
    case DeclaredForm::Record:
      return model_.types.Declared(TypeKind::Record, plan::Index(ResolveRecord(declared)));
    case DeclaredForm::Enum:
      return model_.types.Declared(TypeKind::Enum, plan::Index(ResolveEnum(declared)));
    case DeclaredForm::Union:
      return model_.types.Declared(TypeKind::Union, plan::Index(ResolveUnion(declared)));
    default: break;
  }
  // An alias stands for the type after its `=`.
  const Tree &tree = *declared.tree;
  if (declared.state == Declared::State::Resolving) {
    sink_->Report(diag::TypeCycle, tree.span(tree.child(declared.node, 0)),
                  "the type `" + text(declared.name).str() + "`");
    return plan::kErrorType;
  }
  if (declared.state == Declared::State::Untouched) {
    const Earnest earnest(*this);
    ResolveNeeds(declared);
  }
  if (declared.state == Declared::State::Untouched) {
    const Earnest earnest(*this);
    const NodeId type = tree.child(declared.node, 1);
    const Step step(*this, tree.span(type), kStepOfDeclaration);
    declared.state = Declared::State::Resolving;
    declared.id = plan::Index(step.is_too_deep() ? plan::kErrorType
                                                 : ResolveType(tree, declared.module, type));
    declared.state = Declared::State::Done;
  }
  return static_cast<TypeId>(declared.id);
}

}  // namespace groma::check
