// SPDX-License-Identifier: Apache-2.0
// What Terraform must be told about things that it knows under other addresses, or not yet.
#pragma once

#include "groma/emit/terraform/values.h"
#include "groma/output/file.h"

namespace groma::emit::terraform {

// `moved.tf` where the plan renames something, `imports.tf` where it takes over what is there already.
void AddMoves(const resources::Graph &graph, const resources::Parts &parts, int version,
              std::vector<output::File> &files);

}  // namespace groma::emit::terraform
