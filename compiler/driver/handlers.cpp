// SPDX-License-Identifier: Apache-2.0
// What happens when groma itself fails. Nothing on disk is lost: files are replaced as a whole.
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <string_view>

#include "groma/driver/run.h"
#include "session.h"

namespace groma::driver {
namespace {

// A signal's handler may do no more than this.
void Say(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(STDERR_FILENO, text.data(), text.size());
    if (count <= 0) return;
    text.remove_prefix(static_cast<size_t>(count));
  }
}

void OnFailure(int signal) {
  Say(signal == SIGSEGV ? "groma: the stack is used up, or memory was touched that is not groma's\n"
                        : "");
  Say("groma: this is a bug in groma; no file was changed by halves\n");
  _exit(kInternalError);
}

void OnNoMemory() {
  Say("groma: there is not enough memory\n");
  _exit(kUsage);
}

// The handler's stack: the usual one may be used up.
alignas(16) char handler_stack[1 << 16];

}  // namespace

void InstallHandlers() {
  std::set_new_handler(OnNoMemory);
  stack_t stack = {};
  stack.ss_sp = handler_stack;
  stack.ss_size = sizeof handler_stack;
  sigaltstack(&stack, nullptr);
  struct sigaction action = {};
  action.sa_handler = OnFailure;
  action.sa_flags = SA_ONSTACK | SA_RESETHAND;
  for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    sigaction(number, &action, nullptr);
  }
  // So that writing to a closed pipe is an error that can be reported.
  signal(SIGPIPE, SIG_IGN);
}

}  // namespace groma::driver
