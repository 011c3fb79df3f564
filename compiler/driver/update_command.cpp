// SPDX-License-Identifier: Apache-2.0
// `groma update`: takes pins off, and decides anew what they held.
#include "disk.h"
#include "groma/base/suggest.h"
#include "llvm/ADT/STLExtras.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {
namespace {

// `train` names all that is pinned of it, `train.nodes` one line.
auto Names(llvm::StringRef name, const plan::Pin &pin) -> bool {
  llvm::StringRef rest = pin.name;
  return rest.consume_front(name) && (rest.empty() || rest.front() == '.');
}

// What stays pinned; nothing, after a report, if a name is that of no pin.
auto PinsLeft(Session &session) -> std::optional<std::vector<plan::Pin>> {
  const auto &names = session.arguments.operands;
  const auto &environments = session.arguments.environments;
  std::vector<plan::Pin> left;
  for (const plan::Pin &pin : session.lock.lock.pins) {
    const bool is_meant = names.empty() || llvm::any_of(names, [&](const std::string &name) {
                            return Names(name, pin);
                          });
    const bool is_here = environments.empty() || llvm::is_contained(environments, pin.environment);
    if (!is_meant || !is_here) left.push_back(pin);
  }
  bool is_known = true;
  for (const std::string &name : names) {
    const auto &pins = session.lock.lock.pins;
    if (llvm::any_of(pins, [&](const plan::Pin &pin) { return Names(name, pin); })) continue;
    is_known = false;
    auto report = session.sink.Report(message::NothingPinned, {}, session.lock.path, name);
    base::Suggestion suggestion(name);
    for (const plan::Pin &pin : pins) {
      suggestion.Consider(pin.name);
      suggestion.Consider(llvm::StringRef(pin.name).rsplit('.').first);
    }
    if (const auto best = suggestion.best()) report.Help("did you mean `" + best->str() + "`?");
    if (KindOf(name) != PathKind::Missing) report.Help("`--plan " + name + "` says which plan is meant");
  }
  if (!is_known) return std::nullopt;
  return left;
}

}  // namespace

auto RunUpdate(Session &session) -> int {
  std::string out;
  // Who decides everything anew does not mind that a line cannot be read.
  session.ignores_lock =
      session.arguments.operands.empty() && session.arguments.environments.empty();
  if (!session.LoadPlan(session.arguments.plan.empty() ? "." : session.arguments.plan)) {
    return session.Finish("");
  }
  pipeline::Result result = session.Check(true);
  auto options = session.SolveOptions(*result.model);
  const auto left = PinsLeft(session);
  if (!options || !left) return session.Finish("");
  options->pins = *left;
  const auto plans = session.Solve(result, *options);
  if (!session.sink.has_errors()) {
    const auto pins = NewPins(session.lock, plans, !session.arguments.environments.empty());
    for (const LockChange &change : ChangesOf(session.lock, pins)) out += change.text + "\n";
    if (out.empty()) out = "nothing changes\n";
    out += UpdateLockFile(session.lock, pins, session.sink);
  }
  if (session.quiet() || session.arguments.format != "text") out.clear();
  return session.Finish(out, /*report_is_product=*/true);
}

}  // namespace groma::driver
