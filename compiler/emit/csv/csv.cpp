// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/csv/csv.h"

#include "groma/emit/csv/tables.h"

namespace groma::emit {

auto Csv(plan::Plan &plan, plan::EntityId target, diagnostics::Sink &sink)
    -> std::vector<output::File> {
  csv::Tables tables(plan, target);
  std::vector<output::File> files = {PrintCsv(tables.Schedule()), PrintCsv(tables.Costs()),
                                     PrintCsv(tables.Capacity()), PrintCsv(tables.Risks())};
  if (!plan.scenarios.empty()) files.push_back(PrintCsv(tables.Scenarios()));
  return files;
}

}  // namespace groma::emit
