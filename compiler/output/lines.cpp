// SPDX-License-Identifier: Apache-2.0
#include "groma/output/lines.h"

namespace groma::output {

void Lines::Add(int indent, llvm::StringRef text, const std::vector<source::Span> &because) {
  text_.append(static_cast<size_t>(indent) * 2, ' ');
  text_ += text;
  text_ += '\n';
  ++count_;
  is_gap_ = false;
  trace_.push_back({count_, because.empty() ? because_ : because});
}

void Lines::Gap() {
  if (is_gap_) return;
  text_ += '\n';
  ++count_;
  is_gap_ = true;
}

auto Lines::Take(std::string path) -> File {
  if (text_.size() > 1 && text_.ends_with("\n\n")) text_.pop_back();
  File file{std::move(path), std::move(text_), std::move(trace_)};
  *this = {};
  return file;
}

}  // namespace groma::output
