// SPDX-License-Identifier: Apache-2.0
#include "groma/output/lines.h"

#include <algorithm>

namespace groma::output {

auto AddPlaces(std::vector<source::Span> &places, llvm::ArrayRef<source::Span> because) -> Because {
  const auto count = static_cast<uint32_t>(because.size());
  if (llvm::ArrayRef(places).take_back(std::min(places.size(), because.size())) != because) {
    places.insert(places.end(), because.begin(), because.end());
  }
  return {static_cast<uint32_t>(places.size()) - count, count};
}

void File::Trace(size_t line, llvm::ArrayRef<source::Span> because) {
  trace.push_back({line, AddPlaces(places, because)});
}

void Lines::Add(int indent, llvm::StringRef text, llvm::ArrayRef<source::Span> because) {
  Add(indent, {text}, because);
}

void Lines::Add(int indent, std::initializer_list<llvm::StringRef> pieces,
                llvm::ArrayRef<source::Span> because) {
  text_.append(static_cast<size_t>(indent) * 2, ' ');
  for (const llvm::StringRef piece : pieces) text_ += piece;
  text_ += '\n';
  ++count_;
  is_gap_ = false;
  trace_.push_back({count_, because.empty() ? because_ : AddPlaces(places_, because)});
}

void Lines::Gap() {
  if (is_gap_) return;
  text_ += '\n';
  ++count_;
  is_gap_ = true;
}

auto Lines::Take(std::string path) -> File {
  if (text_.size() > 1 && text_.ends_with("\n\n")) text_.pop_back();
  File file{std::move(path), std::move(text_), std::move(trace_), std::move(places_)};
  *this = {};
  return file;
}

}  // namespace groma::output
