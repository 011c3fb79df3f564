// SPDX-License-Identifier: Apache-2.0
// Whatever stands in a plan, checking and evaluating it ends, and every message can be shown.
#include <cstdint>

#include "groma/diagnostics/render_text.h"
#include "groma/modules/image.h"
#include "groma/parse/parse.h"
#include "groma/pipeline/compile.h"
#include "llvm/Support/raw_ostream.h"

// The image of the standard library; stdlib/CMakeLists.txt makes the object that holds it.
extern "C" const char groma_library_begin[];
extern "C" const char groma_library_end[];

namespace groma {
namespace {

// What the driver's loader does, as far as the library goes: a fuzzed plan has no other files.
void FollowImports(modules::ImageLoader &loader, modules::Module &plan) {
  const syntax::Tree &tree = plan.trees.front();
  for (const syntax::NodeId item : tree.children(tree.root())) {
    if (tree.kind(item) != syntax::NodeKind::Import) continue;
    const syntax::NodeId what = tree.child(item, 0);
    if (tree.kind(what) == syntax::NodeKind::String) continue;
    const std::string path = tree.text(what).str();
    if (const auto target = loader.LoadModule(path)) {
      plan.imports.push_back({tree.span(what), *target, path});
    }
  }
}

void Check(llvm::StringRef text) {
  const auto size = static_cast<size_t>(groma_library_end - groma_library_begin);
  static const auto kImage = modules::ReadImage({groma_library_begin, size});
  source::Set sources;
  modules::Store store;
  diagnostics::Sink sink;
  modules::ImageLoader loader(*kImage, store, sources);
  store.prelude = *loader.LoadModule("prelude");
  const source::FileId file = sources.Add("plan.groma", text.str());
  store.plan = static_cast<modules::ModuleIndex>(store.modules.size());
  modules::Module &plan = store.modules.emplace_back();
  plan.trees.push_back(parse::Parse(sources.file(file), sink));
  FollowImports(loader, plan);

  pipeline::CheckPlan(store, {}, sink);
  sink.Sort();
  diagnostics::RenderText(sources, sink.diagnostics(), {}, llvm::nulls());
}

}  // namespace
}  // namespace groma

extern "C" auto LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) -> int {
  groma::Check({reinterpret_cast<const char *>(data), size});
  return 0;
}
