// SPDX-License-Identifier: Apache-2.0
#include "core/runner.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/date.h"
#include "core/names.h"
#include "core/provider.h"
#include "core/rank_bench.h"
#include "core/star.h"

namespace groma::runtime {
namespace {

using Clock = std::chrono::steady_clock;

auto SecondsSince(Clock::time_point start) -> double {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct RankResult {
  RunRecord record;
  bool is_done = false;
};

// One rank, through all tests of a variant.
class RankRun {
 public:
  RankRun(const Suite &suite, const Options &options, RankBench &bench, Group &group, int rank)
      : suite_(suite), options_(options), bench_(bench), group_(group), rank_(rank) {}

  void Run(const std::vector<const Test *> &tests) {
    const auto start = Clock::now();
    try {
      bench_.Census();
    } catch (const Lost &lost) {
      Lose(lost);
    }
    for (const Test *test : tests) {
      if (!why_not_.empty()) {
        bench_.Begin(*test);
        // The first test that missed it has failed for it; of the others nothing is known.
        bench_.Abort(lost_, is_told_ ? Verdict::kInconclusive : Verdict::kFail,
                     (is_told_ ? "not run: " : "") + why_not_);
        is_told_ = true;
        bench_.End(0);
        continue;
      }
      const auto begun = Clock::now();
      bench_.Begin(*test);
      try {
        RunOne(*test, SecondsSince(start));
      } catch (const Lost &lost) {
        Lose(lost);
        bench_.Abort(lost_, Verdict::kFail, why_not_);
        is_told_ = true;
      }
      bench_.End(options_.now ? 0 : SecondsSince(begun));
    }
  }

 private:
  void RunOne(const Test &test, double spent) {
    // The first rank's clock decides for all of them.
    const Gathered clocks = group_.Gather(rank_, Pack(spent));
    double first = 0;
    if (!Unpack(clocks->front(), first) || first > BudgetOf(options_.tier)) {
      bench_.Abort("", Verdict::kInconclusive, "not run: the time of the tier was over");
      return;
    }
    if (group_.world() != suite_.shape->world()) {
      // Gates are of the pool of the plan; of another one they say nothing. That it is another one
      // is all that can be told.
      bench_.RequireCensus();
      bench_.Abort("", Verdict::kInconclusive,
                   "not run: the plan has " + std::to_string(suite_.shape->world()) +
                       " GPUs, the run has " + std::to_string(group_.world()));
      return;
    }
    if (bench_.IsAnotherGpu()) {
      bench_.RequireCensus();
      bench_.Abort("", Verdict::kInconclusive, "not run: the GPUs are not those of the plan");
      return;
    }
    test.run(bench_);
  }

  void Lose(const Lost &lost) {
    lost_ = bench_.topology().GpuNames(lost.ranks);
    why_not_ = lost.says;
  }

  const Suite &suite_;
  const Options &options_;
  RankBench &bench_;
  Group &group_;
  const int rank_;
  std::string lost_, why_not_;
  bool is_told_ = false;
};

}  // namespace

auto BudgetOf(Tier tier) -> int {
  if (tier == Tier::kSmoke) return 5 * 60;
  return tier == Tier::kAccept ? 60 * 60 : 12 * 60 * 60;
}

auto TestsOf(const Suite &suite, const Options &options, Variant variant)
    -> std::vector<const Test *> {
  std::vector<const Test *> tests;
  for (const Test &test : suite.tests) {
    const bool is_asked =
        options.tests.empty() ||
        std::find(options.tests.begin(), options.tests.end(), test.name) != options.tests.end();
    const bool runs_in =
        test.variants.empty()
            ? variant == Variant::kDefault
            : std::find(test.variants.begin(), test.variants.end(), variant) != test.variants.end();
    if (is_asked && runs_in && test.tier <= options.tier) tests.push_back(&test);
  }
  return tests;
}

auto VariantsOf(const Suite &suite, const Options &options) -> std::vector<Variant> {
  std::vector<Variant> variants;
  for (const Variant variant : AllVariants()) {
    if (!TestsOf(suite, options, variant).empty()) variants.push_back(variant);
  }
  return variants;
}

void Merge(RunRecord &whole, RunRecord part) {
  const auto append = [](auto &to, auto &from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  if (whole.identities.empty()) whole.identities = std::move(part.identities);
  append(whole.tests, part.tests);
  append(whole.checks, part.checks);
  append(whole.curves, part.curves);
  append(whole.fleets, part.fleets);
  append(whole.untested, part.untested);
}

auto BrokenRecord(const Suite &suite, const Options &options, Variant variant,
                  const std::string &component, const std::string &says) -> RunRecord {
  RunRecord record;
  for (const Test *test : TestsOf(suite, options, variant)) {
    CheckRecord check;
    check.test = test->name;
    check.variant = NameOf(variant);
    check.name = "run";
    check.kind = "harness";
    check.place = test->place;
    check.verdict = Verdict::kFail;
    check.components = 1;
    check.findings.push_back({Verdict::kFail, component, says, ""});
    record.checks.push_back(std::move(check));
    record.tests.push_back(
        {test->name, test->title, test->place, NameOf(variant), Verdict::kFail, 0});
  }
  return record;
}

auto RunVariant(const Suite &suite, const Options &options, Variant variant, int index)
    -> RunRecord {
  const Topology topology(*suite.shape);
  const std::vector<const Test *> tests = TestsOf(suite, options, variant);
  const std::chrono::milliseconds patience = std::chrono::seconds(options.patience);
  std::unique_ptr<Upstream> upstream;
  try {
    upstream =
        MakeStar({options.process, options.processes, options.ranks_per_process, options.host,
                  options.port + index, std::string(suite.plan) + "/" + NameOf(variant), patience});
  } catch (const Lost &lost) {
    return BrokenRecord(suite, options, variant, topology.GpuNames(lost.ranks), lost.says);
  }
  const int count = options.ranks_per_process;
  Group group(options.process * count, count, options.processes * count, patience,
              std::move(upstream));
  auto made = MakeProvider(options, *suite.shape, variant);
  if (const auto *why = std::get_if<std::string>(&made)) {
    return BrokenRecord(suite, options, variant, "", *why);
  }
  Provider &provider = *std::get<0>(made);
  group.on_lost = [&] { provider.Abandon(); };
  const std::string day = FormatMoment(options.now.value_or(Now())).substr(0, 10);

  std::vector<RankResult> results(static_cast<size_t>(count));
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      const int rank = group.first() + i;
      std::string left = "its thread ended";
      try {
        const std::unique_ptr<Backend> backend = provider.Open(rank, group);
        RankBench bench(suite, *backend, group, rank, variant, options.tier, day);
        RankRun(suite, options, bench, group, rank).Run(tests);
        At(results, i).record = std::move(bench.record());
        At(results, i).is_done = true;
        return;
      } catch (const Lost &lost) {
        left = lost.says;
      } catch (const std::exception &error) {
        left = error.what();
      }
      group.Leave(rank, "left the run: " + left);
    });
  }
  for (std::thread &thread : threads) thread.join();
  for (RankResult &result : results) {
    if (result.is_done) return std::move(result.record);
  }
  return BrokenRecord(suite, options, variant, topology.GpuName(group.first()),
                      "no rank of its process came to the end");
}

}  // namespace groma::runtime
