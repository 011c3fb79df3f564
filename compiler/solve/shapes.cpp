// SPDX-License-Identifier: Apache-2.0
#include "shapes.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

using plan::Index;

class ShapeFinder {
 public:
  ShapeFinder(Instance &instance, llvm::ArrayRef<Cause> core, StillContradicts still)
      : instance_(instance), reader_(instance.reader), core_(core), still_(still) {}

  auto Find() -> std::vector<Cause> {
    for (const Component &component : instance_.packing.components) AddComponent(component.id);
    for (const Pool &group : instance_.machines) AddGroup(group.id);
    if (shapes_.empty()) return {};
    // Mostly none of them matters, or only those of the components that are named.
    Relaxed relaxed;
    Drop(relaxed, [](const Shape &) { return true; });
    Drop(relaxed, [&](const Shape &shape) { return !IsNamed(shape.entity); });
    for (const Shape &shape : shapes_) {
      if (!relaxed.contains({shape.entity, SlotOf(shape)})) {
        Drop(relaxed, [&](const Shape &other) { return &other == &shape; });
      }
    }
    std::vector<Cause> needed;
    for (const Shape &shape : shapes_) {
      if (relaxed.contains({shape.entity, SlotOf(shape)})) continue;
      needed.push_back(instance_.builder.CauseOf(
          {.of = shape.of, .entity = shape.entity, .slot = SlotOf(shape)}));
    }
    return needed;
  }

 private:
  struct Shape {
    EntityId entity{};
    KnownMember member{};
    CauseInfo::Of of = CauseInfo::Of::Shape;
  };

  auto SlotOf(const Shape &shape) const -> plan::Slot { return reader_.known.slot(shape.member); }
  auto IsNamed(EntityId entity) const -> bool {
    return llvm::any_of(core_, [&](Cause cause) {
      return instance_.builder.causes[cause].entity == entity;
    });
  }

  // Leaves out what the contradiction does not need.
  template <typename Choose>
  void Drop(Relaxed &relaxed, const Choose &is_tried) {
    Relaxed more = relaxed;
    for (const Shape &shape : shapes_) {
      if (is_tried(shape)) more.insert({shape.entity, SlotOf(shape)});
    }
    if (more.size() > relaxed.size() && still_(core_, more)) relaxed = std::move(more);
  }

  void Add(EntityId entity, KnownMember member, CauseInfo::Of of = CauseInfo::Of::Shape) {
    const Value value = reader_.Get(entity, member);
    const bool is_silent =
        value.is_none() || (value.tag == ValueTag::Number && value.number.is_zero()) ||
        (value.tag == ValueTag::Bool && !value.boolean) ||
        (value.tag == ValueTag::List && value.elements().empty());
    if (!is_silent) shapes_.push_back({entity, member, of});
  }

  // Those that a reader would rather change come last: they are left out last.
  void AddComponent(EntityId id) {
    for (const KnownMember member :
         {KnownMember::ComponentStorage, KnownMember::ComponentMemory, KnownMember::ComponentCpu}) {
      Add(id, member, CauseInfo::Of::Demand);
    }
    for (const KnownMember member :
         {KnownMember::ComponentOn, KnownMember::ComponentColocation,
          KnownMember::ComponentEverywhere, KnownMember::ComponentApart,
          KnownMember::ComponentConflicts}) {
      Add(id, member);
    }
  }
  void AddGroup(EntityId id) {
    for (const KnownMember member :
         {KnownMember::MachinesSku, KnownMember::MachinesSizes, KnownMember::MachinesReserve,
          KnownMember::MachinesRetire}) {
      Add(id, member);
    }
  }

  Instance &instance_;
  Reader &reader_;
  const llvm::ArrayRef<Cause> core_;
  const StillContradicts still_;
  std::vector<Shape> shapes_;
};

}  // namespace

auto FindShapes(Instance &instance, llvm::ArrayRef<Cause> core, StillContradicts still)
    -> std::vector<Cause> {
  return ShapeFinder(instance, core, still).Find();
}

}  // namespace groma::solve
