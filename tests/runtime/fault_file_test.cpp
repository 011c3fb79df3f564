// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>

#include "sim/faults.h"
#include "sim/figures.h"
#include "sim/yaml.h"

namespace groma::runtime {
namespace {

auto TestShape() -> Shape {
  return {"train", "ams", "s", "H200", 2, 8, 8, 18, 25, 141, 8, 400, Fabric::kInfiniband, 5, 16};
}

auto Why(const std::string &text) -> std::string {
  const auto read = ParseFault("f.yaml", text, TestShape());
  const auto *why = std::get_if<std::string>(&read);
  return why ? *why : "";
}

TEST(FaultFile, SaysWhatIsBroken) {
  const auto read = ParseFault("f.yaml",
                               "# why\nfault: degraded_link  # or so\nnode: 1\ngpu: 3\nlink: 17\n"
                               "share: 0.25\n",
                               TestShape());
  ASSERT_TRUE(std::holds_alternative<Fault>(read)) << std::get<std::string>(read);
  const Fault &fault = std::get<Fault>(read);
  EXPECT_EQ(fault.kind, FaultKind::kDegradedLink);
  EXPECT_EQ(fault.node, 1);
  EXPECT_EQ(fault.link, 17);
  EXPECT_EQ(fault.share, 0.25);
}

TEST(FaultFile, IsRefusedWithItsLine) {
  EXPECT_EQ(Why(""), "f.yaml:1: 'fault: NAME' is missing");
  EXPECT_NE(Why("fault: lost_gpuu\n").find("f.yaml:1: there is no fault 'lost_gpuu'"),
            std::string::npos);
  EXPECT_EQ(Why("fault: lost_gpu\nnode: 2\ngpu: 0\n"),
            "f.yaml:2: 'node' is 0 to 1 (nodes of the pool), not '2'");
  EXPECT_EQ(Why("fault: lost_gpu\nnode: 0\n"), "f.yaml:1: 'lost_gpu' must say 'gpu'");
  EXPECT_EQ(Why("fault: lost_gpu\nnode: 0\ngpu: 1\nnic: 1\n"),
            "f.yaml:4: 'lost_gpu' takes no 'nic'");
  EXPECT_EQ(Why("fault: lost_gpu\nnode: 0\nnode: 0\n"), "f.yaml:3: 'node' is there twice");
  EXPECT_EQ(Why("fault: dead_link\nnode: 0\ngpu: 1\n"),
            "f.yaml:1: 'dead_link' names a 'gpu' and its 'link', or a 'nic'");
  EXPECT_NE(Why("fault: throttled_gpu\nnode: 0\ngpu: 1\nshare: nan\n"), "");
  EXPECT_NE(Why("fault: throttled_gpu\nnode: 0\ngpu: 1\nshare: 1.5\n"), "");
  EXPECT_NE(Why("fault: missing_metric\nnode: 0\ngpu: 1\nmetric: ecc\n"), "");
  for (const char *line :
       {"node 0", "  node: 0", "node:0", "node:", "node: [0]", "node: \"0\"", "\tnode: 0",
        "Node: 0", "- node: 0", "node: 0x1", "node: -1", "node: 1 2"}) {
    EXPECT_EQ(Why(std::string("fault: tcp_fallback\n") + line + "\n").rfind("f.yaml:2: ", 0), 0u)
        << line << ": " << Why(std::string("fault: tcp_fallback\n") + line + "\n");
  }
}

TEST(FaultFile, AllThatAreShippedAreGood) {
  int count = 0;
  for (const auto &entry :
       std::filesystem::directory_iterator(GROMA_SOURCE_DIR "/runtime/sim/faults")) {
    if (entry.path().extension() != ".yaml") continue;
    const auto read = ReadFault(entry.path().string(), TestShape());
    EXPECT_TRUE(std::holds_alternative<Fault>(read)) << std::get<std::string>(read);
    ++count;
  }
  EXPECT_GE(count, 12);
}

TEST(Figures, CiteWhereTheyComeFrom) {
  for (const FigureRow &row : AllFigures()) {
    EXPECT_GT(row.value, 0) << row.gpu;
    EXPECT_GT(std::string(row.source).size(), 10u) << row.gpu;
    EXPECT_EQ(std::string(row.date).size(), 7u) << row.gpu;
  }
}

TEST(Figures, AreOfTheGpuThatIsMeant) {
  EXPECT_STREQ(ModelOf("H200")->figures, "H200");
  EXPECT_STREQ(ModelOf("L4")->figures, "L4");
  EXPECT_STREQ(ModelOf("L40S")->figures, "L40S");
  EXPECT_STREQ(ModelOf("A10")->figures, "A10");
  EXPECT_STREQ(ModelOf("A100")->figures, "A100");
  EXPECT_FALSE(ModelOf("H20"));
  EXPECT_FALSE(ModelOf(""));
  EXPECT_FALSE(FigureFor(*ModelOf("A100"), Trait::kF8));
  EXPECT_FALSE(FigureFor(*ModelOf("A100"), Trait::kNvls));
}

}  // namespace
}  // namespace groma::runtime
