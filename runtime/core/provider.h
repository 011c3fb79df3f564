// SPDX-License-Identifier: Apache-2.0
// Where back ends come from.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "core/group.h"
#include "core/options.h"
#include "groma/runtime/backend.h"
#include "groma/runtime/shape.h"

namespace groma::runtime {

class Provider {
 public:
  virtual ~Provider() = default;
  // The back end of a rank of this process, called at its thread.
  virtual auto Open(int rank, Group &group) -> std::unique_ptr<Backend> = 0;
  // A rank is lost: who waits within a back end gives up.
  virtual void Abandon() = 0;
};

// A provider for one variant, or why there is none.
auto MakeProvider(const Options &options, const Shape &shape, Variant variant)
    -> std::variant<std::unique_ptr<Provider>, std::string>;

// Why a back end could not be made for any variant: it was not built, or its options are wrong.
auto WhyNoBackend(const Options &options, const Shape &shape) -> std::string;

}  // namespace groma::runtime
