// SPDX-License-Identifier: Apache-2.0
#include "core/rank_bench.h"

#include <algorithm>

#include "core/group_findings.h"
#include "core/names.h"

namespace groma::runtime {

RankBench::RankBench(const Suite &suite, Backend &backend, Group &group, int rank, Variant variant,
                     Tier tier, std::string day)
    : suite_(suite),
      backend_(backend),
      group_(group),
      rank_(rank),
      variant_(variant),
      tier_(tier),
      day_(std::move(day)),
      topology_(*suite.shape),
      repeats_(RepeatsOf(tier)) {}

void RankBench::Census() {
  identities_ = Everyone(backend_.Identify());
  for (int rank = 0; rank < Size(identities_); ++rank) {
    if (const auto *missing = std::get_if<Missing>(&At(identities_, rank))) {
      dead_[rank] = missing->reason;
    } else {
      record_.identities.push_back(std::get<0>(At(identities_, rank)));
    }
  }
}

void RankBench::Begin(const Test &test) {
  test_ = &test;
  first_check_ = record_.checks.size();
}

void RankBench::Abort(const std::string &component, Verdict verdict, const std::string &says) {
  CheckRecord check = Requirement("run");
  check.kind = "harness";
  Note(check, verdict, component, says);
  check.components = 1;
  record_.checks.push_back(std::move(check));
}

void RankBench::End(double seconds) {
  // A test that judged nothing has shown nothing.
  if (record_.checks.size() == first_check_) {
    Abort("", Verdict::kInconclusive, "the test judged nothing");
  }
  TestRecord test{test_->name,      test_->title,   test_->place,
                  NameOf(variant_), Verdict::kPass, seconds};
  for (size_t i = first_check_; i < record_.checks.size(); ++i) {
    test.verdict = Worse(test.verdict, record_.checks[i].verdict);
  }
  record_.tests.push_back(std::move(test));
}

auto RankBench::WhyDead(const std::vector<int> &ranks) const -> std::string {
  for (const int rank : ranks) {
    const auto found = dead_.find(rank);
    if (found != dead_.end()) {
      return topology_.GpuName(rank) + " does not answer: " + found->second;
    }
  }
  return "";
}

auto RankBench::Requirement(const std::string &name) const -> CheckRecord {
  CheckRecord check;
  check.test = test_->name;
  check.variant = NameOf(variant_);
  check.name = name;
  check.kind = "requirement";
  check.place = test_->place;
  check.verdict = Verdict::kPass;
  return check;
}

void RankBench::Note(CheckRecord &check, Verdict verdict, const std::string &component,
                     const std::string &says) {
  check.verdict = Worse(check.verdict, verdict);
  check.findings.push_back({verdict, component, says, ""});
}

void RankBench::Finish(CheckRecord check, const std::string &good) {
  if (check.findings.empty()) {
    if (check.components == 0) {
      Note(check, Verdict::kInconclusive, "", "nothing was checked");
    } else {
      Note(check, Verdict::kPass, "", good);
    }
  }
  for (Finding &finding : check.findings) {
    Judgement judgement;
    judgement.verdict = finding.verdict;
    judgement.is_measured = finding.verdict == Verdict::kFail || finding.verdict == Verdict::kWarn;
    judgement.says = finding.says;
    judgement = Waive(judgement, check.name, suite_.waivers, day_);
    finding.verdict = judgement.verdict;
    finding.says = judgement.says;
  }
  check.verdict = Verdict::kPass;
  for (const Finding &finding : check.findings) {
    check.verdict = Worse(check.verdict, finding.verdict);
  }
  check.findings = GroupFindings(std::move(check.findings), check.figures, topology_);
  record_.checks.push_back(std::move(check));
}

}  // namespace groma::runtime
