// SPDX-License-Identifier: Apache-2.0
// Values as Bicep writes them.
#pragma once

#include "groma/emit/bicep/shared.h"
#include "groma/output/lines.h"
#include "groma/resources/modules.h"

namespace groma::emit::bicep {

// A text in quotes: whatever stands in it is data.
auto Quoted(llvm::StringRef text) -> std::string;
// A name, in quotes if it is none of Bicep's own.
auto Key(llvm::StringRef name) -> std::string;
// A comment of one line; line ends become spaces.
auto Comment(llvm::StringRef text) -> std::string;

// Writes values in one file. What refers to something of another file is a parameter of this one.
class Values {
 public:
  Values(const resources::Graph &graph, const resources::Module *module,
         const resources::Parts &parts)
      : graph_(graph), module_(module), parts_(parts) {}

  auto parts() const -> const resources::Parts & { return parts_; }
  // What the file says once and refers to by its name; it must outlive this.
  void Share(const Shared &shared) { shared_ = &shared; }

  // `name: value`, or the value alone where there is no name; several lines where it is long.
  void Write(output::Lines &lines, int indent, llvm::StringRef name,
             const resources::Value &value) const {
    Write(lines, indent, name, name.empty() ? "" : ": ", value);
  }
  // `var name = value`
  void WriteVariable(output::Lines &lines, llvm::StringRef name, const resources::Value &value) const;
  // On one line: neither a list nor an object.
  auto Text(const resources::Value &value) const -> std::string;

 private:
  void Write(output::Lines &lines, int indent, llvm::StringRef name, llvm::StringRef sign,
             const resources::Value &value) const;
  auto Reference(const resources::Value &value) const -> std::string;
  auto IsHere(resources::ResourceId id) const -> bool;
  auto Joined(const resources::Value &value) const -> std::string;

  const resources::Graph &graph_;
  const resources::Module *module_;  // none: the file that holds the others
  const resources::Parts &parts_;
  const Shared *shared_ = nullptr;
};

}  // namespace groma::emit::bicep
