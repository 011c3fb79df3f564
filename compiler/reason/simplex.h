// SPDX-License-Identifier: Apache-2.0
// The cheapest fractional values of a program, by the dual simplex method. It computes in floating
// point, so it proposes only: its multipliers and rays are for `certificate.h`.
#pragma once

#include <cstdint>
#include <vector>

#include "groma/reason/inverse.h"
#include "groma/reason/program.h"

namespace groma::reason {

// Holds the last basis, so that a solution after a change of some bounds, or after one more row,
// takes few pivots. Columns must have bounds on both sides, as those of a program do.
class Simplex {
 public:
  explicit Simplex(const Program &program);

  // The next row of the program, as one that was appended to it.
  void AddRow(llvm::ArrayRef<Entry> entries, const Row &row);
  void SetBounds(ColumnId column, int64_t lower, int64_t upper);

  enum class Outcome : uint8_t {
    Optimal,
    Infeasible,  // `multipliers` is a ray
    Above,       // every solution costs more than `enough`
    Stopped,     // out of pivots or effort
  };
  // One step of effort is about a thousand matrix entries.
  auto Solve(double enough, uint32_t pivots, Effort &effort) -> Outcome;

  // Of the last solution.
  auto value(ColumnId column) const -> double { return at_[column]; }
  auto cost() const -> double;
  // One number for each row of the program, as `CertifiedBound` reads them.
  auto multipliers() -> llvm::ArrayRef<double>;
  auto is_basic(ColumnId column) const -> bool { return place_[column] != kNowhere; }
  auto pivots() const -> uint64_t { return pivots_; }

  // The basis with its inverse, to return to.
  struct State {
    Inverse inverse;
    std::vector<uint32_t> basis, place;
    std::vector<double> at, reduced, weight;
  };
  void Save(State &state) const;
  void Restore(const State &state);

 private:
  static constexpr uint32_t kNowhere = UINT32_MAX;
  struct Term {
    uint32_t index = 0;  // of a row or of a variable
    double factor = 0;
  };
  struct Candidate {
    uint32_t variable = 0;
    double ratio = 0, size = 0;
  };

  // Variables are the columns, then the slack of each row: what a row lacks to its limit.
  auto columns() const -> size_t { return column_terms_.size(); }
  auto rows() const -> size_t { return row_terms_.size(); }
  void AppendRow(std::vector<Term> terms, double limit, bool is_equal);
  void Place();
  void Refresh();
  auto Refactor() -> bool;
  void ComputeBasics();
  void ComputeReduced();
  void Image(uint32_t variable, std::vector<double> &out);
  void PivotRow();
  auto Leaving(bool first) const -> uint32_t;
  auto Entering(double sign, double excess, bool first) -> uint32_t;
  void Flip(size_t count);
  void Pivot(uint32_t leaving, uint32_t entering, double target);
  auto Exactness() const -> double;
  void SetRay(double sign);

  std::vector<std::vector<Term>> column_terms_, row_terms_;
  std::vector<double> limit_, scale_;  // by row
  std::vector<uint32_t> program_row_;  // by row of the program, its number here
  std::vector<double> price_;          // by column
  double price_scale_ = 1;
  std::vector<double> lower_, upper_, at_, reduced_;  // by variable
  std::vector<uint32_t> place_;                       // by variable: its row in the basis
  std::vector<uint32_t> basis_;                       // by row: its variable
  std::vector<double> weight_;  // by row: how long its row of the inverse is, squared
  Inverse inverse_;

  // Of the pivot at work.
  std::vector<double> inverse_row_, alpha_, image_, work_, tau_;
  std::vector<uint32_t> where_;
  std::vector<Candidate> candidates_;
  std::vector<double> multipliers_;
  std::vector<double> ray_;
  bool has_ray_ = false;
  uint64_t pivots_ = 0, entries_ = 0;
  uint32_t since_refactor_ = 0;
};

}  // namespace groma::reason
