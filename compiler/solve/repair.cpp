// SPDX-License-Identifier: Apache-2.0
#include "repair.h"

#include <numeric>

#include "groma/plan/print.h"
#include "groma/reason/least.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::solve {
namespace {

using plan::Index;
using plan::IsSome;

// A line may grow by so many of its units.
constexpr int64_t kMostUnits = 100'000'000;
// So many lines of a conflict are tried.
constexpr size_t kMostTried = 8;
// So many workloads that give way are named, and so often it is tried to need fewer.
constexpr size_t kMostNamed = 4, kMostTakenBack = 32;

// A single question gets such a part of the effort that is left; of a conflict of many causes a
// smaller one, since what is long to tell is long to mend.
constexpr uint64_t kShare = 16, kShareOfMany = 128;
constexpr size_t kMany = 16;

// The program with one cause loosened by a column of its own.
struct Loose {
  reason::Program program;
  reason::ColumnId extra = 0;
};

class Repairer {
 public:
  Repairer(Instance &instance, const std::vector<Cause> &core, const std::vector<Cause> &others,
           reason::MakeProver prover, reason::Effort &effort)
      : instance_(instance),
        reader_(instance.reader),
        builder_(instance.builder),
        prover_(prover),
        effort_(effort),
        share_(core.size() > kMany ? kShareOfMany : kShare),
        not_core_(instance.builder.causes.size(), 1),
        others_(instance.builder.causes.size(), 0) {
    not_core_[kGiven] = 0;
    for (const Cause cause : core) not_core_[cause] = 0;
    for (const Cause cause : others) others_[cause] = 1;
  }

  auto Try(Cause cause) -> std::optional<Repair> {
    const CauseInfo &info = builder_.causes[cause];
    switch (info.of) {
      case CauseInfo::Of::Rule:
        // A rule of a kind knows no waiver.
        return info.is_invariant() ? std::nullopt : Waive(cause, info);
      case CauseInfo::Of::Range:
        return Widen(cause, info);
      case CauseInfo::Of::Field: {
        const Value value = reader_.Read(info.entity, info.slot);
        return value.tag == ValueTag::Number ? Raise(cause, info, value) : std::nullopt;
      }
      case CauseInfo::Of::Dates:
        return BeSooner(cause, info);
      case CauseInfo::Of::Demand:
      case CauseInfo::Of::Shape:
        return std::nullopt;
    }
    return std::nullopt;
  }

  // Workloads of lower priority than the highest of the conflict do without: the lowest first, and
  // no more of them than must.
  auto LetGiveWay(const std::vector<Cause> &core) -> std::optional<Repair> {
    int64_t highest = 0;
    for (const Workload &workload : instance_.workloads) {
      if (llvm::is_contained(core, workload.cause)) highest = std::max(highest, workload.priority);
    }
    std::vector<const Workload *> lower;
    for (const Workload &workload : instance_.workloads) {
      const bool is_lower = workload.priority < highest && others_[workload.cause] == 0;
      if (is_lower && !workload.months.is_empty()) lower.push_back(&workload);
    }
    llvm::stable_sort(lower, [](const Workload *a, const Workload *b) {
      return a->priority < b->priority;
    });
    if (lower.empty() || !HoldsWithout(lower)) return std::nullopt;
    size_t too_few = 0, enough = lower.size();
    while (enough - too_few > 1) {
      const size_t middle = (too_few + enough) / 2;
      (HoldsWithout(llvm::ArrayRef(lower).take_front(middle)) ? enough : too_few) = middle;
    }
    lower.resize(enough);
    LeaveNeeded(lower);
    std::vector<std::string> names;
    for (const Workload *workload : llvm::ArrayRef(lower).take_front(kMostNamed)) {
      names.push_back("`" + reader_.NameOf(workload->id) + "`");
    }
    Repair repair;
    repair.text = "let " + llvm::join(names, ", ");
    if (lower.size() > names.size()) {
      repair.text += " and " + std::to_string(lower.size() - names.size()) + " more";
    }
    repair.text += " give way, of lower priority: the rest of the plan then holds";
    repair.share = 1;
    return repair;
  }

 private:
  // The rows that the cause does not make, and an extra column. Columns keep their ends.
  auto Without(Cause cause, std::vector<reason::RowId> &rows) const -> Loose {
    const reason::Program &old = builder_.program;
    Loose loose;
    loose.program.columns = old.columns;
    for (reason::Column &column : loose.program.columns) column.cost = 0;
    for (reason::RowId r = 0; r < old.rows.size(); ++r) {
      const reason::Row &row = old.rows[r];
      if (row.cause == cause) {
        rows.push_back(r);
      } else {
        loose.program.AddRow(old.entries(row), row.limit, row.cause, row.is_equal);
      }
    }
    for (const reason::Group &group : old.groups) {
      loose.program.AddGroup(old.members(group), group.pick, group.cause);
    }
    loose.extra = loose.program.AddColumn({.upper = kMostUnits, .cost = 1, .reach = kMostUnits});
    return loose;
  }

  auto HoldsWithout(llvm::ArrayRef<const Workload *> workloads) -> bool {
    std::vector<uint8_t> dropped = others_;
    for (const Workload *workload : workloads) dropped[workload->cause] = 1;
    return CanHold(builder_.program, dropped);
  }

  // Takes back, from the end, what need not give way.
  void LeaveNeeded(std::vector<const Workload *> &workloads) {
    size_t tried = 0;
    for (size_t chunk = std::max<size_t>(1, workloads.size() / 2); chunk > 0; chunk /= 2) {
      for (size_t end = workloads.size(); end > 0 && tried < kMostTakenBack; ++tried) {
        const size_t begin = end - std::min(end, chunk);
        std::vector<const Workload *> fewer(workloads.begin(), workloads.begin() + begin);
        fewer.insert(fewer.end(), workloads.begin() + end, workloads.end());
        if (!fewer.empty() && HoldsWithout(fewer)) workloads = std::move(fewer);
        end = begin;
      }
    }
  }

  auto Waive(Cause cause, const CauseInfo &info) -> std::optional<Repair> {
    std::vector<uint8_t> dropped = others_;
    dropped[cause] = 1;
    if (!CanHold(builder_.program, dropped)) return std::nullopt;
    Repair repair;
    repair.cause = cause;
    repair.text = "waive `" + reader_.NameOf(info.entity) + "`";
    if (IsSome(info.subject)) repair.text += " on `" + reader_.NameOf(info.subject) + "`";
    repair.text += ": the rest of the plan then holds";
    repair.share = 1;
    return repair;
  }

  // The last month in which it does if a pool comes then.
  auto BeSooner(Cause cause, const CauseInfo &info) -> std::optional<Repair> {
    const auto found = instance_.rows_of.find(cause);
    if (found == instance_.rows_of.end()) return std::nullopt;
    int last = -1;
    for (const auto &[month, row] : found->second) last = std::max(last, month);
    // In months from `first` on it may be used.
    const auto does = [&](int first) {
      const reason::Program &old = builder_.program;
      std::vector<uint8_t> is_out(old.rows.size(), 0);
      for (const auto &[month, row] : found->second) is_out[row] = month >= first ? 1 : 0;
      reason::Program program;
      program.columns = old.columns;
      for (reason::Column &column : program.columns) column.cost = 0;
      for (reason::RowId r = 0; r < old.rows.size(); ++r) {
        const reason::Row &row = old.rows[r];
        if (is_out[r] == 0) program.AddRow(old.entries(row), row.limit, row.cause, row.is_equal);
      }
      for (const reason::Group &group : old.groups) {
        program.AddGroup(old.members(group), group.pick, group.cause);
      }
      return CanHold(program, others_);
    };
    if (last < 0 || !does(0)) return std::nullopt;
    int low = 0, high = last;  // it does with `low`; whether with `high` is open
    while (low < high) {
      const int middle = (low + high + 1) / 2;
      does(middle) ? low = middle : high = middle - 1;
    }
    base::Date finish = instance_.cuts_of.at(cause)[0]->finish;
    for (const Cut *cut : instance_.cuts_of.at(cause)) finish = std::min(finish, cut->finish);
    const base::Date by = reader_.months().month(low).first().AddDays(-1);
    const int64_t days = base::DaysBetween(by, finish);
    Repair repair;
    repair.cause = cause;
    repair.needed = by.ToString() + " would do";
    repair.text = "have `" + reader_.NameOf(info.entity) + "` finished by " + by.ToString();
    if (llvm::all_of(instance_.cuts_of.at(cause),
                     [](const Cut *cut) { return cut->choices.empty(); })) {
      repair.text += ", " + std::to_string(days) + (days == 1 ? " day sooner" : " days sooner");
    }
    repair.text += ": the rest of the plan then holds";
    repair.share = base::Div(days, 365).value_or(1);
    return repair;
  }

  // By how much a line must grow: first for this conflict alone, and if the rest of the plan does
  // not hold with that, for all of it.
  auto LeastExtra(Loose &loose) -> std::optional<reason::Least> {
    const auto find_least = [&](llvm::ArrayRef<uint8_t> dropped) {
      reason::Slice slice(effort_, effort_.left / share_);
      return reason::LeastValue(loose.program, {.dropped = dropped}, loose.extra, prover_,
                                slice.part);
    };
    const auto least = find_least(not_core_);
    if (!least || least->value == 0) return std::nullopt;
    reason::Column &extra = loose.program.columns[loose.extra];
    extra.lower = extra.upper = extra.reach = least->value;
    if (CanHold(loose.program, others_)) return least;
    extra = {.lower = least->value, .upper = kMostUnits, .cost = 1, .reach = kMostUnits};
    return find_least(others_);
  }

  auto CanHold(const reason::Program &program, llvm::ArrayRef<uint8_t> dropped) -> bool {
    reason::Slice slice(effort_, effort_.left / share_);
    return reason::CanHold(program, {.dropped = dropped}, prover_, slice.part);
  }

  // A column of whole units gives the rows of a number more room.
  auto Raise(Cause cause, const CauseInfo &info, const Value &value) -> std::optional<Repair> {
    std::vector<reason::RowId> rows;
    Loose loose = Without(cause, rows);
    if (rows.empty() && !LetGrow(loose, cause)) return std::nullopt;
    const auto one = reader_.model.units.ToBase(1, static_cast<base::UnitId>(value.aux));
    const Rational unit = one.value_or(1);
    for (const reason::RowId r : rows) {
      const reason::Row &row = builder_.program.rows[r];
      std::vector<reason::Entry> entries(builder_.program.entries(row));
      // What one unit more is worth in the row, exactly.
      const auto room = base::Mul(builder_.ScaleOf(r), unit);
      const Rational limit = builder_.LimitOf(r);
      if (!room || room->sign() <= 0) return std::nullopt;
      const int64_t whole = std::lcm(room->denominator(), limit.denominator());
      for (reason::Entry &entry : entries) entry.coefficient *= whole;
      entries.push_back({loose.extra, -room->numerator() * (whole / room->denominator())});
      loose.program.AddRow(entries, limit.numerator() * (whole / limit.denominator()), kGiven,
                           row.is_equal);
    }
    if (!loose.program.Fits()) return std::nullopt;
    const auto least = LeastExtra(loose);
    const auto by = least ? base::Mul(unit, least->value) : std::nullopt;
    const auto to = by ? base::Add(value.number, *by) : std::nullopt;
    if (!to) return std::nullopt;
    const Value more = Value::Number(*by, value.dimension, value.aux);
    const Value all = Value::Number(*to, value.dimension, value.aux);
    Repair repair = Of(cause, *least, all);
    repair.text =
        "raise " + FieldOf(info) + " by " + Print(more) + ", to " + Print(all) + Ending(*least);
    repair.share = value.number.sign() > 0 ? base::Div(*by, value.number).value_or(1) : Rational(1);
    return repair;
  }

  // The columns of a cause may be more by the extra one; false if none can.
  static auto LetGrow(Loose &loose, Cause cause) -> bool {
    bool can_grow = false;
    for (reason::ColumnId c = 0; c < loose.extra; ++c) {
      reason::Column &column = loose.program.columns[c];
      if (column.cause != cause || column.reach <= column.upper) continue;
      loose.program.AddRow({{c, 1}, {loose.extra, -1}}, column.upper, kGiven);
      column.upper = column.reach;
      column.cause = kGiven;
      can_grow = true;
    }
    return can_grow;
  }

  // The upper end of a count goes up.
  auto Widen(Cause cause, const CauseInfo &info) -> std::optional<Repair> {
    std::vector<reason::RowId> rows;
    Loose loose = Without(cause, rows);
    for (const reason::RowId r : rows) {
      const reason::Row &row = builder_.program.rows[r];
      std::vector<reason::Entry> entries(builder_.program.entries(row));
      if (IsUpperEnd(entries)) entries.push_back({loose.extra, -1});
      loose.program.AddRow(entries, row.limit, kGiven, row.is_equal);
    }
    (void)LetGrow(loose, cause);
    if (!loose.program.Fits()) return std::nullopt;
    const auto least = LeastExtra(loose);
    const plan::Unknown &unknown = reader_.environment.unknowns[Index(info.unknown)];
    const auto by = least ? base::Mul(unknown.step.number, least->value) : std::nullopt;
    const auto to = by ? base::Add(unknown.high.number, *by) : std::nullopt;
    if (!to) return std::nullopt;
    const Value all = Value::Number(*to, unknown.high.dimension, unknown.high.aux);
    Repair repair = Of(cause, *least, all);
    repair.text = "let " + FieldOf(info) + " go up to " + Print(all) + Ending(*least);
    const Rational high = unknown.high.number;
    repair.share = high.sign() > 0 ? base::Div(*by, high).value_or(1) : Rational(1);
    return repair;
  }
  // count <= high if the offer is chosen, as counts.cpp writes it.
  auto IsUpperEnd(llvm::ArrayRef<reason::Entry> entries) const -> bool {
    size_t counts = 0;
    for (const reason::Entry &entry : entries) {
      const bool is_count = !builder_.program.columns[entry.column].is_boolean();
      if (is_count != (entry.coefficient > 0)) return false;
      counts += is_count ? 1 : 0;
    }
    return counts == 1;
  }

  auto Of(Cause cause, reason::Least least, const Value &all) const -> Repair {
    Repair repair;
    repair.cause = cause;
    if (least.is_proved) repair.needed = Print(all) + " would do";
    return repair;
  }
  auto Print(const Value &value) const -> std::string { return plan::Print(reader_.model, value); }
  static auto Ending(reason::Least least) -> std::string {
    return least.is_proved ? ": no less will do" : ": that is enough, less may be too";
  }
  auto FieldOf(const CauseInfo &info) const -> std::string {
    const plan::Kind &kind = reader_.model.kind(reader_.model.entity(info.entity).kind);
    return "`" + reader_.NameOf(info.entity) + "." +
           reader_.model.text(kind.members.list[info.slot].name).str() + "`";
  }

  const Instance &instance_;
  Reader &reader_;
  const Builder &builder_;
  reason::MakeProver prover_;
  reason::Effort &effort_;
  uint64_t share_;
  std::vector<uint8_t> not_core_, others_;
};

}  // namespace

auto FindRepairs(Instance &instance, const std::vector<Cause> &core,
                 const std::vector<Cause> &others, reason::MakeProver prover,
                 reason::Effort &effort) -> std::vector<Repair> {
  Repairer repairer(instance, core, others, prover, effort);
  std::vector<Repair> repairs;
  for (const Cause cause : llvm::ArrayRef<Cause>(core).take_front(kMostTried)) {
    if (auto repair = repairer.Try(cause)) repairs.push_back(std::move(*repair));
  }
  if (auto repair = repairer.LetGiveWay(core)) repairs.push_back(std::move(*repair));
  llvm::stable_sort(repairs, [](const Repair &a, const Repair &b) { return a.share < b.share; });
  return repairs;
}

}  // namespace groma::solve
