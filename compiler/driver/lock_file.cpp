// SPDX-License-Identifier: Apache-2.0
#include "lock_file.h"

#include <map>
#include <set>

#include "disk.h"
#include "groma/base/text.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include "messages.h"

namespace groma::driver {
namespace {

namespace path = llvm::sys::path;

auto NameOf(const plan::Pin &pin) -> std::string {
  return (pin.environment.empty() ? "" : pin.environment + " ") + pin.name;
}

void ReportFault(const plan::LockFault &fault, const plan::Lock &lock, Sink &sink) {
  const std::string way_out =
      "or let `groma update` decide anew: it does not read what stands there";
  switch (fault.of) {
    case plan::LockFault::Of::Syntax:
      sink.Report(message::LockSyntax, fault.span).Help("mend the line or delete it, " + way_out);
      return;
    case plan::LockFault::Of::Conflict:
      sink.Report(message::LockConflict, fault.span)
          .Help("keep one side of what both have, and all of the rest, " + way_out);
      return;
    case plan::LockFault::Of::Twice: {
      auto report = sink.Report(message::LockTwice, fault.span, NameOf(fault.pin));
      for (const plan::Pin &pin : lock.pins) {
        if (pin.key() == fault.pin.key()) report.Label(pin.span, "pinned here already");
      }
      report.Help("keep one of the two lines, " + way_out);
      return;
    }
  }
}

}  // namespace

auto FindLock(llvm::StringRef plan_path) -> LockFile {
  const bool is_folder = KindOf(plan_path) == PathKind::Folder;
  llvm::SmallString<256> joined(is_folder ? plan_path : path::parent_path(plan_path));
  if (joined == ".") joined.clear();
  path::append(joined, "groma.lock");
  LockFile file;
  file.path = joined.str().str();
  return file;
}

auto ReadLockFile(LockFile &file, source::Set &sources, Sink &sink) -> bool {
  if (KindOf(file.path) == PathKind::Missing) return true;
  auto text = ReadFile(file.path, file.path, {}, sink);
  if (!text) return false;
  if (!sources.Fits(text->size())) {
    sink.Report(message::TooMuchText, {}, file.path);
    return false;
  }
  file.text = *text;
  const source::File &source = sources.file(sources.Add(file.path, std::move(*text)));
  // As for any text: a place in it is one of whole characters.
  if (const auto at = base::FindInvalidUtf8(source.text)) {
    const auto begin = source.base + static_cast<uint32_t>(*at);
    sink.Report(message::LockSyntax, {begin, begin + 1}).Note("it is not UTF-8 text");
    return false;
  }
  file.lock = plan::ReadLock(source.text, source.base);
  for (const plan::LockFault &fault : file.lock.faults) ReportFault(fault, file.lock, sink);
  return file.lock.faults.empty();
}

auto NewPins(const LockFile &file, const std::vector<plan::Plan> &plans, bool keeps_others)
    -> std::vector<plan::Pin> {
  std::vector<plan::Pin> pins;
  std::set<std::string> solved;
  for (const plan::Plan &plan : plans) {
    solved.insert(plan.model->text(plan.environment.name).str());
    for (plan::Pin &pin : plan::PinsOf(plan)) pins.push_back(std::move(pin));
  }
  for (const plan::Pin &pin : file.lock.pins) {
    if (keeps_others && !solved.contains(pin.environment)) pins.push_back(pin);
  }
  return pins;
}

auto ChangesOf(const LockFile &file, const std::vector<plan::Pin> &pins)
    -> std::vector<LockChange> {
  std::map<std::pair<std::string, std::string>, std::pair<const plan::Pin *, const plan::Pin *>>
      both;
  for (const plan::Pin &pin : file.lock.pins) both[pin.key()].first = &pin;
  for (const plan::Pin &pin : pins) both[pin.key()].second = &pin;
  std::vector<LockChange> changes;
  for (const auto &[key, sides] : both) {
    const auto [before, after] = sides;
    if (before == nullptr) {
      changes.push_back({NameOf(*after) + " = " + after->value + ", was not there", {}});
    } else if (after == nullptr) {
      changes.push_back({NameOf(*before) + " is open no more, was " + before->value, before->span});
    } else if (before->value != after->value) {
      changes.push_back(
          {NameOf(*after) + " = " + after->value + ", was " + before->value, before->span});
    }
  }
  return changes;
}

auto UpdateLockFile(const LockFile &file, std::vector<plan::Pin> pins, Sink &sink) -> std::string {
  const bool is_there = KindOf(file.path) != PathKind::Missing;
  // A plan that leaves nothing open has no lock, but keeps one that it had.
  if (pins.empty() && !is_there) return {};
  const std::string text = plan::WriteLock(std::move(pins));
  if (is_there && text == file.text) return {};
  return WriteFile(file.path, text, sink) ? "wrote " + file.path + "\n" : "";
}

}  // namespace groma::driver
