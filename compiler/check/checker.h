// SPDX-License-Identifier: Apache-2.0
// The state of one check and its steps; each group of steps is a file of this folder.
#pragma once

#include <functional>
#include <optional>

#include "groma/base/suggest.h"
#include "groma/check/check.h"
#include "groma/check/diagnostics.h"
#include "groma/check/frame.h"
#include "groma/check/scope.h"
#include "groma/modules/module.h"
#include "groma/plan/model.h"
#include "llvm/ADT/DenseSet.h"

namespace groma::check {

using plan::ExprId;
using plan::ExprKind;
using plan::IsSome;
using plan::Slot;
using plan::TypeKind;
using syntax::NodeKind;

class Checker {
 public:
  Checker(const modules::Store &store, const Options &options, plan::Model &model, Sink &sink);

  void Run();

 private:
  // scope.cpp: what a name means.
  void BuildScopes();
  void AddScope(ModuleIndex module);
  void AddToScope(Scope &scope, const Tree &tree, NodeId item);
  void ReportTwice(const Declared &first, const Tree &tree, NodeId name, llvm::StringRef what);
  auto scope(ModuleIndex module) -> Scope & { return scopes_[static_cast<uint32_t>(module)]; }
  auto Intern(llvm::StringRef text) -> SymbolId { return model_.symbols.Intern(text); }
  auto text(SymbolId id) const -> llvm::StringRef { return model_.symbols.text(id); }
  auto IsEntry(Declared &declared) -> bool;
  auto FindValue(ModuleIndex from, SymbolId name) -> Declared *;
  auto FindType(ModuleIndex from, llvm::StringRef dotted) -> Declared *;
  auto FindPublicType(ModuleIndex in, llvm::StringRef dotted) -> Declared *;
  // `azure.gpu_skus`: the declaration, and how many of `names` it used up.
  auto FindInPackages(ModuleIndex from, llvm::ArrayRef<llvm::StringRef> names, size_t &used)
      -> Declared *;
  auto FindOwnValue(ModuleIndex in, SymbolId name) -> Declared *;
  auto FindPublicValue(ModuleIndex in, SymbolId name) -> Declared *;
  auto IsPackage(ModuleIndex from, llvm::StringRef head) -> bool;
  // An entry of a catalogue kind that is visible from a module, by its bare name.
  auto FindEntry(ModuleIndex from, KindId kind, SymbolId name) -> EntityId;
  void ForEachVisible(ModuleIndex from, llvm::function_ref<void(Scope &)> visit);

  // suggest.cpp: "did you mean" for every kind of name.
  auto MayStand(TypeId actual, TypeId expected, bool lists_fit) -> bool;
  auto MayStand(Declared &declared, TypeId expected, bool lists_fit) -> bool;
  auto SuggestValue(const Frame &frame, llvm::StringRef name, TypeId expected, bool lists_fit)
      -> std::string;
  auto SuggestPath(const Frame &frame, llvm::StringRef name, TypeId expected, bool lists_fit)
      -> std::string;
  void ConsiderRows(Declared &catalogue, base::Suggestion &suggestion);
  auto SuggestTarget(NodeId path, Frame &frame) -> std::string;
  auto HasRefusedTable(ModuleIndex from, TypeId expected) -> bool;
  auto SuggestType(ModuleIndex from, llvm::StringRef name, bool kinds_only) -> std::string;
  auto SuggestMember(const plan::Members &members, llvm::StringRef name) -> std::string;
  auto SuggestMember(ModuleIndex from, llvm::StringRef module, llvm::StringRef name) -> std::string;

  // units.cpp
  void DeclareUnits();
  auto DeclareUnit(const Tree &tree, NodeId decl, bool is_last_try) -> bool;

  // kinds.cpp: the shape of kinds (their members and types) first, values and requirements when all
  // shapes that they may need are known.
  auto ResolveKind(Declared &declared) -> KindId;
  auto ShapeOf(KindId id) -> const plan::Kind &;
  void KindBase(Declared &declared, KindId id);
  void KindItem(Declared &declared, KindId id, NodeId item);
  void KindAttribute(Declared &declared, KindId id, NodeId field);
  void KindValues(KindId id);
  void NewDefault(Declared &declared, KindId id, NodeId field);
  void CheckCatalogueKind(KindId id);
  auto KnownKind(llvm::StringRef name) -> KindId;
  void DrainWork();

  // records.cpp: records, enums and unions.
  auto ResolveRecord(Declared &declared) -> plan::RecordId;
  auto RecordOf(const Declared &declared, NodeId body, SymbolId name, Span span) -> plan::RecordId;
  auto ShapeOf(plan::RecordId id) -> const plan::RecordDecl &;
  auto Held(TypeId type) -> std::vector<plan::RecordId>;
  void CheckRings();
  auto ResolveEnum(Declared &declared) -> plan::EnumId;
  auto ResolveUnion(Declared &declared) -> plan::UnionId;

  // members.cpp: the members of kinds and records.
  auto AddMember(const Declared &declared, NodeId item, plan::Members &members,
                 llvm::StringRef owner, KindId owner_kind = {}) -> std::optional<Slot>;
  void MemberAttributes(const Tree &tree, NodeId body, plan::Member &member);
  void MemberValues(const Declared &declared, NodeId item, plan::Member &member, TypeId self);
  auto ParametersOf(const Tree &tree, ModuleIndex module, llvm::ArrayRef<NodeId> formals)
      -> std::vector<plan::Parameter>;

  // types.cpp: type expressions and whether one fits another.
  auto ResolveType(const Tree &tree, ModuleIndex module, NodeId node) -> TypeId;
  auto NamedType(const Tree &tree, ModuleIndex module, NodeId node, llvm::StringRef name) -> TypeId;
  auto QuantityType(const Tree &tree, NodeId node) -> TypeId;
  auto TypeArgument(const Tree &tree, ModuleIndex module, NodeId node, unsigned count) -> TypeId;
  auto DeclaredType(Declared &declared) -> TypeId;
  auto Fits(TypeId actual, TypeId expected) -> bool;
  auto FitsNumber(const plan::Type &actual, const plan::Type &expected) -> bool;
  auto FitsDimension(base::DimensionId actual, base::DimensionId expected) -> bool;
  auto AbsentWith(TypeId result, llvm::ArrayRef<ExprId> from) -> TypeId;
  void DoesNotFit(ExprId expr, TypeId expected, Span span, llvm::StringRef spelled);
  auto WithMoney(base::DimensionId dimension) -> base::DimensionId;
  auto Spell(TypeId type, bool plural = false) -> std::string;
  auto Quoted(SymbolId name) const -> std::string { return "`" + text(name).str() + "`"; }
  auto Spell(base::DimensionId dimension) -> std::string;

  // entities.cpp: entities, their bases and their nested declarations.
  void DeclareEntities(ModuleIndex module);
  auto ResolveEntity(Declared &declared) -> EntityId;
  auto CreateEntity(const Tree &tree, ModuleIndex module, NodeId decl, EntityId parent,
                    Declared *declared = nullptr) -> EntityId;
  auto IsAbstract(KindId id) -> bool;
  auto VariantsOf(ModuleIndex module, KindId kind, base::Suggestion *suggestion = nullptr)
      -> std::string;
  auto TemplateSelf(EntityId id) -> TypeId;
  // The entity that a dotted name means; none, and nothing reported, if it means none.
  auto EntityAt(NodeId path, Frame &frame) -> EntityId;
  auto EntityAtNames(llvm::ArrayRef<NodeId> names, Frame &frame, size_t &used) -> EntityId;
  void EntityBase(const Tree &tree, EntityId id, NodeId decl);
  void CheckEntity(const Tree &tree, EntityId id, NodeId decl);
  auto KindOfWord(const Tree &tree, ModuleIndex module, NodeId decl) -> KindId;
  void NamePlanEntities();

  // nested.cpp: what kinds promise for each of their entities.
  auto CountNested(KindId id, std::vector<KindId> &path) -> unsigned;
  auto NestsWithoutEnd(KindId id) -> bool;
  void CheckPromise(const Tree &tree, NodeId decl);
  auto CountPromised(const Promise &promise, std::vector<KindId> &path) -> unsigned;
  auto KindOfPromise(const Promise &promise) -> KindId;
  static auto InnerPromises(const Promise &promise) -> std::vector<Promise>;
  auto PromiseName(const Promise &promise) -> SymbolId;
  auto PromisesOf(EntityId parent, SymbolId name) -> std::vector<Promise>;
  auto PromisedSlot(EntityId parent, SymbolId name) -> Slot;
  auto CreatePromised(EntityId parent, llvm::ArrayRef<Promise> promises, bool is_base)
      -> EntityId;
  auto OwnerIn(EntityId parent) const -> EntityId;
  void StartFromPromises(EntityId id, llvm::ArrayRef<Promise> promises);
  void NotePromises(EntityId id);
  void CreateNested(EntityId id);

  // playbooks.cpp
  void FindPlaybooks();
  void FindPlaybooksOf(ModuleIndex module);
  auto KindOfPlaybook(const Tree &tree, ModuleIndex module, NodeId decl) -> KindId;
  void CheckPlaybook(const Playbook &playbook);
  auto PlaybookOf(KindId kind) -> const Playbook *;

  // fields.cpp: what stands in an entity's body.
  void EntityItems(const Tree &tree, EntityId id, NodeId body, Frame &frame);
  void UnreadableField(const Tree &tree, EntityId id, NodeId item);
  void EntityField(const Tree &tree, EntityId id, NodeId field, Frame &frame);
  void FormerName(const Tree &tree, EntityId id, NodeId field);
  void RewriteField(EntityId id, NodeId path, NodeId value, syntax::AssignOp op, NodeId whole,
                    Frame &frame);
  auto FieldValue(NodeId field, NodeId value, syntax::AssignOp op, TypeId type,
                  llvm::StringRef name, Frame &frame) -> ExprId;
  void WrongTarget(NodeId path, Frame &frame);
  auto RewriteTarget(NodeId path, Frame &frame, plan::Rewrite &rewrite, TypeId &type,
                     std::string &name) -> bool;
  auto BecauseOf(NodeId because, Frame &frame) -> ExprId;
  auto RequirementOf(NodeId item, Frame &frame) -> plan::Requirement;
  // `where` a row of a table can have it.
  void RequiredFields(EntityId id, llvm::StringRef where = {});
  void ExpectItem(EntityId id, NodeId item, Frame &frame);
  void PreferItem(EntityId id, NodeId item, Frame &frame);
  auto LooseOwner(ModuleIndex module, Span span) -> EntityId;
  auto IsRewriter(KindId kind) -> bool;

  // catalogue.cpp: rows of typed tables.
  auto ResolveCatalogue(Declared &declared) -> uint32_t;
  auto CatalogueEntries(Declared &declared) -> uint32_t;
  void FindTable(Declared &declared, NodeId from);
  auto ColumnSlots(KindId kind, llvm::StringRef path) -> std::optional<std::pair<Slot, Slot>>;
  void CheckColumns(Declared &declared, KindId kind);
  void ReadRow(Declared &catalogue, EntityId id, const std::vector<modules::Cell> &cells);
  static auto IsName(llvm::StringRef name) -> bool;
  auto ResolveRow(Declared &declared) -> EntityId;
  auto RowOf(Declared &catalogue, size_t row) -> EntityId;
  void ReadCataloguesOf(KindId kind);
  auto CellValue(const Declared &catalogue, const modules::Cell &cell, llvm::StringRef unit,
                 TypeId type) -> std::optional<plan::Value>;
  auto NumberCell(const modules::Cell &cell, llvm::StringRef unit, TypeId type)
      -> std::optional<plan::Value>;
  auto CellMismatch(const modules::Cell &cell, TypeId type) -> std::nullopt_t;

  // globals.cpp: params, lets and functions.
  auto ResolveGlobal(Declared &declared) -> plan::GlobalId;
  auto ResolveFunction(Declared &declared) -> plan::FunctionId;
  void MissingValue(const plan::Global &global);

  // environments.cpp
  void CheckSettings();
  void BuildEnvironments();
  void RequireParams(const plan::Environment &environment);

  // order.cpp: what a declaration needs is resolved before it.
  void Resolve(Declared &declared);
  void ResolveNeeds(Declared &root);
  auto AddBase(llvm::DenseMap<uint32_t, unsigned> &bases, uint32_t heir, uint32_t base,
               llvm::StringRef name, Span at) -> bool;
  void NeedsOf(const Declared &declared, std::vector<Declared *> &needs);

  // A step of what is being resolved or typed; together they bound the stack. A declaration takes more
  // of it than an expression.
  static constexpr unsigned kStepOfDeclaration = 3;
  class Step {
   public:
    Step(Checker &checker, Span at, unsigned size = 1);
    ~Step() { checker_.steps_ -= size_; }
    Step(const Step &) = delete;
    auto operator=(const Step &) -> Step & = delete;
    auto is_too_deep() const -> bool { return is_too_deep_; }

   private:
    Checker &checker_;
    unsigned size_;
    bool is_too_deep_ = false;
  };

  // Resolving a declaration is no trial, even if a trial is the first to ask for it: it happens once,
  // so what it reports must not be thrown away.
  class Earnest {
   public:
    explicit Earnest(Checker &checker)
        : checker_(checker), sink_(checker.sink_), trials_(checker.trials_), at_(checker.at_) {
      checker_.sink_ = checker_.earnest_sink_;
      checker_.trials_ = 0;
    }
    ~Earnest() {
      checker_.sink_ = sink_;
      checker_.trials_ = trials_;
      checker_.at_ = at_;
    }
    Earnest(const Earnest &) = delete;
    auto operator=(const Earnest &) -> Earnest & = delete;

   private:
    Checker &checker_;
    Sink *sink_;
    unsigned trials_;
    Span at_;
  };

  // check.cpp
  void CheckPending();
  void ResolveAll(const llvm::DenseMap<uint32_t, Declared *> &table);
  void ResolveWholeLibrary();
  void ReadWholeCatalogues();
  void DeclarePolicies();
  void TopLevelItems(const Tree &tree, ModuleIndex module);

  // expr_*.cpp. `Infer` finds the type of an expression; `Check` makes it fit one.
  auto Infer(NodeId node, Frame &frame) -> ExprId;
  auto Check(NodeId node, TypeId expected, Frame &frame, bool last_day = false) -> ExprId;
  auto CheckByNode(NodeId node, TypeId expected, Frame &frame, bool last_day)
      -> std::optional<ExprId>;
  auto CheckByType(NodeId node, TypeId expected, Frame &frame, bool last_day) -> ExprId;
  auto InferByNode(NodeId node, Frame &frame) -> ExprId;
  auto Coerce(ExprId expr, TypeId expected, NodeId node, Frame &frame, bool last_day) -> ExprId;
  auto CheckCondition(NodeId node, Frame &frame) -> ExprId;
  auto CanConvert(TypeId actual, TypeId expected) -> bool;
  // The expression if it can be typed by itself without an error; kNoExpr, silently, if not.
  auto TryInfer(NodeId node, Frame &frame) -> ExprId;
  static auto TrialOf(NodeId node, const Frame &frame) -> size_t;
  auto TryCheck(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  // A collection that is written out, or one element that stands for all.
  auto CheckOrWrap(NodeId node, TypeId expected, TypeId element, Frame &frame) -> ExprId;

  // expr_names.cpp, expr_members.cpp
  auto InferName(NodeId node, Frame &frame) -> ExprId;
  auto FindName(NodeId node, Frame &frame) -> ExprId;
  auto FindLocal(NodeId node, Frame &frame) -> ExprId;
  auto IsOuterName(SymbolId name, const Frame &frame) -> bool;
  auto FromDeclared(Declared &declared, NodeId node) -> ExprId;
  auto EntityExpr(EntityId entity, Span span) -> ExprId;
  auto TryLocal(NodeId name, Frame &frame) -> ExprId;
  auto FindNested(EntityId from, SymbolId name) -> EntityId;
  auto CheckName(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  auto TagOf(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  void UnknownName(NodeId node, TypeId expected, Frame &frame);
  auto InferMember(NodeId node, Frame &frame) -> ExprId;
  auto EnumOf(llvm::ArrayRef<llvm::StringRef> words, ModuleIndex from, size_t &used) -> Declared *;
  auto MemberOf(ExprId object, NodeId name, Frame &frame, Span whole) -> ExprId;
  auto MembersOf(TypeId type) -> const plan::Members *;
  auto MemberOfUnion(ExprId object, const plan::Type &type, NodeId name, Frame &frame, Span whole)
      -> ExprId;
  auto FindFunction(ModuleIndex from, SymbolId name) -> Declared *;
  auto DottedNames(NodeId node, const Frame &frame) -> std::vector<NodeId>;
  auto CheckSubject(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  auto CheckKindName(NodeId node, Frame &frame) -> ExprId;

  auto InferCall(NodeId node, Frame &frame) -> ExprId;
  auto CallFunction(plan::FunctionId id, ExprId first, llvm::ArrayRef<NodeId> arguments,
                    NodeId node, Frame &frame) -> ExprId;
  auto CallMethod(ExprId object, Slot slot, llvm::ArrayRef<NodeId> arguments, NodeId node,
                  Frame &frame) -> ExprId;
  auto CallMember(NodeId node, Frame &frame) -> ExprId;
  auto Arguments(llvm::StringRef callee, llvm::ArrayRef<plan::Parameter> parameters, ExprId first,
                 llvm::ArrayRef<NodeId> arguments, NodeId node, Frame &frame,
                 std::vector<ExprId> &out) -> bool;
  auto CallBuiltin(plan::BuiltinFunction function, ExprId first, llvm::ArrayRef<NodeId> arguments,
                   NodeId node, Frame &frame) -> ExprId;
  auto BuiltinType(plan::BuiltinFunction function, llvm::ArrayRef<ExprId> arguments, NodeId node,
                   Frame &frame) -> TypeId;
  auto CallTag(NodeId node, TypeId expected, Frame &frame) -> ExprId;

  // expr_presence.cpp
  static auto DottedText(llvm::ArrayRef<NodeId> names, const Tree &tree) -> std::string;
  void NotePresent(NodeId condition, bool holds, NodeId within, Frame &frame);
  auto WherePresent(ExprId expr, llvm::ArrayRef<NodeId> names, Frame &frame) -> ExprId;

  // expr_literals.cpp
  auto InferLiteral(NodeId node, Frame &frame) -> ExprId;
  auto NumberLiteral(NodeId node, const Frame &frame) -> std::optional<plan::Value>;
  auto CheckNumber(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  auto Supply(const plan::Value &value, const plan::Type &expected)
      -> std::optional<base::DimensionId>;
  auto CheckDateLike(NodeId node, TypeId expected, Frame &frame, bool last_day) -> ExprId;
  auto CheckString(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  auto Unescape(NodeId node, const Frame &frame) -> llvm::StringRef;
  auto InferText(NodeId node, Frame &frame) -> ExprId;
  auto HoldsSecret(TypeId type, unsigned depth = 0) -> bool;
  auto SecretInText(ExprId expr) -> bool;

  // expr_operators.cpp, expr_compare.cpp
  auto InferBinary(NodeId node, Frame &frame) -> ExprId;
  auto InferNegate(NodeId node, Frame &frame) -> ExprId;
  auto InferArithmetic(NodeId node, Frame &frame) -> ExprId;
  auto ArithmeticType(syntax::BinaryOp op, TypeId left, TypeId right) -> TypeId;
  auto NumberType(syntax::BinaryOp op, TypeId left, TypeId right) -> TypeId;
  auto HasFinish(TypeId type) -> bool;
  auto IsDateLike(TypeId type) -> bool;
  auto InferComparison(NodeId node, Frame &frame) -> ExprId;
  auto Comparable(TypeId left, TypeId right, bool needs_order) -> bool;
  auto SharesDimension(TypeId left, TypeId right) -> bool;
  auto InferMembership(NodeId node, Frame &frame) -> ExprId;
  auto InferIs(NodeId node, Frame &frame) -> ExprId;
  auto UnionTag(ExprId left, NodeId right, Frame &frame) -> ExprId;
  auto NumberPart(TypeId id) -> TypeId;
  void Mismatch(NodeId node, ExprId left, ExprId right, Frame &frame);
  auto Operands(NodeId left, NodeId right, Frame &frame) -> std::pair<ExprId, ExprId>;

  // expr_lists.cpp
  auto CommonType(TypeId left, TypeId right) -> TypeId;
  auto InferList(NodeId node, Frame &frame) -> ExprId;
  auto CheckList(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  auto CheckElement(NodeId node, TypeId element, Frame &frame) -> ExprId;
  auto InferGenerator(NodeId node, TypeId element, Frame &frame) -> ExprId;
  auto InferWhere(NodeId node, Frame &frame) -> ExprId;
  auto InferQuantifier(NodeId node, Frame &frame) -> ExprId;
  auto ListElement(ExprId list, Span at) -> TypeId;
  auto Variable(NodeId name, TypeId type, Frame &frame, bool is_it) -> uint32_t;
  auto CheckIf(NodeId node, TypeId expected, Frame &frame, bool last_day) -> ExprId;
  auto InferIf(NodeId node, Frame &frame) -> ExprId;
  auto InferIndex(NodeId node, Frame &frame) -> ExprId;

  // expr_records.cpp
  auto CheckRecord(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  auto RecordFields(NodeId record, plan::RecordId id, TypeId type, Frame &frame) -> ExprId;
  auto CheckMap(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  auto IsSameKey(ExprId left, ExprId right) -> bool;
  auto MapKey(NodeId key, TypeId type, Frame &frame) -> ExprId;
  auto CheckTagged(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  auto UnionOf(NodeId tag, TypeId expected, Frame &frame, uint32_t &index) -> bool;
  auto InferCurve(NodeId node, Frame &frame) -> ExprId;
  auto CheckRange(NodeId node, TypeId expected, Frame &frame) -> ExprId;
  auto InferRange(NodeId node, Frame &frame) -> ExprId;
  auto CheckChoose(NodeId node, TypeId expected, Frame &frame) -> ExprId;

  // Small makers.
  auto Make(ExprKind kind, TypeId type, Span span, llvm::ArrayRef<ExprId> children = {},
            uint32_t a = 0, uint8_t op = 0, uint16_t flags = 0) -> ExprId;
  auto Literal(plan::Value value, TypeId type, Span span) -> ExprId;
  auto ErrorExpr(Span span) -> ExprId;
  auto type(ExprId expr) const -> TypeId { return model_.exprs.expr(expr).type; }
  auto kind(TypeId id) const -> TypeKind { return model_.types.kind(id); }
  auto Simple(TypeKind k) -> TypeId { return model_.types.Simple(k); }
  auto Optional(TypeId id) -> TypeId {
    return model_.types.Of(TypeKind::Optional, model_.types.Unwrap(id));
  }
  auto EntityType(KindId id) -> TypeId;
  auto PlainNumber(plan::NumberForm form) -> TypeId;

  const modules::Store &store_;
  const Options &options_;
  plan::Model &model_;
  // Reports go to `sink_`; while something is only tried they go to a sink that is thrown away, and
  // nothing is spent on suggestions.
  Sink *sink_;
  Sink *earnest_sink_;
  unsigned trials_ = 0;
  llvm::DenseSet<size_t> failed_trials_;
  unsigned steps_ = 0;
  bool has_too_many_bases_ = false;
  std::vector<Scope> scopes_;
  std::deque<Declared> declared_;
  // The nested declarations of each entity, by parent and name.
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, EntityId> nested_;
  // How many entities stand in each entity of a kind.
  llvm::DenseMap<uint32_t, unsigned> nested_counts_;
  // What a kind says of an entity that the plan writes itself: a base, and no part of the plan.
  llvm::DenseSet<uint32_t> overwritten_;
  // What kinds say of an entity, the nearest word first; and the module in which the text of a promised
  // one stands.
  llvm::DenseMap<uint32_t, std::vector<Promise>> promises_;
  // The plan's own before those of what it imports, and these before the library's.
  std::vector<Playbook> playbooks_;
  llvm::DenseMap<uint32_t, const Playbook *> playbook_of_;  // by kind
  // For what stands in a playbook, the entity that it is about: its `self`.
  llvm::DenseMap<uint32_t, EntityId> owners_;
  llvm::DenseMap<uint32_t, ModuleIndex> text_modules_;
  // How many others a kind or an entity starts from, one through the other.
  llvm::DenseMap<uint32_t, unsigned> bases_of_kinds_, bases_of_entities_;
  // How far each kind and record is resolved, beside the stores of the model.
  struct Shape {
    Declared *declared = nullptr;
    NodeId body{};
    Declared::State shape = Declared::State::Untouched;
    Declared::State values = Declared::State::Untouched;
    // The item that declared each own member, by slot.
    std::vector<std::pair<Slot, NodeId>> items;
  };
  std::vector<Shape> kind_shapes_{1};
  std::vector<Shape> record_shapes_{1};
  // Values that wait until their names are known.
  std::deque<std::function<void()>> work_;
  // Entities whose base was reported: what they lack because of it is not reported too.
  llvm::DenseSet<uint32_t> baseless_;
  // What a catalogue's declaration says for all of its rows.
  llvm::DenseMap<const Declared *, std::vector<plan::Written>> table_defaults_;
  // The nested declarations of kinds: `milestone accepted {}`.
  llvm::DenseMap<std::pair<uint32_t, Slot>, std::pair<const Tree *, NodeId>> kind_nested_;
  // Where each written entity stands, for those that are checked after all have names.
  struct Pending {
    const Tree *tree;
    EntityId entity;
    NodeId decl;
  };
  std::vector<Pending> pending_;
  base::DimensionId money_{};
  EntityId loose_{};
  SymbolId self_{}, it_{}, resources_{};
  // The element of a list that is being checked: a list would do as well. And the first of several
  // names, which may be that of a module.
  NodeId element_{}, head_{};
  // Where the name that is being looked up stands.
  Span at_;
};

}  // namespace groma::check
