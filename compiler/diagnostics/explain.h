// SPDX-License-Identifier: Apache-2.0
// An explain page tells what a code means, with a plan that has the error and one that does not.
#pragma once

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::diagnostics {

struct ExampleFile {
  std::string name;
  std::string text;
};

struct Example {
  // Empty for a plan that has no errors.
  std::string expected_code;
  std::vector<ExampleFile> files;
  // Further words of the command line.
  std::vector<std::string> args;
  // The files are several plans, each in a folder of its own.
  bool is_workspace = false;
};

struct PageSection {
  // Empty for what stands before the first heading.
  std::string heading;
  // Markdown without the heading.
  std::string body;
};

struct Page {
  std::string code;
  std::string title;
  // The paragraphs before the first section.
  std::string summary;
  std::vector<PageSection> sections;
  std::vector<Example> examples;
  // Where the page departs from the form: `3: unknown option ...`. Empty for a good page.
  std::vector<std::string> problems;
};

// Reads as much as it can and tells the rest as problems.
//
//   # GR0203: title
//   One or two paragraphs.
//   ## Erroneous plan
//   ```groma error=GR0203 args="--env prod --set 'a=30 %'" workspace
//   // --- other.groma            a file begins; before the first such line it is plan.groma
//   ```
//   ## Corrected plan
//   ```groma ok
//   ```
//   ## See also                   optional, as are other sections
auto ParsePage(llvm::StringRef markdown) -> Page;

struct PageOptions {
  // ANSI colours.
  bool color = false;
};

// Headings, paragraphs as written, and code indented by four.
void RenderPage(const Page &page, const PageOptions &options, llvm::raw_ostream &out);

}  // namespace groma::diagnostics
