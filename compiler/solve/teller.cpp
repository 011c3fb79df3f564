// SPDX-License-Identifier: Apache-2.0
#include "teller.h"

#include "diagnostics.h"
#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

namespace {

// So many causes are named in the first line; the labels show all.
constexpr size_t kMostNamed = 4;

}  // namespace

auto Teller::IsBudget(Cause cause) const -> bool {
  return reader_.IsA(Info(cause).entity, KnownKind::Budget);
}

auto Teller::PlaceOf(Cause cause) -> source::Span {
  const CauseInfo &info = Info(cause);
  const bool has_subject = info.of == CauseInfo::Of::Rule && IsSome(info.subject);
  if (has_subject) return reader_.model.entity(info.subject).span;
  if (info.of == CauseInfo::Of::Rule) return info.span;
  if (info.of == CauseInfo::Of::Dates) {
    const EntityId pool = FirstCut(cause).pool;
    if (IsSome(pool)) return reader_.model.entity(pool).span;
    return PlaceOfField(reader_, info.entity, reader_.known.slot(KnownMember::StepBy));
  }
  return PlaceOfField(reader_, info.entity, info.slot);
}

auto Teller::FirstCut(Cause cause) const -> const Cut & {
  const std::vector<const Cut *> &cuts = instance_.cuts_of.at(cause);
  return **llvm::min_element(
      cuts, [](const Cut *a, const Cut *b) { return a->finish < b->finish; });
}

auto Teller::SizesOf(const Cut &cut) const -> std::string {
  std::vector<std::string> sizes;
  for (const Cut::While &choice : cut.choices) {
    const bool is_number =
        choice.value.tag == ValueTag::Number || choice.value.tag == ValueTag::Curve;
    sizes.push_back("`" + reader_.NameOf(choice.entity, choice.slot) + "` = " +
                    plan::Print(reader_.model, choice.value) + (is_number ? " or more" : ""));
  }
  return sizes.empty() ? "" : "with " + llvm::join(sizes, " and ") + " ";
}

auto Teller::FieldOf(const CauseInfo &info) -> std::string {
  const plan::Kind &kind = reader_.model.kind(reader_.model.entity(info.entity).kind);
  return "`" + reader_.NameOf(info.entity) + "." +
         reader_.model.text(kind.members.list[info.slot].name).str() + "`";
}

auto Teller::NameOf(Cause cause) -> std::string {
  const CauseInfo &info = Info(cause);
  if (info.of != CauseInfo::Of::Rule) return FieldOf(info);
  if (info.is_invariant()) return "what `" + reader_.NameOf(info.entity) + "` must keep";
  const std::string subject =
      IsSome(info.subject) ? " on `" + reader_.NameOf(info.subject) + "`" : "";
  return "`" + reader_.NameOf(info.entity) + "`" + subject;
}

auto Teller::WordsOf(Cause cause, const std::vector<Repair> &repairs) -> std::string {
  const CauseInfo &info = Info(cause);
  const auto repair = llvm::find_if(repairs, [&](const Repair &r) { return r.cause == cause; });
  const std::string needed =
      repair == repairs.end() || repair->needed.empty() ? "" : "; " + repair->needed;
  switch (info.of) {
    case CauseInfo::Of::Dates: {
      const Cut &cut = FirstCut(cause);
      if (!IsSome(cut.pool)) {
        return "by this day `" + reader_.NameOf(cut.step) + "` must be finished; " + SizesOf(cut) +
               "it is on " + cut.finish.ToString();
      }
      return SizesOf(cut) + "nobody can use this before " + cut.finish.AddDays(1).ToString() + needed;
    }
    case CauseInfo::Of::Rule:
      if (info.is_invariant() && !info.because.empty()) return info.because.str();
      if (!IsSome(info.subject)) return "this must hold";
      return "`" + reader_.NameOf(info.entity) + "` must hold for this";
    case CauseInfo::Of::Range: {
      const plan::Unknown &unknown = reader_.environment.unknowns[Index(info.unknown)];
      const auto print = [&](const Value &v) { return plan::Print(reader_.model, v); };
      return "this leaves open " + print(unknown.low) + " to " + print(unknown.high) + needed;
    }
    case CauseInfo::Of::Demand:
    case CauseInfo::Of::Field:
    case CauseInfo::Of::Shape:
      break;
  }
  const Value value = reader_.Read(info.entity, info.slot);
  const std::string text = plan::Print(reader_.model, value, &reader_.environment);
  const plan::Known &known = reader_.known;
  const bool is_work = reader_.IsA(info.entity, KnownKind::Task) &&
                       (info.slot == known.slot(KnownMember::TaskEffort) ||
                        info.slot == known.slot(KnownMember::TaskDuration));
  if (is_work) return "this takes " + text + " of a team that is paid";
  if (info.of == CauseInfo::Of::Demand) return "this needs " + text;
  if (info.of == CauseInfo::Of::Shape) return WordsOfShape(info, value, text);
  return value.is_residual() ? "no more than this may be chosen" : "this gives " + text + needed;
}

// What a component says of others is a rule; a list that is to be chosen from is an end.
auto Teller::WordsOfShape(const CauseInfo &info, const Value &value, const std::string &text)
    -> std::string {
  const bool is_list = value.tag == ValueTag::List;
  if (value.is_residual() || (is_list && reader_.IsA(info.entity, KnownKind::Machines))) {
    return "nothing else may be chosen";
  }
  if (is_list || value.tag == ValueTag::Bool) return "this must hold";
  const bool is_unknown =
      value.tag == ValueTag::Entity && (!reader_.Number(value.entity, KnownMember::SkuVcpus) ||
                                        !reader_.Number(value.entity, KnownMember::SkuMemory));
  return "this gives " + text + (is_unknown ? ", which does not say how much it holds" : "");
}

auto Teller::ListOf(const std::vector<Cause> &causes, const std::string &classes) -> std::string {
  std::vector<std::string> names;
  for (const Cause cause : llvm::ArrayRef<Cause>(causes).take_front(kMostNamed)) {
    names.push_back(NameOf(cause));
  }
  if (causes.size() > kMostNamed) {
    names.push_back(std::to_string(causes.size() - kMostNamed) + " more");
  }
  if (!classes.empty()) names.push_back(classes);
  if (names.size() == 1) return names[0];
  const std::string last = names.back();
  names.pop_back();
  return llvm::join(names, ", ") + " and " + last;
}

auto Teller::ClassesOf(const std::vector<Cause> &causes) const -> std::string {
  size_t workloads = 0, ranges = 0;
  for (const Cause cause : causes) {
    (Info(cause).of == CauseInfo::Of::Range ? ranges : workloads) += 1;
  }
  std::string text;
  if (workloads > 0) {
    text = "what " + std::to_string(workloads) +
           (workloads == 1 ? " workload needs" : " workloads need");
  }
  if (ranges > 0) {
    if (!text.empty()) text += " within ";
    text += "what " + std::to_string(ranges) + (ranges == 1 ? " pool may be" : " pools may be");
  }
  return text;
}

// The least that the plan can cost in what a budget covers, where the proof says so.
auto Teller::LeastPaid(const reason::AggregateCore &conflict, Cause budget) -> std::string {
  const auto shortage = llvm::find_if(conflict.shortages,
                                      [&](const reason::Shortage &s) { return s.cause == budget; });
  const auto &rows = instance_.builder.program.rows;
  const auto is_ours = [&](const reason::Row &row) { return row.cause == budget; };
  if (shortage == conflict.shortages.end() || llvm::count_if(rows, is_ours) != 1) return "";
  const auto row = static_cast<reason::RowId>(llvm::find_if(rows, is_ours) - rows.begin());
  const auto more = base::Div(shortage->by, instance_.builder.ScaleOf(row));
  const Value value = reader_.Read(Info(budget).entity, Info(budget).slot);
  const auto least = more ? base::Add(value.number, *more) : std::nullopt;
  if (!least || value.tag != ValueTag::Number) return "";
  const Value whole = Value::Number(least->Floor(), value.dimension, value.aux);
  return "nothing costs less than " + plan::Print(reader_.model, whole);
}

auto Teller::ReadsAvailability(const plan::Formula &formula, EntityId workload) const -> bool {
  if (formula.linear != nullptr) {
    const plan::Slot slot = reader_.known.slot(KnownMember::WorkloadAvailability);
    const bool is_read = llvm::any_of(formula.linear->terms, [&](const plan::Term &term) {
      if (term.of != plan::Term::Of::Outcome) return false;
      const plan::Outcome &outcome = reader_.environment.outcomes[term.variable];
      return outcome.entity == workload && outcome.slot == slot;
    });
    if (is_read) return true;
  }
  return llvm::any_of(formula.parts, [&](const plan::Formula *part) {
    return ReadsAvailability(*part, workload);
  });
}

void Teller::TellParts(Cause cause, diagnostics::Builder &told) {
  constexpr size_t kMostTold = 8;
  const CauseInfo &info = Info(cause);
  if (info.of != CauseInfo::Of::Rule) return;
  for (const Workload &workload : instance_.workloads) {
    const auto parts = instance_.parts_of.find(Index(workload.id));
    if (parts == instance_.parts_of.end()) continue;
    const bool is_asked = llvm::any_of(reader_.environment.demands, [&](const plan::Demand &demand) {
      return demand.owner == info.entity && demand.subject == info.subject &&
             demand.span == info.span && ReadsAvailability(*demand.formula, workload.id);
    });
    if (!is_asked) continue;
    const auto percent = reader_.model.units.Find("%");
    const auto print = [&](Rational share) {
      return plan::Print(reader_.model, Value::Number(share, base::DimensionId::kNumber,
                                                      percent ? static_cast<uint32_t>(*percent) : 0));
    };
    for (const auto &part : llvm::ArrayRef(parts->second.parts).take_front(kMostTold)) {
      const std::string up = print(part.up);
      if (IsSome(part.by)) {
        told.Label(reader_.model.entity(part.thing).span,
                   "`" + reader_.NameOf(part.by) + "` promises " + up + " of it");
        continue;
      }
      const plan::Kind &kind = reader_.model.kind(reader_.model.entity(part.thing).kind);
      const plan::Slot slot = kind.members.Find(reader_.model.symbols.Find("availability"));
      told.Label(PlaceOfField(reader_, part.thing, slot), "this is up " + up + " of the time");
    }
    told.Note("at best `" + reader_.NameOf(workload.id) + "` answers " +
              print(parts->second.best) + " of the time, with all that it needs");
  }
}

void Teller::Tell(const reason::AggregateCore &conflict, const std::vector<Cause> &causes,
                  const std::vector<Repair> &repairs) {
  if (causes.empty() && conflict.aggregate.empty()) {
    sink_.Report(diag::Contradiction, {}, "what the plan fixes")
        .Note("no line that could be changed alone is the reason");
    return;
  }
  const std::string classes = ClassesOf(conflict.aggregate);
  const auto budget = llvm::find_if(causes, [&](Cause cause) { return IsBudget(cause); });
  const auto report = [&] {
    if (budget == causes.end()) {
      const source::Span place =
          causes.empty() ? PlaceOf(conflict.aggregate[0]) : PlaceOf(causes[0]);
      const bool is_alone = causes.size() + (classes.empty() ? 0 : 1) == 1;
      return sink_.Report(diag::Contradiction, place,
                          ListOf(causes, classes) + (is_alone ? " and what the plan fixes" : ""));
    }
    std::vector<Cause> others = causes;
    llvm::erase(others, *budget);
    const std::string asking =
        others.empty() && classes.empty() ? "what the plan fixes" : ListOf(others, classes);
    return sink_.Report(diag::OverBudget, PlaceOf(*budget), reader_.NameOf(Info(*budget).entity),
                        asking);
  };
  auto told = report();
  for (const Cause cause : causes) {
    std::string words = WordsOf(cause, repairs);
    if (const std::string least = LeastPaid(conflict, cause); !least.empty()) words += "; " + least;
    told.Label(PlaceOf(cause), std::move(words));
    const CauseInfo &info = Info(cause);
    const bool has_rule = info.of == CauseInfo::Of::Rule && IsSome(info.subject);
    if (has_rule) told.Label(info.span, "the rule is stated here");
    TellParts(cause, told);
    if (info.of != CauseInfo::Of::Dates) continue;
    for (const Cut::Line &line : FirstCut(cause).lines) told.Label(line.span, line.text);
  }
  for (const Cause cause : causes) {
    if (Info(cause).of != CauseInfo::Of::Dates) continue;
    told.Note("what leads to `" + reader_.NameOf(Info(cause).entity) +
              "`, with the day on which it is finished: " + FirstCut(cause).chain);
  }
  for (const Cause cause : causes) {
    const auto cut_off = instance_.cut_off_by.find(Index(Info(cause).subject));
    if (Info(cause).of != CauseInfo::Of::Rule || cut_off == instance_.cut_off_by.end()) continue;
    const std::string site = "`" + reader_.NameOf(Info(cause).subject) + "`";
    told.Note(cut_off->second.empty() ? site + " is cut off without any failure"
                                      : site + " is cut off if " +
                                            llvm::join(cut_off->second, " and ") + " fails");
  }
  if (!conflict.aggregate.empty()) {
    told.Note("they are told by their number: together they ask for too much");
  }
  if (!conflict.is_minimal) {
    told.Note("a smaller set may do: this one was not proved to be the smallest");
  } else if (causes.size() > 1) {
    told.Note("without any one of them the others can hold together");
  }
  for (const Repair &repair : repairs) told.Help(repair.text);
}

}  // namespace groma::solve
