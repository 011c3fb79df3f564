// SPDX-License-Identifier: Apache-2.0
#include "service.h"

#include "plan.h"
#include "rules.h"

namespace stub {
namespace {

auto Shown(const Path& path) -> std::string {
  std::string out;
  for (const auto& step : path) {
    if (const auto* name = std::get_if<std::string>(&step)) {
      out += (out.empty() ? "" : ".") + *name;
    } else {
      out += "[" + std::to_string(std::get<long>(step)) + "]";
    }
  }
  return out;
}

// Sets cannot be indexed: the path that Terraform is told ends in the first of them.
void SetPath(const Resource& resource, const Path& path, tfplugin6::AttributePath& out) {
  const auto* block = &resource.block;
  for (const auto& step : path) {
    const auto* name = std::get_if<std::string>(&step);
    if (name == nullptr) {
      out.add_steps()->set_element_key_int(std::get<long>(step));
      continue;
    }
    out.add_steps()->set_attribute_name(*name);
    const NestedBlock* next = nullptr;
    for (const auto& nested : block->blocks) {
      if (nested.name == *name) next = &nested;
    }
    if (next == nullptr || next->nesting == "set") return;
    block = &next->block;
  }
}

void Judge(const std::map<std::string, Resource>& resources, const tfplugin6::Validate::Request& in,
           tfplugin6::Validate::Response& out) {
  const auto& resource = resources.at(in.type_name());
  for (const auto& fault : Check(resource, Decode(in.config().msgpack()))) {
    auto& said = *out.add_diagnostics();
    said.set_severity(tfplugin6::Diagnostic::ERROR);
    said.set_summary(in.type_name() + "." + Shown(fault.path));
    said.set_detail(fault.text);
    SetPath(resource, fault.path, *said.mutable_attribute());
  }
}

}  // namespace

#define STUB_CALL(name, message)                                                  \
  auto Service::name(grpc::ServerContext*, const tfplugin6::message::Request* in, \
                     tfplugin6::message::Response* out) -> grpc::Status

STUB_CALL(GetProviderSchema, GetProviderSchema) {
  Describe(table_, *out);
  return grpc::Status::OK;
}

STUB_CALL(ValidateProviderConfig, ValidateProviderConfig) { return grpc::Status::OK; }

STUB_CALL(ValidateResourceConfig, Validate) {
  Judge(table_.resources, *in, *out);
  return grpc::Status::OK;
}

STUB_CALL(ValidateDataResourceConfig, Validate) {
  Judge(table_.data, *in, *out);
  return grpc::Status::OK;
}

STUB_CALL(UpgradeResourceState, UpgradeResourceState) {
  // There is one version of everything.
  out->mutable_upgraded_state()->set_json(in->raw_state().json());
  return grpc::Status::OK;
}

STUB_CALL(ConfigureProvider, ConfigureProvider) { return grpc::Status::OK; }

STUB_CALL(ReadResource, ReadResource) {
  *out->mutable_new_state() = in->current_state();
  return grpc::Status::OK;
}

STUB_CALL(PlanResourceChange, PlanResourceChange) {
  const auto& resource = table_.resources.at(in->type_name());
  auto prior = Decode(in->prior_state().msgpack());
  auto planned = Planned(resource, prior, Decode(in->proposed_new_state().msgpack()));
  for (const auto& name : Replacing(resource, prior, planned))
    out->add_requires_replace()->add_steps()->set_attribute_name(name);
  out->mutable_planned_state()->set_msgpack(Encode(planned));
  out->set_legacy_type_system(fills_in_blocks(resource));
  return grpc::Status::OK;
}

STUB_CALL(ApplyResourceChange, ApplyResourceChange) {
  const auto& resource = table_.resources.at(in->type_name());
  out->mutable_new_state()->set_msgpack(
      Encode(Applied(resource, Decode(in->planned_state().msgpack()))));
  out->set_legacy_type_system(fills_in_blocks(resource));
  return grpc::Status::OK;
}

STUB_CALL(ImportResourceState, ImportResourceState) {
  auto& made = *out->add_imported_resources();
  made.set_type_name(in->type_name());
  made.mutable_state()->set_msgpack(
      Encode(Imported(table_.resources.at(in->type_name()), in->id())));
  return grpc::Status::OK;
}

STUB_CALL(ReadDataSource, ReadDataSource) {
  out->mutable_state()->set_msgpack(
      Encode(Read(table_.data.at(in->type_name()), Decode(in->config().msgpack()))));
  return grpc::Status::OK;
}

STUB_CALL(StopProvider, StopProvider) { return grpc::Status::OK; }

}  // namespace stub
