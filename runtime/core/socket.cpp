// SPDX-License-Identifier: Apache-2.0
#include "core/socket.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <thread>

namespace groma::runtime {
namespace {

// No message of a run is as long; a longer one is of somebody else.
constexpr uint64_t kLongest = uint64_t{1} << 32;

[[noreturn]] void Throw(const std::string &what) {
  throw SocketError(what + ": " + std::strerror(errno));
}

void Prepare(int descriptor) {
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

}  // namespace

auto Socket::operator=(Socket &&other) noexcept -> Socket & {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Socket::~Socket() {
  if (descriptor_ >= 0) close(descriptor_);
}

auto Socket::Listen(int port) -> Socket {
  Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
  if (!socket.is_open()) Throw("no socket");
  const int on = 1;
  setsockopt(socket.descriptor_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (bind(socket.descriptor_, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 ||
      listen(socket.descriptor_, 1024) != 0) {
    Throw("cannot listen at port " + std::to_string(port));
  }
  Prepare(socket.descriptor_);
  return socket;
}

auto Socket::Connect(const std::string &host, int port, Deadline deadline) -> Socket {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  while (true) {
    addrinfo *found = nullptr;
    const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (error == 0) {
      Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
      const bool is_there =
          socket.is_open() && connect(socket.descriptor_, found->ai_addr, found->ai_addrlen) == 0;
      freeaddrinfo(found);
      if (is_there) {
        Prepare(socket.descriptor_);
        return socket;
      }
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      const std::string where = host + ":" + std::to_string(port);
      if (error != 0) throw SocketError("cannot find " + where + ": " + gai_strerror(error));
      Throw("nobody answers at " + where);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

auto Socket::Accept(Deadline deadline) -> Socket {
  while (true) {
    Wait(POLLIN, deadline);
    Socket socket(accept(descriptor_, nullptr, nullptr));
    if (socket.is_open()) {
      Prepare(socket.descriptor_);
      return socket;
    }
    if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) Throw("cannot accept");
  }
}

auto Socket::port() const -> int {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getsockname(descriptor_, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
    Throw("a socket has no port");
  }
  return ntohs(address.sin_port);
}

auto Socket::local_address() const -> std::string {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getsockname(descriptor_, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
    Throw("a socket has no address");
  }
  char text[INET_ADDRSTRLEN] = "";
  inet_ntop(AF_INET, &address.sin_addr, text, sizeof text);
  return text;
}

void Socket::Stop() {
  if (is_open()) shutdown(descriptor_, SHUT_RDWR);
}

void Socket::Wait(short events, Deadline deadline) const {
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd poll_for{descriptor_, events, 0};
    const auto slice = std::clamp<int64_t>(left.count(), 0, 60000);
    const int ready = poll(&poll_for, 1, static_cast<int>(slice));
    if (ready > 0) return;
    if (ready < 0 && errno != EINTR) Throw("cannot wait");
    if (ready == 0 && left.count() <= 60000) throw SocketError("nothing came in time");
  }
}

void Socket::Send(const std::string &bytes, Deadline deadline) {
  const uint64_t size = bytes.size();
  std::string frame(reinterpret_cast<const char *>(&size), sizeof size);
  frame += bytes;
  size_t sent = 0;
  while (sent < frame.size()) {
    const ssize_t count = send(descriptor_, frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
    if (count >= 0) {
      sent += static_cast<size_t>(count);
    } else if (errno == EAGAIN) {
      Wait(POLLOUT, deadline);
    } else if (errno != EINTR) {
      Throw("cannot send");
    }
  }
}

void Socket::ReadAll(char *data, size_t size, Deadline deadline) {
  size_t got = 0;
  while (got < size) {
    const ssize_t count = recv(descriptor_, data + got, size - got, 0);
    if (count > 0) {
      got += static_cast<size_t>(count);
    } else if (count == 0) {
      throw SocketError("the other end is gone");
    } else if (errno == EAGAIN) {
      Wait(POLLIN, deadline);
    } else if (errno != EINTR) {
      Throw("cannot receive");
    }
  }
}

auto Socket::Receive(Deadline deadline) -> std::string {
  uint64_t size = 0;
  ReadAll(reinterpret_cast<char *>(&size), sizeof size, deadline);
  if (size > kLongest) throw SocketError("somebody else speaks at this port");
  std::string bytes(size, '\0');
  ReadAll(bytes.data(), size, deadline);
  return bytes;
}

}  // namespace groma::runtime
