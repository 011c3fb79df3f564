// SPDX-License-Identifier: Apache-2.0
// A provider for Terraform that makes nothing: it takes what a table of compiler/resources/schema
// allows, and refuses the rest.
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <iostream>
#include <mutex>

#include "controller.grpc.pb.h"
#include "service.h"

namespace {

// Ends the server when Terraform asks for it.
class Controller final : public plugin::GRPCController::Service {
 public:
  auto Shutdown(grpc::ServerContext*, const plugin::Empty*, plugin::Empty*)
      -> grpc::Status override {
    std::lock_guard lock(mutex_);
    is_asked_ = true;
    asked_.notify_all();
    return grpc::Status::OK;
  }

  // Returns too when whoever started this process is gone without a word.
  void Wait() {
    std::unique_lock lock(mutex_);
    auto parent = getppid();
    while (!is_asked_ && getppid() == parent) asked_.wait_for(lock, std::chrono::seconds(1));
  }

 private:
  std::mutex mutex_;
  std::condition_variable asked_;
  bool is_asked_ = false;
};

}  // namespace

auto main(int argc, char** argv) -> int {
  std::ifstream in(argc == 2 ? argv[1] : "");
  if (!in || getenv("TF_PLUGIN_MAGIC_COOKIE") == nullptr) {
    std::cerr << "usage: terraform_provider TABLE, started by Terraform; tests/e2e/terraform.py "
                 "arranges that.\n";
    return 2;
  }
  stub::Service service(stub::ReadTable(in));
  Controller controller;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.SetMaxReceiveMessageSize(-1);
  builder.RegisterService(&service);
  builder.RegisterService(&controller);
  auto server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    std::cerr << "terraform_provider: no port of this machine is free\n";
    return 1;
  }
  // Version of the handshake, of the protocol, and where to call. There is no certificate:
  // TF_DISABLE_PLUGIN_TLS has to be set.
  std::cout << "1|6|tcp|127.0.0.1:" << port << "|grpc|" << std::endl;
  controller.Wait();
  server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
  return 0;
}
