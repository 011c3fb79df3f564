// SPDX-License-Identifier: Apache-2.0
// Reads the components, and makes the columns and rows of their packing.
#include "packing.h"

#include <numeric>

#include "llvm/ADT/STLExtras.h"
#include "sizes.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

// More patterns for one size than this are not worth counting; more than this are not compared.
constexpr size_t kMostPatterns = 50'000, kMostCompared = 4'000;
constexpr KnownMember kNeeds[] = {KnownMember::ComponentCpu, KnownMember::ComponentMemory,
                                  KnownMember::ComponentStorage};

class Packer {
 public:
  explicit Packer(Instance &instance)
      : instance_(instance), reader_(instance.reader), packing_(instance.packing) {}

  void Pack() {
    ReadComponents();
    for (uint32_t g = 0; g < instance_.machines.size(); ++g) PackGroup(g);
    for (uint32_t c = 0; c < packing_.components.size(); ++c) TieCopies(c);
    for (uint32_t c = 0; c < packing_.components.size(); ++c) TieToOthers(c);
  }

 private:
  auto IdOf(uint32_t c) const -> EntityId { return packing_.components[c].id; }
  auto IsRelaxed(EntityId entity, KnownMember member) const -> bool {
    return instance_.relaxed.contains({entity, reader_.known.slot(member)});
  }

  void ReadComponents() {
    for (const EntityId id : reader_.All(KnownKind::Component)) {
      number_of_[Index(id)] = static_cast<uint32_t>(packing_.components.size());
      packing_.components.push_back(ReadCopies(id));
    }
    items_.resize(packing_.components.size());
    std::vector<std::array<Rational, kResources>> needs(items_.size());
    for (size_t r = 0; r < kResources; ++r) {
      for (uint32_t c = 0; c < items_.size(); ++c) {
        if (IsRelaxed(IdOf(c), kNeeds[r])) continue;
        needs[c][r] = reader_.Number(IdOf(c), kNeeds[r]).value_or(0);
        const int64_t d = needs[c][r].denominator();
        unit_[r] = unit_[r] / std::gcd(unit_[r], d) * d;
      }
      for (uint32_t c = 0; c < items_.size(); ++c) {
        items_[c].need[r] = base::Mul(needs[c][r], unit_[r]).value_or(0).Floor();
      }
    }
    for (uint32_t c = 0; c < items_.size(); ++c) ReadRules(c);
  }

  auto ReadCopies(EntityId id) -> Component {
    Component component;
    component.id = id;
    const Value copies = reader_.Get(id, KnownMember::ComponentCopies);
    if (copies.tag == ValueTag::Number) {
      component.cause = instance_.builder.CauseOf(
          {.of = CauseInfo::Of::Demand,
           .entity = id,
           .slot = reader_.known.slot(KnownMember::ComponentCopies)});
    }
    const Offers offers = reader_.OffersOf(id);
    std::optional<Rational> most;
    for (int t = 0; t < std::max(1, reader_.months().count); ++t) {
      Forms forms;
      if (copies.tag == ValueTag::Linear) {
        (void)instance_.LinearForms(*copies.linear, offers, t, forms);
      } else {
        const Forms &chosen = instance_.ChosenOf(offers);
        for (size_t o = 0; o < offers.count; ++o) {
          const Value one = reader_.At(copies, offers, o);
          forms.emplace_back();
          if (one.tag == ValueTag::Number) forms.back().Add(chosen[o], one.number);
        }
      }
      component.copies.push_back(SumOf(forms));
      const Rational largest = LargestOf(component.copies.back(), &reason::Column::upper);
      if (!most || largest < *most) most = largest;
      component.reach = std::max(
          component.reach, LargestOf(component.copies.back(), &reason::Column::reach).Floor());
    }
    // Where there is none for now, an explanation still wants to know where one could be.
    component.most = std::max<int64_t>(1, most->Floor());
    component.reach = std::max({component.reach, component.most, kFewMore});
    return component;
  }

  auto LargestOf(const Form &form, int64_t reason::Column::*end_of) const -> Rational {
    Rational largest = form.constant;
    for (const Form::Term &term : form.terms) {
      const reason::Column &column = instance_.builder.program.columns[term.column];
      const int64_t end = term.coefficient.sign() > 0 ? column.*end_of : column.lower;
      const auto product = base::Mul(term.coefficient, end);
      largest = base::Add(largest, product.value_or(0)).value_or(largest);
    }
    return largest;
  }

  auto NumbersIn(EntityId id, KnownMember member) -> std::vector<uint32_t> {
    std::vector<uint32_t> numbers;
    if (IsRelaxed(id, member)) return numbers;
    const Value list = reader_.Get(id, member);
    if (list.tag != ValueTag::List) return numbers;
    for (const Value &one : list.elements()) {
      const auto found = one.tag == ValueTag::Entity ? number_of_.find(Index(one.entity))
                                                     : number_of_.end();
      if (found != number_of_.end()) numbers.push_back(found->second);
    }
    llvm::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
  }
  auto IsSet(EntityId id, KnownMember member) -> bool {
    const Value value = reader_.Get(id, member);
    return value.tag == ValueTag::Bool && value.boolean && !IsRelaxed(id, member);
  }

  void ReadRules(uint32_t c) {
    const EntityId id = IdOf(c);
    Item &item = items_[c];
    item.most = packing_.components[c].most;
    item.is_everywhere = IsSet(id, KnownMember::ComponentEverywhere);
    bool is_apart = IsSet(id, KnownMember::ComponentApart);
    for (const uint32_t other : NumbersIn(id, KnownMember::ComponentConflicts)) {
      // What conflicts with itself keeps its copies apart.
      is_apart |= other == c;
      if (other == c) continue;
      item.conflicts.push_back(other);
      items_[other].conflicts.push_back(c);
    }
    if (is_apart) item.most = std::min<int64_t>(item.most, 1);
    item.company = NumbersIn(id, KnownMember::ComponentColocation);
  }

  auto MayBeOn(uint32_t c, const Pool &group) -> bool {
    const EntityId id = IdOf(c);
    // A component stays until the end of the plan, and so must its machines.
    const bool stays = llvm::all_of(group.by_offer, [&](const PoolOffer &offer) {
      return offer.usable.last >= reader_.months().count - 1;
    });
    if (!stays && !IsRelaxed(group.id, KnownMember::MachinesRetire)) return false;
    const Value on = reader_.Get(id, KnownMember::ComponentOn);
    if (on.tag != ValueTag::List || on.elements().empty()) return true;
    return IsRelaxed(id, KnownMember::ComponentOn) ||
           llvm::any_of(on.elements(), [&](const Value &one) {
             return one.tag == ValueTag::Entity && one.entity == group.id;
           });
  }

  // The items that may be on a group, numbered anew.
  void ReadLocal(const Pool &group) {
    local_.clear();
    std::vector<uint8_t> is_in(items_.size());
    for (uint32_t c = 0; c < items_.size(); ++c) {
      is_in[c] = items_[c].most > 0 && MayBeOn(c, group);
    }
    // Without its company it cannot be there either.
    for (bool is_changed = true; is_changed;) {
      is_changed = false;
      for (uint32_t c = 0; c < items_.size(); ++c) {
        const bool has_company =
            llvm::all_of(items_[c].company, [&](uint32_t other) { return is_in[other] != 0; });
        // It is missed only where it would have to be.
        if (is_in[c] == 0 || has_company || items_[c].is_everywhere) continue;
        is_in[c] = 0;
        is_changed = true;
      }
    }
    std::vector<uint32_t> new_number(items_.size());
    for (uint32_t c = 0; c < items_.size(); ++c) {
      // A component of which there is none cannot be everywhere.
      const bool is_missed = items_[c].is_everywhere && MayBeOn(c, group);
      if (is_in[c] == 0 && !is_missed) continue;
      new_number[c] = static_cast<uint32_t>(local_.size());
      local_.push_back(c);
      is_in[c] = 1;
    }
    local_items_.clear();
    for (const uint32_t c : local_) {
      Item item = items_[c];
      const auto renumber = [&](std::vector<uint32_t> &numbers) {
        const size_t before = numbers.size();
        llvm::erase_if(numbers, [&](uint32_t other) { return is_in[other] == 0; });
        for (uint32_t &other : numbers) other = new_number[other];
        return numbers.size() == before;
      };
      (void)renumber(item.conflicts);
      if (!renumber(item.company)) item.most = 0;
      local_items_.push_back(std::move(item));
    }
    FindKept(local_items_);
  }

  struct Candidate {
    const Size *size = nullptr;
    Pattern pattern;  // of the local items
  };

  // True if machines of the first sort can stand for those of the other.
  auto Covers(const Candidate &first, const Candidate &other) const -> bool {
    if (first.size->offer != other.size->offer) return false;
    for (size_t i = 0; i < local_items_.size(); ++i) {
      if (first.pattern[i] < other.pattern[i]) return false;
      const bool is_there = first.pattern[i] > 0, is_other_there = other.pattern[i] > 0;
      if (local_items_[i].is_kept && is_there != is_other_there) return false;
    }
    return first.size == other.size || first.size->IsNoWorseThan(*other.size);
  }

  auto FindCandidates(const Pool &group, const std::vector<Size> &sizes)
      -> std::vector<Candidate> {
    std::vector<Candidate> found;
    for (const Size &size : sizes) {
      auto patterns = FullPatterns(local_items_, size.capacity, kMostPatterns);
      if (!patterns) {
        packing_.too_varied.push_back(group.id);
        return {};
      }
      for (Pattern &pattern : *patterns) found.push_back({&size, std::move(pattern)});
    }
    if (found.size() > kMostCompared) return found;
    std::vector<uint8_t> is_needed(found.size(), 1);
    for (size_t i = 0; i < found.size(); ++i) {
      for (size_t j = 0; j < found.size() && is_needed[i] != 0; ++j) {
        if (i == j || is_needed[j] == 0 || !Covers(found[j], found[i])) continue;
        is_needed[i] = 0;
      }
    }
    std::vector<Candidate> needed;
    for (size_t i = 0; i < found.size(); ++i) {
      if (is_needed[i] != 0) needed.push_back(std::move(found[i]));
    }
    return needed;
  }

  void PackGroup(uint32_t g) {
    Pool &group = instance_.machines[g];
    ReadLocal(group);
    const std::vector<Size> sizes = SizesOf(instance_, group, unit_);
    const std::vector<Candidate> candidates = FindCandidates(group, sizes);
    const bool is_mixed = group.by_offer.size() != group.offers.count;
    const int64_t most = MostNodes(group);
    Forms by_size(group.by_offer.size()), by_offer(group.offers.count);
    std::vector<Form> held(local_.size()), bound(local_.size());
    for (const Candidate &candidate : candidates) {
      const ColumnId column = instance_.builder.Count(0, most, most, kGiven);
      const Form form = Form::Of(column);
      by_size[candidate.size->index].Add(form);
      by_offer[candidate.size->offer].Add(form);
      Pattern pattern(items_.size());
      for (size_t i = 0; i < local_.size(); ++i) {
        pattern[local_[i]] = candidate.pattern[i];
        held[i].Add(form, candidate.pattern[i]);
        if (candidate.pattern[i] > 0) bound[i].Add(form);
      }
      packing_.columns.push_back({g, candidate.size->index, std::move(pattern), column});
    }
    TieNodes(group, by_offer, is_mixed);
    packing_.placed.emplace_back(items_.size());
    packing_.kept.emplace_back(items_.size());
    for (size_t i = 0; i < local_.size(); ++i) {
      Place(local_[i], held[i], bound[i], local_items_[i].is_kept);
    }
    if (!is_mixed) return;
    // From here on a size is an offer of which there are as many as patterns say.
    group.offers.count = group.by_offer.size();
    group.phases = {{0, std::max(0, reader_.months().count - 1)}};
    group.nodes = {by_size};
  }

  // Each useful machine holds a copy; what else there is, the plan has said.
  auto MostNodes(const Pool &group) const -> int64_t {
    int64_t copies = 0, stated = 0;
    for (const Component &component : packing_.components) {
      copies = std::min<int64_t>(kMostNodes, copies + component.most);
    }
    for (const Forms &forms : group.nodes) {
      stated = std::max(stated, LargestOf(SumOf(forms), &reason::Column::upper).Ceil());
    }
    return std::max<int64_t>(1, std::max(copies, std::min<int64_t>(kMostNodes, stated)));
  }

  // Machines that carry something, or must, are machines of the group.
  void TieNodes(const Pool &group, const Forms &carrying, bool is_mixed) {
    const bool is_all =
        is_mixed || llvm::any_of(local_items_, [](const Item &item) { return item.is_everywhere; });
    const bool is_stated =
        reader_.Get(group.id, KnownMember::MachinesNodes).tag == ValueTag::Number;
    const Cause cause =
        is_stated ? instance_.FieldCause(group.id, KnownMember::MachinesNodes) : kGiven;
    for (const Forms &nodes : group.nodes) {
      for (size_t o = 0; o < carrying.size(); ++o) {
        Form missing = carrying[o];
        missing.Add(nodes[o], -1);
        if (is_all) {
          instance_.builder.Equal(missing, 0, cause);
        } else {
          instance_.builder.AtMost(missing, 0, cause);
        }
      }
    }
  }

  void Place(uint32_t c, const Form &held, const Form &bound, bool is_kept) {
    const int64_t reach = packing_.components[c].reach;
    const Form there = Form::Of(instance_.builder.Count(0, reach, reach, kGiven));
    packing_.placed.back()[c] = there;
    packing_.kept.back()[c] = is_kept ? 1 : 0;
    Form over = there;
    over.Add(held, -1);
    instance_.builder.AtMost(over, 0, kGiven);
    if (!is_kept) return;
    Form under = bound;
    under.Add(there, -1);
    instance_.builder.AtMost(under, 0, kGiven);
  }

  auto PlacedOf(uint32_t c) const -> Form {
    Form sum;
    for (const std::vector<Form> &on_group : packing_.placed) sum.Add(on_group[c]);
    return sum;
  }

  void TieCopies(uint32_t c) {
    const Component &component = packing_.components[c];
    for (const Form &copies : component.copies) {
      Form missing = PlacedOf(c);
      missing.Add(copies, -1);
      missing.Tidy();
      if (!missing.is_constant()) {
        instance_.builder.Equal(missing, 0, component.cause);
      } else if (!missing.constant.is_zero()) {
        instance_.builder.AtMost({}, -1, component.cause);
      }
    }
  }

  void TieToOthers(uint32_t c) {
    const EntityId id = IdOf(c);
    for (const uint32_t other : NumbersIn(id, KnownMember::ComponentRequires)) {
      Form missing = PlacedOf(c);
      missing.Add(PlacedOf(other), -packing_.components[c].reach);
      instance_.builder.AtMost(missing, 0, CauseOf(id, KnownMember::ComponentRequires));
    }
    const Value ratios = reader_.Get(id, KnownMember::ComponentRatios);
    if (ratios.tag != ValueTag::List) return;
    for (const Value &ratio : ratios.elements()) {
      const Value of = reader_.Field(ratio, "of");
      const Value copies = reader_.Field(ratio, "copies"), per = reader_.Field(ratio, "per");
      if (of.tag != ValueTag::Entity || copies.tag != ValueTag::Number ||
          per.tag != ValueTag::Number) {
        continue;
      }
      Form missing;
      missing.Add(PlacedOf(number_of_.at(Index(of.entity))), copies.number);
      missing.Add(PlacedOf(c), Negate(per.number));
      instance_.builder.AtMost(missing, 0, CauseOf(id, KnownMember::ComponentRatios));
    }
  }

  auto CauseOf(EntityId id, KnownMember member) -> Cause {
    return instance_.builder.CauseOf(
        {.of = CauseInfo::Of::Shape, .entity = id, .slot = reader_.known.slot(member)});
  }

  static constexpr int64_t kMostNodes = 1'000'000;
  static constexpr int64_t kFewMore = 1'000;

  Instance &instance_;
  Reader &reader_;
  Packing &packing_;
  std::map<uint32_t, uint32_t> number_of_;
  std::vector<Item> items_;
  std::array<int64_t, kResources> unit_ = {1, 1, 1};
  // The items of the group that is being packed.
  std::vector<uint32_t> local_;
  std::vector<Item> local_items_;
};

}  // namespace

void AddPacking(Instance &instance) { Packer(instance).Pack(); }

auto Packing::IsOn(Instance &instance, EntityId component, EntityId group,
                   const std::vector<int64_t> *values) -> Form {
  for (uint32_t g = 0; g < placed.size(); ++g) {
    if (instance.machines[g].id != group) continue;
    for (uint32_t c = 0; c < components.size(); ++c) {
      if (components[c].id != component) continue;
      Form there = placed[g][c];
      there.Tidy();
      if (there.is_constant()) return {};
      if (values != nullptr) return Form::Of(Rational(there.ValueAt(*values).sign() > 0 ? 1 : 0));
      const auto [at, is_new] = is_on_.try_emplace({c, g});
      if (!is_new) return at->second;
      const ColumnId is_on = instance.builder.Boolean();
      Form some = Form::Of(is_on);
      some.Add(there, -1);
      instance.builder.AtMost(some, 0, kGiven);
      there.Add(Form::Of(is_on), -components[c].reach);
      instance.builder.AtMost(there, 0, kGiven);
      at->second = Form::Of(is_on);
      return at->second;
    }
  }
  return {};
}

}  // namespace groma::solve
