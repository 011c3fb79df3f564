// SPDX-License-Identifier: Apache-2.0
// All ranks of a run, wherever they are. Ranks of one process are its threads; processes meet at
// the first of them over TCP. Every wait ends, and says which rank did not come.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace groma::runtime {

// Ranks that did not come. Whoever waits for them gives up.
struct Lost {
  std::vector<int> ranks;
  std::string says;
};

// How the ranks of this process get what those of other processes have. May throw Lost.
class Upstream {
 public:
  virtual ~Upstream() = default;
  virtual auto Exchange(const std::vector<std::string> &mine) -> std::vector<std::string> = 0;
};

using Gathered = std::shared_ptr<const std::vector<std::string>>;

class Group {
 public:
  // Ranks [first, first + count) of `world` are threads of this process.
  Group(int first, int count, int world, std::chrono::milliseconds patience,
        std::unique_ptr<Upstream> upstream);

  auto first() const -> int { return first_; }
  auto count() const -> int { return count_; }
  auto world() const -> int { return world_; }
  auto patience() const -> std::chrono::milliseconds { return patience_; }

  // What each rank brought, in their order, at all ranks. Throws Lost, then and ever after.
  auto Gather(int rank, std::string bytes) -> Gathered;
  // The rank will not come again.
  void Leave(int rank, const std::string &why);
  // Called once, when it is known that somebody is lost.
  std::function<void()> on_lost;

 private:
  void Lose(std::unique_lock<std::mutex> &lock, Lost lost);

  const int first_, count_, world_;
  const std::chrono::milliseconds patience_;
  const std::unique_ptr<Upstream> upstream_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> brought_;
  std::vector<char> has_come_, is_gone_;
  int here_ = 0;
  uint64_t round_ = 0;
  bool is_exchanging_ = false;
  Gathered gathered_;
  std::unique_ptr<Lost> lost_;
};

}  // namespace groma::runtime
