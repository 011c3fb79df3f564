// SPDX-License-Identifier: Apache-2.0
#include "disk.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "messages.h"

namespace groma::driver {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

auto CurrentFolder() -> const std::string & {
  static const std::string folder = RealPath(".").value_or("/");
  return folder;
}

// Reads to the end, since a file's size may be a lie (/proc, or somebody writes to it).
auto ReadAll(fs::file_t file, uint64_t expected, const std::string &name, diagnostics::Span at,
             Sink &sink) -> std::optional<std::string> {
  std::string text;
  size_t step = expected + 1;
  while (true) {
    const size_t size = text.size();
    if (size > kMaxFileSize) {
      sink.Report(message::FileTooLarge, at, name, static_cast<int64_t>(size), kMaxFileSize);
      return std::nullopt;
    }
    text.resize(size + step);
    step = std::max<size_t>(1 << 12, size / 2);
    auto count = fs::readNativeFile(file, {text.data() + size, text.size() - size});
    if (!count) {
      sink.Report(message::CannotRead, at, name, llvm::toString(count.takeError()));
      return std::nullopt;
    }
    text.resize(size + *count);
    if (*count == 0) return text;
  }
}

}  // namespace

auto KindOf(llvm::StringRef p) -> PathKind {
  fs::file_status status;
  if (fs::status(p, status)) return PathKind::Missing;
  if (fs::is_directory(status)) return PathKind::Folder;
  if (fs::is_regular_file(status)) return PathKind::File;
  return fs::exists(status) ? PathKind::Other : PathKind::Missing;
}

auto RealPath(llvm::StringRef p) -> std::optional<std::string> {
  llvm::SmallString<256> real;
  if (fs::real_path(p, real)) return std::nullopt;
  return real.str().str();
}

auto IsInside(llvm::StringRef p, llvm::StringRef folder) -> bool {
  return p.consume_front(folder) && (p.empty() || p.front() == '/' || folder.ends_with("/"));
}

auto RelativePath(llvm::StringRef p, llvm::StringRef folder) -> std::string {
  auto from = path::begin(folder), to = path::begin(p);
  const auto from_end = path::end(folder), to_end = path::end(p);
  while (from != from_end && to != to_end && *from == *to) ++from, ++to;
  std::string out;
  for (; from != from_end; ++from) out += out.empty() ? ".." : "/..";
  for (; to != to_end; ++to) {
    if (!out.empty()) out += '/';
    out += *to;
  }
  return out.empty() ? "." : out;
}

auto DisplayPath(llvm::StringRef absolute) -> std::string {
  const std::string &current = CurrentFolder();
  const auto first = [](llvm::StringRef p) {
    return p.drop_front(std::min<size_t>(1, p.size())).take_until([](char c) { return c == '/'; });
  };
  if (first(absolute) != first(current)) return absolute.str();
  return RelativePath(absolute, current);
}

auto ListFolder(llvm::StringRef folder, llvm::StringRef suffix, diagnostics::Span at, Sink &sink)
    -> std::optional<std::vector<std::string>> {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; entry != end && !error;
       entry.increment(error)) {
    const llvm::StringRef name = path::filename(entry->path());
    if (name.ends_with(suffix) && !name.starts_with(".")) names.push_back(name.str());
  }
  if (error) {
    sink.Report(message::CannotRead, at, DisplayPath(folder), error.message());
    return std::nullopt;
  }
  std::sort(names.begin(), names.end());
  return names;
}

auto ReadFile(llvm::StringRef p, const std::string &name, diagnostics::Span at, Sink &sink)
    -> std::optional<std::string> {
  // Opening a pipe would wait for its writer.
  fs::file_status status;
  if (const auto error = fs::status(p, status)) {
    if (error == std::errc::no_such_file_or_directory) {
      sink.Report(message::NotFound, at, name);
    } else {
      sink.Report(message::CannotRead, at, name, error.message());
    }
    return std::nullopt;
  }
  if (!fs::is_regular_file(status)) {
    sink.Report(message::NotAFile, at, name, fs::is_directory(status) ? "a folder" : "a device");
    return std::nullopt;
  }
  if (status.getSize() > kMaxFileSize) {
    sink.Report(message::FileTooLarge, at, name, static_cast<int64_t>(status.getSize()),
                kMaxFileSize);
    return std::nullopt;
  }
  auto file = fs::openNativeFileForRead(p);
  if (!file) {
    sink.Report(message::CannotRead, at, name, llvm::toString(file.takeError()));
    return std::nullopt;
  }
  auto text = ReadAll(*file, status.getSize(), name, at, sink);
  fs::closeFile(*file);
  return text;
}

auto ReadStandardInput(Sink &sink) -> std::optional<std::string> {
  return ReadAll(fs::getStdinHandle(), 0, "the standard input", {}, sink);
}

auto WriteFile(llvm::StringRef p, llvm::StringRef text, Sink &sink) -> bool {
  const std::string target = RealPath(p).value_or(p.str());
  const auto refuse = [&](const std::string &reason) {
    sink.Report(message::CannotWrite, {}, DisplayPath(target), reason);
    return false;
  };
  // Beside the file, so that renaming stays on one disk.
  auto temporary = fs::TempFile::create(target + ".%%%%%%.tmp");
  if (!temporary) return refuse(llvm::toString(temporary.takeError()));
  std::optional<std::string> failure = WriteDescriptor(temporary->FD, text);
  if (!failure) {
    if (const auto mode = fs::getPermissions(target)) {
      if (const auto error = fs::setPermissions(temporary->FD, *mode)) failure = error.message();
    }
  }
  if (failure) {
    llvm::consumeError(temporary->discard());
    return refuse(*failure);
  }
  if (auto error = temporary->keep(target)) return refuse(llvm::toString(std::move(error)));
  return true;
}

auto WriteDescriptor(int descriptor, llvm::StringRef text) -> std::optional<std::string> {
  while (!text.empty()) {
    const auto count =
        llvm::sys::RetryAfterSignal(-1, ::write, descriptor, text.data(), text.size());
    if (count < 0) return std::string(std::strerror(errno));
    text = text.drop_front(static_cast<size_t>(count));
  }
  return std::nullopt;
}

}  // namespace groma::driver
