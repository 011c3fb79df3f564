// SPDX-License-Identifier: Apache-2.0
// What leads to a date: the steps before it, the lines of the plan that say how long these take, and
// the choices on which that depends.
#pragma once

#include <set>

#include "layout.h"
#include "schedule.h"

namespace groma::schedule {

class Leads {
 public:
  Leads(Source &source, const Steps &steps, const Layout &layout,
        const plan::Decisions &decisions);

  // Of tasks each of which waits for the one before it, with their dates. `is_held`: some of them
  // wait for people too.
  auto Of(llvm::ArrayRef<timing::TaskId> chain, const timing::Analysis &analysis, bool is_held)
      -> Lead;

  auto Name(uint32_t step) const -> std::string;
  auto SpanOfField(EntityId id, KnownMember member) -> source::Span;

 private:
  void AddLine(uint32_t step, timing::TaskId task, const timing::Analysis &analysis, bool is_held,
               Lead &lead);
  void AddFreeze(const Freeze &freeze, const std::string &text, Lead &lead);
  void AddChoices(const Step &step, Lead &lead);
  void Visit(plan::OriginId origin, Lead &lead);
  // The nearest reason that stands in the plan itself.
  auto StatedIn(plan::OriginId origin) -> std::optional<source::Span>;

  Source &source_;
  const Steps &steps_;
  const Layout &layout_;
  const plan::Decisions &decisions_;
  // The origins of choices, by their numbers.
  std::map<plan::OriginId, size_t> choices_;
  std::set<plan::OriginId> seen_;
};

}  // namespace groma::schedule
