// SPDX-License-Identifier: Apache-2.0
// Reads the pools: what a node is and draws under each offer, and how many there are when.
#include "instance.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

// Where what is made of nodes says the same.
struct Members {
  KnownMember site = KnownMember::PoolSite;
  KnownMember sku = KnownMember::PoolSku;
  KnownMember contract = KnownMember::PoolRentedContract;
  KnownMember nodes = KnownMember::PoolNodes;
  KnownMember retire = KnownMember::PoolRetire;
};
constexpr Members kOfMachines = {KnownMember::MachinesSite, KnownMember::MachinesSku,
                                 KnownMember::MachinesContract, KnownMember::MachinesNodes,
                                 KnownMember::MachinesRetire};

class PoolReader {
 public:
  explicit PoolReader(Instance &instance, Members members = {})
      : instance_(instance), reader_(instance.reader), members_(members) {}

  auto Read(EntityId id) -> Pool {
    Pool pool;
    pool.id = id;
    pool.is_owned = reader_.IsA(id, KnownKind::PoolOwned);
    pool.offers = reader_.OffersOf(id);
    ReadOffers(pool, {EntityId{}});
    ReadNodes(pool);
    return pool;
  }

  // Each of several sizes comes under all offers, one size after the other.
  auto ReadMachines(EntityId id) -> Pool {
    Pool pool;
    pool.id = id;
    pool.price = KnownMember::MachinesPrice;
    pool.offers = reader_.OffersOf(id);
    std::vector<EntityId> sizes;
    const Value listed = reader_.Get(id, KnownMember::MachinesSizes);
    if (listed.tag == ValueTag::List) {
      for (const Value &size : listed.elements()) {
        const bool is_new = size.tag == ValueTag::Entity && !llvm::is_contained(sizes, size.entity);
        if (is_new) sizes.push_back(size.entity);
      }
    }
    if (sizes.empty()) sizes.push_back({});
    ReadOffers(pool, sizes);
    ReadNodes(pool);
    for (const PoolOffer &offer : pool.by_offer) {
      pool.is_owned |= !reader_.IsA(offer.site, KnownKind::SiteCloud);
    }
    return pool;
  }

 private:
  auto Get(const Pool &pool, size_t offer, KnownMember member) -> Value {
    return reader_.Get(pool.id, member, pool.offers, offer);
  }
  void ReadOffers(Pool &pool, llvm::ArrayRef<EntityId> sizes) {
    const Forms &chosen = instance_.ChosenOf(pool.offers);
    for (const EntityId size : sizes) {
      for (size_t offer = 0; offer < pool.offers.count; ++offer) {
        pool.by_offer.push_back(ReadOffer(pool, offer, size));
        pool.by_offer.back().chosen = chosen[offer];
      }
    }
  }

  static auto EntityOf(const Value &value) -> EntityId {
    return value.tag == ValueTag::Entity ? value.entity : EntityId{};
  }

  auto ReadOffer(const Pool &pool, size_t offer, EntityId sku) -> PoolOffer {
    PoolOffer out;
    out.site = EntityOf(Get(pool, offer, members_.site));
    out.sku = IsSome(sku) ? sku : EntityOf(Get(pool, offer, members_.sku));
    out.contract = Get(pool, offer, members_.contract);
    out.family = reader_.EntityIn(out.sku, KnownMember::VmSizeFamily);
    out.gpu_model = reader_.EntityIn(out.sku, KnownMember::SkuGpu);
    out.gpus = reader_.Number(out.sku, KnownMember::SkuGpus).value_or(0);
    out.vcpus = reader_.Number(out.sku, KnownMember::SkuVcpus).value_or(0);
    // What the floor must be able to carry is the most that a node draws; what is paid for is what
    // it usually draws, where that is known.
    const auto most = reader_.Number(out.sku, KnownMember::ServerPower);
    const auto usual = reader_.Number(out.sku, KnownMember::ServerTypicalPower);
    const Rational fabric = FabricPower(Get(pool, offer, KnownMember::PoolFabric));
    out.power = base::Add(most ? *most : usual.value_or(0), fabric).value_or(0);
    out.energy = base::Add(usual ? *usual : most.value_or(0), fabric).value_or(0);
    out.racks = RacksOf(out);
    ReadLife(pool, offer, out);
    return out;
  }

  // A rack holds so many nodes by their size, and so many by their power; the fewer count. Where
  // the server's maker says how many, that is the size.
  auto RacksOf(const PoolOffer &offer) -> Rational {
    Rational racks;
    if (const auto per_rack = reader_.Number(offer.sku, KnownMember::ServerPerRack)) {
      racks = base::Div(1, *per_rack).value_or(0);
    } else if (const auto height = reader_.Number(offer.sku, KnownMember::ServerHeight)) {
      racks = OnePer(base::Div(kUnitsInARack, *height));
    }
    if (const auto limit = reader_.Number(offer.site, KnownMember::SiteRackPower)) {
      if (offer.power.sign() > 0) racks = std::max(racks, OnePer(base::Div(*limit, offer.power)));
    }
    return racks;
  }
  // Whole nodes fit into a rack; what is larger than one takes whole racks.
  static auto OnePer(std::optional<Rational> fits) -> Rational {
    if (!fits || fits->sign() <= 0) return 0;
    if (*fits >= Rational(1)) return base::Div(1, fits->Floor()).value_or(0);
    return base::Div(1, *fits).value_or(0).Ceil();
  }

  // The share of a node in the switches of a two-level network without blocking: each of its ports
  // takes one of a leaf, one of a leaf towards the spine, and one of the spine.
  auto FabricPower(const Value &fabric) -> Rational {
    if (fabric.tag != ValueTag::Union) return 0;
    const auto &tag = reader_.model.unions[fabric.items.decl].tags[fabric.aux];
    const bool is_infiniband = reader_.model.text(tag.name) == "infiniband";
    const Value rate = reader_.Field(fabric, "rate");
    const Value rails = reader_.Field(fabric, "rails");
    if (rate.tag != ValueTag::Number || rails.tag != ValueTag::Number) return 0;
    std::optional<Rational> best;
    for (const SwitchModel &model : Switches()) {
      if (model.is_infiniband != is_infiniband || model.rate != rate.number) continue;
      if (!best || model.per_port < *best) best = model.per_port;
    }
    if (!best) return 0;
    const auto ports = base::Mul(rails.number, 3);
    return ports ? base::Mul(*ports, *best).value_or(0) : Rational(0);
  }

  struct SwitchModel {
    bool is_infiniband = false;
    Rational rate, per_port;
  };
  // The switches of the plan's catalogues, if it imports one.
  auto Switches() -> const std::vector<SwitchModel> & {
    if (switches_) return *switches_;
    switches_.emplace();
    const plan::KindId kind = reader_.known.kind(KnownKind::FabricGear);
    if (!IsSome(kind)) return *switches_;
    for (const plan::Catalogue &catalogue : reader_.model.catalogues) {
      if (!IsSome(catalogue.kind) || !reader_.model.IsA(catalogue.kind, kind)) continue;
      for (const EntityId entry : catalogue.entries) AddSwitch(entry);
    }
    return *switches_;
  }
  void AddSwitch(EntityId entry) {
    const auto ports = reader_.Number(entry, KnownMember::FabricGearPorts);
    const auto rate = reader_.Number(entry, KnownMember::FabricGearRate);
    auto power = reader_.Number(entry, KnownMember::FabricGearPower);
    if (!power) power = reader_.Number(entry, KnownMember::FabricGearTypicalPower);
    const Value role = reader_.Get(entry, KnownMember::FabricGearRole);
    const Value technology = reader_.Get(entry, KnownMember::FabricGearTechnology);
    if (!ports || !rate || !power || ports->sign() <= 0 || TagOf(role) != "switch") return;
    switches_->push_back(
        {TagOf(technology) == "infiniband", *rate, base::Div(*power, *ports).value_or(0)});
  }
  auto TagOf(const Value &value) const -> llvm::StringRef {
    if (value.tag != ValueTag::Enum) return "";
    return reader_.model.text(reader_.model.enums[Index(value.enumeration)].tags[value.aux]);
  }

  void ReadLife(const Pool &pool, size_t offer, PoolOffer &out) {
    const Months &months = reader_.months();
    MonthRange present{0, months.count - 1}, usable = present;
    present.first = instance_.FirstMonthOf(pool.id);
    if (const auto from = reader_.FirstDay(Get(pool, offer, KnownMember::PoolRentedFrom))) {
      present.first = std::max(present.first, months.Of(*from));
      usable.first = std::max(usable.first, months.Of(from->AddDays(-1)) + 1);
    }
    // A pool serves until the day before it is given back.
    if (const auto end = reader_.FirstDay(Get(pool, offer, members_.retire))) {
      present.last = std::min(present.last, months.Of(end->AddDays(-1)));
      usable.last = std::min(usable.last, months.Of(*end) - 1);
    }
    out.present = present;
    out.usable = usable;
  }

  void ReadNodes(Pool &pool) {
    const Value nodes = reader_.Get(pool.id, members_.nodes);
    if (const plan::UnknownId own = OwnCount(nodes, pool.id); IsSome(own)) {
      const CountVariable &count = instance_.CountOf(own);
      pool.phases = count.phases;
      pool.nodes = count.value;
      return;
    }
    for (int t = 0; t < std::max(1, reader_.months().count); ++t) {
      if (t > 0 && nodes.tag != ValueTag::Curve) {
        pool.phases.back().last = t;
        continue;
      }
      Forms forms = NodesIn(pool, nodes, t);
      pool.phases.push_back({t, t});
      pool.nodes.push_back(std::move(forms));
    }
  }

  // The unknown that is the number as a whole; none if it is anything else.
  auto OwnCount(const Value &nodes, EntityId id) const -> plan::UnknownId {
    if (nodes.tag != ValueTag::Linear || nodes.linear->terms.size() != 1) return {};
    const plan::Term &term = nodes.linear->terms.front();
    if (term.of != plan::Term::Of::Count || !term.choices.empty() || term.coefficients[0] != 1) {
      return {};
    }
    const plan::Unknown &unknown = reader_.environment.unknowns[term.variable];
    return unknown.entity == id ? static_cast<plan::UnknownId>(term.variable) : plan::UnknownId{};
  }

  auto NodesIn(const Pool &pool, const Value &nodes, int t) -> Forms {
    Forms forms;
    if (nodes.tag == ValueTag::Linear &&
        instance_.LinearForms(*nodes.linear, pool.offers, t, forms)) {
      return forms;
    }
    forms.clear();
    const bool is_whole = nodes.tag == ValueTag::Number && nodes.number.is_integer();
    if (is_whole && pool.offers.count == 1 && nodes.number.sign() > 0) {
      const int64_t number = nodes.number.Floor();
      if (number < kMostFixed) {
        const int64_t reach = std::max<int64_t>(number * 8, number + 1000);
        return {Form::Of(instance_.builder.Fixed(
            number, reach, instance_.FieldCause(pool.id, members_.nodes)))};
      }
    }
    for (size_t offer = 0; offer < pool.offers.count; ++offer) {
      const Value value = reader_.At(nodes, pool.offers, offer);
      Form form;
      form.Add(pool.by_offer[offer].chosen, reader_.NumberIn(value, t).value_or(0));
      forms.push_back(form);
    }
    return forms;
  }

  static constexpr int64_t kUnitsInARack = 42;
  // More nodes than that are a number like any other.
  static constexpr int64_t kMostFixed = 1'000'000;

  Instance &instance_;
  Reader &reader_;
  const Members members_;
  std::optional<std::vector<SwitchModel>> switches_;
};

}  // namespace

void AddPools(Instance &instance) {
  PoolReader reader(instance);
  for (const EntityId id : instance.reader.All(KnownKind::Pool)) {
    instance.pools.push_back(reader.Read(id));
  }
}

void AddMachines(Instance &instance) {
  PoolReader reader(instance, kOfMachines);
  for (const EntityId id : instance.reader.All(KnownKind::Machines)) {
    instance.machines.push_back(reader.ReadMachines(id));
  }
}

}  // namespace groma::solve
