// SPDX-License-Identifier: Apache-2.0
// What it costs that data leave a site, where the plan states a price of the site by the gigabyte.
#include "network.h"
#include "prices.h"

namespace groma::solve {

void AddEgress(Instance &instance, const Network &network) {
  Reader &reader = instance.reader;
  if (reader.suspended.Has("egress")) return;
  Prices prices(reader);
  for (const EntityId site : reader.All(KnownKind::Site)) {
    for (const UnitPrice &price : prices.OfThing(site, reader.OffersOf(site), 0, {site})) {
      if (price.by != UnitPrice::By::Data || price.per != UnitPrice::Per::Once) continue;
      for (int t = price.months.first; t <= price.months.last; ++t) {
        Form amount = network.LeavingFrom(site, t);
        amount.Tidy();
        if (amount.is_constant() && amount.constant.is_zero()) continue;
        amount.Scale(base::Mul(price.amount, reader.months().hours(t) * 3600).value_or(0));
        instance.costs.push_back({site, CostLine::Egress, t, std::move(amount)});
      }
    }
  }
}

}  // namespace groma::solve
