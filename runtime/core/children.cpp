// SPDX-License-Identifier: Apache-2.0
// A child process for each variant: NCCL reads its environment once, and a process that hangs in a
// driver can only be killed.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include "core/names.h"
#include "core/pack.h"
#include "core/runner.h"
#include "core/topology.h"

extern char **environ;

namespace groma::runtime {
namespace {

// Room for the start and for writing down what was found.
constexpr int kGrace = 120;

// How the child ended: its status, or nothing if it had to be killed.
auto WaitFor(pid_t child, int seconds) -> std::optional<int> {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  int status = 0;
  while (std::chrono::steady_clock::now() < deadline) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    if (ended < 0 && errno != EINTR) return std::nullopt;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return std::nullopt;
}

auto HowItEnded(const std::optional<int> &status) -> std::string {
  if (!status) return "did not end in time and was killed";
  if (WIFSIGNALED(*status)) return "was ended by signal " + std::to_string(WTERMSIG(*status));
  return "ended with code " + std::to_string(WEXITSTATUS(*status)) + " and left no result";
}

}  // namespace

auto PartPath(const Options &options, Variant variant) -> std::string {
  return options.out + "/.part." + NameOf(variant) + "." + std::to_string(options.process);
}

auto RunChild(const Suite &suite, const Options &options, Variant variant, int index,
              const std::vector<std::string> &arguments) -> RunRecord {
  std::vector<std::string> texts = {"/proc/self/exe"};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  texts.emplace_back("--variant");
  texts.emplace_back(NameOf(variant));
  if (options.processes > 1) {
    texts.emplace_back("--rendezvous");
    texts.push_back(options.host + ":" + std::to_string(options.port + index));
  }
  std::vector<char *> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string &text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);

  const std::string part = PartPath(options, variant);
  unlink(part.c_str());
  const Topology topology(*suite.shape);
  const std::string component = topology.GpuName(options.process * options.ranks_per_process);
  pid_t child = 0;
  const int error =
      posix_spawn(&child, texts.front().c_str(), nullptr, nullptr, pointers.data(), environ);
  if (error != 0) {
    return BrokenRecord(suite, options, variant, component, "its process could not be started");
  }
  const std::optional<int> status = WaitFor(child, BudgetOf(options.tier) + kGrace);
  std::ifstream file(part, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  unlink(part.c_str());
  RunRecord record;
  const bool has_ended = status && WIFEXITED(*status);
  if (!has_ended || bytes.empty() || !Unpack(bytes, record)) {
    return BrokenRecord(
        suite, options, variant, component,
        "its process (rank " + std::to_string(options.process) + ") " + HowItEnded(status));
  }
  return record;
}

}  // namespace groma::runtime
