// SPDX-License-Identifier: Apache-2.0
// One line on a terminal, for who waits: what is being decided, how good it is, how far from proved.
#pragma once

#include <chrono>
#include <string>

#include "groma/plan/model.h"
#include "groma/solve/solve.h"
#include "groma/source/set.h"

namespace groma::driver {

class ProgressLine {
 public:
  explicit ProgressLine(const source::Set &sources) : sources_(sources) {}
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine &) = delete;
  auto operator=(const ProgressLine &) -> ProgressLine & = delete;

  // Whether somebody looks: the standard error is a terminal that can rewrite a line.
  static auto IsSeen() -> bool;

  // Draws at most a few times in a second, and nothing of what is quickly done.
  void Draw(const plan::Model &model, const solve::Progress &progress);
  // Takes the line off the screen.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;

  auto TextOf(const plan::Model &model, const solve::Progress &progress) const -> std::string;

  const source::Set &sources_;
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
  bool is_drawn_ = false;
};

}  // namespace groma::driver
