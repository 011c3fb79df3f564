// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/inverse.h"

#include <algorithm>

// The same numbers everywhere: no machine may join a product and a sum into one rounding.
#pragma STDC FP_CONTRACT OFF

namespace groma::reason {

// What is smaller came from rounding; keeping it would fill the matrix with noise.
constexpr double kNoise = 1e-12;

void Inverse::Reset(size_t size) {
  size_ = size;
  stride_ = std::max(stride_, size);
  columns_.assign(stride_ * stride_, 0.0);
  for (size_t i = 0; i < size_; ++i) columns_[i * stride_ + i] = 1.0;
}

void Inverse::Row(size_t r, std::vector<double> &row, std::vector<uint32_t> &where) const {
  row.assign(size_, 0.0);
  where.clear();
  for (size_t k = 0; k < size_; ++k) {
    const double value = columns_[k * stride_ + r];
    if (value < kNoise && value > -kNoise) continue;
    row[k] = value;
    where.push_back(static_cast<uint32_t>(k));
  }
}

void Inverse::AddColumn(size_t k, double factor, std::vector<double> &out) const {
  const double *column = columns_.data() + k * stride_;
  double *to = out.data();
  for (size_t i = 0; i < size_; ++i) to[i] += factor * column[i];
}

void Inverse::Replace(size_t r, llvm::ArrayRef<double> image, llvm::ArrayRef<double> row,
                      llvm::ArrayRef<uint32_t> where) {
  const double pivot = image[r];
  const double *from = image.data();
  for (const uint32_t k : where) {
    const double factor = row[k] / pivot;
    double *column = columns_.data() + k * stride_;
    for (size_t i = 0; i < size_; ++i) column[i] -= factor * from[i];
    column[r] = factor;
  }
}

void Inverse::Grow(llvm::ArrayRef<double> row) {
  const size_t size = size_ + 1;
  if (size > stride_) {
    const size_t stride = size + size / 4 + 8;
    std::vector<double> columns(stride * stride, 0.0);
    for (size_t k = 0; k < size_; ++k) {
      std::copy_n(columns_.begin() + static_cast<ptrdiff_t>(k * stride_), size_,
                  columns.begin() + static_cast<ptrdiff_t>(k * stride));
    }
    columns_ = std::move(columns);
    stride_ = stride;
  }
  const bool is_empty = std::all_of(row.begin(), row.end(), [](double at) { return at == 0; });
  for (size_t k = 0; k < size_; ++k) {
    double sum = 0;
    double *column = columns_.data() + k * stride_;
    for (size_t i = 0; i < size_ && !is_empty; ++i) sum += row[i] * column[i];
    column[size_] = -sum;
  }
  double *last = columns_.data() + size_ * stride_;
  std::fill_n(last, size, 0.0);
  last[size_] = 1.0;
  size_ = size;
}

}  // namespace groma::reason
