// SPDX-License-Identifier: Apache-2.0
// TCP between processes of one run, with deadlines. Errors are exceptions of SocketError.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>

namespace groma::runtime {

using Deadline = std::chrono::steady_clock::time_point;

class SocketError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Socket {
 public:
  Socket() = default;
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(Socket &&other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  auto operator=(Socket &&other) noexcept -> Socket &;
  ~Socket();

  // Port 0 takes a free one.
  static auto Listen(int port) -> Socket;
  // Tries until the deadline: whom it calls may come later.
  static auto Connect(const std::string &host, int port, Deadline deadline) -> Socket;
  auto Accept(Deadline deadline) -> Socket;
  auto port() const -> int;
  auto local_address() const -> std::string;
  auto is_open() const -> bool { return descriptor_ >= 0; }
  // Wakes who waits to read.
  void Stop();

  // A frame is a length and so many bytes.
  void Send(const std::string &bytes, Deadline deadline);
  auto Receive(Deadline deadline) -> std::string;

 private:
  void Wait(short events, Deadline deadline) const;
  void ReadAll(char *data, size_t size, Deadline deadline);

  int descriptor_ = -1;
};

}  // namespace groma::runtime
