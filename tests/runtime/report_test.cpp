// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <gtest/gtest.h>

#include "report/environment.h"
#include "report/json_writer.h"
#include "report/xml.h"

namespace groma::runtime {
namespace {

TEST(Environment, OnlyWhatIsKnownToBeHarmless) {
  const char *environment[] = {"NCCL_DEBUG=INFO",
                               "AWS_SECRET_ACCESS_KEY=abcdef",
                               "HOME=/home/somebody",
                               "CUDA_VISIBLE_DEVICES=0,1",
                               "NCCL_NET_PLUGIN=token-8f3c",
                               "SLURM_JOB_ID=123",
                               "SLURM_JWT=eyJhbGciOi",
                               "NCCL_X=user:pass@host",
                               "nccl_debug=INFO",
                               "BROKEN",
                               nullptr};
  const auto allowed = AllowedEnvironment(environment);
  const std::map<std::string, std::string> expected = {{"CUDA_VISIBLE_DEVICES", "0,1"},
                                                       {"NCCL_DEBUG", "INFO"},
                                                       {"NCCL_NET_PLUGIN", "***"},
                                                       {"NCCL_X", "***"},
                                                       {"SLURM_JOB_ID", "123"}};
  EXPECT_EQ(allowed, expected);
}

TEST(Environment, TokensAreMasked) {
  EXPECT_EQ(MaskSecrets("mlx5_0,mlx5_1"), "mlx5_0,mlx5_1");
  EXPECT_EQ(MaskSecrets("/etc/nccl/topology.xml"), "/etc/nccl/topology.xml");
  EXPECT_EQ(MaskSecrets("a ghp_16C7e42F292c6912E7710c838347Ae178B4a b"), "a *** b");
  EXPECT_EQ(MaskSecrets("Bearer x"), "***");
}

TEST(Json, WhatIsNoNumberIsNull) {
  JsonWriter json;
  json.BeginObject()
      .Field("a", 0.0 / 0.0)
      .Field("b", 0.1)
      .Field("c", "x\"\\\n\x01\xff")
      .EndObject();
  EXPECT_EQ(
      json.Take(),
      "{\n  \"a\": null,\n  \"b\": 0.1,\n  \"c\": \"x\\\"\\\\\\n\xef\xbf\xbd\xef\xbf\xbd\"\n}\n");
}

TEST(Xml, NothingEndsATag) {
  EXPECT_EQ(EscapeXml("<a href='x'>&\"\x02"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\xef\xbf\xbd");
}

TEST(Reports, NothingChecked) {
  RunRecord record;
  EXPECT_EQ(record.verdict(), Verdict::kInconclusive);
  EXPECT_NE(ResultsJson(record).find("\"verdict\": \"INCONCLUSIVE\""), std::string::npos);
}

// Text of a hostile host in each form: it stays text.
TEST(Reports, TextStaysText) {
  RunRecord record;
  record.tests.push_back({"t", "<script>", "p.groma:1", "default", Verdict::kFail, 0});
  CheckRecord check;
  check.test = "t";
  check.variant = "default";
  check.name = "gate";
  check.kind = "gate";
  check.place = "p.groma:1";
  check.verdict = Verdict::kFail;
  check.findings.push_back({Verdict::kFail, "node0<script>", "</failure>|\n\"x\"{}", ""});
  record.checks.push_back(check);
  EXPECT_EQ(HtmlPage(record).find("<script>"), std::string::npos);
  EXPECT_EQ(JUnitXml(record).find("</failure>|"), std::string::npos);
  EXPECT_EQ(MarkdownText(record).find("<script>"), std::string::npos);
  EXPECT_NE(SarifJson(record).find("\"startLine\": 1"), std::string::npos);
}

}  // namespace
}  // namespace groma::runtime
