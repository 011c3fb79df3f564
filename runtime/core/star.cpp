// SPDX-License-Identifier: Apache-2.0
#include "core/star.h"

#include "core/names.h"
#include "core/pack.h"
#include "core/socket.h"

namespace groma::runtime {
namespace {

struct Hello {
  int process = 0, processes = 0, ranks_per_process = 0;
  std::string suite;
};
template <class Archive>
void Fields(Archive &archive, Hello &value) {
  archive(value.process)(value.processes)(value.ranks_per_process)(value.suite);
}

// What the middle sends back: everything, or whom it misses.
struct Answer {
  std::vector<std::string> all;
  std::vector<int> lost;
  std::string says;
};
template <class Archive>
void Fields(Archive &archive, Answer &value) {
  archive(value.all)(value.lost)(value.says);
}

class Star : public Upstream {
 public:
  explicit Star(StarOptions options) : options_(std::move(options)) {}

 protected:
  auto In(int times) const -> Deadline {
    return std::chrono::steady_clock::now() + options_.patience * times;
  }
  auto RanksOf(int process) const -> std::vector<int> {
    std::vector<int> ranks;
    for (int i = 0; i < options_.ranks_per_process; ++i) {
      ranks.push_back(process * options_.ranks_per_process + i);
    }
    return ranks;
  }
  StarOptions options_;
};

class Middle : public Star {
 public:
  explicit Middle(const StarOptions &options)
      : Star(options), others_(static_cast<size_t>(options.processes)) {
    try {
      Socket listener = Socket::Listen(options_.port);
      const Deadline deadline = In(1);
      for (int i = 1; i < options_.processes; ++i) Welcome(listener.Accept(deadline), deadline);
    } catch (const SocketError &error) {
      Lost lost{{}, std::string("did not come to the rendezvous: ") + error.what()};
      for (int i = 1; i < options_.processes; ++i) {
        if (At(others_, i).is_open()) continue;
        for (const int rank : RanksOf(i)) lost.ranks.push_back(rank);
      }
      throw lost;
    }
  }

  auto Exchange(const std::vector<std::string> &mine) -> std::vector<std::string> override {
    Answer answer;
    answer.all = mine;
    const Deadline deadline = In(1);
    for (int i = 1; i < options_.processes; ++i) {
      std::vector<std::string> theirs;
      try {
        if (!Unpack(At(others_, i).Receive(deadline), theirs) ||
            Size(theirs) != options_.ranks_per_process) {
          throw SocketError("it sent what cannot be read");
        }
      } catch (const SocketError &error) {
        for (const int rank : RanksOf(i)) answer.lost.push_back(rank);
        answer.says = std::string("did not come: ") + error.what();
      }
      for (std::string &bytes : theirs) answer.all.push_back(std::move(bytes));
    }
    if (!answer.lost.empty()) answer.all.clear();
    const std::string bytes = Pack(answer);
    for (int i = 1; i < options_.processes; ++i) {
      try {
        At(others_, i).Send(bytes, In(1));
      } catch (const SocketError &) {
        // Who is gone will be missed at the next exchange.
      }
    }
    if (!answer.lost.empty()) throw Lost{answer.lost, answer.says};
    return answer.all;
  }

 private:
  void Welcome(Socket socket, Deadline deadline) {
    Hello hello;
    if (!Unpack(socket.Receive(deadline), hello) || hello.process < 1 ||
        hello.process >= options_.processes || At(others_, hello.process).is_open()) {
      throw SocketError("somebody came who does not belong to the run");
    }
    if (hello.processes != options_.processes || hello.suite != options_.suite ||
        hello.ranks_per_process != options_.ranks_per_process) {
      throw SocketError("process " + std::to_string(hello.process) +
                        " runs another suite, or with another number of processes");
    }
    At(others_, hello.process) = std::move(socket);
  }

  std::vector<Socket> others_;
};

class Leaf : public Star {
 public:
  explicit Leaf(const StarOptions &options) : Star(options) {
    try {
      middle_ = Socket::Connect(options_.host, options_.port, In(1));
      middle_.Send(Pack(Hello{options_.process, options_.processes, options_.ranks_per_process,
                              options_.suite}),
                   In(1));
    } catch (const SocketError &error) {
      throw Lost{RanksOf(0), error.what()};
    }
  }

  auto Exchange(const std::vector<std::string> &mine) -> std::vector<std::string> override {
    Answer answer;
    try {
      middle_.Send(Pack(mine), In(1));
      // The middle itself may wait for somebody, and will say for whom.
      if (!Unpack(middle_.Receive(In(3)), answer)) throw SocketError("it sent what cannot be read");
    } catch (const SocketError &error) {
      throw Lost{RanksOf(0), std::string("did not come: ") + error.what()};
    }
    if (!answer.lost.empty()) throw Lost{answer.lost, answer.says};
    return answer.all;
  }

 private:
  Socket middle_;
};

}  // namespace

auto MakeStar(const StarOptions &options) -> std::unique_ptr<Upstream> {
  if (options.processes < 2) return nullptr;
  if (options.process == 0) return std::make_unique<Middle>(options);
  return std::make_unique<Leaf>(options);
}

}  // namespace groma::runtime
