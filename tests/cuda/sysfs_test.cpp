// SPDX-License-Identifier: Apache-2.0
#include "cuda/sysfs.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cuda/affinity.h"
#include "cuda/host.h"
#include "cuda/ports.h"
#include "cuda/variants.h"

namespace groma::runtime::cuda {
namespace {

// A root folder whose files tests write.
class SysfsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sysfsXXXXXX";
    root_ = mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void Write(const std::string &path, const std::string &text) {
    const std::filesystem::path file = root_ + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text << "\n";
  }
  void WritePort(const std::string &device, const std::string &state, const std::string &rate) {
    const std::string folder = "/sys/class/infiniband/" + device + "/ports/1/";
    Write(folder + "state", state);
    Write(folder + "phys_state", state == "4: ACTIVE" ? "5: LinkUp" : "3: Disabled");
    Write(folder + "rate", rate);
    for (const char *name :
         {"link_downed", "symbol_error", "link_error_recovery", "port_rcv_errors",
          "local_link_integrity_errors", "excessive_buffer_overrun_errors"})
      Write(folder + "counters/" + name, "0");
  }

  std::string root_;
};

TEST_F(SysfsTest, PortsAreInOrderOfTheirNumbers) {
  WritePort("mlx5_10", "4: ACTIVE", "400 Gb/sec (4X NDR)");
  WritePort("mlx5_2", "1: DOWN", "2.5 Gb/sec (1X SDR)");
  const auto ports = std::get<0>(ReadPorts(root_, {}));
  ASSERT_EQ(ports.size(), 2u);
  EXPECT_EQ(ports[0].device, "mlx5_2");
  EXPECT_FALSE(ports[0].is_up);
  EXPECT_EQ(ports[1].index, 1);
  EXPECT_TRUE(ports[1].is_up);
  EXPECT_EQ(ports[1].rate, 400);
}

TEST_F(SysfsTest, ALinkThatIsUpIsNoPortThatIsActive) {
  WritePort("mlx5_0", "4: ACTIVE", "400 Gb/sec (4X NDR)");
  Write("/sys/class/infiniband/mlx5_0/ports/1/state", "2: INIT");
  EXPECT_FALSE(std::get<0>(ReadPorts(root_, {})).at(0).is_up);
}

TEST_F(SysfsTest, NamedAdaptersOnlyAndAllOfThem) {
  WritePort("mlx5_0", "4: ACTIVE", "400 Gb/sec (4X NDR)");
  WritePort("mlx5_1", "4: ACTIVE", "100 Gb/sec (4X EDR)");
  EXPECT_EQ(std::get<0>(ReadPorts(root_, {"mlx5_1"})).at(0).rate, 100);
  EXPECT_EQ(std::get<0>(ReadPorts(root_, {"mlx5_1"})).size(), 1u);
  EXPECT_TRUE(std::holds_alternative<Missing>(ReadPorts(root_, {"mlx5_0", "mlx5_7"})));
  EXPECT_TRUE(std::holds_alternative<Missing>(ReadPorts(root_ + "/nowhere", {})));
}

TEST_F(SysfsTest, WhatReadsStrangelyIsMissing) {
  WritePort("mlx5_0", "4: ACTIVE", "400 GB/sec");
  EXPECT_TRUE(std::holds_alternative<Missing>(ReadPorts(root_, {})));
  WritePort("mlx5_0", "ACTIVE", "400 Gb/sec (4X NDR)");
  EXPECT_TRUE(std::holds_alternative<Missing>(ReadPorts(root_, {})));
}

TEST_F(SysfsTest, SelectionsOfNcclAreUnderstood) {
  for (const char *name : {"mlx5_0", "mlx5_1", "mlx5_10", "bnxt_re0"})
    WritePort(name, "4: ACTIVE", "400 Gb/sec (4X NDR)");
  using Names = std::vector<std::string>;
  EXPECT_EQ(AdaptersOf(root_, "=mlx5_1,mlx5_0:1"), (Names{"mlx5_1", "mlx5_0"}));
  EXPECT_EQ(AdaptersOf(root_, "mlx5_1"), (Names{"mlx5_1", "mlx5_10"}));
  EXPECT_EQ(AdaptersOf(root_, "^mlx5_1"), (Names{"bnxt_re0", "mlx5_0"}));
  EXPECT_EQ(AdaptersOf(root_, "^=mlx5_1"), (Names{"bnxt_re0", "mlx5_0", "mlx5_10"}));
  EXPECT_EQ(AdaptersOf(root_, "mlx4"), Names{});
}

TEST_F(SysfsTest, ErrorsOfOnePortOrOfAll) {
  WritePort("mlx5_0", "4: ACTIVE", "400 Gb/sec (4X NDR)");
  WritePort("mlx5_1", "4: ACTIVE", "400 Gb/sec (4X NDR)");
  Write("/sys/class/infiniband/mlx5_1/ports/1/counters/link_downed", "3");
  Counters counters;
  AddPortCounters(root_, {}, 0, counters);
  EXPECT_EQ(std::get<int64_t>(counters.at("port.link_downed")), 0);
  AddPortCounters(root_, {}, 1, counters);
  EXPECT_EQ(std::get<int64_t>(counters.at("port.link_downed")), 3);
  AddPortCounters(root_, {}, -1, counters);
  EXPECT_EQ(std::get<int64_t>(counters.at("port.link_downed")), 3);
  AddPortCounters(root_, {}, 2, counters);
  EXPECT_TRUE(std::holds_alternative<Missing>(counters.at("port.link_downed")));
  Write("/sys/class/infiniband/mlx5_0/ports/1/counters/link_downed", "many");
  AddPortCounters(root_, {}, -1, counters);
  EXPECT_TRUE(std::holds_alternative<Missing>(counters.at("port.link_downed")));
  EXPECT_EQ(std::get<int64_t>(counters.at("port.symbol_error")), 0);
}

TEST_F(SysfsTest, PcieByTheKernel) {
  const std::string folder = "/sys/bus/pci/devices/0000:3b:00.0/";
  Write(folder + "current_link_speed", "32.0 GT/s PCIe");
  Write(folder + "max_link_speed", "64.0 GT/s PCIe");
  Write(folder + "current_link_width", "16");
  Facts facts;
  AddPcie(root_, "0000:3B:00.0", facts);
  EXPECT_EQ(std::get<std::string>(facts.at("pcie.generation")), "5");
  EXPECT_EQ(std::get<std::string>(facts.at("pcie.generation_max")), "6");
  EXPECT_EQ(std::get<std::string>(facts.at("pcie.width")), "16");
  EXPECT_TRUE(std::holds_alternative<Missing>(facts.at("pcie.width_max")));
  Write(folder + "current_link_speed", "Unknown");
  AddPcie(root_, "0000:3B:00.0", facts);
  EXPECT_TRUE(std::holds_alternative<Missing>(facts.at("pcie.generation")));
}

TEST(HostTest, GenerationsOfPcie) {
  EXPECT_EQ(PcieGeneration("2.5 GT/s PCIe"), 1);
  EXPECT_EQ(PcieGeneration("5.0 GT/s PCIe"), 2);
  EXPECT_EQ(PcieGeneration("8.0 GT/s PCIe"), 3);
  EXPECT_EQ(PcieGeneration("16.0 GT/s PCIe"), 4);
  EXPECT_EQ(PcieGeneration("32 GT/s"), 5);
  EXPECT_EQ(PcieGeneration("3.0"), 0);
}

TEST(HostTest, TheClockIsToldOrMissing) {
  Facts facts;
  AddClock(facts);
  ASSERT_EQ(facts.count("clock.offset_us"), 1u);
  const auto *is = std::get_if<std::string>(&facts.at("clock.is_synchronised"));
  if (is == nullptr || *is == "no") {
    EXPECT_TRUE(std::holds_alternative<Missing>(facts.at("clock.offset_us")));
  } else {
    EXPECT_TRUE(std::holds_alternative<std::string>(facts.at("clock.offset_us")));
  }
}

TEST_F(SysfsTest, DisksThatAreHardware) {
  Write("/sys/block/nvme1n1/size", "7501476528");
  Write("/sys/block/nvme1n1/queue/rotational", "0");
  Write("/sys/block/loop0/size", "8");
  Write("/sys/block/sda/size", "zero");
  Facts facts;
  AddDisks(root_, facts);
  EXPECT_EQ(std::get<std::string>(facts.at("disks")), "2");
  EXPECT_EQ(std::get<std::string>(facts.at("disk.0.name")), "nvme1n1");
  EXPECT_EQ(std::get<std::string>(facts.at("disk.0.bytes")), "3840755982336");
  EXPECT_TRUE(std::holds_alternative<Missing>(facts.at("disk.1.bytes")));
}

TEST_F(SysfsTest, CountsAreWholeNumbersAndNothingElse) {
  for (const char *text : {"", " ", "1 2", "0x10", "1.5", "-", "99999999999999999999"})
    EXPECT_TRUE(std::holds_alternative<Missing>(ParseCount(text))) << text;
  EXPECT_EQ(std::get<int64_t>(ParseCount("-1")), -1);
}

TEST(AffinityTest, ListsOfCpus) {
  EXPECT_EQ(std::get<0>(ParseCpus("0-2,8")), (std::vector<int>{0, 1, 2, 8}));
  for (const char *text : {"", "a", "3-1", "1-", "0-99999999"})
    EXPECT_TRUE(std::holds_alternative<Missing>(ParseCpus(text))) << text;
}

TEST(VariantsTest, EachIsolatesOneThing) {
  EXPECT_TRUE(EnvironmentOf(Variant::kDefault).empty());
  // What somebody found out about a line is not overruled, only completed.
  setenv("NCCL_NSOCKS_PERTHREAD", "8", 1);
  ApplyLine();
  EXPECT_STREQ(getenv("NCCL_NSOCKS_PERTHREAD"), "8");
  EXPECT_STREQ(getenv("NCCL_NET"), "Socket");
  for (const auto &[name, value] : LineEnvironment()) unsetenv(name.c_str());
  ApplyVariant(Variant::kNvlsOff, "/dev/null");
  EXPECT_STREQ(getenv("NCCL_NVLS_ENABLE"), "0");
  EXPECT_STREQ(getenv("NCCL_DEBUG"), "INFO");
  EXPECT_STREQ(getenv("NCCL_DEBUG_FILE"), "/dev/null");
}

}  // namespace
}  // namespace groma::runtime::cuda
