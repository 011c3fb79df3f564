// SPDX-License-Identifier: Apache-2.0
// What RankBench does with answers of any type.
#pragma once

namespace groma::runtime {

template <class T>
auto RankBench::Everyone(const Maybe<T> &mine) -> std::vector<Maybe<T>> {
  const Gathered gathered = group_.Gather(rank_, Pack(mine));
  std::vector<Maybe<T>> all;
  all.reserve(gathered->size());
  for (const std::string &bytes : *gathered) {
    Maybe<T> value;
    if (!Unpack(bytes, value)) value = Missing{"what the rank sent cannot be read"};
    all.push_back(std::move(value));
  }
  return all;
}

template <class F>
void RankBench::InTurns(const F &measure) {
  for (int turn = 0; turn < shape().gpus_per_node; ++turn) {
    if (topology_.Local(rank_) == turn) measure();
    group_.Gather(rank_, "");
  }
}

template <class F>
auto RankBench::IfAlive(const F &ask) -> decltype(ask()) {
  if (const std::string why = WhyDead({rank_}); !why.empty()) return Missing{why};
  return ask();
}

template <class F>
auto RankBench::IfAlive(const Scope &scope, const F &ask) -> decltype(ask()) {
  if (const std::string why = WhyDead(scope.ranks); !why.empty()) return Missing{why};
  return ask();
}

}  // namespace groma::runtime
