// SPDX-License-Identifier: Apache-2.0
#include "printer.h"

namespace groma::format {
namespace {

auto CommentText(llvm::StringRef text, const syntax::Comment &comment) -> std::string {
  return text.slice(comment.begin, comment.end).rtrim().str();
}

}  // namespace

auto Printer::CommentsWithin(uint32_t begin, uint32_t end) const
    -> llvm::ArrayRef<syntax::Comment> {
  const auto all = tree_.comments();
  const auto before = [](const syntax::Comment &c, uint32_t at) { return c.begin < at; };
  const auto *first = std::lower_bound(all.begin(), all.end(), begin, before);
  const auto *last = std::lower_bound(first, all.end(), end, before);
  return {first, last};
}

auto Printer::AsWritten(uint32_t begin, uint32_t end) const -> std::string {
  std::string out;
  llvm::StringRef rest = text_.slice(begin, end);
  while (!rest.empty()) {
    auto [line, next] = rest.split('\n');
    out += line.rtrim();
    if (line.size() < rest.size()) out += '\n';
    rest = next;
  }
  return out;
}

auto Printer::Block(llvm::ArrayRef<NodeId> nodes, uint32_t begin, uint32_t end, unsigned indent,
                    BlockOf what) -> PrintedBlock {
  PrintedBlock block;
  std::vector<Line> lines;
  // Where the last thing that was printed ended.
  uint32_t at = begin;
  bool has_node_before = false;
  const auto push = [&](Line line, uint32_t from) {
    line.has_blank_before = !lines.empty() && text_.slice(at, from).count('\n') > 1;
    lines.push_back(std::move(line));
  };
  const auto comments_until = [&](uint32_t until) {
    for (const syntax::Comment &comment : CommentsWithin(at, until)) {
      const bool is_beside = !HasNewline(at, comment.begin) && (has_node_before || begin > 3);
      uint32_t space = comment.begin;
      while (space > at && (text_[space - 1] == ' ' || text_[space - 1] == '\t')) --space;
      ++printed_comments_;
      if (is_beside && has_node_before && lines.back().comment.empty()) {
        lines.back().comment = CommentText(text_, comment);
        lines.back().gap = comment.begin - space;
      } else if (is_beside && lines.empty() && block.beside_open.empty()) {
        block.beside_open =
            std::string(std::max(1U, comment.begin - space), ' ') + CommentText(text_, comment);
      } else {
        Line line;
        line.cells.push_back({'/', CommentText(text_, comment)});
        push(std::move(line), comment.begin);
        has_node_before = false;
      }
      at = comment.end;
    }
  };
  for (NodeId id : nodes) {
    comments_until(node(id).begin);
    Line line = what == BlockOf::Items ? Item(id, indent) : Line();
    if (what == BlockOf::Elements) {
      const std::string text = Expr(id, indent);
      if (has_node_before && lines.back().comment.empty() && !HasNewline(at, node(id).begin)) {
        // Elements that stood on one line stay there.
        Line &row = lines.back();
        row.cells.front().text += " " + text + ",";
        row.is_broken |= text.find('\n') != std::string::npos;
        at = node(id).end;
        continue;
      }
      line.cells.push_back({'e', text + ","});
      line.is_broken = text.find('\n') != std::string::npos;
    }
    push(std::move(line), node(id).begin);
    at = node(id).end;
    has_node_before = true;
  }
  comments_until(end);
  block.lines = PrintLines(lines, indent);
  return block;
}

auto Printer::Item(NodeId id, unsigned indent) -> Line {
  const syntax::Node &n = node(id);
  const size_t before = printed_comments_;
  const size_t comments = CommentsWithin(n.begin, n.end).size();
  Line line = ItemCells(id, indent);
  if (printed_comments_ - before != comments) {
    // A comment stands where the printer knows no place for it.
    line = {};
    line.cells.push_back({'?', AsWritten(n.begin, n.end)});
    printed_comments_ = before + comments;
  }
  for (const Cell &cell : line.cells) {
    line.is_broken |= cell.text.find('\n') != std::string::npos;
  }
  return line;
}

// `{ a = 1, b = 2 }` if it was written on one line, otherwise one item a line.
auto Printer::Braces(NodeId id, unsigned indent) -> std::string {
  const syntax::Node &n = node(id);
  const auto items = tree_.children(id);
  if (!HasNewline(n.begin, n.end)) {
    if (items.empty()) return "{}";
    std::string out = "{ ";
    for (NodeId item : items) {
      if (item != items.front()) out += ", ";
      out += InOneLine(item);
    }
    return out + " }";
  }
  const PrintedBlock block = Block(items, n.begin + 1, n.end - 1, indent + 2, BlockOf::Items);
  if (block.lines.empty() && block.beside_open.empty()) return "{}";
  return "{" + block.beside_open + "\n" + block.lines + std::string(indent, ' ') + "}";
}

auto Printer::InOneLine(NodeId item) -> std::string {
  std::string out;
  for (const Cell &cell : ItemCells(item, 0).cells) {
    if (!out.empty()) out += ' ';
    out += cell.text;
  }
  return out;
}

}  // namespace groma::format
