// SPDX-License-Identifier: Apache-2.0
#include "cuda/nvml.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include "fake_nvml.h"

namespace groma::runtime::cuda {
namespace {

// Each test starts with a healthy GPU.
class NvmlTest : public testing::Test {
 protected:
  void SetUp() override {
    library_ = dlopen(GROMA_FAKE_NVML, RTLD_NOW);
    ASSERT_NE(library_, nullptr) << dlerror();
    fake_ = static_cast<FakeNvml *>(dlsym(library_, "fake_nvml"));
    ASSERT_NE(fake_, nullptr);
    *fake_ = {};
  }
  void TearDown() override { dlclose(library_); }

  static auto CountersOf(Nvml &nvml) -> Counters {
    Counters counters;
    nvml.AddCounters(counters);
    return counters;
  }
  static auto Number(const Counters &counters, const std::string &name) -> int64_t {
    const auto found = counters.find(name);
    if (found == counters.end() || found->second.index() != 0) return -1;
    return std::get<int64_t>(found->second);
  }

  void *library_ = nullptr;
  FakeNvml *fake_ = nullptr;
};

TEST_F(NvmlTest, TellsWhatAGpuIs) {
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  EXPECT_EQ(std::get<std::string>(nvml.Name()), "Fake");
  EXPECT_EQ(std::get<std::string>(nvml.Driver()), "580.1");
  EXPECT_EQ(std::get<std::string>(nvml.Serial()), "1650123");
  EXPECT_EQ(std::get<double>(nvml.Clock()), 1980);
  EXPECT_EQ(std::get<double>(nvml.Power()), 650.5);
  EXPECT_EQ(std::get<int64_t>(nvml.PcieGeneration()), 5);
  EXPECT_EQ(std::get<int64_t>(nvml.PcieWidth()), 16);
}

TEST_F(NvmlTest, AGpuWithoutASerialNumberHasAUuid) {
  fake_->serial = nullptr;
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  EXPECT_EQ(std::get<std::string>(nvml.Serial()), "GPU-1");
}

TEST_F(NvmlTest, LinksHaveStateAndRate) {
  fake_->dead_link = 4;
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  const auto links = std::get<0>(nvml.Links());
  ASSERT_EQ(links.size(), 18u);
  EXPECT_TRUE(links[3].is_up);
  EXPECT_DOUBLE_EQ(links[3].rate, 26.562);
  EXPECT_FALSE(links[4].is_up);
  EXPECT_EQ(links[4].rate, 0);
}

TEST_F(NvmlTest, OldDriversKnowOneRateForAllLinks) {
  fake_->speed_result = 3;
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  EXPECT_DOUBLE_EQ(std::get<0>(nvml.Links())[0].rate, 25.781);
}

TEST_F(NvmlTest, AGpuWithoutLinksHasNone) {
  fake_->links = 0;
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  EXPECT_TRUE(std::get<0>(nvml.Links()).empty());
  EXPECT_EQ(Number(CountersOf(nvml), "nvlink.crc"), 0);
}

TEST_F(NvmlTest, CountsErrors) {
  fake_->uncorrected = 7;
  fake_->crc = 2;
  fake_->xids = 3;
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  Counters counters = CountersOf(nvml);
  EXPECT_EQ(Number(counters, "ecc.uncorrected"), 7);
  EXPECT_EQ(Number(counters, "info.ecc.corrected"), 5);
  EXPECT_EQ(Number(counters, "rows.remapped"), 3);
  EXPECT_EQ(Number(counters, "rows.pending"), 1);
  EXPECT_EQ(Number(counters, "nvlink.crc"), 36);
  EXPECT_EQ(Number(counters, "xid"), 3);
  // Xids are counted on, not told once.
  fake_->xids = 1;
  counters = CountersOf(nvml);
  EXPECT_EQ(Number(counters, "xid"), 4);
}

TEST_F(NvmlTest, ThrottlingIsCountedBySamplesAndThePowerCapIsNone) {
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  fake_->throttle = 0x4;
  EXPECT_EQ(Number(CountersOf(nvml), "throttle.thermal"), 0);
  fake_->throttle = 0x20 | 0x80;
  nvml.SampleThrottle();
  fake_->throttle = 0;
  const Counters counters = CountersOf(nvml);
  EXPECT_EQ(Number(counters, "throttle.thermal"), 1);
  EXPECT_EQ(Number(counters, "throttle.power_brake"), 1);
  EXPECT_EQ(Number(counters, "throttle.hardware"), 0);
}

TEST_F(NvmlTest, WhatIsNotSupportedIsLeftOutAndWhatFailsIsMissing) {
  fake_->rows_result = 3;
  fake_->ecc_result = 15;
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  const Counters counters = CountersOf(nvml);
  EXPECT_EQ(counters.count("rows.remapped"), 0u);
  EXPECT_EQ(std::get<Missing>(counters.at("ecc.uncorrected")).reason, "ECC errors: Fake Error");
  // A field of a type that is no whole number.
  EXPECT_TRUE(std::holds_alternative<Missing>(counters.at("nvlink.recovery")));
}

TEST_F(NvmlTest, AThrottleThatIsNotToldIsMissing) {
  fake_->throttle_result = 15;
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  EXPECT_TRUE(std::holds_alternative<Missing>(CountersOf(nvml).at("throttle.thermal")));
}

TEST_F(NvmlTest, XidsThatCannotBeHeardOfAreMissing) {
  fake_->register_result = 3;
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  EXPECT_EQ(std::get<Missing>(CountersOf(nvml).at("xid")).reason,
            "Xids cannot be heard of: Not Supported");
}

TEST_F(NvmlTest, NothingIsHadFromALibraryThatDoesNotStart) {
  fake_->init = 9;
  Nvml nvml("0000:3B:00.0", GROMA_FAKE_NVML);
  EXPECT_TRUE(std::holds_alternative<Missing>(nvml.Name()));
  EXPECT_TRUE(std::holds_alternative<Missing>(nvml.Links()));
  for (const auto &[name, count] : CountersOf(nvml))
    EXPECT_TRUE(std::holds_alternative<Missing>(count)) << name;
}

TEST_F(NvmlTest, AnotherGpuIsNotTakenForThisOne) {
  Nvml nvml("0000:5E:00.0", GROMA_FAKE_NVML);
  EXPECT_EQ(std::get<Missing>(nvml.Clock()).reason,
            "NVML knows no GPU at 0000:5E:00.0: Fake Error");
}

TEST(NvmlWithoutLibrary, EverythingIsMissing) {
  Nvml nvml("0000:3B:00.0", "libno-such-nvml.so");
  EXPECT_EQ(std::get<Missing>(nvml.Power()).reason,
            "NVML cannot be loaded: libno-such-nvml.so is not there");
  Counters counters;
  nvml.AddCounters(counters);
  EXPECT_TRUE(std::holds_alternative<Missing>(counters.at("xid")));
}

}  // namespace
}  // namespace groma::runtime::cuda
