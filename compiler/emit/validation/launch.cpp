// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/launch.h"

#include "groma/emit/validation/line_launch.h"
#include "groma/emit/validation/text.h"

namespace groma::emit::validation {
namespace {

using acceptance::Suite;

// Where ranks meet; any free port will do.
constexpr const char *kPort = "29400";

auto Program(const Suite &suite) -> std::string { return Plain(suite.shape.pool) + "_acceptance"; }

// Kubernetes takes small letters, digits and hyphens.
auto Label(const Suite &suite) -> std::string {
  std::string label = Plain(suite.shape.pool) + "-acceptance";
  for (char &c : label) c = c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return label;
}

auto Start(const Suite &suite, const std::string &head) -> output::Lines {
  output::Lines lines;
  lines.Because(suite.because);
  lines.Add(0, "#!/usr/bin/env bash");
  lines.Add(0, "# " + head.substr(3));
  return lines;
}

auto Slurm(const Suite &suite, const std::string &head) -> output::File {
  const std::string per_node = std::to_string(suite.shape.gpus_per_node);
  output::Lines lines = Start(suite, head);
  lines.Add(0, "# sbatch launch/slurm.sbatch [smoke|accept|burn]: one rank for each GPU. Where jobs need a limit: --time=1:30:00, for burn 13:00:00.");
  lines.Add(0, "#SBATCH --job-name=" + Label(suite));
  lines.Add(0, "#SBATCH --nodes=" + std::to_string(suite.shape.nodes));
  lines.Add(0, "#SBATCH --ntasks-per-node=" + per_node);
  lines.Add(0, "#SBATCH --gpus-per-node=" + per_node);
  lines.Add(0, "#SBATCH --exclusive");
  lines.Add(0, "set -euo pipefail");
  lines.Add(0, "tier=${1:-smoke}");
  lines.Add(0, "MASTER_ADDR=$(scontrol show hostnames \"$SLURM_JOB_NODELIST\" | head -n 1)");
  lines.Add(0, std::string("export MASTER_ADDR MASTER_PORT=") + kPort);
  lines.Add(0, "srun --kill-on-bad-exit=0 \"${BUILD:-build}/" + Program(suite) +
                   "\" --backend cuda --tier \"$tier\" --out \"${OUT:-report}\"");
  return lines.Take("launch/slurm.sbatch");
}

auto Mpi(const Suite &suite, const std::string &head) -> output::File {
  output::Lines lines = Start(suite, head);
  lines.Add(0, "# launch/mpirun.sh HOSTFILE [smoke|accept|burn]: one rank for each GPU; the first host is where ranks meet.");
  lines.Add(0, "set -euo pipefail");
  lines.Add(0, "hosts=${1:?name a file with one host on each line}");
  lines.Add(0, "tier=${2:-smoke}");
  lines.Add(0, "MASTER_ADDR=$(awk 'NF && $1 !~ /^#/ { print $1; exit }' \"$hosts\")");
  lines.Add(0, std::string("export MASTER_ADDR MASTER_PORT=") + kPort);
  lines.Add(0, "mpirun -np " + std::to_string(suite.shape.world()) + " --map-by ppr:" +
                   std::to_string(suite.shape.gpus_per_node) + ":node --hostfile \"$hosts\" -x MASTER_ADDR -x MASTER_PORT \\");
  lines.Add(1, "\"${BUILD:-build}/" + Program(suite) + "\" --backend cuda --tier \"$tier\" --out \"${OUT:-report}\"");
  return lines.Take("launch/mpirun.sh");
}

auto Ssh(const Suite &suite, const std::string &head) -> output::File {
  const std::string per_node = std::to_string(suite.shape.gpus_per_node);
  output::Lines lines = Start(suite, head);
  lines.Add(0, "# launch/ssh.sh HOSTFILE [smoke|accept|burn]: a shell on each host starts one rank for each of its GPUs.");
  lines.Add(0, "# Every host has this folder at the same place; the report is written on the first one.");
  lines.Add(0, "set -euo pipefail");
  lines.Add(0, "hosts=${1:?name a file with one host on each line}");
  lines.Add(0, "tier=${2:-smoke}");
  lines.Add(0, "mapfile -t nodes < <(awk 'NF && $1 !~ /^#/ { print $1 }' \"$hosts\")");
  lines.Add(0, "if [ \"${#nodes[@]}\" -ne " + std::to_string(suite.shape.nodes) + " ]; then");
  lines.Add(1, "echo \"the plan has " + std::to_string(suite.shape.nodes) + " nodes, $hosts names ${#nodes[@]}\" >&2");
  lines.Add(1, "exit 2");
  lines.Add(0, "fi");
  lines.Add(0, "started=()");
  lines.Add(0, "for node in \"${!nodes[@]}\"; do");
  lines.Add(1, "for ((gpu = 0; gpu < " + per_node + "; gpu++)); do");
  lines.Add(2, "rank=$((node * " + per_node + " + gpu))");
  lines.Add(2, "ssh \"${nodes[$node]}\" \"cd '$PWD' && '${BUILD:-build}/" + Program(suite) +
                   "' --backend cuda --tier '$tier' --rank $rank --world " + std::to_string(suite.shape.world()) +
                   " --local-rank $gpu --rendezvous '${nodes[0]}:" + kPort + "' --out '${OUT:-report}'\" &");
  lines.Add(2, "started+=(\"$!\")");
  lines.Add(1, "done");
  lines.Add(0, "done");
  lines.Add(0, "# Rank 0 judges: its exit code is that of the suite.");
  lines.Add(0, "code=0");
  lines.Add(0, "wait \"${started[0]}\" || code=$?");
  lines.Add(0, "for ((i = 1; i < ${#started[@]}; i++)); do wait \"${started[$i]}\" || true; done");
  lines.Add(0, "exit \"$code\"");
  return lines.Take("launch/ssh.sh");
}

auto Kubernetes(const Suite &suite, const std::string &head) -> output::File {
  const std::string label = Label(suite);
  const std::string nodes = std::to_string(suite.shape.nodes);
  const std::string gpus = std::to_string(suite.shape.gpus_per_node);
  output::Lines lines;
  lines.Because(suite.because);
  lines.Add(0, "# " + head.substr(3));
  lines.Add(0, "# One pod for each node, each with all of its GPUs; the first is where ranks meet; the report ends its log.");
  if (suite.shape.nics_per_node > 0 && suite.shape.units() >= 2) {
    lines.Add(0, "# Pods reach the ports of the fabric by a resource that each cluster names itself: add it to the limits.");
  }
  lines.Add(0, "# Put the image with the built suite in place of IMAGE, and its tag or digest with it.");
  for (const std::string &line : {
           std::string("apiVersion: v1"), std::string("kind: Service"), std::string("metadata:"),
           "  name: " + label, std::string("spec:"), std::string("  clusterIP: None"),
           std::string("  publishNotReadyAddresses: true"), std::string("  selector:"), "    job-name: " + label,
           std::string("---"), std::string("apiVersion: batch/v1"), std::string("kind: Job"), std::string("metadata:"),
           "  name: " + label, std::string("spec:"), std::string("  completionMode: Indexed"), "  completions: " + nodes,
           "  parallelism: " + nodes, std::string("  backoffLimit: 0"), std::string("  template:"),
           std::string("    metadata:"), std::string("      labels:"), "        app: " + label, std::string("    spec:"),
           "      subdomain: " + label, std::string("      restartPolicy: Never"), std::string("      affinity:"),
           std::string("        podAntiAffinity:"),
           std::string("          requiredDuringSchedulingIgnoredDuringExecution:"),
           std::string("            - topologyKey: kubernetes.io/hostname"), std::string("              labelSelector:"),
           std::string("                matchLabels:"), "                  app: " + label, std::string("      containers:"),
           std::string("        - name: suite"), std::string("          image: IMAGE"),
           std::string("          command: [\"/bin/bash\", \"-c\"]"), std::string("          args:"),
           std::string("            - |"), std::string("              set -u"), std::string("              code=0; started=()"),
           "              for ((gpu = 0; gpu < " + gpus + "; gpu++)); do",
           "                " + Program(suite) + " --backend cuda --tier \"$TIER\" --world " +
               std::to_string(suite.shape.world()) + " \\",
           "                  --rank $((JOB_COMPLETION_INDEX * " + gpus + " + gpu)) --local-rank $gpu \\",
           "                  --rendezvous " + label + "-0." + label + ":" + kPort + " --out /report &",
           std::string("                started+=(\"$!\")"), std::string("              done"),
           std::string("              for pid in \"${started[@]}\"; do wait \"$pid\" || { c=$?; [ \"$code\" -ne 0 ] || code=$c; }; done"),
           std::string("              # This pod's files go with it; its log stays."),
           std::string("              for file in report.md baseline.groma; do"),
           std::string("                [ ! -f \"/report/$file\" ] || { echo \"== $file\"; cat \"/report/$file\"; }"),
           std::string("              done"),
           std::string("              exit \"$code\""), std::string("          env:"), std::string("            - name: TIER"),
           std::string("              value: smoke"), std::string("          resources:"), std::string("            limits:"),
           "              nvidia.com/gpu: " + gpus, std::string("          securityContext:"),
           std::string("            capabilities:"), std::string("              add: [\"IPC_LOCK\"]"),
           std::string("          volumeMounts:"), std::string("            - { name: report, mountPath: /report }"),
           std::string("            - { name: shm, mountPath: /dev/shm }"), std::string("      volumes:"),
           std::string("        - { name: report, emptyDir: {} }"),
           std::string("        - { name: shm, emptyDir: { medium: Memory } }"),
       }) {
    lines.Add(0, line);
  }
  return lines.Take("launch/kubernetes.yaml");
}

}  // namespace

auto LaunchFiles(const Suite &suite, const std::string &head) -> std::vector<output::File> {
  if (suite.shape.line) return LineLaunchFiles(suite, head);
  std::vector<output::File> files;
  for (const std::string &launcher : suite.launchers) {
    if (launcher == "slurm") files.push_back(Slurm(suite, head));
    if (launcher == "mpi") files.push_back(Mpi(suite, head));
    if (launcher == "ssh") files.push_back(Ssh(suite, head));
    if (launcher == "kubernetes") files.push_back(Kubernetes(suite, head));
  }
  return files;
}

}  // namespace groma::emit::validation
