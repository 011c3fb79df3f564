// SPDX-License-Identifier: Apache-2.0
// A plan as text on top of a small prelude, and what it evaluates to.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "groma/check/check.h"
#include "groma/evaluate/evaluate.h"
#include "groma/parse/parse.h"
#include "groma/plan/print.h"

namespace groma::evaluate {

class Evaluated {
 public:
  explicit Evaluated(std::string text);

  // What `train.nodes`, or a `let` by its name, is: as a value, and as text.
  auto Of(llvm::StringRef name) -> plan::Value;
  auto Text(llvm::StringRef name) -> std::string;
  auto OriginOf(llvm::StringRef name) -> plan::Origin;
  // The codes and the messages of all that was reported, in order of places.
  auto codes() const -> std::vector<std::string>;
  auto messages() const -> std::vector<std::string>;
  auto environment() -> plan::Environment& { return model_->environments.front(); }
  auto model() -> plan::Model& { return *model_; }
  auto sources() const -> const source::Set& { return sources_; }
  auto sink() const -> const Sink& { return sink_; }
  // "owner on subject: formula" of every demand.
  auto Demands() -> std::vector<std::string>;

 private:
  auto Find(llvm::StringRef name) -> plan::Fact;

  source::Set sources_;
  modules::Store store_;
  Sink sink_;
  std::unique_ptr<plan::Model> model_;
};

}  // namespace groma::evaluate
