// SPDX-License-Identifier: Apache-2.0
// The small files in which Linux tells of hardware. Every path is below a root folder, "" but in
// tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

// The first line of a file.
auto ReadLine(const std::string &path) -> Maybe<std::string>;
// A whole number that is all that the line holds.
auto ParseCount(const std::string &text) -> Maybe<int64_t>;
auto ReadCount(const std::string &path) -> Maybe<int64_t>;
// Names in a folder, without those that start with a dot; "mlx5_2" before "mlx5_10". Empty if there
// is no such folder.
auto List(const std::string &folder) -> std::vector<std::string>;

}  // namespace groma::runtime::cuda
