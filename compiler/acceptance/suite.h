// SPDX-License-Identifier: Apache-2.0
// What is tested before a pool or a link is accepted, with the limits and why they are as they are. Targets print it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groma/base/rational.h"
#include "groma/source/span.h"

namespace groma::acceptance {

using Spans = std::vector<source::Span>;

// Of one direction and of one GPU or port.
enum class Unit { GigabytesPerSecond, GigabitsPerSecond, TeraOperations, Microseconds };
enum class Confidence { Low, Medium, High };
enum class Basis {
  Stated,    // an `expect` of the plan
  Measured,  // somebody measured it elsewhere
  Asked,     // public suites ask for it
  Modelled,  // nobody measured: a share of the model
};

struct Source {
  std::string text;
  std::string as_of;
  Confidence confidence = Confidence::Medium;
  std::string place;  // of the line in the library or in the plan
};

// Numbers that a GPU multiplies matrices of, and since which compute capability it does.
struct Dtype {
  const char *figure;
  int least_sm;
};
constexpr Dtype kDtypes[] = {{"fp64", 0},  {"fp32", 0}, {"tf32", 80}, {"fp16", 0},
                             {"bf16", 80}, {"fp8", 89}, {"fp4", 100}, {"int8", 75}};

// `gate = share * min(ceiling, measured or modelled)`, with all that it was made of.
struct Gate {
  std::string figure;  // as in the plan: "all_reduce"
  Unit unit = Unit::GigabytesPerSecond;
  bool is_most = false;  // a time: less is better
  base::Rational fail, warn;
  std::optional<base::Rational> ceiling, model, measured, asked;
  Basis basis = Basis::Modelled;
  Confidence confidence = Confidence::Low;
  std::string formula;
  std::string expect, plan_unit;  // how a plan states it: "all_reduce.busbw", "GB/s"
  std::vector<Source> sources;    // what decides comes first
  std::optional<uint64_t> at;  // the size of the message for which the plan states it
  std::string place;           // the plan line that promises it
  Spans because;
};

// Something that the plan promises of a pool, and the tests that look whether it is kept; none: and why not.
struct Promise {
  std::string text;
  std::string place;
  std::vector<std::string> tests;
  std::string untested;
  std::string figure;  // of the gate that it is; none of other promises
  Spans because;
};

struct Waiver {
  std::string gate, until, why, place;
  Spans because;
};

// Where a line ends: one GPU of a pool.
struct LineEnd {
  std::string site, pool, sku, gpu;
  base::Rational memory;
  int64_t sm = 0;
  std::vector<std::string> launchers;
};

// A link between two sites that have GPUs, the near end first.
struct Line {
  std::string kind;        // "expressroute"
  std::string encryption;  // "ipsec"
  base::Rational rate;     // Gb/s in each direction
  std::optional<base::Rational> round_trip;  // us, as the plan states it
  LineEnd near, far;
};

enum class Fabric { None, Ethernet, Roce, Infiniband };

struct Shape {
  std::string pool, site, sku, gpu;
  int64_t nodes = 0, gpus_per_node = 0, domain = 1, nvlinks = 0;
  base::Rational nvlink_rate, memory;
  int64_t nics_per_node = 0;
  base::Rational nic_rate;
  Fabric fabric = Fabric::None;
  int64_t pcie_generation = 0, pcie_width = 0;
  int64_t sm = 0;
  int64_t slices = 1;
  std::optional<Line> line;  // then `pool` is a link, and its ends are two nodes of one GPU

  auto world() const -> int64_t { return nodes * gpus_per_node; }
  // GPUs that share the ports of a node, or of a domain where that is larger.
  auto unit() const -> int64_t { return domain > gpus_per_node ? domain : gpus_per_node; }
  auto units() const -> int64_t { return unit() == 0 ? 0 : world() / unit(); }
};

struct Suite {
  Shape shape;
  std::vector<Gate> gates;  // in the order of the library
  std::vector<Promise> promises;
  std::vector<Waiver> waivers;
  std::vector<std::string> launchers;  // "slurm", "kubernetes", "mpi", "ssh"
  std::optional<base::Rational> straggler;  // a GPU may lag behind the median by so much of it
  Spans because;  // of the pool

  auto Find(const std::string &figure) const -> const Gate * {
    for (const Gate &gate : gates) {
      if (gate.figure == figure) return &gate;
    }
    return nullptr;
  }
};

// A link for which there is no suite, and why.
struct Untested {
  std::string link, why, place;
  Spans because;
};

struct Acceptance {
  std::vector<Suite> suites;  // of pools, then of links
  std::vector<Untested> untested;
};

}  // namespace groma::acceptance
