// SPDX-License-Identifier: Apache-2.0
#include "naming.h"

#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::Naming;
using resources::Type;

namespace {

constexpr size_t kMark = 5;  // letters that tell cut names apart

// The same on every machine: FNV-1a in 64 bits, in the 32 letters that are hard to confuse.
auto MarkOf(llvm::StringRef text) -> std::string {
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  std::string mark;
  for (size_t i = 0; i < kMark; ++i) {
    mark += "abcdefghjkmnpqrstuvwxyz23456789a"[hash % 32];
    hash /= 32;
  }
  return mark;
}

auto Allows(const Naming &naming, char c) -> bool {
  if (llvm::isDigit(c)) return true;
  if (llvm::isAlpha(c)) return naming.letters == Naming::Letters::Any || llvm::isLower(c);
  return llvm::StringRef(naming.also).contains(c);
}

}  // namespace

auto Namer::Made(const Type &type, llvm::StringRef thing) const -> std::string {
  const Naming &naming = type.naming;
  const bool has_dash = llvm::StringRef(naming.also).contains('-');
  std::string full = naming.is_bare ? "" : naming.abbreviation;
  for (const llvm::StringRef part : {llvm::StringRef(plan_), thing, llvm::StringRef(environment_)}) {
    if (part.empty() || (naming.is_bare && part.data() != thing.data())) continue;
    if (has_dash && !full.empty()) full += '-';
    for (const char c : part) {
      const char letter =
          naming.letters == Naming::Letters::Lower ? llvm::toLower(c) : c;
      if (c == '_' || c == '.') {
        if (has_dash) full += '-';
      } else if (Allows(naming, letter)) {
        full += letter;
      }
    }
  }
  // Names that the whole world shares always carry the mark.
  const bool is_shared = naming.among == Naming::Among::World;
  if (full.size() <= naming.most && !is_shared) return full;
  const std::string mark = MarkOf(plan_ + "/" + environment_ + "/" + thing.str());
  const size_t room = naming.most - kMark - (has_dash ? 1 : 0);
  if (full.size() > room) full.resize(room);
  while (!full.empty() && !llvm::isAlnum(full.back())) full.pop_back();
  return full + (has_dash ? "-" : "") + mark;
}

auto Namer::Fit(llvm::StringRef name, size_t most) -> std::string {
  if (name.size() <= most) return name.str();
  return name.take_front(most - kMark - 1).str() + "-" + MarkOf(name);
}

auto Namer::NameOf(const Type &type, llvm::StringRef thing, llvm::StringRef place,
                   source::Span span) -> std::string {
  std::string name = Made(type, thing);
  const bool is_local =
      type.naming.among == Naming::Among::Group || type.naming.among == Naming::Among::Parent;
  const std::string key = std::string(type.arm) + "|" + (is_local ? place.str() : "") + "|" +
                          llvm::StringRef(name).lower();
  const auto [at, is_new] = taken_.try_emplace(key, std::pair(thing.str(), span));
  if (!is_new && at->second.second.begin != span.begin) {
    sink_.Report(message::SameName, span, type.title, name, at->second.first)
        .Label(at->second.second, "the other one")
        .Help("rename one of them in the plan");
  }
  return name;
}

}  // namespace groma::lower::azure
