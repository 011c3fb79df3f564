// SPDX-License-Identifier: Apache-2.0
// A file in the making, line by line, with the places in the plan because of which each line is there.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "groma/output/file.h"
#include "llvm/ADT/StringRef.h"

namespace groma::output {

class Lines {
 public:
  // What a line without places of its own has, until the next call.
  void Because(llvm::ArrayRef<source::Span> spans) { because_ = AddPlaces(places_, spans); }

  void Add(int indent, llvm::StringRef text, llvm::ArrayRef<source::Span> because = {});
  // The same, of a line in pieces.
  void Add(int indent, std::initializer_list<llvm::StringRef> pieces,
           llvm::ArrayRef<source::Span> because = {});
  // One empty line, unless the file begins here or the last line is empty.
  void Gap();
  auto Take(std::string path) -> File;

 private:
  friend class Reason;

  std::string text_;
  size_t count_ = 0;
  bool is_gap_ = true;
  std::vector<TraceEntry> trace_;
  std::vector<source::Span> places_;
  output::Because because_;
};

// Sets what lines are there for while it lives.
class Reason {
 public:
  Reason(Lines &lines, llvm::ArrayRef<source::Span> spans)
      : lines_(lines), before_(lines.because_) {
    if (!spans.empty()) lines.Because(spans);
  }
  ~Reason() { lines_.because_ = before_; }
  Reason(const Reason &) = delete;
  auto operator=(const Reason &) -> Reason & = delete;

 private:
  Lines &lines_;
  const Because before_;
};

}  // namespace groma::output
