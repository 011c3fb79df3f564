// SPDX-License-Identifier: Apache-2.0
// Links whose circuits are chosen: which of them stand, and what that means for who reaches whom.
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "network.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

namespace {

// So many questions about one set of failures are asked for one site; then it is given up.
constexpr size_t kMostCases = 200'000;

auto LargestOf(const Builder &builder, const Form &form) -> Rational {
  Rational largest = form.constant;
  for (const Form::Term &term : form.terms) {
    const reason::Column &column = builder.program.columns[term.column];
    const auto most = base::Mul(term.coefficient, std::max(column.upper, column.reach));
    if (most && most->sign() > 0) largest = base::Add(largest, *most).value_or(largest);
  }
  return largest;
}

}  // namespace

// The number of circuits as a form; nothing if it cannot be worked out. Where it is chosen from a
// list, `at_least_one` is 1 if what is chosen is no less than 1.
auto Network::CircuitsIn(const Value &value, int t, std::optional<Form> &at_least_one)
    -> std::optional<Form> {
  const auto by_offers = [&](EntityId owner) -> std::optional<Form> {
    const Offers offers = reader_.OffersOf(owner);
    const Forms &chosen = instance_.ChosenOf(offers);
    Form sum, some;
    for (size_t o = 0; o < offers.count; ++o) {
      const auto number = reader_.NumberIn(reader_.At(value, offers, o), t);
      if (!number) return std::nullopt;
      sum.Add(chosen[o], *number);
      if (number->sign() > 0) some.Add(chosen[o]);
    }
    sum.Tidy();
    some.Tidy();
    at_least_one = some;
    return sum;
  };
  const plan::Environment &environment = reader_.environment;
  if (value.tag == ValueTag::Unknown) {
    return by_offers(environment.unknowns[Index(value.unknown)].entity);
  }
  if (value.tag == ValueTag::PerOffer) {
    return by_offers(environment.unknowns[Index(value.per_offer->choices[0])].entity);
  }
  if (value.tag != ValueTag::Linear) {
    const auto number = reader_.NumberIn(value, t);
    return number ? std::optional(Form::Of(*number)) : std::nullopt;
  }
  Form sum;
  for (const plan::Term &term : value.linear->terms) {
    EntityId owner{};
    if (!term.choices.empty()) owner = environment.unknowns[Index(term.choices[0])].entity;
    if (term.of == plan::Term::Of::Count) owner = environment.unknowns[term.variable].entity;
    if (term.of == plan::Term::Of::Outcome) return std::nullopt;
    if (!IsSome(owner)) {
      sum.Add(term.coefficients[0]);
      continue;
    }
    const Offers offers = reader_.OffersOf(owner);
    Forms forms = instance_.ChosenOf(offers);
    if (term.of == plan::Term::Of::Count) {
      const CountVariable &count = instance_.CountOf(static_cast<plan::UnknownId>(term.variable));
      forms = count.value[PhaseOf(count.phases, t)];
    }
    std::vector<Value> table;
    for (const Rational &coefficient : term.coefficients) {
      table.push_back(Value::Number(coefficient, base::DimensionId::kNumber));
    }
    const plan::PerOffer per_offer{term.choices, table};
    Value factor = Value::Of(ValueTag::PerOffer);
    factor.per_offer = &per_offer;
    for (size_t o = 0; o < offers.count; ++o) {
      sum.Add(forms[o], term.choices.empty() ? term.coefficients[0]
                                             : reader_.At(factor, offers, o).number);
    }
  }
  sum.Tidy();
  return sum;
}

// A link stands while it has a circuit.
void Network::AddCircuits(Edge &edge) {
  const Value circuits = reader_.Get(edge.link, KnownMember::LinkCircuits);
  const Cause cause = instance_.FieldCause(edge.link, KnownMember::LinkCircuits);
  Builder &builder = instance_.builder;
  bool is_always_up = true;
  edge.is_down = true;
  std::optional<Form> last;
  for (int t = 0; t < reader_.months().count; ++t) {
    std::optional<Form> some;
    const auto number = circuits.is_none() ? std::optional(Form::Of(Rational(1)))
                                           : CircuitsIn(circuits, t, some);
    if (!number) {
      edge.is_unknown = true;
      edge.is_down = false;
      edge.up.clear();
      return;
    }
    if (last && last->constant == number->constant &&
        llvm::equal(last->terms, number->terms, [](const auto &a, const auto &b) {
          return a.column == b.column && a.coefficient == b.coefficient;
        })) {
      edge.up.push_back(edge.up.back());
      continue;
    }
    last = number;
    const bool is_up = number->is_constant() && number->constant.sign() > 0;
    is_always_up &= is_up;
    const bool is_down = number->is_constant() && !is_up;
    edge.is_down &= is_down;
    if (is_up || some) {
      edge.up.push_back(is_up ? Form::Of(Rational(1)) : *some);
      continue;
    }
    const ColumnId column = builder.Boolean();
    edge.up.push_back(Form::Of(column));
    if (is_down) {
      // A column all the same: so it is known that more circuits would help.
      builder.AtMost(Form::Of(column), 0, cause);
      continue;
    }
    Form lacking = Form::Of(column);
    lacking.Add(*number, -1);
    builder.AtMost(lacking, 0, kGiven);
    Form idle = *number;
    idle.Add(Form::Of(column), Negate(LargestOf(builder, *number)));
    builder.AtMost(idle, 0, kGiven);
  }
  if (is_always_up) edge.up.clear();
  edge.is_down &= !edge.up.empty();
}

auto Network::IsSameUp(const Edge &edge, int t, int other) -> bool {
  if (edge.up.empty()) return true;
  const Form &a = edge.up[t], &b = edge.up[other];
  return a.constant == b.constant && llvm::equal(a.terms, b.terms, [](const auto &x, const auto &y) {
           return x.column == y.column && x.coefficient == y.coefficient;
         });
}

// Goes through the links that may stand or not, one after the other, and stops where the rest does
// not matter: a site that holds most sites with the fewest links is never cut off, and one that
// reaches nobody with all of them always is.
struct Network::Cases {
  uint32_t from = 0;
  int t = 0;
  std::vector<std::set<uint32_t>> sets;
  std::vector<uint32_t> open;  // edges
  size_t asked = 0;
  // For each case of links up and down, and in the order of `open`, whether it is cut off.
  struct Case {
    std::vector<uint8_t> is_up;
    bool is_cut_off = false;
  };
  std::vector<Case> found;
  std::vector<uint8_t> is_up;
};

auto Network::Explore(Cases &cases) -> bool {
  const auto with = [&](const std::set<uint32_t> &failed, bool has_rest) {
    std::set<uint32_t> down = failed;
    for (size_t i = 0; i < cases.open.size(); ++i) {
      const bool is_up = i < cases.is_up.size() ? cases.is_up[i] != 0 : has_rest;
      if (!is_up) down.insert(edges_[cases.open[i]].own);
    }
    return down;
  };
  const auto sites = reader_.All(KnownKind::Site);
  const auto reached = [&](const std::set<uint32_t> &down) {
    const std::set<uint32_t> places = Reached(cases.from, down, cases.t);
    return static_cast<size_t>(
        llvm::count_if(sites, [&](EntityId site) { return places.contains(NodeOf(site)); }));
  };
  cases.asked += cases.sets.size();
  if (cases.asked > kMostCases) return false;
  const auto add = [&](bool is_cut_off) {
    cases.found.push_back({cases.is_up, is_cut_off});
    return true;
  };
  if (cases.is_up.size() == cases.open.size()) {
    return add(llvm::any_of(cases.sets, [&](const std::set<uint32_t> &failed) {
      return IsCutOff(cases.from, with(failed, false), cases.t);
    }));
  }
  if (llvm::all_of(cases.sets, [&](const std::set<uint32_t> &failed) {
        return reached(with(failed, false)) * 2 > sites.size();
      })) {
    return add(false);
  }
  if (sites.size() > 1 && llvm::any_of(cases.sets, [&](const std::set<uint32_t> &failed) {
        return reached(with(failed, true)) <= 1;
      })) {
    return add(true);
  }
  for (const uint8_t is_up : {1, 0}) {
    cases.is_up.push_back(is_up);
    const bool is_done = Explore(cases);
    cases.is_up.pop_back();
    if (!is_done) return false;
  }
  return true;
}

auto Network::NotCutOff(EntityId site, const std::vector<std::set<uint32_t>> &sets, int t)
    -> std::optional<Form> {
  Cases cases;
  cases.from = NodeOf(site);
  cases.t = t;
  cases.sets = sets;
  for (uint32_t e = 0; e < edges_.size(); ++e) {
    const Edge &edge = edges_[e];
    if (!edge.life.Has(t)) continue;
    if (edge.is_unknown) return std::nullopt;
    if (!edge.up.empty()) cases.open.push_back(e);
  }
  if (!Explore(cases)) return std::nullopt;
  const auto is_cut_off = [](const Cases::Case &one) { return one.is_cut_off; };
  if (llvm::none_of(cases.found, is_cut_off)) return Form::Of(Rational(1));
  if (llvm::all_of(cases.found, is_cut_off)) {
    TellCutOff(site, sets, t);
    return Form::Of(Rational(0));
  }
  const Form holds = Form::Of(instance_.builder.Boolean());
  for (const Cases::Case &one : cases.found) {
    // How far the links are from this case; if not at all, then it says what holds.
    Form away;
    for (size_t i = 0; i < one.is_up.size(); ++i) {
      const Form &up = edges_[cases.open[i]].up[t];
      away.Add(up, one.is_up[i] != 0 ? -1 : 1);
      if (one.is_up[i] != 0) away.Add(Rational(1));
    }
    Form row = one.is_cut_off ? holds : Form::Of(Rational(1));
    if (!one.is_cut_off) row.Add(holds, -1);
    row.Add(away, -1);
    instance_.builder.AtMost(row, 0, kGiven);
  }
  return holds;
}

// Which failures cut it off with all links that there may be, for messages.
void Network::TellCutOff(EntityId site, const std::vector<std::set<uint32_t>> &sets, int t) {
  const uint32_t from = NodeOf(site);
  for (const std::set<uint32_t> &failed : sets) {
    if (!IsCutOff(from, failed, t)) continue;
    std::vector<std::string> names;
    for (const uint32_t element : failed) names.push_back(NameOfElement(element));
    instance_.cut_off_by.try_emplace(Index(site), names);
    return;
  }
}

auto Network::NameOfElement(uint32_t element) const -> std::string {
  for (const Edge &edge : edges_) {
    if (IsSome(edge.link) && edge.own == element) return "`" + reader_.NameOf(edge.link) + "`";
  }
  for (const auto &[place, own] : gateways_) {
    if (own == element) return "the gateway of `" + reader_.NameOf(nodes_[place.first]) + "`";
  }
  return "a link";
}

}  // namespace groma::solve
