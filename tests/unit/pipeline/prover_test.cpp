// SPDX-License-Identifier: Apache-2.0
// What becomes of the plans of tests/file/solve where the prover never knows: less is found, and nothing else.
#include "groma/reason/prover.h"

#include <filesystem>
#include <set>

#include "groma/modules/image.h"
#include "groma/parse/parse.h"
#include "groma/pipeline/compile.h"
#include "gtest/gtest.h"
#include "llvm/Support/MemoryBuffer.h"

// The image of the standard library; stdlib/CMakeLists.txt makes the object that holds it.
extern "C" const char groma_library_begin[];
extern "C" const char groma_library_end[];

namespace groma::pipeline {
namespace {

const std::filesystem::path kPlans = std::filesystem::path(GROMA_SOURCE_DIR) / "tests/file/solve";

struct Told {
  bool has_plan = false;
  std::set<std::string> names;  // of errors
  std::set<std::string> notes;  // of errors
};

// A plan without imports, decided with this prover.
auto Decide(const std::filesystem::path &path, reason::MakeProver prover) -> Told {
  const auto size = static_cast<size_t>(groma_library_end - groma_library_begin);
  static const auto kImage = modules::ReadImage({groma_library_begin, size});
  auto text = llvm::MemoryBuffer::getFile(path.string());
  EXPECT_TRUE(text) << path;
  source::Set sources;
  modules::Store store;
  Sink sink;
  modules::ImageLoader loader(*kImage, store, sources);
  store.prelude = *loader.LoadModule("prelude");
  const source::FileId file = sources.Add("plan.groma", (*text)->getBuffer().str());
  store.plan = static_cast<modules::ModuleIndex>(store.modules.size());
  store.modules.emplace_back().trees.push_back(parse::Parse(sources.file(file), sink));
  Options options;
  options.will_solve = true;
  Result result = CheckPlan(store, std::move(options), sink);
  solve::Options how;
  how.prover = prover;
  Told told;
  told.has_plan = !SolvePlan(result, how, sink).empty();
  for (const auto &diagnostic : sink.diagnostics()) {
    if (diagnostic.row.severity == diagnostics::Severity::Error) {
      told.names.insert(std::string(diagnostic.row.name));
      for (const auto &note : diagnostic.notes) told.notes.insert(note);
    }
  }
  return told;
}

// With the usual effort, which file tests do not give them.
auto IsLong(const std::filesystem::path &path) -> bool {
  return path.stem() == "fail_out_of_effort" || path.stem() == "not_proved";
}

// Nothing is found to be possible or impossible that is not.
TEST(WithoutProver, NothingFoundIsWrong) {
  size_t plans = 0;
  for (const auto &entry : std::filesystem::directory_iterator(kPlans)) {
    if (entry.path().extension() != ".groma" || IsLong(entry.path())) continue;
    const Told with = Decide(entry.path(), reason::MakeZ3);
    const Told without = Decide(entry.path(), reason::MakeUnknown);
    ++plans;
    if (with.notes != without.notes) std::printf("differs: %s\n", entry.path().filename().c_str());
    EXPECT_EQ(with.has_plan, without.has_plan) << entry.path();
    EXPECT_EQ(with.names, without.names) << entry.path();
  }
  EXPECT_GT(plans, 80U);
}

}  // namespace
}  // namespace groma::pipeline
