// SPDX-License-Identifier: Apache-2.0
// Exchange between some of the ranks of a run: the first process keeps a board on which they leave
// word for each other. Others than those of the scope are not waited for.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "core/group.h"
#include "core/socket.h"
#include "groma/runtime/exchange.h"

namespace groma::runtime {

class BoardServer;

class Board : public Exchange {
 public:
  // All ranks of the group make one, at the same time. Throws Lost or SocketError. `name` says how
  // a rank is called.
  Board(Group &group, int rank, const std::string &host, std::string (*name)(int rank));
  ~Board() override;

  auto Broadcast(const Scope &scope, const std::string &bytes) -> Maybe<std::string> override;
  auto Meet(const Scope &scope) -> Maybe<int> override;

 private:
  auto Ask(const Scope &scope, const std::string &bytes) -> Maybe<std::string>;

  const int rank_;
  const std::chrono::milliseconds patience_;
  std::string (*const name_)(int rank);
  std::unique_ptr<BoardServer> server_;
  Socket socket_;
  std::map<std::string, uint64_t> rounds_;  // of each scope
};

}  // namespace groma::runtime
