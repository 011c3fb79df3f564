// SPDX-License-Identifier: Apache-2.0
// Messages between the processes of one simulated pool, over TCP of this machine.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "core/socket.h"

namespace groma::runtime {

// Which message: of which collective, and which step of it.
struct MessageKey {
  uint64_t collective = 0;
  uint64_t step = 0;
  auto operator<(const MessageKey &other) const -> bool {
    return std::tie(collective, step) < std::tie(other.collective, other.step);
  }
};

class Mesh {
 public:
  // Listens; whom to call is told later.
  explicit Mesh(int process);
  ~Mesh();
  Mesh(const Mesh &) = delete;
  auto operator=(const Mesh &) -> Mesh & = delete;

  auto port() const -> int { return listener_.port(); }
  // Joins processes by their ports. Throws SocketError.
  void Join(const std::vector<int> &ports, Deadline deadline);

  void Send(int process, MessageKey key, const std::string &bytes, Deadline deadline);
  // Throws SocketError if it does not come in time.
  auto Receive(int process, MessageKey key, Deadline deadline) -> std::string;

 private:
  void Read(size_t process);

  const int process_;
  Socket listener_;
  std::vector<Socket> others_;
  std::vector<std::unique_ptr<std::mutex>> sending_;
  std::vector<std::thread> readers_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::map<std::pair<int, MessageKey>, std::string> messages_;
  bool is_closed_ = false;
};

}  // namespace groma::runtime
