// SPDX-License-Identifier: Apache-2.0
#include "sim/mesh.h"

#include <cstring>

#include "core/names.h"
#include "core/pack.h"

namespace groma::runtime {

Mesh::Mesh(int process) : process_(process), listener_(Socket::Listen(0)) {}

Mesh::~Mesh() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_closed_ = true;
  }
  for (Socket &other : others_) other.Stop();
  for (std::thread &reader : readers_) reader.join();
}

void Mesh::Join(const std::vector<int> &ports, Deadline deadline) {
  others_.resize(ports.size());
  for (size_t i = 0; i < ports.size(); ++i) sending_.push_back(std::make_unique<std::mutex>());
  // Each calls those before it and is called by those behind it.
  for (int i = 0; i < process_; ++i) {
    At(others_, i) = Socket::Connect("127.0.0.1", At(ports, i), deadline);
    At(others_, i).Send(Pack(process_), deadline);
  }
  for (int i = process_ + 1; i < Size(ports); ++i) {
    Socket socket = listener_.Accept(deadline);
    int process = -1;
    if (!Unpack(socket.Receive(deadline), process) || process <= process_ ||
        process >= Size(ports) || At(others_, process).is_open()) {
      throw SocketError("somebody else calls at the port of the mesh");
    }
    At(others_, process) = std::move(socket);
  }
  for (size_t i = 0; i < others_.size(); ++i) {
    if (others_[i].is_open()) readers_.emplace_back([this, i] { Read(i); });
  }
}

void Mesh::Read(size_t process) {
  try {
    while (true) {
      // A process may compute for long; it ends by closing.
      std::string bytes =
          others_[process].Receive(std::chrono::steady_clock::now() + std::chrono::hours(24));
      MessageKey key;
      if (bytes.size() < sizeof key) return;
      std::memcpy(&key, bytes.data(), sizeof key);
      const std::lock_guard<std::mutex> lock(mutex_);
      messages_[{static_cast<int>(process), key}] = bytes.substr(sizeof key);
      came_.notify_all();
    }
  } catch (const SocketError &) {
    // Who waits for a message of it will be told by the deadline.
  }
}

void Mesh::Send(int process, MessageKey key, const std::string &bytes, Deadline deadline) {
  std::string frame(reinterpret_cast<const char *>(&key), sizeof key);
  frame += bytes;
  const std::lock_guard<std::mutex> lock(*At(sending_, process));
  At(others_, process).Send(frame, deadline);
}

auto Mesh::Receive(int process, MessageKey key, Deadline deadline) -> std::string {
  std::unique_lock<std::mutex> lock(mutex_);
  const auto has_come = [&] { return messages_.count({process, key}) != 0 || is_closed_; };
  if (!came_.wait_until(lock, deadline, has_come) || is_closed_) {
    throw SocketError("a message of process " + std::to_string(process) + " did not come");
  }
  const auto found = messages_.find({process, key});
  std::string bytes = std::move(found->second);
  messages_.erase(found);
  return bytes;
}

}  // namespace groma::runtime
