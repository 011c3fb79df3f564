// SPDX-License-Identifier: Apache-2.0
#include "core/group.h"

#include "core/names.h"

namespace groma::runtime {

Group::Group(int first, int count, int world, std::chrono::milliseconds patience,
             std::unique_ptr<Upstream> upstream)
    : first_(first),
      count_(count),
      world_(world),
      patience_(patience),
      upstream_(std::move(upstream)),
      brought_(static_cast<size_t>(count)),
      has_come_(static_cast<size_t>(count)),
      is_gone_(static_cast<size_t>(count)) {}

auto Group::Gather(int rank, std::string bytes) -> Gathered {
  std::unique_lock<std::mutex> lock(mutex_);
  if (lost_) throw Lost(*lost_);
  At(brought_, rank - first_) = std::move(bytes);
  At(has_come_, rank - first_) = 1;
  if (++here_ == count_) {
    is_exchanging_ = true;
    const std::vector<std::string> mine = std::move(brought_);
    brought_.assign(static_cast<size_t>(count_), "");
    try {
      // Others of this process only wait meanwhile, so the lock may be held.
      gathered_ = std::make_shared<const std::vector<std::string>>(
          upstream_ ? upstream_->Exchange(mine) : mine);
    } catch (const Lost &lost) {
      Lose(lock, lost);
    }
    is_exchanging_ = false;
    here_ = 0;
    has_come_.assign(has_come_.size(), 0);
    ++round_;
    changed_.notify_all();
    return gathered_;
  }
  const uint64_t round = round_;
  const auto deadline = std::chrono::steady_clock::now() + patience_;
  while (round_ == round && !lost_) {
    if (changed_.wait_until(lock, deadline) == std::cv_status::no_timeout) continue;
    if (round_ != round || lost_ || is_exchanging_) continue;
    Lost lost;
    for (int i = 0; i < count_; ++i) {
      if (!At(has_come_, i)) lost.ranks.push_back(first_ + i);
    }
    lost.says = "did not come within " + std::to_string(patience_.count() / 1000) + " s";
    Lose(lock, std::move(lost));
  }
  // A round that was finished is a result, even if somebody was lost right after it.
  if (round_ == round) throw Lost(*lost_);
  return gathered_;
}

void Group::Leave(int rank, const std::string &why) {
  std::unique_lock<std::mutex> lock(mutex_);
  At(is_gone_, rank - first_) = 1;
  if (lost_) return;
  try {
    Lose(lock, {{rank}, why});
  } catch (const Lost &) {
    // Those who wait are told; who leaves knows.
  }
}

void Group::Lose(std::unique_lock<std::mutex> &lock, Lost lost) {
  const bool is_first = !lost_;
  if (is_first) lost_ = std::make_unique<Lost>(std::move(lost));
  changed_.notify_all();
  const Lost told = *lost_;
  if (is_first && on_lost) {
    lock.unlock();
    on_lost();
    lock.lock();
  }
  throw Lost(told);
}

}  // namespace groma::runtime
