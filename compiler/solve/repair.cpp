// SPDX-License-Identifier: Apache-2.0
#include "repair.h"

#include <numeric>

#include "groma/plan/print.h"
#include "groma/reason/solver.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

using plan::IsSome;

class Repairer {
 public:
  Repairer(Instance &instance, reason::MakeProver prover, reason::Effort &effort)
      : instance_(instance), reader_(instance.reader), prover_(prover), effort_(effort) {}

  auto Try(Cause cause) -> std::optional<Repair> {
    const CauseInfo &info = instance_.builder.causes[cause];
    if (info.of == CauseInfo::Of::Rule) return Waive(cause, info);
    if (info.of != CauseInfo::Of::Field) return std::nullopt;
    const Value value = reader_.Read(info.entity, info.slot);
    if (value.tag == ValueTag::Number) return Raise(cause, info, value);
    return std::nullopt;
  }

 private:
  // The program without a cause.
  auto Without(Cause cause, std::vector<reason::RowId> *rows) const -> reason::Program {
    const reason::Program &old = instance_.builder.program;
    reason::Program program;
    program.columns = old.columns;
    for (reason::Column &column : program.columns) {
      column.cost = 0;
      if (column.cause != cause) continue;
      column.lower = 0;
      column.upper = column.reach;
      column.cause = kGiven;
    }
    for (reason::RowId r = 0; r < old.rows.size(); ++r) {
      const reason::Row &row = old.rows[r];
      if (row.cause == cause) {
        if (rows != nullptr) rows->push_back(r);
        continue;
      }
      program.AddRow(old.entries(row), row.limit, row.cause, row.is_equal);
    }
    for (const reason::Group &group : old.groups) {
      if (group.cause != cause) program.AddGroup(old.members(group), group.pick, group.cause);
    }
    return program;
  }

  auto Waive(Cause cause, const CauseInfo &info) -> std::optional<Repair> {
    const reason::Program program = Without(cause, nullptr);
    const reason::Answer answer = reason::Solve(program, effort_, prover_);
    if (answer.values.empty()) return std::nullopt;
    Repair repair;
    repair.text = "waive `" + reader_.NameOf(info.entity) + "`";
    if (IsSome(info.subject)) repair.text += " on `" + reader_.NameOf(info.subject) + "`";
    repair.text += ": the rest of the plan then holds";
    repair.share = 1;
    return repair;
  }

  // The least by which the number must grow: a column of whole units gives its rows more room.
  auto Raise(Cause cause, const CauseInfo &info, const Value &value) -> std::optional<Repair> {
    std::vector<reason::RowId> rows;
    reason::Program program = Without(cause, &rows);
    if (rows.empty()) return std::nullopt;
    const auto one = reader_.model.units.ToBase(1, static_cast<base::UnitId>(value.aux));
    const Rational unit = one.value_or(1);
    const int64_t most = kMostUnits;
    const reason::ColumnId extra = program.AddColumn({.upper = most, .cost = 1, .reach = most});
    for (const reason::RowId r : rows) {
      const reason::Row &row = instance_.builder.program.rows[r];
      std::vector<reason::Entry> entries(instance_.builder.program.entries(row));
      // What one unit more is worth in the row, exactly.
      const auto room = base::Mul(instance_.builder.ScaleOf(r), unit);
      const Rational limit = instance_.builder.LimitOf(r);
      if (!room || room->sign() <= 0) return std::nullopt;
      const int64_t whole = std::lcm(room->denominator(), limit.denominator());
      for (reason::Entry &entry : entries) entry.coefficient *= whole;
      entries.push_back({extra, -room->numerator() * (whole / room->denominator())});
      program.AddRow(entries, limit.numerator() * (whole / limit.denominator()), kGiven, row.is_equal);
    }
    if (!program.Fits()) return std::nullopt;
    const reason::Answer answer = reason::Solve(program, effort_, prover_);
    if (answer.values.empty() || answer.values[extra] == 0) return std::nullopt;
    const auto by = base::Mul(unit, answer.values[extra]);
    if (!by) return std::nullopt;
    const plan::Kind &kind = reader_.model.kind(reader_.model.entity(info.entity).kind);
    const auto sum = base::Add(value.number, *by);
    Repair repair;
    repair.text =
        "raise `" + reader_.NameOf(info.entity) + "." +
        reader_.model.text(kind.members.list[info.slot].name).str() + "` by " +
        plan::Print(reader_.model, Value::Number(*by, value.dimension, value.aux)) + ", to " +
        plan::Print(reader_.model, Value::Number(sum.value_or(*by), value.dimension, value.aux)) +
        (answer.verdict == reason::Verdict::Optimal ? ": no less will do"
                                                    : ": that is enough, less may be too");
    repair.share = value.number.sign() > 0 ? base::Div(*by, value.number).value_or(1) : Rational(1);
    return repair;
  }

  static constexpr int64_t kMostUnits = 100'000'000;

  Instance &instance_;
  Reader &reader_;
  reason::MakeProver prover_;
  reason::Effort &effort_;
};

}  // namespace

auto FindRepairs(Instance &instance, const std::vector<Cause> &core, reason::MakeProver prover,
                 reason::Effort &effort) -> std::vector<Repair> {
  constexpr size_t kMostTried = 8;
  Repairer repairer(instance, prover, effort);
  std::vector<Repair> repairs;
  for (const Cause cause : llvm::ArrayRef<Cause>(core).take_front(kMostTried)) {
    if (auto repair = repairer.Try(cause)) repairs.push_back(std::move(*repair));
  }
  llvm::stable_sort(repairs, [](const Repair &a, const Repair &b) { return a.share < b.share; });
  return repairs;
}

}  // namespace groma::solve
