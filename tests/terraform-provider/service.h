// SPDX-License-Identifier: Apache-2.0
// Answers Terraform's calls about the resources of one table.
#pragma once

#include "protocol.grpc.pb.h"
#include "schema.h"

namespace stub {

class Service final : public tfplugin6::Provider::Service {
 public:
  explicit Service(Table table) : table_(std::move(table)) {}

#define STUB_CALL(name, message)                                                 \
  auto name(grpc::ServerContext* context, const tfplugin6::message::Request* in, \
            tfplugin6::message::Response* out) -> grpc::Status override
  STUB_CALL(GetProviderSchema, GetProviderSchema);
  STUB_CALL(ValidateProviderConfig, ValidateProviderConfig);
  STUB_CALL(ValidateResourceConfig, Validate);
  STUB_CALL(ValidateDataResourceConfig, Validate);
  STUB_CALL(UpgradeResourceState, UpgradeResourceState);
  STUB_CALL(ConfigureProvider, ConfigureProvider);
  STUB_CALL(ReadResource, ReadResource);
  STUB_CALL(PlanResourceChange, PlanResourceChange);
  STUB_CALL(ApplyResourceChange, ApplyResourceChange);
  STUB_CALL(ImportResourceState, ImportResourceState);
  STUB_CALL(ReadDataSource, ReadDataSource);
  STUB_CALL(StopProvider, StopProvider);
#undef STUB_CALL

 private:
  const Table table_;
};

}  // namespace stub
