// SPDX-License-Identifier: Apache-2.0
// From solved plans to files in memory.
#include <atomic>
#include <map>
#include <optional>
#include <thread>

#include "groma/base/sha256.h"
#include "groma/emit/plan_json/plan_json.h"
#include "groma/pipeline/compile.h"
#include "groma/reason/prover.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringExtras.h"
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

// Places in the plan as `"file:line"`. Few places are behind many lines, so each is worked out once.
class PlaceNames {
 public:
  explicit PlaceNames(const source::Set &sources) : sources_(sources) {}

  auto Of(source::Span span) -> const std::string & {
    std::string &name = names_[span.begin];
    if (name.empty()) {
      const source::Place place = sources_.PlaceOf(span.begin);
      name = Quote(place.file->name + ":" + std::to_string(place.line));
    }
    return name;
  }

 private:
  const source::Set &sources_;
  llvm::DenseMap<uint32_t, std::string> names_;
};

// Which plan lines are behind each line of each file: `file:line`.
auto TraceOf(const std::vector<output::File> &files, const source::Set &sources) -> output::File {
  PlaceNames names(sources);
  output::File trace;
  trace.path = "trace.json";
  trace.text = "{\n  \"schema\": \"groma.trace/2\",\n  \"files\": {\n";
  constexpr size_t kUsualEntry = 64;
  size_t count = 0;
  for (const output::File &file : files) count += file.trace.size();
  trace.text.reserve(count * kUsualEntry);
  for (size_t f = 0; f < files.size(); ++f) {
    trace.text += "    " + Quote(files[f].path) + ": [\n";
    const auto &entries = files[f].trace;
    output::Because last{~0U, 0};
    std::string places;
    for (size_t i = 0, next = 0; i < entries.size(); i = next) {
      // Lines one after another with the same reason are told together.
      for (next = i + 1; next < entries.size(); ++next) {
        const bool goes_on = entries[next].because == entries[i].because &&
                             entries[next].line == entries[next - 1].line + 1;
        if (!goes_on) break;
      }
      if (!(entries[i].because == last)) {
        last = entries[i].because;
        places.clear();
        for (const source::Span &span : files[f].PlacesOf(last)) {
          if (!span.is_valid()) continue;
          places += places.empty() ? "" : ", ";
          places += names.Of(span);
        }
      }
      trace.text += "      { \"line\": ";
      trace.text += std::to_string(entries[i].line);
      if (next > i + 1) trace.text += ", \"to\": " + std::to_string(entries[next - 1].line);
      trace.text += ", \"because\": [";
      trace.text += places;
      trace.text += next < entries.size() ? "] },\n" : "] }\n";
    }
    trace.text += f + 1 < files.size() ? "    ],\n" : "    ]\n";
  }
  trace.text += "  }\n}\n";
  return trace;
}

// The hash of each file; of much text in two threads, since it takes as long as writing it.
auto HashesOf(const std::vector<output::File> &files) -> std::vector<std::string> {
  constexpr size_t kMuch = size_t{1} << 20;
  std::vector<std::string> hashes(files.size());
  size_t bytes = 0;
  for (const output::File &file : files) bytes += file.text.size();
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < files.size(); i = next++) {
      const size_t from_end = files.size() - 1 - i;  // the trace, which is the longest, comes last
      hashes[from_end] = base::Sha256(files[from_end].text);
    }
  };
  std::optional<std::thread> helper;
  if (bytes > kMuch && std::thread::hardware_concurrency() > 1) helper.emplace(work);
  work();
  if (helper) helper->join();
  return hashes;
}

auto ManifestOf(const std::vector<output::File> &files, llvm::StringRef version) -> output::File {
  output::File manifest;
  manifest.path = "manifest.json";
  manifest.text = "{\n  \"schema\": \"groma.manifest/1\",\n  \"groma\": " + Quote(version) +
                  ",\n  \"files\": [\n";
  const std::vector<std::string> hashes = HashesOf(files);
  std::map<llvm::StringRef, llvm::StringRef> sorted;
  for (size_t i = 0; i < files.size(); ++i) sorted[files[i].path] = hashes[i];
  size_t left = sorted.size();
  for (const auto &[path, hash] : sorted) {
    manifest.text += "    { \"path\": " + Quote(path) + ", \"sha256\": \"" + hash.str() +
                     "\" }" + (--left != 0 ? ",\n" : "\n");
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
