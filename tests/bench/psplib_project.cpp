// SPDX-License-Identifier: Apache-2.0
#include "psplib_project.h"

#include <cctype>
#include <sstream>
#include <vector>

namespace groma::bench {
namespace {

using timing::TaskId;
using timing::TeamId;

// Longer than any of the projects.
constexpr timing::Moment kHorizon = 100'000;

void AddTask(PsplibProject &project, int64_t duration, const std::vector<int64_t> &people) {
  project.network.tasks.push_back({.work = duration});
  timing::Job job{.is_splittable = false};
  for (TeamId team = 0; team < people.size(); ++team) {
    if (people[team] > 0) job.needs.push_back({team, people[team]});
  }
  project.workforce.jobs.push_back(job);
}

// All numbers of a text, in their order; nothing if there is anything but numbers.
auto Numbers(const std::string &text) -> std::optional<std::vector<int64_t>> {
  std::istringstream stream(text);
  std::vector<int64_t> numbers;
  for (int64_t number = 0; stream >> number;) numbers.push_back(number);
  if (!stream.eof()) return std::nullopt;
  return numbers;
}

auto ReadPatterson(const std::vector<int64_t> &numbers) -> std::optional<PsplibProject> {
  PsplibProject project;
  size_t at = 0;
  const auto next = [&] {
    return at < numbers.size() ? numbers[at++] : (at = numbers.size() + 1, 0);
  };
  const int64_t tasks = next();
  const int64_t teams = next();
  for (int64_t team = 0; team < teams; ++team) {
    project.workforce.teams.push_back({{0, kHorizon, next()}});
  }
  for (int64_t task = 0; task < tasks; ++task) {
    const int64_t duration = next();
    std::vector<int64_t> people;
    for (int64_t team = 0; team < teams; ++team) people.push_back(next());
    AddTask(project, duration, people);
    for (int64_t count = next(); count > 0 && at <= numbers.size(); --count) {
      project.network.edges.push_back({static_cast<TaskId>(task), static_cast<TaskId>(next() - 1)});
    }
  }
  if (at != numbers.size()) return std::nullopt;
  return project;
}

// The numbers of the lines after `title` that hold nothing else, after `skip` lines.
auto Table(const std::string &text, const std::string &title, int skip)
    -> std::vector<std::vector<int64_t>> {
  std::vector<std::vector<int64_t>> rows;
  const size_t at = text.find(title);
  if (at == std::string::npos) return rows;
  std::istringstream lines(text.substr(at));
  std::string line;
  for (int i = 0; i <= skip; ++i) std::getline(lines, line);
  while (std::getline(lines, line)) {
    const auto numbers = Numbers(line);
    if (!numbers || numbers->empty()) break;
    rows.push_back(*numbers);
  }
  return rows;
}

auto ReadProGen(const std::string &text) -> std::optional<PsplibProject> {
  const auto follows = Table(text, "PRECEDENCE RELATIONS", 1);
  const auto requests = Table(text, "REQUESTS/DURATIONS", 2);
  const auto available = Table(text, "RESOURCEAVAILABILITIES", 1);
  if (follows.empty() || follows.size() != requests.size() || available.size() != 1) {
    return std::nullopt;
  }
  PsplibProject project;
  for (const int64_t people : available.front()) {
    project.workforce.teams.push_back({{0, kHorizon, people}});
  }
  constexpr size_t kBefore = 3;  // number, modes or mode, and successors or duration
  for (TaskId task = 0; task < follows.size(); ++task) {
    if (requests[task].size() < kBefore || follows[task].size() < kBefore) return std::nullopt;
    AddTask(project, requests[task][2], {requests[task].begin() + kBefore, requests[task].end()});
    for (size_t i = kBefore; i < follows[task].size(); ++i) {
      project.network.edges.push_back({task, static_cast<TaskId>(follows[task][i] - 1)});
    }
  }
  return project;
}

}  // namespace

auto ReadPsplib(const std::string &text) -> std::optional<PsplibProject> {
  if (const auto numbers = Numbers(text)) return ReadPatterson(*numbers);
  return ReadProGen(text);
}

}  // namespace groma::bench
