// SPDX-License-Identifier: Apache-2.0
// Figures as people read them.
#pragma once

#include <string>

#include "groma/acceptance/suite.h"

namespace groma::lower::validation {

// Figures are small: what overflows here is a mistake of groma's.
auto Times(const base::Rational &a, const base::Rational &b) -> base::Rational;
auto Over(const base::Rational &a, const base::Rational &b) -> base::Rational;

// At most so many digits behind the point, and no zeros at the end.
auto Digits(const base::Rational &number, int digits = 2) -> std::string;
// "1 node", "2 nodes".
auto Many(int64_t count, const std::string &thing) -> std::string;
auto WithUnit(const base::Rational &number, acceptance::Unit unit) -> std::string;
auto NameOf(acceptance::Unit unit) -> std::string;  // "GB/s"
// The unit of the language in which the figure is read.
auto PlanUnit(const std::string &figure, acceptance::Unit unit) -> std::string;
// How an `expect` names it: "all_reduce.busbw".
auto ExpectOf(const std::string &figure) -> std::string;
auto UnitOf(const std::string &figure) -> acceptance::Unit;

}  // namespace groma::lower::validation
