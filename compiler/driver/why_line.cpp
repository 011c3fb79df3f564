// SPDX-License-Identifier: Apache-2.0
#include "why_line.h"

#include "disk.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "messages.h"

namespace groma::driver {
namespace {

namespace json = llvm::json;
namespace path = llvm::sys::path;

// The line of a text, from 1, without what is around it; nothing if there is none.
auto LineIn(llvm::StringRef text, uint32_t number) -> std::optional<llvm::StringRef> {
  for (uint32_t line = 1; !text.empty(); ++line) {
    const auto [one, rest] = text.split('\n');
    if (line == number) return one.trim();
    text = rest;
  }
  return std::nullopt;
}

// `plan.groma:41`, with the text of that line where the file can be read.
auto Told(llvm::StringRef place) -> std::string {
  const auto [name, digits] = place.rsplit(':');
  std::string text = "  " + place.str();
  uint32_t number = 0;
  Sink ignored;
  if (digits.getAsInteger(10, number) || KindOf(name) != PathKind::File) return text + "\n";
  const auto file = ReadFile(name, name.str(), {}, ignored);
  const auto line = file ? LineIn(*file, number) : std::nullopt;
  return text + (line ? "  " + line->str() : "") + "\n";
}

// The entry of the trace for the line; null if the trace does not know the file.
struct Found {
  bool knows_file = false;
  const json::Array *because = nullptr;
};
auto FindIn(const json::Value &trace, const std::string &file, uint32_t line) -> Found {
  Found found;
  const json::Object *root = trace.getAsObject();
  const json::Object *files = root == nullptr ? nullptr : root->getObject("files");
  const json::Array *lines = files == nullptr ? nullptr : files->getArray(file);
  if (lines == nullptr) return found;
  found.knows_file = true;
  for (const json::Value &one : *lines) {
    const json::Object *entry = one.getAsObject();
    const std::optional<int64_t> first = entry == nullptr ? std::nullopt : entry->getInteger("line");
    if (!first || line < *first || line > entry->getInteger("to").value_or(*first)) continue;
    found.because = entry->getArray("because");
  }
  return found;
}

}  // namespace

auto ParseLine(const std::string &operand) -> std::optional<LineOfFile> {
  const auto [name, digits] = llvm::StringRef(operand).rsplit(':');
  LineOfFile line;
  if (name.empty() || digits.getAsInteger(10, line.line) || line.line == 0) return std::nullopt;
  if (KindOf(name) != PathKind::File) return std::nullopt;
  line.path = name.str();
  return line;
}

auto TellWritten(const LineOfFile &line, Sink &sink) -> std::optional<std::string> {
  const auto real = RealPath(line.path);
  if (!real) return std::nullopt;
  const auto text = ReadFile(line.path, line.path, {}, sink);
  if (!text) return std::nullopt;
  const auto shown = LineIn(*text, line.line);
  if (!shown) {
    sink.Report(message::NoSuchLine, {}, line.path, static_cast<int64_t>(line.line));
    return std::nullopt;
  }
  for (llvm::StringRef folder = path::parent_path(*real); !folder.empty();
       folder = path::parent_path(folder)) {
    const std::string trace_path = folder.str() + "/trace.json";
    if (KindOf(trace_path) != PathKind::File) {
      if (folder == path::root_path(folder)) break;
      continue;
    }
    const auto trace_text = ReadFile(trace_path, DisplayPath(trace_path), {}, sink);
    if (!trace_text) return std::nullopt;
    auto trace = json::parse(*trace_text);
    if (!trace) {
      llvm::consumeError(trace.takeError());
      break;
    }
    const Found found = FindIn(*trace, RelativePath(*real, folder), line.line);
    if (!found.knows_file) break;
    std::string out = line.path + ":" + std::to_string(line.line) + "  " + shown->str() + "\n";
    if (found.because == nullptr) return out + "  nothing of the plan: the line is empty or a part of the form\n";
    for (const json::Value &one : *found.because) {
      if (const auto place = one.getAsString()) out += Told(*place);
    }
    return out;
  }
  sink.Report(message::NoTrace, {}, line.path)
      .Help("`groma compile` writes a `trace.json` beside its files; ask for a line of one of them");
  return std::nullopt;
}

auto NamesAt(const LineOfFile &line, const plan::Model &model, const source::Set &sources)
    -> std::vector<std::string> {
  std::vector<std::string> names;
  const auto real = RealPath(line.path);
  const auto is_here = [&](source::Span span) {
    const source::Place place = sources.PlaceOf(span.begin);
    if (place.file == nullptr || place.line != line.line) return false;
    return RealPath(place.file->name) == real;
  };
  for (const plan::EntityId id : model.plan_entities) {
    const plan::Entity &entity = model.entity(id);
    if (!IsSome(entity.qualified)) continue;
    const std::string name = model.FullName(id);
    if (is_here(entity.span)) {
      names.push_back(name);
      continue;
    }
    for (const plan::Written &written : entity.written) {
      if (!is_here(written.span)) continue;
      const plan::Member &member = model.kind(entity.kind).members.list[written.slot];
      names.push_back(name + "." + model.text(member.name).str());
    }
  }
  for (const plan::Global &global : model.globals) {
    if (!global.is_library && is_here(global.span)) names.push_back(model.text(global.name).str());
  }
  return names;
}

}  // namespace groma::driver
