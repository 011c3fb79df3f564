// SPDX-License-Identifier: Apache-2.0
// The inverse of a square matrix of doubles, kept while columns of the matrix are replaced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

namespace groma::reason {

class Inverse {
 public:
  // The identity.
  void Reset(size_t size);
  auto size() const -> size_t { return size_; }

  // Row `r`; `where` lists its places that are not zero.
  void Row(size_t r, std::vector<double> &row, std::vector<uint32_t> &where) const;
  // out += factor * column `k`.
  void AddColumn(size_t k, double factor, std::vector<double> &out) const;
  // The matrix has its column `r` replaced by one that, times this inverse, is `image`; `row` and
  // `where` are those of `Row(r)`.
  void Replace(size_t r, llvm::ArrayRef<double> image, llvm::ArrayRef<double> row,
               llvm::ArrayRef<uint32_t> where);
  // The matrix gets a last row, whose places are `row`, and a last column that is 1 there only.
  void Grow(llvm::ArrayRef<double> row);

 private:
  size_t size_ = 0, stride_ = 0;
  std::vector<double> columns_;  // one after the other, each of `stride_` places
};

}  // namespace groma::reason
