// SPDX-License-Identifier: Apache-2.0
#include "test_file.h"

#include "llvm/ADT/SmallVector.h"

namespace groma::harness {
namespace {

constexpr llvm::StringLiteral kHeading = "// --- ";

// The text behind `// WORD`, if the line is that directive.
auto Directive(llvm::StringRef line, llvm::StringRef word, llvm::StringRef &rest) -> bool {
  if (!line.consume_front("// ") || !line.consume_front(word)) return false;
  rest = line.trim();
  return true;
}

auto IsCheck(llvm::StringRef line) -> bool { return line.ltrim().starts_with("// CHECK:"); }

auto Fault(const llvm::Twine &message) -> llvm::Error {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message.str().c_str());
}

// Reads the directives at the top and returns the index of the first line behind them.
auto ReadDirectives(llvm::ArrayRef<llvm::StringRef> lines, TestFile &test) -> size_t {
  size_t at = 0;
  llvm::StringRef rest;
  while (at < lines.size() && lines[at].starts_with("//") && lines[at] != "// AUTOUPDATE") {
    test.preface.push_back(lines[at++].str());
  }
  if (at == lines.size() || lines[at] != "// AUTOUPDATE") return 0;
  for (++at; at < lines.size(); ++at) {
    if (Directive(lines[at], "ARGS:", rest)) {
      auto [args, input] = rest.split(" < ");
      test.commands.push_back({args.str(), input.str()});
    } else if (Directive(lines[at], "SHOW:", rest)) {
      test.shown.push_back(rest.str());
    } else if (!Directive(lines[at], "EXIT:", rest)) {
      break;
    }
  }
  return at;
}

}  // namespace

auto ReadTestFile(llvm::StringRef name, llvm::StringRef text) -> llvm::Expected<TestFile> {
  TestFile test;
  test.name = name.str();
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();

  size_t at = ReadDirectives(lines, test);
  if (at == 0) return Fault("the line `// AUTOUPDATE` is missing");
  if (test.commands.empty()) return Fault("there is no `// ARGS:` line");

  const bool has_headings = llvm::any_of(
      lines, [](llvm::StringRef line) { return line.starts_with(kHeading); });
  if (!has_headings) test.parts.push_back({name.str(), "", {}});
  for (; at < lines.size(); ++at) {
    if (lines[at].starts_with(kHeading)) {
      test.parts.push_back({lines[at].drop_front(kHeading.size()).trim().str(), lines[at].str(), {}});
    } else if (!IsCheck(lines[at])) {
      if (test.parts.empty()) return Fault("text stands before the first `// --- name`");
      test.parts.back().lines.push_back(lines[at].str());
    }
  }
  return test;
}

}  // namespace groma::harness
