// SPDX-License-Identifier: Apache-2.0
#include "core/board.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "core/names.h"
#include "core/pack.h"

namespace groma::runtime {
namespace {

struct Note {
  std::string key;  // of the scope and its round
  int rank = 0;
  int first = 0;  // rank whose bytes all get
  std::vector<int> ranks;
  std::string bytes;
};
template <class Archive>
void Fields(Archive &archive, Note &value) {
  archive(value.key)(value.rank)(value.first)(value.ranks)(value.bytes);
}

struct Reply {
  std::vector<int> missing;
  std::string bytes;
};
template <class Archive>
void Fields(Archive &archive, Reply &value) {
  archive(value.missing)(value.bytes);
}

}  // namespace

class BoardServer {
 public:
  BoardServer(int clients, std::chrono::milliseconds patience)
      : patience_(patience), listener_(Socket::Listen(0)) {
    sockets_.resize(static_cast<size_t>(clients));
    acceptor_ = std::thread([this] { Accept(); });
  }
  ~BoardServer() {
    acceptor_.join();
    for (Socket &socket : sockets_) socket.Stop();
    for (std::thread &thread : threads_) thread.join();
  }
  auto port() const -> int { return listener_.port(); }

 private:
  struct Entry {
    std::set<int> here;
    std::string bytes;
    size_t answered = 0;
  };

  void Accept() {
    try {
      for (Socket &socket : sockets_) {
        socket = listener_.Accept(std::chrono::steady_clock::now() + patience_);
        threads_.emplace_back([this, &socket] { Serve(socket); });
      }
    } catch (const SocketError &) {
      // Who did not come is missed by those who wait for it.
    }
  }

  void Serve(Socket &socket) {
    const auto forever = std::chrono::hours(48);
    try {
      while (true) {
        Note note;
        if (!Unpack(socket.Receive(std::chrono::steady_clock::now() + forever), note)) return;
        socket.Send(Pack(Answer(note)), std::chrono::steady_clock::now() + patience_);
      }
    } catch (const SocketError &) {
      // The rank is gone, or the run is over.
    }
  }

  auto Answer(const Note &note) -> Reply {
    std::unique_lock<std::mutex> lock(mutex_);
    Entry &entry = entries_[note.key];
    entry.here.insert(note.rank);
    if (note.rank == note.first) entry.bytes = note.bytes;
    changed_.notify_all();
    changed_.wait_until(lock, std::chrono::steady_clock::now() + patience_,
                        [&] { return entry.here.size() == note.ranks.size(); });
    Reply reply{{}, entry.bytes};
    for (const int rank : note.ranks) {
      if (entry.here.count(rank) == 0) reply.missing.push_back(rank);
    }
    if (++entry.answered == note.ranks.size()) entries_.erase(note.key);
    return reply;
  }

  const std::chrono::milliseconds patience_;
  Socket listener_;
  std::vector<Socket> sockets_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Entry> entries_;
};

Board::Board(Group &group, int rank, const std::string &host, std::string (*name)(int rank))
    : rank_(rank), patience_(group.patience() / 2), name_(name) {
  int port = 0;
  if (rank == 0) {
    server_ = std::make_unique<BoardServer>(group.world(), patience_);
    port = server_->port();
  }
  const Gathered ports = group.Gather(rank, Pack(port));
  if (!Unpack(ports->front(), port)) throw SocketError("the port of the board cannot be read");
  socket_ = Socket::Connect(rank < group.count() && group.first() == 0 ? "127.0.0.1" : host, port,
                            std::chrono::steady_clock::now() + patience_);
}

Board::~Board() { socket_.Stop(); }

auto Board::Ask(const Scope &scope, const std::string &bytes) -> Maybe<std::string> {
  if (scope.ranks.empty()) return Missing{"the scope has no ranks"};
  std::string key = scope.name;
  for (const int rank : scope.ranks) key += "," + std::to_string(rank);
  key += "#" + std::to_string(rounds_[key]++);
  try {
    const auto deadline = std::chrono::steady_clock::now() + patience_ * 3;
    socket_.Send(Pack(Note{key, rank_, scope.ranks.front(), scope.ranks, bytes}), deadline);
    Reply reply;
    if (!Unpack(socket_.Receive(deadline), reply)) return Missing{"the board cannot be read"};
    if (reply.missing.empty()) return reply.bytes;
    std::vector<std::string> names;
    for (const int rank : reply.missing) names.push_back(name_(rank));
    return Missing{Join(names, ", ") + " did not come"};
  } catch (const SocketError &error) {
    return Missing{std::string("the board does not answer: ") + error.what()};
  }
}

auto Board::Broadcast(const Scope &scope, const std::string &bytes) -> Maybe<std::string> {
  return Ask(scope, bytes);
}

auto Board::Meet(const Scope &scope) -> Maybe<int> {
  const Maybe<std::string> met = Ask(scope, "");
  if (const auto *missing = std::get_if<Missing>(&met)) return *missing;
  return Size(scope.ranks);
}

}  // namespace groma::runtime
