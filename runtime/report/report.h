// SPDX-License-Identifier: Apache-2.0
// What a run found out, in the forms that people and programs read. All are printed from one
// record.
#pragma once

#include <string>

#include "core/record.h"

namespace groma::runtime {

auto ResultsJson(const RunRecord &record) -> std::string;
auto JUnitXml(const RunRecord &record) -> std::string;
auto SarifJson(const RunRecord &record) -> std::string;
auto PrometheusText(const RunRecord &record) -> std::string;
auto MarkdownText(const RunRecord &record) -> std::string;
auto HtmlPage(const RunRecord &record) -> std::string;
// What was measured where limits are of low confidence, as a suite of the plan; "" = nothing of the
// kind. And of how many figures.
auto BaselineText(const RunRecord &record) -> std::string;
auto BaselineCount(const RunRecord &record) -> int;

// Writes all of them; what is wrong if one cannot be written. Each file is whole or not there.
auto WriteReports(const RunRecord &record, const std::string &folder) -> std::string;

}  // namespace groma::runtime
