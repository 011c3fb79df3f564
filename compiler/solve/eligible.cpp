// SPDX-License-Identifier: Apache-2.0
#include "eligible.h"

#include "groma/syntax/tree.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

// `>= 80 GB` and the like.
auto Keeps(const Value &bound, Rational value) -> bool {
  if (bound.tag != ValueTag::Bound || bound.elements()[0].tag != ValueTag::Number) return true;
  const Rational limit = bound.elements()[0].number;
  switch (static_cast<syntax::BoundOp>(bound.op)) {
    case syntax::BoundOp::LessEqual:
      return value <= limit;
    case syntax::BoundOp::Less:
      return value < limit;
    case syntax::BoundOp::GreaterEqual:
      return value >= limit;
    case syntax::BoundOp::Greater:
      return value > limit;
    default:
      return value == limit;
  }
}

}  // namespace

auto Eligibility::NeedsOf(EntityId workload) -> const Needs & {
  if (needs_.id != workload) {
    needs_ = {workload, reader_.Get(workload, KnownMember::WorkloadGpu),
              reader_.Get(workload, KnownMember::WorkloadRunsOn),
              reader_.Get(workload, KnownMember::WorkloadOnlyOn),
              reader_.Get(workload, KnownMember::WorkloadUsers)};
  }
  return needs_;
}

auto Eligibility::WhatForbids(const Workload &workload, const Pool &pool, const PoolOffer &offer)
    -> std::optional<Cause> {
  const Needs &needs = NeedsOf(workload.id);
  const auto by = [&](KnownMember member) { return instance_.FieldCause(workload.id, member); };
  if (offer.gpus.sign() <= 0) return instance_.FieldCause(pool.id, KnownMember::PoolSku);
  const bool is_listed = needs.only_on.tag != ValueTag::List || needs.only_on.elements().empty() ||
                         llvm::any_of(needs.only_on.elements(), [&](const Value &v) {
                           return v.tag == ValueTag::Entity && v.entity == pool.id;
                         });
  if (!is_listed) return by(KnownMember::WorkloadOnlyOn);
  if (offer.usable.first > workload.months.first) {
    return instance_.FieldCause(pool.id, KnownMember::PoolRentedFrom);
  }
  if (offer.usable.last < workload.months.last) {
    return instance_.FieldCause(pool.id, KnownMember::PoolRetire);
  }
  if (!FitsGpu(needs, offer)) return by(KnownMember::WorkloadGpu);
  if (!RunsOn(needs, reader_.Get(pool.id, KnownMember::PoolRunsOn))) {
    return by(KnownMember::WorkloadRunsOn);
  }
  if (!IsNear(needs, offer)) return by(KnownMember::WorkloadUsers);
  return std::nullopt;
}

auto Eligibility::FitsGpu(const Needs &needs, const PoolOffer &offer) -> bool {
  const Value memory = reader_.Field(needs.gpu, "memory");
  if (memory.tag == ValueTag::Bound) {
    const auto have = reader_.Number(offer.gpu_model, KnownMember::GpuModelMemory);
    if (!have || !Keeps(memory, *have)) return false;
  }
  const Value interconnect = reader_.Field(needs.gpu, "interconnect");
  if (interconnect.tag == ValueTag::Enum) {
    // Faster ones come later.
    const Value have = reader_.Get(offer.sku, KnownMember::SkuInterconnect);
    if (have.tag != ValueTag::Enum || have.aux < interconnect.aux) return false;
  }
  const Value models = reader_.Field(needs.gpu, "models");
  return models.tag != ValueTag::List || models.elements().empty() ||
         llvm::any_of(models.elements(), [&](const Value &v) {
           return v.tag == ValueTag::Entity && v.entity == offer.gpu_model;
         });
}

auto Eligibility::RunsOn(const Needs &needs, const Value &runs_on) -> bool {
  if (needs.runs_on.tag != ValueTag::List || needs.runs_on.elements().empty()) return true;
  return llvm::any_of(needs.runs_on.elements(), [&](const Value &wanted) {
    if (wanted.tag != ValueTag::Union || runs_on.tag != ValueTag::Union) return false;
    if (wanted.aux != runs_on.aux) return false;
    const Value version = reader_.Field(wanted, "version");
    return version.is_none() || plan::Compare(version, reader_.Field(runs_on, "version")) == 0;
  });
}

// Users without a bound may be anywhere. A distance that nobody knows is not held against a pool.
auto Eligibility::IsNear(const Needs &needs, const PoolOffer &offer) -> bool {
  if (needs.users.tag != ValueTag::List) return true;
  Distances distances(reader_);
  return llvm::all_of(needs.users.elements(), [&](const Value &group) {
    const Value bound = reader_.Field(group, "latency");
    if (bound.tag != ValueTag::Bound) return true;
    const Value site = reader_.Field(group, "site");
    const auto trip = site.tag == ValueTag::Entity
                          ? distances.Between(site.entity, offer.site)
                          : distances.FromGeography(reader_.Field(group, "geography"), offer.site);
    return !trip || Keeps(bound, *trip);
  });
}

}  // namespace groma::solve
