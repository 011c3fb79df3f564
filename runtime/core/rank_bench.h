// SPDX-License-Identifier: Apache-2.0
// The bench of one rank: measures by its back end, tells the other ranks, and judges what all of
// them measured, at each of them alike.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/fields.h"
#include "core/group.h"
#include "core/judge.h"
#include "core/pack.h"
#include "core/record.h"
#include "core/topology.h"
#include "groma/runtime/bench.h"
#include "groma/runtime/suite.h"

namespace groma::runtime {

// Repeats by tier: more of them make the interval of the median narrower.
auto RepeatsOf(Tier tier) -> int;

class RankBench : public Bench {
 public:
  RankBench(const Suite &suite, Backend &backend, Group &group, int rank, Variant variant,
            Tier tier, std::string day);

  // Asks every rank who it is. What they say is in the record; who does not answer takes part in
  // nothing more.
  void Census();
  // A GPU answers whose name is not that of the plan: no gate is about it.
  auto IsAnotherGpu() const -> bool;
  void Begin(const Test &test);
  // Writes down how a test ended for a reason that is no measurement.
  void Abort(const std::string &component, Verdict verdict, const std::string &says);
  void End(double seconds);
  auto record() -> RunRecord & { return record_; }
  auto topology() const -> const Topology & { return topology_; }

  auto shape() const -> const Shape & override { return topology_.shape(); }
  auto variant() const -> Variant override { return variant_; }
  auto tier() const -> Tier override { return tier_; }
  auto World() -> Scope override { return topology_.WorldScope(); }
  auto Domain() -> Scope override { return topology_.DomainScope(rank_); }
  auto Rail() -> Scope override { return topology_.RailScope(rank_); }

  auto CopyHost(Direction direction, Bytes bytes) -> Fleet<GigabytesPerSecond> override;
  auto CopyPeers(Bytes bytes) -> Fleet<GigabytesPerSecond> override;
  auto CopyMemory(Bytes bytes) -> Fleet<GigabytesPerSecond> override;
  auto Gemm(Dtype dtype) -> Fleet<TeraOperations> override;
  auto NvLinkCount() -> Fleet<Count> override;
  auto NvLinkRate() -> Fleet<GigabytesPerSecond> override;
  auto PortRate() -> Fleet<GigabitsPerSecond> override;
  auto SendRails(Bytes bytes) -> Fleet<GigabitsPerSecond> override;
  auto SendLine(Bytes bytes) -> Fleet<GigabitsPerSecond> override;
  auto SendLineBothWays(Bytes bytes) -> Fleet<GigabitsPerSecond> override;
  auto RoundTrip() -> Fleet<Microseconds> override;
  auto Lateness() -> Fleet<Microseconds> override;
  auto Sweep(Collective op, const Scope &scope, Bytes from, Bytes to) -> Curve override;

  void Judge(const Gate<GigabytesPerSecond> &gate, const Fleet<GigabytesPerSecond> &fleet) override;
  void Judge(const Gate<GigabitsPerSecond> &gate, const Fleet<GigabitsPerSecond> &fleet) override;
  void Judge(const Gate<TeraOperations> &gate, const Fleet<TeraOperations> &fleet) override;
  void Judge(const Gate<Microseconds> &gate, const Fleet<Microseconds> &fleet) override;
  void Judge(const Gate<Count> &gate, const Fleet<Count> &fleet) override;
  void Tell(const char *name, const Fleet<Microseconds> &fleet) override;
  void JudgeOutliers(const Fleet<GigabytesPerSecond> &fleet, double share) override;
  void JudgeOutliers(const Fleet<GigabitsPerSecond> &fleet, double share) override;
  void JudgeOutliers(const Fleet<TeraOperations> &fleet, double share) override;

  void RequireCensus() override;
  void RequireExact(Collective op, const Scope &scope, Bytes bytes) override;
  void RequireLine(Bytes bytes) override;
  void RequireExactGemm(Dtype dtype) override;
  void RequireMemory(Bytes bytes) override;
  void RequireTransport(const Scope &scope) override;
  void RequireHost() override;
  void RequireHealthy(const std::function<void()> &load) override;

 private:
  // One component with its repeats, its unit aside.
  struct Series {
    std::string component;
    std::vector<double> values;
    std::string missing;
  };

  // The whole line, with the end at which data start first.
  auto Way(int from) const -> Scope;

  // What each rank has, in their order. Values of a rank that sent nonsense are Missing.
  template <class T>
  auto Everyone(const Maybe<T> &mine) -> std::vector<Maybe<T>>;
  // Lets the ranks of each node go one after the other.
  template <class F>
  void InTurns(const F &measure);
  // Missing if I, or one of the ranks, did not answer the census.
  auto WhyDead(const std::vector<int> &ranks) const -> std::string;
  template <class F>
  auto IfAlive(const F &ask) -> decltype(ask());
  template <class F>
  auto IfAlive(const Scope &scope, const F &ask) -> decltype(ask());

  // Times as rates; a time that is none makes all of them missing.
  template <class Unit, class F>
  static auto RatesOf(std::string component, const Maybe<std::vector<Seconds>> &times,
                      const F &rate) -> Samples<Unit>;
  template <class Unit>
  auto Keep(const std::string &quantity, Fleet<Unit> fleet) -> Fleet<Unit>;
  void KeepState(const std::string &quantity, const char *unit,
                 const std::vector<Maybe<GemmRun>> &all, double GemmRun::*state);
  template <class Unit>
  void JudgeFleet(const Gate<Unit> &gate, const Fleet<Unit> &fleet);
  template <class Unit>
  void JudgeFleetOutliers(const Fleet<Unit> &fleet, double share);

  // A requirement of the test that runs.
  auto Requirement(const std::string &name) const -> CheckRecord;
  static void Note(CheckRecord &check, Verdict verdict, const std::string &component,
                   const std::string &says);
  void Finish(CheckRecord check, const std::string &good);

  struct Culprits {
    std::vector<std::string> components;
    std::string how;
  };
  // Runs the parts of a whole that is slow, late or wrong.
  auto Isolate(const Scope &scope) -> Culprits;
  auto IsolateWrong(const Scope &scope, Bytes bytes) -> Culprits;
  auto LateRanks(const Scope &scope) -> Culprits;
  auto SlowPorts(const Scope &scope) -> Culprits;
  auto SlowRails(const Scope &scope) -> Culprits;
  auto SlowPeers(const Scope &scope) -> Culprits;
  auto Arrivals() -> std::vector<Series>;

  const Suite &suite_;
  Backend &backend_;
  Group &group_;
  const int rank_;
  const Variant variant_;
  const Tier tier_;
  const std::string day_;
  const Topology topology_;
  const int repeats_;
  std::map<int, std::string> dead_;  // ranks that did not answer, and why
  std::vector<Maybe<Identity>> identities_;
  std::map<std::string, Scope> scopes_;  // of wholes that were measured, by component
  const Test *test_ = nullptr;
  size_t first_check_ = 0;
  RunRecord record_;
};

}  // namespace groma::runtime

#include "core/everyone.h"
#include "core/rates.h"
