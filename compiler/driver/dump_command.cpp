// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/dump.h"
#include "messages.h"
#include "session.h"

namespace groma::driver {
namespace {

auto DumpTrees(const Program &program) -> std::string {
  std::string out;
  for (const syntax::Tree &tree : program.store.module(program.store.plan).trees) {
    const source::File *file = program.sources.FileAt(tree.base());
    out += "// " + file->name + "\n" + syntax::Dump(tree);
  }
  return out;
}

auto DumpModel(Session &session) -> std::string {
  const pipeline::Result result = session.Check();
  std::string out;
  for (const plan::Environment &environment : result.model->environments) {
    out += plan::Dump(*result.model, environment);
  }
  return out;
}

}  // namespace

auto RunDump(Session &session) -> int {
  if (session.arguments.stage.empty()) {
    session.sink.Report(message::MissingArgument, {}, "dump", "`--stage tree` or `--stage model`");
    return session.Finish("");
  }
  if (!session.LoadPlan(session.operand(0, "."))) return session.Finish("");
  const bool is_tree = session.arguments.stage == "tree";
  return session.Finish(is_tree ? DumpTrees(session.program) : DumpModel(session));
}

}  // namespace groma::driver
