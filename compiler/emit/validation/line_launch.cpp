// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/line_launch.h"

#include "groma/emit/validation/text.h"

namespace groma::emit::validation {
namespace {

using acceptance::LineEnd;
using acceptance::Suite;

// One end of the line: the near one is rank 0, where both meet.
struct Side {
  const LineEnd &end;
  const LineEnd &other;
  std::string name;  // "near"
  int rank;
};

auto SidesOf(const Suite &suite) -> std::vector<Side> {
  const acceptance::Line &line = *suite.shape.line;
  return {{line.near, line.far, "near", 0}, {line.far, line.near, "far", 1}};
}

auto Arguments(const Side &side) -> std::string {
  return "--backend cuda --tier \"$tier\" --rank " + std::to_string(side.rank) + " --world 2 --local-rank \"${GPU:-0}\"";
}

auto Script(const Suite &suite, const Side &side, const std::string &head, bool is_batch) -> output::File {
  const std::string path = "launch/" + side.name + (is_batch ? ".sbatch" : ".sh");
  const std::string program = Plain(suite.shape.pool) + "_acceptance";
  output::Lines lines;
  lines.Because(suite.because);
  lines.Add(0, "#!/usr/bin/env bash");
  lines.Add(0, "# " + head.substr(3));
  lines.Add(0, "# " + std::string(is_batch ? "sbatch " : "bash ") + path + " HOST [smoke|accept|burn]: one GPU of " + side.end.pool +
                   " at " + side.end.site + ".");
  lines.Add(0, side.rank == 0 ? "# HOST is the address of this server as " + side.other.site + " reaches it; both ends meet there."
                              : "# HOST is the address of the server at " + side.other.site + " at which the near end was started.");
  if (is_batch) {
    lines.Add(0, "#SBATCH --job-name=" + Plain(suite.shape.pool) + "-" + side.name);
    lines.Add(0, "#SBATCH --nodes=1");
    lines.Add(0, "#SBATCH --ntasks=1");
    lines.Add(0, "#SBATCH --gpus-per-node=1");
  }
  lines.Add(0, "set -euo pipefail");
  lines.Add(0, "host=${1:?name the address at which the near end is reached}");
  lines.Add(0, "tier=${2:-smoke}");
  lines.Add(0, "exec \"${BUILD:-build}/" + program + "\" " + Arguments(side) + " \\");
  lines.Add(1, "--rendezvous \"$host:29400\" --out \"${OUT:-report}\"");
  return lines.Take(path);
}

auto Kubernetes(const Suite &suite, const Side &side, const std::string &head) -> output::File {
  std::string label = Plain(suite.shape.pool) + "-" + side.name;
  for (char &c : label) c = c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  output::Lines lines;
  lines.Because(suite.because);
  lines.Add(0, "# " + head.substr(3));
  lines.Add(0, "# One GPU of " + side.end.pool + " at " + side.end.site + ", on the network of its node: the other end reaches no address of a pod.");
  lines.Add(0, "# Put the image with the built suite in place of IMAGE, and the address of the near end in place of HOST.");
  for (const std::string &line : {
           std::string("apiVersion: batch/v1"), std::string("kind: Job"), std::string("metadata:"), "  name: " + label,
           std::string("spec:"), std::string("  backoffLimit: 0"), std::string("  template:"), std::string("    spec:"),
           std::string("      restartPolicy: Never"), std::string("      hostNetwork: true"), std::string("      containers:"),
           std::string("        - name: suite"), std::string("          image: IMAGE"),
           std::string("          command: [\"/bin/bash\", \"-c\"]"), std::string("          args:"), std::string("            - |"),
           std::string("              tier=$TIER"),
           "              exec " + Plain(suite.shape.pool) + "_acceptance " + Arguments(side) + " \\",
           std::string("                --rendezvous \"$HOST:29400\" --out /report"), std::string("          env:"),
           std::string("            - { name: TIER, value: smoke }"), std::string("            - { name: HOST, value: HOST }"),
           std::string("          resources:"), std::string("            limits:"), std::string("              nvidia.com/gpu: 1"),
           std::string("          volumeMounts:"), std::string("            - { name: report, mountPath: /report }"),
           std::string("      volumes:"), std::string("        - { name: report, emptyDir: {} }"),
       }) {
    lines.Add(0, line);
  }
  return lines.Take("launch/" + side.name + ".yaml");
}

auto HasShell(const Side &side) -> bool {
  for (const std::string &launcher : side.end.launchers) {
    if (launcher != "slurm" && launcher != "kubernetes") return true;
  }
  return false;
}

auto Has(const Side &side, const char *name) -> bool {
  for (const std::string &launcher : side.end.launchers) {
    if (launcher == name) return true;
  }
  return false;
}

}  // namespace

auto LineLaunchFiles(const Suite &suite, const std::string &head) -> std::vector<output::File> {
  std::vector<output::File> files;
  for (const Side &side : SidesOf(suite)) {
    if (Has(side, "slurm")) files.push_back(Script(suite, side, head, true));
    if (Has(side, "kubernetes")) files.push_back(Kubernetes(suite, side, head));
    // mpirun reaches one cluster, and these are two: a shell at each end is as good.
    if (HasShell(side)) files.push_back(Script(suite, side, head, false));
  }
  return files;
}

auto LineCalls(const Suite &suite) -> std::vector<std::string> {
  std::vector<std::string> calls;
  for (const Side &side : SidesOf(suite)) {
    const std::string at = "   # at " + side.end.site;
    if (Has(side, "slurm")) calls.push_back("sbatch launch/" + side.name + ".sbatch HOST accept" + at);
    if (Has(side, "kubernetes")) calls.push_back("kubectl apply -f launch/" + side.name + ".yaml" + at + ", after IMAGE and HOST are set");
    if (HasShell(side)) calls.push_back("bash launch/" + side.name + ".sh HOST accept" + at);
  }
  return calls;
}

}  // namespace groma::emit::validation
