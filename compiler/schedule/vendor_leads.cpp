// SPDX-License-Identifier: Apache-2.0
#include "vendor_leads.h"

#include <set>

#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {

auto VendorsByLead(Source &source, const Steps &steps) -> std::vector<EntityId> {
  std::map<plan::OriginId, EntityId> leads;
  for (const EntityId vendor : source.All(KnownKind::Vendor)) {
    if (!source.Has(vendor, KnownMember::VendorLead)) continue;
    leads.emplace(source.evaluator.Read(vendor, source.known.slot(KnownMember::VendorLead)).origin,
                  vendor);
  }
  std::vector<EntityId> vendors(steps.list.size());
  for (uint32_t i = 0; i < steps.list.size(); ++i) {
    const Step &step = steps.list[i];
    if (!step.duration) continue;
    std::vector<plan::OriginId> next = {
        source.evaluator.Read(step.id, source.known.slot(KnownMember::TaskDuration)).origin};
    std::set<plan::OriginId> seen;
    for (size_t k = 0; k < next.size() && !IsSome(vendors[i]); ++k) {
      if (!IsSome(next[k]) || !seen.insert(next[k]).second) continue;
      if (const auto found = leads.find(next[k]); found != leads.end()) vendors[i] = found->second;
      llvm::append_range(next, source.environment.origins.origin(next[k]).premises);
    }
  }
  return vendors;
}

}  // namespace groma::schedule
