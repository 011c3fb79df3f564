// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/terraform/options.h"

#include "groma/emit/terraform/document.h"
#include "groma/evaluate/evaluate.h"
#include "groma/plan/known.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::emit::terraform {

using plan::Value;
using plan::ValueTag;

namespace {

auto TextOf(const Value &value) -> std::string {
  return value.tag == ValueTag::String ? value.string().str() : std::string();
}

// A member of what comes with a union's tag, by its name.
auto Part(const plan::Model &model, const Value &value, llvm::StringRef member) -> std::string {
  if (value.tag != ValueTag::Union || value.elements().empty()) return {};
  const Value &record = value.elements().front();
  const plan::SymbolId symbol = model.symbols.Find(member);
  if (record.tag != ValueTag::Record || !IsSome(symbol)) return {};
  const plan::Slot slot =
      model.record(static_cast<plan::RecordId>(record.items.decl)).members.Find(symbol);
  return slot < record.elements().size() ? TextOf(record.elements()[slot]) : std::string();
}

}  // namespace

auto Options::AsksForAccount() const -> bool {
  return backend == "azurerm" && llvm::none_of(backend_fields, [](const auto &field) {
           return field.first == "storage_account_name";
         });
}

auto OptionsOf(plan::Plan &plan, plan::EntityId target, const resources::Graph &graph) -> Options {
  const plan::Model &model = *plan.model;
  const plan::Known known(model);
  diagnostics::Sink ignored;
  evaluate::Evaluator evaluator(*plan.model, plan.environment, ignored);
  const auto read = [&](plan::KnownMember member) {
    return evaluator.Read(target, known.slot(member)).value;
  };
  Options options;
  options.because = {model.entity(target).span};
  const std::string versions = TextOf(read(plan::KnownMember::EmitTerraformAzurerm));
  if (!versions.empty()) options.azurerm = versions;
  const size_t digit = options.azurerm.find_first_of("0123456789");
  if (digit != std::string::npos) options.version = options.azurerm[digit] - '0';
  const Value backend = read(plan::KnownMember::EmitTerraformBackend);
  if (backend.tag == ValueTag::Union) {
    options.backend = model.text(model.unions[backend.items.decl].tags[backend.aux].name).str();
  }
  const auto part = [&](const char *name) { return Part(model, backend, name); };
  const auto add = [&](const char *name, const std::string &value) {
    if (!value.empty()) options.backend_fields.emplace_back(name, Quoted(value));
  };
  const std::string state = graph.plan + (graph.environment.empty() ? "" : "-" + graph.environment);
  // What is deployed first has a file of its own.
  const std::string first = graph.scope == resources::Scope::Tenant ? "tenant-" : "";
  const std::string key = first + (part("key").empty() ? state + ".tfstate" : part("key"));
  if (options.backend == "azurerm") {
    add("resource_group_name", part("resource_group"));
    add("storage_account_name", part("account"));
    add("container_name", part("container"));
    add("key", key);
    options.backend_fields.emplace_back("use_azuread_auth", "true");
  } else if (options.backend == "s3") {
    add("bucket", part("bucket"));
    add("region", part("region"));
    add("key", key);
  } else if (options.backend == "gcs") {
    add("bucket", part("bucket"));
    add("prefix", first + (part("prefix").empty() ? state : part("prefix")));
  }
  return options;
}

}  // namespace groma::emit::terraform
