// SPDX-License-Identifier: Apache-2.0
#include "messages.h"
#include "session.h"

namespace groma::driver {

auto RunCompletion(Session &session) -> int {
  const std::string &shell = session.arguments.operands.front();
  const std::string script = CompletionFor(shell);
  if (script.empty()) {
    session.sink.Report(message::UnwantedArgument, {}, "completion", shell)
        .Note("it is one of bash, zsh, fish");
  }
  return session.Finish(script);
}

}  // namespace groma::driver
