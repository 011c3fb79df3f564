// SPDX-License-Identifier: Apache-2.0
// The layout of an image: a header, then arrays, all of them on 4-byte boundaries.
#pragma once

#include <cstdint>

#include "groma/syntax/tree.h"

namespace groma::modules {

inline constexpr char kImageMagic[8] = {'g', 'r', 'o', 'm', 'a', 'l', 'i', 'b'};
// Raise it whenever the layout changes, or the meaning of a node.
inline constexpr uint32_t kImageVersion = 1;
inline constexpr uint32_t kImageByteOrder = 0x01020304;

struct ImageHeader {
  char magic[8];
  uint32_t version;
  uint32_t byte_order;
  uint32_t size;
  // The nodes' layout, in which an image and its reader must agree: their size and number of kinds.
  uint32_t node_size;
  uint32_t node_kinds;
  uint32_t modules_at, module_count;
  uint32_t files_at, file_count;
};
static_assert(sizeof(ImageHeader) == 44);

// What nodes.def lists; another number means another meaning.
inline constexpr uint32_t kNodeKinds = 0
#define GROMA_NODE(Name, Slots) +1
#include "groma/syntax/nodes.def"
    ;

struct ImageText {
  uint32_t at, size;
};

// A groma file with its tree, or a table with the order of its rows.
struct ImageFile {
  ImageText name;
  ImageText text;
  uint32_t nodes_at, node_count;
  uint32_t children_at, child_count;
  uint32_t comments_at, comment_count;
  uint32_t rows_at, row_count;
};

// `begin` and `end` are local to the file.
struct ImageImport {
  uint32_t file, begin, end;
  uint32_t target;
  ImageText path;
};

// Modules stand in the order of their paths. Trees and tables are lists of file indices.
struct ImageModule {
  ImageText path;
  uint32_t trees_at, tree_count;
  uint32_t tables_at, table_count;
  uint32_t imports_at, import_count;
};

}  // namespace groma::modules
