// SPDX-License-Identifier: Apache-2.0
// A file in the making, line by line, with the places in the plan because of which each line is there.
#pragma once

#include <string>
#include <vector>

#include "groma/output/file.h"
#include "llvm/ADT/StringRef.h"

namespace groma::output {

class Lines {
 public:
  // What a line without places of its own has, until the next call.
  void Because(std::vector<source::Span> spans) { because_ = std::move(spans); }
  auto because() const -> const std::vector<source::Span> & { return because_; }

  void Add(int indent, llvm::StringRef text, const std::vector<source::Span> &because = {});
  // One empty line, unless the file begins here or the last line is empty.
  void Gap();
  auto Take(std::string path) -> File;

 private:
  std::string text_;
  size_t count_ = 0;
  bool is_gap_ = true;
  std::vector<TraceEntry> trace_;
  std::vector<source::Span> because_;
};

// Sets what lines are there for while it lives.
class Reason {
 public:
  Reason(Lines &lines, const std::vector<source::Span> &spans)
      : lines_(lines), before_(lines.because()) {
    if (!spans.empty()) lines.Because(spans);
  }
  ~Reason() { lines_.Because(before_); }
  Reason(const Reason &) = delete;
  auto operator=(const Reason &) -> Reason & = delete;

 private:
  Lines &lines_;
  std::vector<source::Span> before_;
};

}  // namespace groma::output
