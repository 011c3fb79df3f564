// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/lock.h"

#include <algorithm>
#include <map>
#include <set>

#include "groma/plan/print.h"

namespace groma::plan {
namespace {

constexpr llvm::StringLiteral kHeader =
    "// What groma decided, so that an unrelated edit moves nothing. `groma compile` writes this file,\n"
    "// `groma update` decides anew.\n";

auto IsConflict(llvm::StringRef line) -> bool {
  for (const llvm::StringRef marker : {"<<<<<<<", "|||||||", "=======", ">>>>>>>"}) {
    if (line.starts_with(marker)) return true;
  }
  return false;
}

// `prod serve.sku = a` or, in a plan without environments, `serve.sku = a`.
auto ReadLine(llvm::StringRef line, Pin &pin) -> bool {
  const size_t equals = line.find(" = ");
  if (equals == llvm::StringRef::npos) return false;
  llvm::StringRef name = line.take_front(equals).trim();
  pin.value = line.drop_front(equals + 3).trim().str();
  if (const size_t blank = name.find(' '); blank != llvm::StringRef::npos) {
    pin.environment = name.take_front(blank).str();
    name = name.drop_front(blank).ltrim();
  }
  pin.name = name.str();
  // Every name in a lock is one of a field.
  return !pin.value.empty() && name.contains('.') && !name.contains(' ');
}

}  // namespace

auto ReadLock(llvm::StringRef text, uint32_t base) -> Lock {
  Lock lock;
  std::set<std::pair<std::string, std::string>> known;
  bool is_in_conflict = false;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const llvm::StringRef line = text.slice(at, end).rtrim();
    const auto begin = static_cast<uint32_t>(base + at);
    at = end + 1;
    if (line.trim().empty() || line.ltrim().starts_with("//")) continue;
    Pin pin;
    pin.span = {begin, static_cast<uint32_t>(begin + line.size())};
    // Told once, where it begins; what stands in it is nobody's line yet.
    const bool was_in_conflict = is_in_conflict;
    if (line.starts_with("<<<<<<<")) is_in_conflict = true;
    if (line.starts_with(">>>>>>>")) is_in_conflict = false;
    if (was_in_conflict) continue;
    if (IsConflict(line)) {
      lock.faults.push_back({LockFault::Of::Conflict, pin.span, {}});
    } else if (!ReadLine(line, pin)) {
      lock.faults.push_back({LockFault::Of::Syntax, pin.span, {}});
    } else if (!known.emplace(pin.key()).second) {
      lock.faults.push_back({LockFault::Of::Twice, pin.span, pin});
    } else {
      lock.pins.push_back(std::move(pin));
    }
  }
  return lock;
}

auto WriteLock(std::vector<Pin> pins) -> std::string {
  std::sort(pins.begin(), pins.end(), [](const Pin &a, const Pin &b) { return a.key() < b.key(); });
  std::string out = kHeader.str();
  std::string last;
  for (const Pin &pin : pins) {
    const std::string prefix = pin.environment.empty() ? "" : pin.environment + " ";
    const std::string entity = prefix + llvm::StringRef(pin.name).rsplit('.').first.str();
    if (entity != last) out += "\n";
    last = entity;
    out += prefix + pin.name + " = " + pin.value + "\n";
  }
  return out;
}

auto PinsOf(const Plan &plan) -> std::vector<Pin> {
  const Model &model = *plan.model;
  const std::string environment = model.text(plan.environment.name).str();
  std::vector<Pin> pins;
  for (const Decisions::Choice &choice : plan.decisions->choices) {
    const Kind &kind = model.kind(model.entity(choice.entity).kind);
    const std::string field = model.text(kind.members.list[choice.slot].name).str();
    pins.push_back({environment, model.FullName(choice.entity) + "." + field,
                    Print(model, choice.value), choice.pinned});
  }
  // Addresses, which must not move when others are added, and which one of several has something.
  for (const Decisions::Result &result : plan.decisions->results) {
    if (!result.is_kept) continue;
    const Kind &kind = model.kind(model.entity(result.entity).kind);
    const std::string field = model.text(kind.members.list[result.slot].name).str();
    pins.push_back({environment, model.FullName(result.entity) + "." + field,
                    Print(model, result.value), {}});
  }
  std::map<std::string, std::string> places;
  for (const Placement &placement : plan.placements) {
    if (!placement.is_choice) continue;
    std::string &list = places[model.FullName(placement.workload)];
    list += (list.empty() ? "[" : ", ") + model.FullName(placement.pool);
  }
  for (const auto &[workload, list] : places) {
    pins.push_back({environment, workload + "." + kPlacedOn.str(), list + "]", {}});
  }
  return pins;
}

}  // namespace groma::plan
