// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/validation/numbers.h"

#include "groma/base/check.h"
#include "llvm/ADT/StringRef.h"

namespace groma::lower::validation {

using acceptance::Unit;
using base::Rational;

auto Times(const Rational &a, const Rational &b) -> Rational {
  const auto product = base::Mul(a, b);
  base::Check(product.has_value(), "figures of hardware fit");
  return *product;
}

auto Over(const Rational &a, const Rational &b) -> Rational {
  const auto quotient = base::Div(a, b);
  base::Check(quotient.has_value(), "figures of hardware fit");
  return *quotient;
}

auto Digits(const Rational &number, int digits) -> std::string {
  int64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  const int64_t scaled = Times(number, scale).Round();
  std::string text = std::to_string(scaled < 0 ? -scaled : scaled);
  const auto places = static_cast<size_t>(digits);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  std::string fraction = text.substr(text.size() - places);
  text.resize(text.size() - places);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return (scaled < 0 ? "-" : "") + text + (fraction.empty() ? "" : "." + fraction);
}

auto NameOf(Unit unit) -> std::string {
  switch (unit) {
    case Unit::GigabytesPerSecond: return "GB/s";
    case Unit::GigabitsPerSecond: return "Gb/s";
    case Unit::TeraOperations: return "TOPS";
    case Unit::Microseconds: return "us";
  }
  return "";
}

auto Many(int64_t count, const std::string &thing) -> std::string {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

auto WithUnit(const Rational &number, Unit unit) -> std::string {
  // Lines between sites carry parts of a gigabit.
  return Digits(number, unit == Unit::GigabitsPerSecond ? 3 : 2) + " " + NameOf(unit);
}

auto UnitOf(const std::string &figure) -> Unit {
  const llvm::StringRef name = figure;
  if (name == "port" || name == "line" || name == "both_ways" || name == "flows") {
    return Unit::GigabitsPerSecond;
  }
  if (name == "round_trip" || name.ends_with("_latency")) return Unit::Microseconds;
  const bool is_speed = name == "int8" || name == "tf32" || name == "bf16" ||
                        (name.starts_with("fp") && name.size() <= 4);
  return is_speed ? Unit::TeraOperations : Unit::GigabytesPerSecond;
}

auto ExpectOf(const std::string &figure) -> std::string {
  const llvm::StringRef name = figure;
  if (name.ends_with("_latency")) return name.drop_back(8).str() + ".latency";
  if (UnitOf(figure) == Unit::TeraOperations) return "compute." + figure;
  if (name == "peer") return "peer_to_peer.bandwidth";
  if (name == "line" || name == "both_ways" || name == "round_trip") return figure;
  if (name == "flows") return "";  // flows of the plan state it
  const bool is_copy = name == "host_to_device" || name == "device_to_host" || name == "memory" || name == "port";
  return figure + (is_copy ? ".bandwidth" : ".busbw");
}

auto PlanUnit(const std::string &figure, Unit unit) -> std::string {
  switch (unit) {
    case Unit::GigabytesPerSecond: return "GB/s";
    case Unit::GigabitsPerSecond: return "Gbps";
    case Unit::TeraOperations: return figure == "int8" ? "tops" : "TFLOPS";
    case Unit::Microseconds: return "us";
  }
  return "";
}

}  // namespace groma::lower::validation
