// SPDX-License-Identifier: Apache-2.0
// What the schedule knows: pools that nobody can use yet, and choices with which a step would be late.
#include "instance.h"

namespace groma::solve {
namespace {

using plan::Index;

class CutRows {
 public:
  explicit CutRows(Instance &instance)
      : instance_(instance), reader_(instance.reader), builder_(instance.builder) {}

  void Add(const Cut &cut) {
    const Cause cause = builder_.CauseOf({.of = CauseInfo::Of::Dates,
                                          .entity = cut.step,
                                          .slot = reader_.known.slot(KnownMember::StepFinish)});
    instance_.cuts_of[cause].push_back(&cut);
    // 1 if one of the choices does not stand, so that the cut says nothing.
    std::vector<ColumnId> escapes;
    for (const Cut::While &choice : cut.choices) escapes.push_back(Unless(choice));
    if (!plan::IsSome(cut.pool)) {
      builder_.AtMost(NoneOf(escapes), 0, cause);
      return;
    }
    // 1 if all of them stand.
    const ColumnId holds = builder_.Boolean();
    Form form = NoneOf(escapes);
    form.Add(Form::Of(holds), -1);
    builder_.AtMost(form, 0, kGiven);
    for (size_t p = 0; p < instance_.pools.size(); ++p) {
      if (instance_.pools[p].id == cut.pool) KeepEmpty(p, cut, holds, cause);
    }
  }

 private:
  // 1 minus the escapes: above 0 if there is none.
  static auto NoneOf(const std::vector<ColumnId> &escapes) -> Form {
    Form form = Form::Of(Rational(1));
    for (const ColumnId escape : escapes) form.Add(Form::Of(escape), -1);
    return form;
  }

  auto Unless(const Cut::While &choice) -> ColumnId {
    const ColumnId escape = builder_.Boolean();
    for (uint32_t i = 1; i < reader_.environment.unknowns.size(); ++i) {
      const plan::Unknown &unknown = reader_.environment.unknowns[i];
      if (unknown.entity != choice.entity || unknown.slot != choice.slot) continue;
      unknown.is_count ? Fewer(plan::UnknownId{i}, choice.value, escape)
                       : Other(plan::UnknownId{i}, choice.value, escape);
      return escape;
    }
    // What is not open stands.
    builder_.AtMost(Form::Of(escape), 0, kGiven);
    return escape;
  }

  void Fewer(plan::UnknownId id, const Value &value, ColumnId escape) {
    Rational most = reader_.NumberIn(value, 0).value_or(0);
    for (int t = 1; t < reader_.months().count; ++t) {
      most = std::max(most, reader_.NumberIn(value, t).value_or(0));
    }
    for (const Forms &forms : instance_.CountOf(id).value) {
      builder_.AtMostIf(escape, SumOf(forms), most, true, kGiven);
    }
  }

  void Other(plan::UnknownId id, const Value &value, ColumnId escape) {
    const Offers offers = reader_.OffersOf(reader_.environment.unknowns[Index(id)].entity);
    const Forms &chosen = instance_.ChosenOf(offers);
    Value open = Value::Of(ValueTag::Unknown);
    open.unknown = id;
    Form taken = Form::Of(escape);
    for (size_t o = 0; o < offers.count; ++o) {
      if (plan::Compare(reader_.At(open, offers, o), value) == 0) taken.Add(chosen[o]);
    }
    builder_.AtMost(taken, 1, kGiven);
  }

  // Nobody is on the pool in a month of which it is not there for the whole.
  void KeepEmpty(size_t p, const Cut &cut, ColumnId holds, Cause cause) {
    const int first = reader_.months().Of(cut.finish) + 1;
    for (int t = 0; t < std::min(first, reader_.months().count); ++t) {
      Form load;
      for (const uint32_t c : instance_.cells_on[p]) {
        load.Add(instance_.GpusOf(instance_.cells[c], t));
      }
      load.Tidy();
      if (load.is_constant()) continue;
      const auto row = static_cast<reason::RowId>(builder_.program.rows.size());
      builder_.AtMostIf(holds, load, 0, false, cause);
      if (row < builder_.program.rows.size()) instance_.rows_of[cause].emplace_back(t, row);
    }
  }

  Instance &instance_;
  Reader &reader_;
  Builder &builder_;
};

}  // namespace

auto Instance::FirstMonthOf(EntityId thing) const -> int {
  const auto found = arrivals.find(Index(thing));
  return found == arrivals.end() ? 0 : std::max(0, reader.months().Of(found->second.present));
}

auto Instance::FirstUsableOf(EntityId pool) const -> int {
  const auto found = arrivals.find(Index(pool));
  return found == arrivals.end() ? 0 : std::max(0, reader.months().Of(found->second.usable) + 1);
}

void AddCuts(Instance &instance) {
  if (instance.reader.suspended.Has(KnownMember::PoolAccepted)) return;
  CutRows rows(instance);
  for (const Cut &cut : instance.cuts) rows.Add(cut);
}

}  // namespace groma::solve
