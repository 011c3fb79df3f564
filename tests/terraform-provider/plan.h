// SPDX-License-Identifier: Apache-2.0
// A cloud of one process: what a resource is going to be, and what it is once it was made.
#pragma once

#include <string>
#include <vector>

#include "schema.h"

namespace stub {

// What the resource will be. Of a new one everything that the provider decides is unknown, in an
// old one it stays.
auto Planned(const Resource& resource, const Json& prior, Json proposed) -> Json;

// Whether Terraform has to be told that this resource fills in blocks, which only old providers
// may.
auto fills_in_blocks(const Resource& resource) -> bool;

// Attributes whose change cannot be made in place.
auto Replacing(const Resource& resource, const Json& prior, const Json& planned)
    -> std::vector<std::string>;

// The planned resource with an invented value in each place that was unknown.
auto Applied(const Resource& resource, Json planned) -> Json;

// What reading a data source with this configuration gives.
auto Read(const Resource& source, const Json& config) -> Json;

// A resource of which nothing is known but where it is.
auto Imported(const Resource& resource, const std::string& id) -> Json;

}  // namespace stub
