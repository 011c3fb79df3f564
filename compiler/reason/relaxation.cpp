// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/relaxation.h"

#include <algorithm>
#include <cmath>

#include "groma/reason/dominance.h"

namespace groma::reason {
namespace {

class Builder {
 public:
  Builder(const Program &program, const Part &part, bool with_cost)
      : program_(program), part_(part) {
    const size_t count = program.columns.size();
    scale_.resize(count);
    out_.cost.assign(count, 0);
    for (size_t i = 0; i < count; ++i) {
      const Column &column = program.columns[i];
      const bool is_dropped = IsDropped(column.cause);
      const auto of = [&](llvm::ArrayRef<int64_t> narrowed, int64_t own) {
        return narrowed.empty() ? own : narrowed[i];
      };
      const auto lower = static_cast<double>(is_dropped ? 0 : of(part.lower, column.lower));
      const auto upper =
          static_cast<double>(is_dropped ? column.reach : of(part.upper, column.upper));
      scale_[i] = std::max({std::fabs(lower), std::fabs(upper), 1.0});
      out_.lower.push_back(lower / scale_[i]);
      out_.upper.push_back(upper / scale_[i]);
      if (with_cost) out_.cost[i] = static_cast<double>(column.cost) * scale_[i];
    }
    out_.rows.start.push_back(0);
  }

  auto Build() && -> Relaxation {
    const std::vector<uint8_t> dominated = DominatedRows(program_, Dominance::OfOneCause);
    for (size_t r = 0; r < program_.rows.size(); ++r) {
      if (dominated[r] == 0) AddRow(static_cast<RowId>(r));
    }
    for (const Group &group : program_.groups) {
      if (!IsDropped(group.cause)) AddGroup(group);
    }
    Transpose();
    return std::move(out_);
  }

 private:
  auto IsDropped(Cause cause) const -> bool {
    return cause < part_.dropped.size() && part_.dropped[cause] != 0;
  }

  void AddEntry(ColumnId column, double coefficient) {
    out_.rows.place.push_back(column);
    out_.rows.value.push_back(coefficient * scale_[column]);
  }

  // Ends the line whose entries were added, and scales it; a line that cannot bind is taken back.
  void EndLine(double limit, bool is_equal, RowId of_row) {
    const size_t begin = out_.rows.start.back(), end = out_.rows.place.size();
    double largest = 0, highest = 0;
    for (size_t k = begin; k < end; ++k) {
      const double value = out_.rows.value[k];
      largest = std::max(largest, std::fabs(value));
      highest += value * (value > 0 ? out_.upper : out_.lower)[out_.rows.place[k]];
    }
    if (largest == 0 || (!is_equal && highest <= limit)) {
      out_.rows.place.resize(begin);
      out_.rows.value.resize(begin);
      return;
    }
    for (size_t k = begin; k < end; ++k) out_.rows.value[k] /= largest;
    out_.rows.start.push_back(static_cast<uint32_t>(end));
    out_.limit.push_back(limit / largest);
    out_.is_equal.push_back(is_equal ? 1 : 0);
    out_.of_row.push_back(of_row);
    out_.row_scale.push_back(1 / largest);
  }

  void AddRow(RowId id) {
    const Row &row = program_.rows[id];
    if (IsDropped(row.cause)) return;
    for (const Entry &entry : program_.entries(row)) {
      AddEntry(entry.column, static_cast<double>(entry.coefficient));
    }
    EndLine(static_cast<double>(row.limit), row.is_equal, id);
  }

  void AddGroup(const Group &group) {
    const auto members = program_.members(group);
    for (const Group::Member &member : members) AddEntry(member.column, 1);
    EndLine(group.pick, true, Relaxation::kNoRow);
    if (group.pick < 2) return;
    std::vector<Group::Member> sorted(members.begin(), members.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto &a, const auto &b) { return a.of_class < b.of_class; });
    for (size_t i = 0; i < sorted.size();) {
      size_t next = i;
      for (; next < sorted.size() && sorted[next].of_class == sorted[i].of_class; ++next) {
        AddEntry(sorted[next].column, 1);
      }
      EndLine(1, false, Relaxation::kNoRow);
      i = next;
    }
  }

  void Transpose() {
    const Lines &rows = out_.rows;
    Lines &columns = out_.columns;
    columns.start.assign(out_.cost.size() + 1, 0);
    for (const uint32_t column : rows.place) ++columns.start[column + 1];
    for (size_t i = 0; i + 1 < columns.start.size(); ++i) columns.start[i + 1] += columns.start[i];
    columns.place.resize(rows.place.size());
    columns.value.resize(rows.place.size());
    std::vector<uint32_t> next(columns.start.begin(), columns.start.end() - 1);
    for (size_t line = 0; line + 1 < rows.start.size(); ++line) {
      for (size_t k = rows.start[line]; k < rows.start[line + 1]; ++k) {
        const uint32_t to = next[rows.place[k]]++;
        columns.place[to] = static_cast<uint32_t>(line);
        columns.value[to] = rows.value[k];
      }
    }
  }

  const Program &program_;
  const Part &part_;
  std::vector<double> scale_;
  Relaxation out_;
};

}  // namespace

auto Relax(const Program &program, const Part &part, bool with_cost) -> Relaxation {
  return Builder(program, part, with_cost).Build();
}

}  // namespace groma::reason
