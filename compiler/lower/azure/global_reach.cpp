// SPDX-License-Identifier: Apache-2.0
#include "asked.h"
#include "circuits.h"
#include "groma/resources/azure/express_route.h"
#include "llvm/ADT/STLExtras.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::azure::CircuitConnection;

namespace {

// In the order in which parts are deployed: those with a hub of a virtual WAN refer to the place where the WAN lies.
auto RankOf(const Context &context, const Line &line) -> std::pair<bool, const Place *> {
  const Place *place = line.place;
  const bool refers = place->wan != kNoResource && context.graph[place->wan].group != place->group;
  return {refers, place};
}

void Join(Context &context, const Line &line, const Line &other, size_t index) {
  const OneCircuit *from = &line.circuits[index];
  const OneCircuit *to = &other.circuits[index];
  // What is deployed later refers to what is deployed earlier; a circuit of somebody else holds nothing.
  if (from->peering == kNoResource ||
      (to->peering != kNoResource && RankOf(context, line) < RankOf(context, other))) {
    std::swap(from, to);
  }
  const Spans because = context.reader.Because(line.link, Name::ExpressRouteReaches);
  const std::string name =
      context.reader.SymbolOf(line.link) + "_" + context.reader.SymbolOf(other.link);
  if (from->peering == kNoResource) {
    context.sink.Report(message::NotSaid, because.front(), "Global Reach of `" + name + "`",
                        "other subscriptions keep both circuits; their owners join them");
    return;
  }
  auto made = context.MakeIn<CircuitConnection>(
      from->peering, line.link, context.reader.SymbolOf(other.link) + "_" + to->mark);
  made.resource().because = because;
  made.resource().purpose = "Global Reach: both sites see each other through the provider's network.";
  made.Set<CircuitConnection::kPeering>(Value::IdOf(from->peering, because));
  made.Set<CircuitConnection::kOther>(to->peering_id);
  made.Set<CircuitConnection::kRange>(
      Ask(context,
          {.name = name + "_" + to->mark + "_reach_range",
           .description = "A /29 for the link between the two circuits, which nothing else has.",
           .form = resources::Parameter::Form::Block29},
          because));
  if (!to->authorization.is_null()) {
    made.Set<CircuitConnection::kAuthorization>(to->authorization);
  }
}

}  // namespace

void JoinCircuits(Context &context, const std::vector<Line> &lines) {
  for (const Line &line : lines) {
    for (const EntityId id : context.reader.Entities(line.link, Name::ExpressRouteReaches)) {
      const auto other = llvm::find_if(lines, [&](const Line &one) { return one.link == id; });
      if (other == lines.end()) {
        context.sink.Report(message::NotSaid,
                            context.reader.Because(line.link, Name::ExpressRouteReaches).front(),
                            "Global Reach to `" + context.reader.model().FullName(id) + "`",
                            "no circuit of it is made here");
        continue;
      }
      const size_t count = std::min(line.circuits.size(), other->circuits.size());
      for (size_t i = 0; i < count; ++i) Join(context, line, *other, i);
    }
  }
}

}  // namespace groma::lower::azure
