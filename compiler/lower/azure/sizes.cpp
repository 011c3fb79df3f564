// SPDX-License-Identifier: Apache-2.0
#include "sizes.h"

#include "llvm/ADT/STLExtras.h"
#include "messages.h"

namespace groma::lower::azure {
namespace {

constexpr int64_t kGbps = 1000;

auto Rounded(int64_t amount, int64_t unit) -> int64_t { return (amount + unit - 1) / unit; }

// Of a table's row.
struct Row {
  std::string name;
  int64_t mbps = 0, units = 1, lines = 0;
  int64_t line_mbps = 0, cbc_mbps = 0;  // 0 where the table says none
  bool may_be_made = true, has_fast_path = false;

  auto Carries(const Load &load) const -> bool {
    return mbps * units >= load.mbps && lines >= load.lines &&
           (line_mbps == 0 || line_mbps >= load.line_mbps) &&
           (cbc_mbps == 0 || cbc_mbps >= load.cbc_mbps) &&
           (has_fast_path || !load.has_fast_path);
  }
};

// Several rows of one name are generations of it; the newest is what Azure makes.
auto VpnRows(Reader &reader) -> std::vector<Row> {
  std::vector<Row> rows;
  for (const EntityId id : Rows(reader, Kind::VpnGatewaySku)) {
    if (!reader.Flag(id, Name::VpnGatewaySkuZones)) continue;
    Row row;
    row.name = reader.Text(id, Name::VpnGatewaySkuArm).value_or("");
    row.mbps = reader.Amount(id, Name::VpnGatewaySkuBandwidth, "Mbps").value_or(0);
    row.lines = reader.Count(id, Name::VpnGatewaySkuTunnels).value_or(0);
    row.line_mbps = reader.Amount(id, Name::VpnGatewaySkuGcm, "Mbps").value_or(0);
    row.cbc_mbps = reader.Amount(id, Name::VpnGatewaySkuCbc, "Mbps").value_or(0);
    row.may_be_made = reader.Flag(id, Name::VpnGatewaySkuDeploy);
    const auto same = llvm::find_if(rows, [&](const Row &one) { return one.name == row.name; });
    if (same == rows.end()) {
      rows.push_back(row);
    } else if (same->mbps < row.mbps) {
      *same = row;
    }
  }
  return rows;
}

auto ExpressRouteRows(Reader &reader) -> std::vector<Row> {
  constexpr int64_t kCircuits = 16;  // of a size for which the table says no number
  std::vector<Row> rows;
  for (const EntityId id : Rows(reader, Kind::ExpressRouteGatewaySku)) {
    Row row;
    row.name = reader.Text(id, Name::ExpressRouteGatewaySkuArm).value_or("");
    row.mbps = reader.Amount(id, Name::ExpressRouteGatewaySkuBandwidth, "Mbps").value_or(0);
    row.lines = reader.Count(id, Name::ExpressRouteGatewaySkuCircuits).value_or(kCircuits);
    row.units = reader.Count(id, Name::ExpressRouteGatewaySkuUnits).value_or(1);
    row.has_fast_path = reader.Flag(id, Name::ExpressRouteGatewaySkuFastPath);
    rows.push_back(row);
  }
  return rows;
}

// The smallest row that carries the load; the largest of those that the plan names, where it names some.
auto Choose(Context &context, const Place &place, const Load &load, std::vector<Row> rows,
            const std::string &title, const std::string &lines) -> std::optional<Size> {
  llvm::stable_sort(rows, [](const Row &a, const Row &b) {
    return std::pair(a.mbps * a.units, a.name) < std::pair(b.mbps * b.units, b.name);
  });
  const auto size_of = [&](const Row &row) {
    return Size{row.name, row.units == 1 ? 1 : std::max<int64_t>(1, Rounded(load.mbps, row.mbps))};
  };
  if (rows.empty() && !load.stated.empty()) return Size{load.stated.front()};
  const Row *named = nullptr;
  for (const std::string &name : load.stated) {
    const auto at = llvm::find_if(
        rows, [&](const Row &row) { return row.name == name && row.may_be_made; });
    if (at == rows.end()) {
      auto report =
          context.sink.Report(message::NoSuchGateway, load.because_stated.front(), name, title);
      std::string all;
      for (const Row &row : rows) {
        if (row.may_be_made) all += (all.empty() ? "`" : ", `") + row.name + "`";
      }
      report.Help("it makes " + all);
      return std::nullopt;
    }
    if (named == nullptr || named < &*at) named = &*at;
  }
  if (named != nullptr) {
    if (named->Carries(load)) return size_of(*named);
    context.sink
        .Report(message::TooMuch, load.because_stated.front(),
                "`" + named->name + "` does not carry", load.mbps,
                std::to_string(load.lines) + " " + lines)
        .Help("leave `gateway` out for the smallest that does");
    return std::nullopt;
  }
  if (rows.empty()) {
    context.sink.Report(message::NoTable, load.because.front(), title, place.symbol)
        .Help("`import azure.network` lets groma choose, and `gateway` on the link says it");
    return Size{};
  }
  for (const Row &row : rows) {
    if (row.may_be_made && row.Carries(load)) return size_of(row);
  }
  context.sink
      .Report(message::TooMuch, load.because.front(), "no " + title + " of Azure carries",
              load.mbps, std::to_string(load.lines) + " " + lines)
      .Help("spread the links over several regions" +
            std::string(title == "VPN gateway" ? ", or join the sites by ExpressRoute" : ""));
  return std::nullopt;
}

}  // namespace

void Load::Add(const Load &other) {
  mbps += other.mbps;
  lines += other.lines;
  line_mbps = std::max(line_mbps, other.line_mbps);
  cbc_mbps = std::max(cbc_mbps, other.cbc_mbps);
  has_fast_path |= other.has_fast_path;
  stated.insert(stated.end(), other.stated.begin(), other.stated.end());
  because = std::move(because) + other.because;
  because_stated = std::move(because_stated) + other.because_stated;
}

auto Rows(const Reader &reader, Kind kind) -> std::vector<EntityId> {
  std::vector<EntityId> rows;
  for (const plan::Catalogue &catalogue : reader.model().catalogues) {
    for (const EntityId id : catalogue.entries) {
      if (reader.Is(id, kind)) rows.push_back(id);
    }
  }
  return rows;
}

auto VpnSize(Context &context, const Place &place, const Load &load) -> std::optional<Size> {
  return Choose(context, place, load, VpnRows(context.reader), "VPN gateway",
                load.lines == 1 ? "tunnel" : "tunnels");
}

auto ExpressRouteSize(Context &context, const Place &place, const Load &load)
    -> std::optional<Size> {
  return Choose(context, place, load, ExpressRouteRows(context.reader), "ExpressRoute gateway",
                load.lines == 1 ? "circuit" : "circuits");
}

auto CircuitMbps(Context &context, int64_t mbps, bool is_direct) -> std::optional<int64_t> {
  Reader &reader = context.reader;
  const std::vector<EntityId> rows = Rows(reader, Kind::ExpressRouteSize);
  if (rows.empty()) return is_direct ? Rounded(mbps, kGbps) * kGbps : mbps;
  std::optional<int64_t> best;
  for (const EntityId id : rows) {
    const bool is_sold = is_direct ? reader.Flag(id, Name::ExpressRouteSizeDirect10) ||
                                         reader.Flag(id, Name::ExpressRouteSizeDirect100) ||
                                         reader.Flag(id, Name::ExpressRouteSizeDirect400)
                                   : reader.Flag(id, Name::ExpressRouteSizeProvider);
    const auto size = reader.Amount(id, Name::ExpressRouteSizeBandwidth, "Mbps");
    if (is_sold && size && *size >= mbps && (!best || *size < *best)) best = size;
  }
  return best;
}

auto PortGbps(Context &context, int64_t mbps) -> int64_t {
  Reader &reader = context.reader;
  constexpr std::pair<Name, int64_t> kPorts[] = {{Name::ExpressRouteSizeDirect10, 10},
                                                 {Name::ExpressRouteSizeDirect100, 100},
                                                 {Name::ExpressRouteSizeDirect400, 400}};
  for (const EntityId id : Rows(reader, Kind::ExpressRouteSize)) {
    if (reader.Amount(id, Name::ExpressRouteSizeBandwidth, "Mbps") != mbps) continue;
    for (const auto &[name, gbps] : kPorts) {
      if (reader.Flag(id, name)) return gbps;
    }
  }
  return mbps <= 10 * kGbps ? 10 : 100;
}

auto UnitsOf(Context &context, const Load &load, int64_t unit_mbps, int64_t most,
             const std::string &gateway) -> std::optional<int64_t> {
  if (!load.stated.empty()) {
    context.sink.Report(message::NotSaid, load.because_stated.front(),
                        "`" + load.stated.front() + "`",
                        "the " + gateway + " of a hub has scale units and no sizes");
  }
  const int64_t units = std::max<int64_t>(1, Rounded(load.mbps, unit_mbps));
  if (units <= most) return units;
  context.sink
      .Report(message::TooMuch, load.because.front(), "the " + gateway + " of a hub does not carry",
              load.mbps, std::to_string(load.lines) + " lines")
      .Help("one hub carries up to " + std::to_string(most * unit_mbps / kGbps) +
            " Gbps; spread the links over the hubs of several regions");
  return std::nullopt;
}

}  // namespace groma::lower::azure
