// SPDX-License-Identifier: Apache-2.0
#include "groma/format/format.h"

#include "printer.h"

namespace groma::format {

auto Format(const syntax::Tree &tree) -> std::string {
  Printer printer(tree);
  const auto end = static_cast<uint32_t>(tree.text().size());
  // The mark at the beginning of a file is no text.
  const uint32_t begin = tree.text().starts_with("\xef\xbb\xbf") ? 3 : 0;
  return printer.Block(tree.children(tree.root()), begin, end, 0, BlockOf::Items).lines;
}

}  // namespace groma::format
