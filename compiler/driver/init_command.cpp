// SPDX-License-Identifier: Apache-2.0
#include "disk.h"
#include "llvm/Support/FileSystem.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {
namespace {

// Small enough to be read at once, and right: a test checks and formats it.
constexpr llvm::StringLiteral kPlan =
    R"(/// A first plan: one site with one pool of GPU servers, and the workload that needs them.
plan starter "Starter" {
  edition  = 2027
  currency = EUR
  starts   = 2027-01-04
  horizon  = 2027-01 .. 2027-12
  timezone = "Europe/Amsterdam"
}

import onprem.servers

// Where things stand.
site hall : onprem.datacenter "Machine hall" {
  geography  = EU
  timezone   = "Europe/Amsterdam"
  it_power   = 120 kW
  cooling    = 130 kW
  racks      = 4
  rack_power = 42 kW
  supernet   = 10.40.0.0/16
}

// What stands there.
pool train : owned {
  site    = hall
  sku     = dgx_h200
  nodes   = 4
  runs_on = slurm
  vendor  = acme
  price   = 340k EUR/node
}

// Who brings it, and who takes care of it.
team platform { people = 4, rate = 760 EUR/day }
vendor acme { lead = 14 weeks .. 22 weeks, owner = platform }

// What it is for.
workload pretrain {
  team   = platform
  type   = training
  demand = 24 gpu
  during = 2027-06 .. 2027-12
}

policy headroom "Keep a tenth of every pool in reserve" {
  require all p in pools: p.used <= p.gpus * 90 % because "operations handbook"
}
)";

constexpr llvm::StringLiteral kReadme = R"(# Starter

A plan for groma: all `*.groma` files of this folder are one plan.

    groma check --no-solve    what is wrong with it
    groma fmt                 its files, formatted
    groma why hall.it_power   why a value is what it is
)";

struct Starter {
  llvm::StringLiteral name;
  llvm::StringLiteral text;
};
constexpr Starter kFiles[] = {{"plan.groma", kPlan}, {"README.md", kReadme}};

}  // namespace

auto RunInit(Session &session) -> int {
  const std::string folder = session.operand(0, ".");
  Sink &sink = session.sink;
  if (const auto error = llvm::sys::fs::create_directories(folder)) {
    sink.Report(message::CannotWrite, {}, folder, error.message());
    return session.Finish("");
  }
  const auto path_of = [&](const Starter &file) {
    return folder == "." ? file.name.str() : folder + "/" + file.name.str();
  };
  for (const Starter &file : kFiles) {
    if (KindOf(path_of(file)) != PathKind::Missing) {
      sink.Report(message::AlreadyThere, {}, path_of(file));
    }
  }
  // Nor beside another plan, of which it would become a part.
  const auto plans = ListFolder(folder, ".groma", {}, sink);
  if (plans && !plans->empty() && !sink.has_errors()) {
    sink.Report(message::AlreadyThere, {}, folder + "/" + plans->front())
        .Help("give a folder of its own: `groma init my_plan`");
  }
  std::string written;
  for (const Starter &file : kFiles) {
    if (sink.has_errors() || !WriteFile(path_of(file), file.text, sink)) break;
    written += "wrote " + path_of(file) + "\n";
  }
  return session.Finish(session.quiet() ? "" : written);
}

}  // namespace groma::driver
