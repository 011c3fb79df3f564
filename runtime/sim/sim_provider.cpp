// SPDX-License-Identifier: Apache-2.0
#include "sim/sim_provider.h"

#include <stdexcept>

#include "core/names.h"
#include "core/pack.h"
#include "sim/sim_backend.h"

namespace groma::runtime {
namespace {

class SimProvider : public Provider {
 public:
  SimProvider(const Options &options, Model model)
      : options_(options),
        first_(options.process * options.ranks_per_process),
        world_(std::move(model), options.seed, first_, options.ranks_per_process,
               std::chrono::seconds(options.patience)) {
    if (options.processes > 1) world_.SetMesh(std::make_unique<Mesh>(options.process));
  }

  auto Open(int rank, Group &group) -> std::unique_ptr<Backend> override {
    if (options_.processes > 1) JoinMesh(rank, group);
    return std::make_unique<SimBackend>(world_, rank);
  }
  void Abandon() override { world_.Abandon(); }

 private:
  void JoinMesh(int rank, Group &group) {
    const Gathered gathered = group.Gather(rank, Pack(world_.mesh()->port()));
    if (rank == first_) {
      std::vector<int> ports;
      for (int i = 0; i < options_.processes; ++i) {
        int port = 0;
        if (!Unpack(At(*gathered, i * options_.ranks_per_process), port)) {
          throw std::runtime_error("the port of another process cannot be read");
        }
        ports.push_back(port);
      }
      world_.mesh()->Join(ports, std::chrono::steady_clock::now() + group.patience());
    }
    group.Gather(rank, "");
  }

  const Options options_;
  const int first_;
  World world_;
};

// The faults, or what is wrong with them.
auto FaultsOf(const Options &options, const Shape &shape)
    -> std::variant<std::vector<Fault>, std::string> {
  std::vector<Fault> faults;
  for (const std::string &path : options.faults) {
    const auto read = ReadFault(path, shape);
    if (const auto *why = std::get_if<std::string>(&read)) return *why;
    faults.push_back(std::get<Fault>(read));
  }
  return faults;
}

}  // namespace

auto WhyNoSim(const Options &options, const Shape &shape) -> std::string {
  std::vector<std::string> gpus = {shape.gpu};
  if (shape.is_line()) gpus = {shape.line.ends[0].gpu, shape.line.ends[1].gpu};
  for (const std::string &gpu : gpus) {
    if (!ModelOf(gpu)) return "the simulator knows no GPU '" + gpu + "'";
  }
  const auto faults = FaultsOf(options, shape);
  if (const auto *why = std::get_if<std::string>(&faults)) return *why;
  return "";
}

auto MakeSimProvider(const Options &options, const Shape &shape)
    -> std::variant<std::unique_ptr<Provider>, std::string> {
  if (const std::string why = WhyNoSim(options, shape); !why.empty()) return why;
  const auto faults = FaultsOf(options, shape);
  return std::make_unique<SimProvider>(options,
                                       Model(shape, *ModelOf(shape.gpu), std::get<0>(faults)));
}

}  // namespace groma::runtime
