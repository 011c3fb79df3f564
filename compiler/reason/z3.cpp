// SPDX-License-Identifier: Apache-2.0
// The wall around Z3: nothing else includes its header, and its C interface lets no exception pass.
#include <dlfcn.h>
#include <z3.h>

#include <algorithm>
#include <limits>

#include "groma/base/check.h"
#include "groma/reason/prover.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"

namespace groma::reason {
namespace {

// The exchange rate of effort: Z3's resource units in one step. Programs differ; on the machine of
// docs/benchmarks.md a step is then between 0.7 and 3.5 microseconds.
constexpr uint64_t kUnitsPerStep = 1;
constexpr unsigned kSeed = 7;

// Z3's functions, found when they are first asked for: a command that decides nothing does not wait
// for 20 MB of library (docs/decisions/0010-z3-is-loaded-when-needed.md). Once found they stay.
struct Library {
#define GROMA_Z3(name) decltype (&::Z3_##name)(name){};
#include "groma/reason/z3.def"
#undef GROMA_Z3
  std::string fault;

  Library() {
    void *handle = dlopen(GROMA_Z3_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
      fault =
          "the solver Z3 is not found: install the package libz3-4, which has " GROMA_Z3_LIBRARY;
      return;
    }
#define GROMA_Z3(name) Find(handle, "Z3_" #name, (name));
#include "groma/reason/z3.def"
#undef GROMA_Z3
  }

 private:
  template <typename Function>
  void Find(void *handle, const char *symbol, Function &function) {
    function = reinterpret_cast<Function>(dlsym(handle, symbol));
    if (function == nullptr && fault.empty()) {
      fault = GROMA_Z3_LIBRARY " lacks " + std::string(symbol) + ": groma is made for Z3 4.8.12";
    }
  }
};

auto Z3() -> const Library & {
  static const Library library;
  return library;
}

class Z3Prover : public Prover {
 public:
  Z3Prover() : z3_(Z3()) {
    Z3_config config = z3_.mk_config();
    // Not the context that counts references: rows stay until all goes away together.
    context_ = z3_.mk_context(config);
    z3_.del_config(config);
    z3_.set_error_handler(context_, nullptr);
    bool_ = z3_.mk_bool_sort(context_);
    solver_ = z3_.mk_solver_for_logic(context_, Symbol("QF_FD"));
    z3_.solver_inc_ref(context_, solver_);
    NoteFailure();
  }
  ~Z3Prover() override {
    ForgetModel();
    z3_.solver_dec_ref(context_, solver_);
    z3_.del_context(context_);
  }
  Z3Prover(const Z3Prover &) = delete;
  auto operator=(const Z3Prover &) -> Z3Prover & = delete;

  auto AddVariable() -> Literal override {
    const auto number = static_cast<int>(variables_.size());
    variables_.push_back(z3_.mk_const(context_, z3_.mk_int_symbol(context_, number), bool_));
    NoteFailure();
    return number + 1;
  }
  void AddClause(llvm::ArrayRef<Literal> literals) override {
    std::vector<Z3_ast> asts = Asts(literals);
    Assert(z3_.mk_or(context_, Count(asts), asts.data()));
  }
  void AddAtMost(llvm::ArrayRef<Term> terms, int64_t limit) override {
    const Sum sum = SumOf(terms, limit);
    if (sum.is_count && limit >= 0) {
      Assert(
          z3_.mk_atmost(context_, Count(sum.asts), sum.asts.data(), static_cast<unsigned>(limit)));
    } else {
      Assert(z3_.mk_pble(context_, Count(sum.asts), sum.asts.data(), sum.coefficients.data(),
                         static_cast<int>(limit)));
    }
  }
  void AddExactly(llvm::ArrayRef<Term> terms, int64_t limit) override {
    const Sum sum = SumOf(terms, limit);
    Assert(z3_.mk_pbeq(context_, Count(sum.asts), sum.asts.data(), sum.coefficients.data(),
                       static_cast<int>(limit)));
  }

  auto Check(llvm::ArrayRef<Literal> assumptions, Effort &effort) -> Finding override {
    ForgetModel();
    assumed_.clear();
    if (has_failed_ || effort.left == 0) return Finding::Unknown;
    Limit(effort);
    const std::vector<Z3_ast> asts = Asts(assumptions);
    for (size_t i = 0; i < asts.size(); ++i) {
      assumed_[z3_.get_ast_id(context_, asts[i])] = assumptions[i];
    }
    const Z3_lbool found =
        z3_.solver_check_assumptions(context_, solver_, Count(asts), asts.data());
    NoteFailure();
    const uint64_t units = Units();
    effort.Spend(1 + (units - std::min(units, units_)) / kUnitsPerStep);
    units_ = units;
    if (has_failed_ || found == Z3_L_UNDEF) return Finding::Unknown;
    if (found == Z3_L_FALSE) return Finding::Unsat;
    model_ = z3_.solver_get_model(context_, solver_);
    NoteFailure();
    if (has_failed_ || model_ == nullptr) return Finding::Unknown;
    z3_.model_inc_ref(context_, model_);
    return Finding::Sat;
  }

  auto IsTrue(Literal literal) -> bool override {
    base::Check(model_ != nullptr, "a value is asked of a solution");
    Z3_ast variable = variables_[std::abs(literal) - 1];
    // A variable that no row needs has no value; false is as good as true.
    Z3_ast value =
        z3_.model_get_const_interp(context_, model_, z3_.get_app_decl(context_, Z3_app(variable)));
    const bool is_true = value != nullptr && z3_.get_bool_value(context_, value) == Z3_L_TRUE;
    return is_true == (literal > 0);
  }

  auto Core() -> std::vector<Literal> override {
    std::vector<Literal> core;
    Z3_ast_vector asts = z3_.solver_get_unsat_core(context_, solver_);
    NoteFailure();
    base::Check(asts != nullptr, "a proof has a core");
    z3_.ast_vector_inc_ref(context_, asts);
    for (unsigned i = 0; i < z3_.ast_vector_size(context_, asts); ++i) {
      const auto at =
          assumed_.find(z3_.get_ast_id(context_, z3_.ast_vector_get(context_, asts, i)));
      base::Check(at != assumed_.end(), "a core is made of assumptions");
      core.push_back(at->second);
    }
    z3_.ast_vector_dec_ref(context_, asts);
    std::sort(core.begin(), core.end());
    return core;
  }

 private:
  struct Sum {
    std::vector<Z3_ast> asts;
    std::vector<int> coefficients;
    bool is_count = true;
  };

  static auto Count(const std::vector<Z3_ast> &asts) -> unsigned {
    return static_cast<unsigned>(asts.size());
  }
  auto Symbol(const char *name) -> Z3_symbol { return z3_.mk_string_symbol(context_, name); }
  auto Ast(Literal literal) -> Z3_ast {
    Z3_ast variable = variables_[std::abs(literal) - 1];
    return literal > 0 ? variable : z3_.mk_not(context_, variable);
  }
  auto Asts(llvm::ArrayRef<Literal> literals) -> std::vector<Z3_ast> {
    std::vector<Z3_ast> asts;
    asts.reserve(literals.size());
    for (const Literal literal : literals) asts.push_back(Ast(literal));
    return asts;
  }
  auto SumOf(llvm::ArrayRef<Term> terms, int64_t limit) -> Sum {
    Sum sum;
    int64_t total = 0;
    for (const Term &term : terms) {
      base::Check(term.coefficient > 0, "a coefficient is above 0");
      total += term.coefficient;
      sum.asts.push_back(Ast(term.literal));
      sum.coefficients.push_back(term.coefficient);
      sum.is_count &= term.coefficient == 1;
    }
    base::Check(std::max(total, std::abs(limit)) < kLargestRow, "a row fits what Z3 adds up in");
    return sum;
  }
  void Assert(Z3_ast ast) {
    NoteFailure();
    if (!has_failed_) z3_.solver_assert(context_, solver_, ast);
    NoteFailure();
  }
  // What runs out leaves things unknown; whatever else fails is a mistake in what groma asked.
  void NoteFailure() {
    const Z3_error_code code = z3_.get_error_code(context_);
    if (code == Z3_OK) return;
    base::Check(code == Z3_MEMOUT_FAIL || code == Z3_EXCEPTION, "Z3 takes what it is given");
    has_failed_ = true;
  }
  void ForgetModel() {
    if (model_ != nullptr) z3_.model_dec_ref(context_, model_);
    model_ = nullptr;
  }
  // A limit of 0 would mean none.
  void Limit(const Effort &effort) {
    constexpr uint64_t kMost = std::numeric_limits<unsigned>::max();
    const uint64_t units = std::min(effort.left, kMost / kUnitsPerStep) * kUnitsPerStep;
    Z3_params params = z3_.mk_params(context_);
    z3_.params_inc_ref(context_, params);
    z3_.params_set_uint(context_, params, Symbol("rlimit"), static_cast<unsigned>(units));
    z3_.params_set_uint(context_, params, Symbol("random_seed"), kSeed);
    // What is not asked for stays out: without this the first solutions are full of extras.
    z3_.params_set_symbol(context_, params, Symbol("phase"), Symbol("always_false"));
    z3_.solver_set_params(context_, solver_, params);
    z3_.params_dec_ref(context_, params);
    NoteFailure();
  }
  // Resource units that this context has used so far.
  auto Units() -> uint64_t {
    Z3_stats stats = z3_.solver_get_statistics(context_, solver_);
    if (stats == nullptr) return units_;
    z3_.stats_inc_ref(context_, stats);
    uint64_t units = units_;
    for (unsigned i = 0; i < z3_.stats_size(context_, stats); ++i) {
      if (llvm::StringRef(z3_.stats_get_key(context_, stats, i)) != "rlimit count") continue;
      units = z3_.stats_is_uint(context_, stats, i)
                  ? z3_.stats_get_uint_value(context_, stats, i)
                  : static_cast<uint64_t>(z3_.stats_get_double_value(context_, stats, i));
    }
    z3_.stats_dec_ref(context_, stats);
    return units;
  }

  const Library &z3_;
  Z3_context context_ = nullptr;
  Z3_sort bool_ = nullptr;
  Z3_solver solver_ = nullptr;
  Z3_model model_ = nullptr;
  std::vector<Z3_ast> variables_;
  llvm::DenseMap<unsigned, Literal> assumed_;
  uint64_t units_ = 0;
  bool has_failed_ = false;
};

}  // namespace

auto MakeZ3() -> std::unique_ptr<Prover> {
  if (!Z3().fault.empty()) return MakeUnknown();
  return std::make_unique<Z3Prover>();
}

auto EngineVersion() -> std::string {
  return Z3().fault.empty() ? Z3().get_full_version() : std::string();
}

auto EngineFault() -> std::string { return Z3().fault; }

}  // namespace groma::reason
