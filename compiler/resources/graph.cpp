// SPDX-License-Identifier: Apache-2.0
#include "groma/resources/graph.h"

#include "llvm/ADT/SmallVector.h"

namespace groma::resources {

Graph::Graph() = default;
Graph::Graph(Graph &&) noexcept = default;
auto Graph::operator=(Graph &&) noexcept -> Graph & = default;
Graph::~Graph() = default;

auto Graph::Add(Resource resource) -> ResourceId {
  resources.push_back(std::move(resource));
  return static_cast<ResourceId>(resources.size() - 1);
}

auto Graph::Add(Parameter parameter) -> ParameterId {
  parameters.push_back(std::move(parameter));
  return static_cast<ParameterId>(parameters.size() - 1);
}

auto LimitsOf(const Parameter &parameter) -> Limits {
  switch (parameter.form) {
    case Parameter::Form::Any: break;
    case Parameter::Form::Address: return {7, 15};
    case Parameter::Form::Block29:
    case Parameter::Form::Block30: return {10, 18};
    case Parameter::Form::Guid: return {36, 36};
  }
  return {parameter.least, parameter.most};
}

auto PlaceAt(Value &body, llvm::StringRef path, llvm::ArrayRef<size_t> indices) -> Value & {
  Value *place = &body;
  llvm::SmallVector<llvm::StringRef> steps;
  path.split(steps, '.');
  size_t used = 0;
  for (llvm::StringRef step : steps) {
    const bool is_list = step.consume_back("[]");
    place = &place->At(step);
    if (!is_list) continue;
    base::Check(used < indices.size(), "an element of a list is set by its index");
    place = &place->At(indices[used++]);
  }
  return *place;
}

}  // namespace groma::resources
