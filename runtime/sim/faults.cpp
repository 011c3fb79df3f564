// SPDX-License-Identifier: Apache-2.0
#include "sim/faults.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "core/names.h"
#include "sim/yaml.h"

namespace groma::runtime {
namespace {

// A fault, what its file must say, and what it may say.
struct Form {
  const char *name;
  FaultKind kind;
  const char *needs;
  const char *takes;
};
constexpr Form kForms[] = {
    {"lost_gpu", FaultKind::kLostGpu, "node gpu", ""},
    {"half_rate_nic", FaultKind::kHalfRateNic, "node nic", "quiet"},
    {"dead_link", FaultKind::kDeadLink, "node", "gpu link nic"},
    {"degraded_link", FaultKind::kDegradedLink, "node", "gpu link nic share quiet"},
    {"throttled_gpu", FaultKind::kThrottledGpu, "node gpu", "share"},
    {"ecc_burst", FaultKind::kEccBurst, "node gpu", "count"},
    {"tcp_fallback", FaultKind::kTcpFallback, "node", "rate"},
    {"straggler", FaultKind::kStraggler, "node gpu", "micros"},
    {"flipped_bit", FaultKind::kFlippedBit, "node gpu", ""},
    {"nan", FaultKind::kNan, "node gpu", ""},
    {"missing_metric", FaultKind::kMissingMetric, "node gpu metric", ""},
    {"hung_rank", FaultKind::kHungRank, "node gpu", ""},
    {"dead_line", FaultKind::kDeadLine, "", "from"},
    {"degraded_line", FaultKind::kDegradedLine, "", "from share"},
    {"delayed_line", FaultKind::kDelayedLine, "", "from micros"},
};

// What a driver or host of the simulator can keep to itself.
constexpr const char *kMetrics =
    "ecc.corrected ecc.uncorrected rows.remapped xid nvlink.crc port.link_downed "
    "port.symbol_errors throttle.thermal pcie.generation pcie.width clock.offset_us disk.0.bytes";

struct Wrong {
  int line;
  std::string says;
};

auto Holds(const std::string &words, const std::string &word) -> bool {
  std::istringstream stream(words);
  std::string next;
  while (stream >> next) {
    if (next == word) return true;
  }
  return false;
}

auto Index(const YamlLine &line, int count, const char *of) -> int {
  int value = -1;
  const char *end = line.value.data() + line.value.size();
  const auto [stop, error] = std::from_chars(line.value.data(), end, value);
  if (error != std::errc() || stop != end || value < 0 || value >= count) {
    throw Wrong{line.line, "'" + line.key + "' is 0 to " + std::to_string(count - 1) + " " + of +
                               ", not '" + line.value + "'"};
  }
  return value;
}

auto Positive(const YamlLine &line, double most) -> double {
  std::istringstream stream(line.value);
  double value = 0;
  stream >> value;
  if (!stream || !stream.eof() || !(value > 0) || !(value < most)) {
    throw Wrong{line.line, "'" + line.key + "' is a number above 0 and below " + Figure(most) +
                               ", not '" + line.value + "'"};
  }
  return value;
}

auto FormOf(const std::vector<YamlLine> &lines) -> const Form & {
  std::string names;
  for (const YamlLine &line : lines) {
    if (line.key != "fault") continue;
    for (const Form &form : kForms) {
      if (line.value == form.name) return form;
      names += std::string(names.empty() ? "" : ", ") + form.name;
    }
    throw Wrong{line.line, "there is no fault '" + line.value + "'; there are " + names};
  }
  throw Wrong{1, "'fault: NAME' is missing"};
}

auto Parse(const std::string &text, const Shape &shape) -> Fault {
  const auto read = ReadYaml(text);
  if (const auto *error = std::get_if<YamlError>(&read)) throw Wrong{error->line, error->says};
  const auto &lines = std::get<0>(read);
  const Form &form = FormOf(lines);
  Fault fault;
  fault.kind = form.kind;
  fault.share = 0.5;
  fault.rate = 3;
  fault.micros = 5000;
  fault.count = 40;
  std::string seen;
  for (const YamlLine &line : lines) {
    if (line.key == "fault") continue;
    if (!Holds(form.needs, line.key) && !Holds(form.takes, line.key)) {
      throw Wrong{line.line, std::string("'") + form.name + "' takes no '" + line.key + "'"};
    }
    seen += line.key + " ";
    if (line.key == "node") fault.node = Index(line, shape.nodes, "(nodes of the pool)");
    if (line.key == "gpu") fault.gpu = Index(line, shape.gpus_per_node, "(GPUs of a node)");
    if (line.key == "nic") fault.nic = Index(line, shape.nics_per_node, "(ports of a node)");
    if (line.key == "link") fault.link = Index(line, shape.nvlinks, "(NVLinks of a GPU)");
    if (line.key == "from") fault.from = Index(line, 2, "(ends of the line)");
    if (line.key == "share") fault.share = Positive(line, 1);
    if (line.key == "rate") fault.rate = Positive(line, 1e6);
    if (line.key == "micros") fault.micros = Positive(line, 1e9);
    if (line.key == "count") fault.count = static_cast<int>(Positive(line, 1e9));
    if (line.key == "metric") {
      fault.metric = line.value;
      if (!Holds(kMetrics, line.value)) {
        throw Wrong{line.line, std::string("'metric' is one of ") + kMetrics};
      }
    }
    if (line.key == "quiet") {
      if (line.value != "true" && line.value != "false") {
        throw Wrong{line.line, "'quiet' is true or false"};
      }
      fault.is_quiet = line.value == "true";
    }
  }
  std::istringstream needs(form.needs);
  std::string need;
  while (needs >> need) {
    if (!Holds(seen, need)) {
      throw Wrong{1, std::string("'") + form.name + "' must say '" + need + "'"};
    }
  }
  const bool is_line = fault.kind == FaultKind::kDeadLine ||
                       fault.kind == FaultKind::kDegradedLine ||
                       fault.kind == FaultKind::kDelayedLine;
  if (is_line && !shape.is_line()) {
    throw Wrong{1, std::string("'") + form.name + "' is for a line, and a pool was given"};
  }
  const bool is_link = fault.kind == FaultKind::kDeadLink || fault.kind == FaultKind::kDegradedLink;
  if (is_link && (fault.nic.has_value() == fault.link.has_value() ||
                  fault.link.has_value() != fault.gpu.has_value())) {
    throw Wrong{1, std::string("'") + form.name + "' names a 'gpu' and its 'link', or a 'nic'"};
  }
  return fault;
}

}  // namespace

auto ParseFault(const std::string &path, const std::string &text, const Shape &shape)
    -> std::variant<Fault, std::string> {
  try {
    return Parse(text, shape);
  } catch (const Wrong &wrong) {
    return path + ":" + std::to_string(wrong.line) + ": " + wrong.says;
  }
}

auto ReadFault(const std::string &path, const Shape &shape) -> std::variant<Fault, std::string> {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return "cannot read " + path;
  return ParseFault(path, text.str(), shape);
}

}  // namespace groma::runtime
