// SPDX-License-Identifier: Apache-2.0
// From solved plans to files in memory.
#include <map>

#include "groma/emit/plan_json/plan_json.h"
#include "groma/pipeline/compile.h"
#include "groma/reason/prover.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"
#include "outputs.h"

namespace groma::pipeline {
namespace {

auto Quote(llvm::StringRef text) -> std::string {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00" + llvm::utohexstr(static_cast<unsigned char>(c), true, 2);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// Which plan lines are behind each line of each file: `file:line`.
auto TraceOf(const std::vector<output::File> &files, const source::Set &sources) -> output::File {
  output::File trace;
  trace.path = "trace.json";
  trace.text = "{\n  \"schema\": \"groma.trace/1\",\n  \"files\": {\n";
  for (size_t f = 0; f < files.size(); ++f) {
    trace.text += "    " + Quote(files[f].path) + ": [\n";
    const auto &entries = files[f].trace;
    for (size_t i = 0; i < entries.size(); ++i) {
      std::string places;
      for (const source::Span &span : entries[i].because) {
        if (!span.is_valid()) continue;
        const source::Place place = sources.PlaceOf(span.begin);
        places += (places.empty() ? "" : ", ") +
                  Quote(place.file->name + ":" + std::to_string(place.line));
      }
      trace.text += "      { \"line\": " + std::to_string(entries[i].line) + ", \"because\": [" +
                    places + "] }" + (i + 1 < entries.size() ? ",\n" : "\n");
    }
    trace.text += f + 1 < files.size() ? "    ],\n" : "    ]\n";
  }
  trace.text += "  }\n}\n";
  return trace;
}

auto ManifestOf(const std::vector<output::File> &files, llvm::StringRef version) -> output::File {
  output::File manifest;
  manifest.path = "manifest.json";
  manifest.text = "{\n  \"schema\": \"groma.manifest/1\",\n  \"groma\": " + Quote(version) +
                  ",\n  \"files\": [\n";
  std::map<std::string, const output::File *> sorted;
  for (const output::File &file : files) sorted[file.path] = &file;
  size_t left = sorted.size();
  for (const auto &[path, file] : sorted) {
    const auto hash = llvm::SHA256::hash(llvm::ArrayRef<uint8_t>(
        reinterpret_cast<const uint8_t *>(file->text.data()), file->text.size()));
    manifest.text += "    { \"path\": " + Quote(path) + ", \"sha256\": \"" +
                     llvm::toHex(hash, /*LowerCase=*/true) + "\" }" + (--left != 0 ? ",\n" : "\n");
  }
  manifest.text += "  ]\n}\n";
  return manifest;
}

}  // namespace

auto EmitFiles(std::vector<plan::Plan> &plans, const source::Set &sources,
               llvm::StringRef version, Sink &sink) -> std::vector<output::File> {
  std::vector<output::File> files;
  if (plans.empty()) return files;
  const emit::Maker maker{version.str(), reason::EngineVersion()};
  for (plan::Plan &plan : plans) {
    output::File file = emit::PlanJson(plan, sources, maker);
    const llvm::StringRef name = plan.model->text(plan.environment.name);
    if (!name.empty()) file.path = name.str() + "/" + file.path;
    files.push_back(std::move(file));
  }
  WriteOutputs(plans, sources, version, files, sink);
  files.push_back(TraceOf(files, sources));
  files.push_back(ManifestOf(files, version));
  return files;
}

}  // namespace groma::pipeline
