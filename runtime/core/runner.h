// SPDX-License-Identifier: Apache-2.0
// Runs tests: in threads of this process, or in a child process for each variant.
#pragma once

#include <string>
#include <vector>

#include "core/options.h"
#include "core/record.h"
#include "groma/runtime/suite.h"

namespace groma::runtime {

// Tests of the tier, by name if names are given, that run in a variant.
auto TestsOf(const Suite &suite, const Options &options, Variant variant)
    -> std::vector<const Test *>;
auto VariantsOf(const Suite &suite, const Options &options) -> std::vector<Variant>;

// Runs one variant here. `index` keeps the ports of variants apart. What is returned counts at the
// first process only; others know the same verdicts.
auto RunVariant(const Suite &suite, const Options &options, Variant variant, int index)
    -> RunRecord;

// Runs one variant in a child, which is killed when its time is over.
auto RunChild(const Suite &suite, const Options &options, Variant variant, int index,
              const std::vector<std::string> &arguments) -> RunRecord;
// What the child leaves for its parent.
auto PartPath(const Options &options, Variant variant) -> std::string;

// A record in which each test of the variant is inconclusive, and one thing has failed.
auto BrokenRecord(const Suite &suite, const Options &options, Variant variant,
                  const std::string &component, const std::string &says) -> RunRecord;

auto BudgetOf(Tier tier) -> int;  // seconds
void Merge(RunRecord &whole, RunRecord part);

}  // namespace groma::runtime
