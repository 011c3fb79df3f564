// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/validation/promises.h"

#include "groma/lower/validation/numbers.h"
#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::lower::validation {
namespace {

using acceptance::Promise;
using acceptance::Suite;

constexpr const char *kInDomain[] = {"all_reduce", "all_gather",   "reduce_scatter",
                                     "all_to_all", "send_receive", "broadcast"};
constexpr const char *kAcross[] = {"all_reduce_across", "all_gather_across", "reduce_scatter_across",
                                   "all_to_all_across"};

// The test that judges a figure.
auto TestOf(const std::string &figure) -> std::string {
  if (figure == "host_to_device" || figure == "device_to_host") return "host_copies";
  if (figure == "peer") return "peers";
  if (figure == "memory") return "memory_bandwidth";
  if (figure == "port") return "rails";
  const auto is_this = [&](const acceptance::Dtype &dtype) { return figure == dtype.figure; };
  if (llvm::any_of(acceptance::kDtypes, is_this)) return "gemm";
  const llvm::StringRef name = figure;
  return (name.ends_with("_latency") ? name.drop_back(8) : name).str();
}

class Promises {
 public:
  Promises(Reader &reader, plan::Plan &plan, EntityId pool, Suite &suite)
      : reader_(reader), plan_(plan), pool_(pool), suite_(suite), tests_(TestsOf(suite)) {}

  void AddAll() {
    const auto &shape = suite_.shape;
    const source::Span at = reader_.SpanOf(pool_);
    Add(Many(shape.nodes, "node") + " of " + shape.sku + " with " + Many(shape.gpus_per_node, "GPU") + " each",
        at, {"census", "host"});
    if (!shape.memory.is_zero()) {
      Add(Digits(shape.memory) + " GB of memory that keeps what is written", at, {"census", "memory_march"});
    }
    if (shape.nvlinks > 0 && shape.domain >= 2) {
      Add(std::to_string(shape.nvlinks) + " NVLinks of " + Digits(shape.nvlink_rate) +
              " GB/s from each GPU, in domains of " + std::to_string(shape.domain),
          at, {"nvlink", "peers"});
    }
    if (shape.units() >= 2 && shape.nics_per_node > 0) {
      Add(Many(shape.nics_per_node, "port") + " of " + Digits(shape.nic_rate) + " Gb/s in each node", at,
          {"ports", "rails", "transport"});
    }
    Add("results are right to the bit, and nothing breaks under load", at, {"health"});
    for (const acceptance::Gate &gate : suite_.gates) AddGate(gate);
    AddWorkloads();
  }

 private:
  void Add(const std::string &text, source::Span at, const std::vector<std::string> &tests,
           const std::string &untested = "") {
    Promise promise;
    promise.text = text;
    promise.place = reader_.PlaceOf(at);
    promise.because = {at};
    for (const std::string &test : tests) {
      if (llvm::is_contained(tests_, test)) promise.tests.push_back(test);
    }
    promise.untested = promise.tests.empty() && untested.empty() ? "the hardware has nothing of it to test" : untested;
    suite_.promises.push_back(std::move(promise));
  }

  void AddGate(const acceptance::Gate &gate) {
    Promise promise;
    promise.text = gate.figure + (gate.is_most ? " <= " : " >= ") + WithUnit(gate.fail, gate.unit);
    promise.place = gate.place;
    promise.because = gate.because;
    promise.tests = {TestOf(gate.figure)};
    promise.figure = gate.figure;
    suite_.promises.push_back(std::move(promise));
  }

  // What a record says: neither what is absent nor what is empty.
  auto PartsOf(const Value &record) const -> std::string {
    if (record.tag != plan::ValueTag::Record) return "";
    const plan::Model &model = reader_.model();
    const auto &members = model.record(static_cast<plan::RecordId>(record.items.decl)).members.list;
    std::string text;
    for (size_t i = 0; i < members.size() && i < record.elements().size(); ++i) {
      const Value &part = record.elements()[i];
      const bool is_empty = part.tag == plan::ValueTag::List && part.elements().empty();
      if (part.is_none() || is_empty) continue;
      text += (text.empty() ? "" : ", ") + model.text(members[i].name).str() + " " + plan::Print(model, part);
    }
    return text;
  }

  // What is placed here asks for something of the hardware, or of more than that.
  void AddWorkloads() {
    for (const plan::Placement &placement : plan_.placements) {
      if (placement.pool != pool_) continue;
      const std::string name = reader_.NameOf(placement.workload);
      const source::Span at = reader_.SpanOf(placement.workload);
      const Value need = reader_.Read(placement.workload, Name::WorkloadGpu).value;
      if (const std::string parts = PartsOf(need); !parts.empty()) {
        Add("`" + name + "` needs GPUs with " + parts, at, {"census", "nvlink"});
      }
      const Value slo = reader_.Read(placement.workload, Name::WorkloadSlo).value;
      if (slo.tag == plan::ValueTag::Record) {
        Add("`" + name + "` promises " + plan::Print(reader_.model(), slo), at, {},
            "what holds over months, and for whole services, shows in operation");
      }
      const Value reads = reader_.Read(placement.workload, Name::WorkloadReads).value;
      if (reads.tag == plan::ValueTag::List && !reads.elements().empty()) {
        Add("`" + name + "` reads " + plan::Print(reader_.model(), reads), at, {},
            "the suite does not reach the storage");
      }
    }
  }

  Reader &reader_;
  plan::Plan &plan_;
  EntityId pool_;
  Suite &suite_;
  std::vector<std::string> tests_;
};

}  // namespace

auto TestsOf(const Suite &suite) -> std::vector<std::string> {
  const acceptance::Shape &shape = suite.shape;
  std::vector<std::string> tests = {"census", "host", "memory_march"};
  const auto has = [&](const char *figure) { return suite.Find(figure) != nullptr; };
  if (has("memory")) tests.push_back("memory_bandwidth");
  if (has("host_to_device") || has("device_to_host")) tests.push_back("host_copies");
  if (shape.nvlinks > 0 && shape.domain >= 2) tests.push_back("nvlink");
  if (shape.domain >= 2) tests.push_back("peers");
  tests.push_back("gemm");
  if (shape.domain >= 2 || shape.units() >= 2) tests.push_back("transport");
  if (shape.domain >= 2) {
    for (const char *test : kInDomain) tests.push_back(test);
    if (has("all_reduce_ring")) tests.push_back("all_reduce_ring");
  }
  if (shape.units() >= 2) {
    if (shape.nics_per_node > 0) {
      tests.push_back("ports");
      tests.push_back("rails");
    }
    for (const char *test : kAcross) tests.push_back(test);
  }
  if (shape.world() >= 2) tests.push_back("straggler");
  tests.push_back("health");
  return tests;
}

void AddPromises(Reader &reader, plan::Plan &plan, EntityId pool, Suite &suite) {
  Promises(reader, plan, pool, suite).AddAll();
}

}  // namespace groma::lower::validation
