// SPDX-License-Identifier: Apache-2.0
// Reads from NCCL's log which ways it takes. The log is text for people and changes: a line about a
// way that is not understood makes the answer missing, as do lines that must be there and are not.
#pragma once

#include <string>

#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

// `log` is what NCCL wrote while one communicator was made and used for the first time; `before` is
// what it wrote earlier, where the network adapters are listed.
auto ParseTransport(const std::string &before, const std::string &log, int ranks)
    -> Maybe<Transport>;

}  // namespace groma::runtime::cuda
