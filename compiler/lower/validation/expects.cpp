// SPDX-License-Identifier: Apache-2.0
#include "groma/lower/validation/expects.h"

#include "groma/lower/validation/gates.h"
#include "groma/lower/validation/messages.h"
#include "groma/lower/validation/numbers.h"
#include "groma/plan/print.h"
#include "groma/syntax/tree.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::lower::validation {
namespace {

using acceptance::Gate;
using acceptance::Suite;
using plan::ExprId;
using plan::ExprKind;
using syntax::BinaryOp;

constexpr llvm::StringRef kCollectives[] = {
    "all_reduce",        "all_gather",        "reduce_scatter",        "all_to_all",
    "broadcast",         "send_receive",      "all_reduce_ring",       "all_reduce_across",
    "all_gather_across", "reduce_scatter_across", "all_to_all_across"};

// Data over time, as the hardware sees it, for each byte that the user sees: the factors of nccl-tests.
auto BusFactor(llvm::StringRef collective, int64_t n) -> Rational {
  if (collective == "broadcast" || collective == "send_receive" || n < 1) return Rational(1);
  const Rational share = *Rational::Make(n - 1, n);
  return collective.starts_with("all_reduce") ? Times(share, 2) : share;
}

class Expects {
 public:
  Expects(Reader &reader, EntityId pool, Suite &suite, Sink &sink)
      : reader_(reader), pool_(pool), suite_(suite), sink_(sink) {}

  void ApplyAll() {
    for (const EntityId id : reader_.All(Kind::Suite)) {
      if (reader_.Entity(id, Name::SuiteOf) != pool_) continue;
      for (const plan::Expectation &expect : reader_.model().entity(id).expectations) {
        Apply(id, expect);
      }
    }
  }

 private:
  // `all_reduce.busbw`: the figure and what of it.
  auto PathOf(ExprId id) const -> std::vector<std::string> {
    const plan::Exprs &exprs = reader_.model().exprs;
    std::vector<std::string> path;
    for (;;) {
      const plan::Expr &expr = exprs.expr(id);
      if (expr.kind == ExprKind::Convert) {
        id = exprs.child(id, 0);
        continue;
      }
      if (expr.kind != ExprKind::Field) break;
      const ExprId of = exprs.child(id, 0);
      path.insert(path.begin(), MemberName(exprs.expr(of), expr.a));
      id = of;
    }
    return path;
  }

  auto MemberName(const plan::Expr &object, plan::Slot slot) const -> std::string {
    const plan::Model &model = reader_.model();
    const plan::Type &type = model.types.type(model.types.Unwrap(object.type));
    const plan::Members *members = nullptr;
    if (type.kind == plan::TypeKind::Record) {
      members = &model.record(static_cast<plan::RecordId>(type.decl)).members;
    } else if (type.kind == plan::TypeKind::Entity) {
      members = &model.kind(static_cast<plan::KindId>(type.decl)).members;
    }
    if (members == nullptr || slot >= members->list.size()) return {};
    return model.text(members->list[slot].name).str();
  }

  void Apply(EntityId id, const plan::Expectation &expect) {
    const plan::Exprs &exprs = reader_.model().exprs;
    const auto refuse = [&] {
      sink_.Report(message::NotALimit, expect.span)
          .Help("write one such as `expect all_reduce.busbw >= 360 GB/s at 8 GB`");
    };
    if (expect.of != plan::Expectation::Of::Condition) return refuse();
    const plan::Expr &condition = exprs.expr(expect.condition);
    const auto op = static_cast<BinaryOp>(condition.op);
    const bool is_least = op == BinaryOp::GreaterEqual || op == BinaryOp::Greater;
    const bool is_most = op == BinaryOp::LessEqual || op == BinaryOp::Less;
    const bool is_equal = op == BinaryOp::Equal;
    if (condition.kind != ExprKind::Binary || !(is_least || is_most || is_equal)) return refuse();
    const std::vector<std::string> path = PathOf(exprs.child(expect.condition, 0));
    if (path.empty()) return refuse();
    const Fact limit = reader_.evaluator().Evaluate(exprs.child(expect.condition, 1), id);
    if (limit.value.tag != plan::ValueTag::Number) return refuse();
    const std::string part = path.size() > 1 ? path[1] : std::string();
    if (path[0] == "errors" && limit.value.number.is_zero() && !is_least) return;  // always so
    if (path[0] == "straggler" && is_least && !suite_.shape.line) {
      suite_.straggler = *base::Sub(1, limit.value.number);
      return;
    }
    auto gate = GateOf(path[0], part, limit, is_most);
    if (!gate || (gate->is_most ? !is_most : !is_least)) {
      NoTest(path, expect.span);
      return;
    }
    if (IsSome(expect.at)) {
      const auto bytes = reader_.Amount(reader_.evaluator().Evaluate(expect.at, id).value, "B");
      if (bytes) gate->at = static_cast<uint64_t>(bytes->Ceil());
    }
    gate->place = reader_.PlaceOf(expect.span);
    gate->because = {expect.span};
    gate->sources = {{"the plan", "", acceptance::Confidence::High, gate->place}};
    gate->formula = WithUnit(gate->fail, gate->unit) + ", as " + gate->place + " states";
    Put(*gate, expect.span);
  }

  // The gate that the library derives for the same figure, with the plan's limit; or a new one.
  auto GateOf(const std::string &figure, const std::string &part, const Fact &limit, bool is_most)
      -> std::optional<Gate> {
    const acceptance::Shape &shape = suite_.shape;
    std::string name = figure;
    Rational factor(1);
    const bool is_of_line = suite_.shape.line && llvm::is_contained({"line", "both_ways", "round_trip"}, figure);
    if (is_of_line) {
      if (!part.empty()) return std::nullopt;
    } else if (llvm::is_contained(kCollectives, llvm::StringRef(figure))) {
      const bool is_across = llvm::StringRef(figure).ends_with("_across");
      if (is_across ? shape.units() < 2 : shape.domain < 2) return std::nullopt;
      if (part == "latency") name += "_latency";
      if (part == "algbw") factor = BusFactor(figure, is_across ? shape.world() : shape.domain);
    } else if (figure == "peer_to_peer") {
      if (shape.domain < 2) return std::nullopt;
      name = "peer";
    } else if (figure == "compute") {
      const auto has = [&](const acceptance::Dtype &dtype) {
        return part == dtype.figure && shape.sm >= dtype.least_sm;
      };
      if (llvm::none_of(acceptance::kDtypes, has)) return std::nullopt;
      name = part;
    } else if (figure == "port" && (shape.units() < 2 || shape.nics_per_node == 0)) {
      return std::nullopt;
    } else if (!llvm::is_contained({"host_to_device", "device_to_host", "memory", "port"}, figure)) {
      return std::nullopt;
    }
    if (part == "latency" && !llvm::StringRef(name).ends_with("_latency")) return std::nullopt;
    // What a link has, a pool has not, and the other way round.
    if (suite_.shape.line && !is_of_line) return std::nullopt;
    const Gate *derived = suite_.Find(name);
    Gate gate = derived != nullptr ? *derived : EmptyGate(name);
    if (gate.is_most != is_most) return gate;
    const auto amount = reader_.Amount(limit.value, PlanUnit(name, gate.unit));
    if (!amount) return std::nullopt;
    gate.fail = gate.warn = Times(*amount, factor);
    gate.basis = acceptance::Basis::Stated;
    gate.confidence = acceptance::Confidence::High;
    return gate;
  }

  // Of several limits for one figure the strictest counts.
  void Put(const Gate &gate, source::Span at) {
    if (!IsSound(reader_, pool_, gate, at, sink_)) return;
    for (Gate &known : suite_.gates) {
      if (known.figure != gate.figure) continue;
      const bool is_stricter = gate.is_most ? gate.fail < known.fail : known.fail < gate.fail;
      if (known.basis != acceptance::Basis::Stated || is_stricter) known = gate;
      return;
    }
    suite_.gates.push_back(gate);
  }

  void NoTest(const std::vector<std::string> &path, source::Span at) {
    sink_.Report(message::NoTestFor, at, llvm::join(path, "."))
        .Help(std::string(suite_.shape.line ? "suites of links test `line`, `both_ways` and `round_trip`"
                                            : "suites of pools test copies, memory, matrices, collectives, ports, stragglers "
                                              "and errors, where the hardware has them") +
              "; take the line out, or state it where something else sees to it");
  }

  Reader &reader_;
  EntityId pool_;
  Suite &suite_;
  Sink &sink_;
};

}  // namespace

void ApplyExpects(Reader &reader, EntityId pool, Suite &suite, Sink &sink) {
  Expects(reader, pool, suite, sink).ApplyAll();
}

}  // namespace groma::lower::validation
