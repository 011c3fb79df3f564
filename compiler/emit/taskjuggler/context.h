// SPDX-License-Identifier: Apache-2.0
// What all parts of a project file are made from.
#pragma once

#include <map>
#include <set>
#include <string>

#include "groma/diagnostics/definition.h"
#include "groma/diagnostics/sink.h"
#include "groma/plan/plan.h"

namespace groma::emit::taskjuggler {

using plan::EntityId;
using plan::IsSome;
using plan::Timeline;

namespace diag {
#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "groma/emit/taskjuggler/taskjuggler.def"
#undef GROMA_DIAGNOSTIC
}  // namespace diag

struct Context {
  const plan::Plan &plan;
  const plan::Model &model;
  const Timeline &line;
  diagnostics::Sink &sink;
  source::Span target;  // of the `emit`
  // Days of the project, and the minutes of its shortest step in time.
  int64_t from = 0, until = 0;
  int64_t slot = 60;

  auto TitleOf(EntityId id) const -> std::string {
    const plan::Entity &entity = model.entity(id);
    return entity.title.empty() ? model.text(entity.name).str() : entity.title.str();
  }
};

// Names as TaskJuggler has them, each once.
class Names {
 public:
  auto Take(const std::string &wanted) -> std::string {
    std::string name;
    for (const char c : wanted) {
      const bool is_good =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      name += is_good ? c : '_';
    }
    if (name.empty() || (name[0] >= '0' && name[0] <= '9')) name = "_" + name;
    std::string free = name;
    for (int i = 2; !taken_.insert(free).second; ++i) free = name + "_" + std::to_string(i);
    return free;
  }

 private:
  std::set<std::string> taken_;
};

// `90h`, `100min`.
inline auto LengthText(int64_t minutes) -> std::string {
  return minutes % 60 == 0 ? std::to_string(minutes / 60) + "h" : std::to_string(minutes) + "min";
}

// `14d`: of the clock, whose days have 24 hours.
inline auto ClockText(int64_t minutes) -> std::string {
  return minutes % (24 * 60) == 0 ? std::to_string(minutes / (24 * 60)) + "d" : LengthText(minutes);
}

}  // namespace groma::emit::taskjuggler
