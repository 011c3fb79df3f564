// SPDX-License-Identifier: Apache-2.0
#include "clouds.h"

#include "groma/emit/bicep/bicep.h"
#include "groma/emit/terraform/terraform.h"
#include "groma/lower/azure/azure.h"
#include "groma/lower/azure/reader.h"

namespace groma::pipeline {
namespace {

using lower::azure::Name;
using lower::azure::Reader;

auto TextOf(const plan::Value &value) -> std::string {
  return value.tag == plan::ValueTag::String ? value.string().str() : std::string();
}

auto OptionsOf(plan::Plan &plan, plan::EntityId emit, const resources::Graph &graph)
    -> emit::TerraformOptions {
  Reader reader(plan);
  emit::TerraformOptions options;
  options.because = {reader.SpanOf(emit)};
  options.azurerm = reader.Text(emit, Name::EmitTerraformAzurerm).value_or(options.azurerm);
  const size_t digit = options.azurerm.find_first_of("0123456789");
  if (digit != std::string::npos) options.version = options.azurerm[digit] - '0';
  const plan::Value backend = reader.Read(emit, Name::EmitTerraformBackend);
  options.backend = reader.Word(emit, Name::EmitTerraformBackend);
  if (options.backend.empty()) options.backend = "local";
  const std::string state =
      graph.plan + (graph.environment.empty() ? "" : "-" + graph.environment);
  const auto add = [&](const char *name, const std::string &value) {
    if (!value.empty()) options.backend_fields.emplace_back(name, value);
  };
  const auto part = [&](const char *name) { return TextOf(reader.Part(backend, name)); };
  const std::string key = part("key").empty() ? state + ".tfstate" : part("key");
  if (options.backend == "azurerm") {
    add("resource_group_name", part("resource_group"));
    add("storage_account_name", part("account"));
    add("container_name", part("container"));
    add("key", key);
    add("use_azuread_auth", "true");
  } else if (options.backend == "s3") {
    add("bucket", part("bucket"));
    add("region", part("region"));
    add("key", key);
  } else if (options.backend == "gcs") {
    add("bucket", part("bucket"));
    add("prefix", part("prefix").empty() ? state : part("prefix"));
  }
  return options;
}

}  // namespace

auto Clouds::Writes(llvm::StringRef target) -> bool {
  return target == "bicep" || target == "terraform";
}

auto Clouds::GraphOf(plan::Plan &plan) -> const resources::Graph & {
  const auto found = graphs_.find(&plan);
  if (found != graphs_.end()) return found->second;
  return graphs_.emplace(&plan, lower::LowerAzure(plan, sink_)).first->second;
}

auto Clouds::Write(llvm::StringRef target, plan::Plan &plan, plan::EntityId emit)
    -> std::vector<output::File> {
  const resources::Graph &graph = GraphOf(plan);
  if (target == "bicep") return emit::Bicep(graph);
  return emit::Terraform(graph, OptionsOf(plan, emit, graph));
}

}  // namespace groma::pipeline
