// SPDX-License-Identifier: Apache-2.0
// Reads what the schedule must know of a plan.
#pragma once

#include "groma/evaluate/plan_source.h"

namespace groma::schedule {

using base::Date;
using base::Rational;
using diagnostics::Sink;
using evaluate::FirstDayOf;
using evaluate::LastDayOf;
using evaluate::Source;
using plan::EntityId;
using plan::Index;
using plan::IsSome;
using plan::KnownKind;
using plan::KnownMember;
using plan::Value;
using plan::ValueTag;

}  // namespace groma::schedule
