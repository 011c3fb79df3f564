// SPDX-License-Identifier: Apache-2.0
#include "groma/parse/parse.h"

#include "messages.h"
#include "reader.h"

namespace groma::parse {
namespace {

// A declaration of a file, as opposed to what stands only within one.
auto IsDeclaration(NodeKind kind) -> bool {
  switch (kind) {
    case NodeKind::Field:
    case NodeKind::FieldDecl:
    case NodeKind::Tag:
    case NodeKind::Given:
    case NodeKind::Expect:
      return false;
    default:
      return true;
  }
}

}  // namespace

auto Parse(const source::File &file, diagnostics::Sink &sink) -> syntax::Tree {
  const llvm::StringRef text = file.text;
  const auto size = static_cast<uint32_t>(text.size());
  syntax::TreeBuilder builder(text, file.base);
  const size_t errors = sink.error_count();
  CheckBytes(text, file.base, sink);

  const uint32_t begin = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  Splitter splitter(text, file.base, begin, size, /*is_quiet=*/false, sink);
  Reader reader(text, file.base, builder, sink);
  Nodes items;
  Piece piece;
  while (splitter.Next(piece)) {
    const size_t first = items.size();
    reader.Read(piece, items);
    for (size_t i = first; i < items.size(); ++i) {
      const syntax::Node node = builder.node(items[i]);
      if (IsDeclaration(node.kind)) continue;
      const source::Span span{file.base + node.begin, file.base + node.end};
      const llvm::StringRef found = text.slice(node.begin, node.end);
      const std::string word = found.take_until([](char c) { return c == ' '; }).str();
      if (node.kind == NodeKind::Tag) {
        const uint32_t end = span.begin + static_cast<uint32_t>(word.size());
        sink.Report(message::NamelessDeclaration, {span.begin, end}, word);
      } else {
        auto report = sink.Report(message::OutsideOfDeclaration, span, word);
        if (node.kind == NodeKind::Field) {
          report.Fix({span.begin, span.begin}, "declare it with `let`", "let ",
                     diagnostics::Applicability::Unsafe);
        }
      }
      items[i] = builder.Add(NodeKind::Error, node.begin, node.end);
    }
  }
  for (const syntax::Comment &comment : splitter.comments()) builder.AddComment(comment);
  if (sink.error_count() > errors) builder.MarkError();
  return std::move(builder).Finish(items);
}

}  // namespace groma::parse
