// SPDX-License-Identifier: Apache-2.0
#include "core/options.h"

#include <algorithm>
#include <charconv>

#include "core/date.h"
#include "core/names.h"

namespace groma::runtime {
namespace {

struct Wrong {
  std::string says;
};

template <class T>
auto Number(const std::string &name, const std::string &text, T least, T most) -> T {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    throw Wrong{name + " takes a number from " + std::to_string(least) + " to " +
                std::to_string(most) + ", not '" + text + "'"};
  }
  return value;
}

constexpr int kMostRanks = 1'000'000;

// The names under which launchers tell a process who it is.
struct Launcher {
  const char *rank, *world, *local;
};
constexpr Launcher kLaunchers[] = {
    {"RANK", "WORLD_SIZE", "LOCAL_RANK"},
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK"},
    {"PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID"},
    {"SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID"},
};

void ReadLauncher(const Environment &environment, Options &options) {
  for (const Launcher &launcher : kLaunchers) {
    const char *rank = environment(launcher.rank);
    const char *world = environment(launcher.world);
    if (!rank || !world) continue;
    options.processes = Number<int>(launcher.world, world, 1, kMostRanks);
    options.process = Number<int>(launcher.rank, rank, 0, options.processes - 1);
    const char *local = environment(launcher.local);
    if (local) options.local_rank = Number<int>(launcher.local, local, 0, kMostRanks);
    break;
  }
  if (const char *host = environment("MASTER_ADDR")) options.host = host;
  if (const char *port = environment("MASTER_PORT")) {
    options.port = Number<int>("MASTER_PORT", port, 1, 65535);
  }
}

void ReadRendezvous(const std::string &text, Options &options) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) {
    throw Wrong{"--rendezvous takes HOST:PORT, not '" + text + "'"};
  }
  options.host = text.substr(0, colon);
  options.port = Number<int>("the port of --rendezvous", text.substr(colon + 1), 1, 65535);
}

void Read(const std::string &name, const std::string &value, Options &options) {
  if (name == "--backend") {
    if (value != "cuda" && value != "sim")
      throw Wrong{"--backend is cuda or sim, not '" + value + "'"};
    options.backend = value;
  } else if (name == "--tier") {
    const auto tier = TierOf(value);
    if (!tier) throw Wrong{"--tier is smoke, accept or burn, not '" + value + "'"};
    options.tier = *tier;
  } else if (name == "--variant") {
    options.child = VariantOf(value);
    if (!options.child) throw Wrong{"there is no variant '" + value + "'"};
  } else if (name == "--test") {
    options.tests.push_back(value);
  } else if (name == "--out") {
    options.out = value;
  } else if (name == "--rank") {
    options.process = Number<int>(name, value, 0, kMostRanks);
  } else if (name == "--world") {
    options.processes = Number<int>(name, value, 1, kMostRanks);
  } else if (name == "--local-rank") {
    options.local_rank = Number<int>(name, value, 0, kMostRanks);
  } else if (name == "--ranks-per-process") {
    options.ranks_per_process = Number<int>(name, value, 1, kMostRanks);
  } else if (name == "--rendezvous") {
    ReadRendezvous(value, options);
  } else if (name == "--fault") {
    options.faults.push_back(value);
  } else if (name == "--seed") {
    options.seed = Number<uint64_t>(name, value, 0, UINT64_MAX);
  } else if (name == "--timeout") {
    options.patience = Number<int>(name, value, 1, 86400);
  } else if (name == "--now") {
    options.now = ParseMoment(value);
    if (!options.now) throw Wrong{"--now takes YYYY-MM-DDTHH:MM:SSZ, not '" + value + "'"};
  } else {
    throw Wrong{"there is no option '" + name + "'"};
  }
}

void Check(const Options &options) {
  if (options.process >= options.processes) {
    throw Wrong{"rank " + std::to_string(options.process) + " is none of " +
                std::to_string(options.processes)};
  }
  if (options.processes > 1 && (options.host.empty() || options.port == 0)) {
    throw Wrong{
        "several processes need --rendezvous HOST:PORT (or MASTER_ADDR and MASTER_PORT) of "
        "the first of them"};
  }
  if (options.processes > 1 && options.port + 8 > 65535) {
    throw Wrong{"the port of the rendezvous must leave room for one port of each variant"};
  }
  if (!options.faults.empty() && options.backend != "sim") {
    throw Wrong{"--fault is for --backend sim: a real GPU is not broken on purpose"};
  }
}

}  // namespace

auto ParseOptions(const std::vector<std::string> &arguments, const Environment &environment)
    -> std::variant<Options, std::string> {
  Options options;
  try {
    ReadLauncher(environment, options);
    for (size_t i = 0; i < arguments.size(); ++i) {
      std::string name = arguments[i];
      if (name == "--help" || name == "-h") {
        options.is_help = true;
        continue;
      }
      if (name == "--list") {
        options.is_list = true;
        continue;
      }
      if (name == "--child-per-variant") {
        options.has_child_per_variant = true;
        continue;
      }
      std::string value;
      if (const size_t equals = name.find('='); equals != std::string::npos) {
        value = name.substr(equals + 1);
        name.resize(equals);
      } else if (i + 1 < arguments.size()) {
        value = arguments[++i];
      } else {
        throw Wrong{"'" + name + "' is no option, or lacks its value"};
      }
      Read(name, value, options);
    }
    if (!options.is_help && !options.is_list) Check(options);
  } catch (const Wrong &wrong) {
    return wrong.says;
  }
  return options;
}

auto UsageText() -> std::string {
  return R"(Runs the tests of a pool, or of a link, and writes what it found.

  --backend cuda|sim        real GPUs, or a model of them (default: cuda)
  --tier smoke|accept|burn  minutes, an hour, a night (default: smoke)
  --test NAME               only this test; may be given more than once
  --list                    names the tests and ends
  --out DIR                 where the reports go (default: report)
  --now MOMENT              the moment of the run, YYYY-MM-DDTHH:MM:SSZ, for reports that are to be
                            the same each time
  --timeout SECONDS         how long ranks wait for each other (default: 300)
  --child-per-variant       a process of its own for each variant, as it always is with cuda

Several processes, as started by Slurm, MPI or torchrun, whose variables are read:
  --rank N --world N        which of how many processes this is
  --local-rank N            which of its node
  --ranks-per-process N     GPUs of each process (cuda: 1; sim: the pool, divided)
  --rendezvous HOST:PORT    where the first of them waits

Only with --backend sim:
  --fault FILE              what is broken; may be given more than once
  --seed N                  of the noise (default: 1)

Ends with 0 if all passed (or is waived, or only warns), 1 if something failed, 2 if the arguments
are wrong, 3 if something could not be told, 4 if the run itself went wrong.
)";
}

}  // namespace groma::runtime
