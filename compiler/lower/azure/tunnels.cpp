// SPDX-License-Identifier: Apache-2.0
#include "tunnels.h"

#include "asked.h"
#include "llvm/ADT/StringSwitch.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Parameter;

namespace {

constexpr int64_t kMostAsn = 4294967295;

auto OfVpn(Context &context, EntityId link) -> Tunnels {
  Reader &reader = context.reader;
  Tunnels tunnels;
  tunnels.count = reader.Count(link, Name::VpnTunnels).value_or(1);
  const size_t devices = reader.Texts(link, Name::VpnDevices).size();
  tunnels.because_count = reader.Because(link, devices > 0 ? Name::VpnDevices : Name::VpnTunnels);
  tunnels.devices = devices > 0 ? devices : static_cast<size_t>(tunnels.count);
  tunnels.has_bgp = reader.Flag(link, Name::VpnBgp);
  tunnels.cipher = reader.Word(link, Name::VpnCipher);
  tunnels.because_cipher = reader.Because(link, Name::VpnCipher);
  if (const auto gateway = reader.Text(link, Name::VpnGateway)) {
    tunnels.load.stated = {*gateway};
    tunnels.load.because_stated = reader.Because(link, Name::VpnGateway);
  }
  return tunnels;
}

// One for each circuit, with the strongest cipher: the line says no other.
auto OfExpressRoute(Context &context, EntityId link) -> Tunnels {
  Tunnels tunnels;
  tunnels.count = context.reader.Count(link, Name::LinkCircuits).value_or(1);
  tunnels.because_count = context.reader.Because(link, Name::LinkCircuits);
  tunnels.devices = static_cast<size_t>(tunnels.count);
  tunnels.is_private = true;
  tunnels.cipher = "gcm_aes256";
  tunnels.because_cipher = context.reader.Because(link, Name::LinkEncryption);
  return tunnels;
}

// Why nothing can be made of it; empty if it can.
auto Hindrance(const Ends &ends) -> std::string {
  const auto has_hub = [](const Place *place) { return place->wan_hub != kNoResource; };
  const auto has_addresses = [](const Place *place) {
    return place->network != kNoResource || place->hub != kNoResource;
  };
  if (!has_hub(ends.here) && !has_addresses(ends.here)) {
    return "`" + ends.here->symbol + "` has no addresses for a gateway";
  }
  if (ends.there == nullptr) return {};
  if (ends.here == ends.there) return "both its ends are at `" + ends.here->symbol + "`";
  if (has_hub(ends.here) && has_hub(ends.there)) {
    return "hubs of virtual WANs join `" + ends.here->symbol + "` and `" + ends.there->symbol +
           "` already";
  }
  if (has_hub(ends.here) || has_hub(ends.there)) {
    const Place *other = has_hub(ends.here) ? ends.there : ends.here;
    return "one end is a hub of a virtual WAN; give `" + other->symbol + "` a hub too";
  }
  if (!has_addresses(ends.there)) {
    return "`" + ends.there->symbol + "` has no addresses for a gateway";
  }
  return {};
}

// `_1` behind a name where there are several.
auto Mark(const Tunnels &tunnels, size_t device) -> std::string {
  return tunnels.devices == 1 ? "" : "_" + std::to_string(device + 1);
}

auto Quoted(Context &context, EntityId id) -> std::string {
  return "`" + context.reader.model().FullName(id) + "`";
}

}  // namespace

auto TunnelsOf(Context &context) -> std::vector<Tunnels> {
  Reader &reader = context.reader;
  std::vector<Tunnels> all;
  for (const EntityId link : reader.All(Kind::Link)) {
    const bool is_vpn = reader.Is(link, Kind::Vpn);
    const bool is_inside = reader.Is(link, Kind::ExpressRoute) &&
                           reader.Word(link, Name::LinkEncryption) == "ipsec";
    if (!is_vpn && !is_inside) continue;
    Tunnels tunnels = is_vpn ? OfVpn(context, link) : OfExpressRoute(context, link);
    tunnels.link = link;
    tunnels.because = reader.Because(link);
    tunnels.ends = EndsOf(context, link);
    if (tunnels.ends.here == nullptr || reader.Count(link, Name::LinkCircuits) == 0) continue;
    // Of a private line, what keeps it from being made was said before.
    if (is_inside && tunnels.ends.there != nullptr) continue;
    if (const std::string hindrance = Hindrance(tunnels.ends); !hindrance.empty()) {
      if (is_vpn) LeaveOut(context, link, hindrance);
      continue;
    }
    Load &load = tunnels.load;
    load.mbps = reader.Amount(link, Name::LinkBandwidth, "Mbps").value_or(0);
    load.lines = tunnels.count;
    int64_t &most = tunnels.cipher == "aes256_sha256" ? load.cbc_mbps : load.line_mbps;
    most = (load.mbps + tunnels.count - 1) / tunnels.count;
    load.because = reader.Because(link, Name::LinkBandwidth);
    all.push_back(std::move(tunnels));
  }
  return all;
}

auto AgreementOf(const Tunnels &tunnels) -> Agreement {
  return llvm::StringSwitch<Agreement>(tunnels.cipher)
      .Case("gcm_aes128", {"AES128", "SHA256", "GCMAES128", "GCMAES128"})
      .Case("aes256_sha256", {"AES256", "SHA256", "AES256", "SHA256"})
      .Default({"AES256", "SHA384", "GCMAES256", "GCMAES256"});
}

auto AddressOf(Context &context, const Tunnels &tunnels, size_t device) -> Value {
  const std::string which = tunnels.devices == 1 ? "the device" : "device " + std::to_string(device + 1);
  Question question;
  question.name = context.reader.SymbolOf(tunnels.link) + "_device" + Mark(tunnels, device) + "_address";
  question.description = std::string("The ") + (tunnels.is_private ? "private" : "public") +
                         " address of " + which + " at the far end of " +
                         Quoted(context, tunnels.link) + ".";
  question.form = Parameter::Form::Address;
  if (tunnels.is_private) return Ask(context, std::move(question), tunnels.because_cipher);
  return TextOrAsk(context, tunnels.link, Name::VpnDevices, device, std::move(question));
}

auto AsnOf(Context &context, const Tunnels &tunnels) -> Value {
  return CountOrAsk(
      context, tunnels.link, tunnels.is_private ? Name::ExpressRouteAsn : Name::VpnAsn,
      {.name = context.reader.SymbolOf(tunnels.link) + (tunnels.is_private ? "_tunnel_asn" : "_asn"),
       .description = "The number of the autonomous system of the devices at the far end of " +
                      Quoted(context, tunnels.link) + "; Azure itself has 65515.",
       .least = 1,
       .most = kMostAsn});
}

auto PeerOf(Context &context, const Tunnels &tunnels, size_t device) -> Value {
  Question question;
  question.name = context.reader.SymbolOf(tunnels.link) + "_device" + Mark(tunnels, device) + "_bgp_peer";
  question.description = "The address with which " +
                         (tunnels.devices == 1 ? "the device"
                                               : "device " + std::to_string(device + 1)) +
                         " at the far end of " + Quoted(context, tunnels.link) + " speaks BGP.";
  question.form = Parameter::Form::Address;
  if (tunnels.is_private) return Ask(context, std::move(question), tunnels.because_cipher);
  return TextOrAsk(context, tunnels.link, Name::VpnPeers, device, std::move(question));
}

auto KeyOf(Context &context, const Tunnels &tunnels) -> Value {
  return Ask(context,
             {.name = context.reader.SymbolOf(tunnels.link) + "_shared_key",
              .description = "The key that both ends of " + Quoted(context, tunnels.link) +
                             " share.",
              .is_secret = true},
             tunnels.because);
}

auto RangesOf(Context &context, const Tunnels &tunnels) -> Value {
  // BGP brings them, and Azure adds the way to the peer itself.
  if (tunnels.has_bgp) return {};
  const EntityId far = tunnels.ends.far;
  const auto supernet = context.reader.Range(far, Name::SiteSupernet);
  if (supernet) {
    return Value::Texts({supernet->ToString()}, context.reader.Because(far, Name::SiteSupernet));
  }
  return Ask(context,
             {.name = context.reader.SymbolOf(tunnels.link) + "_ranges",
              .description = "The addresses behind the far end of " +
                             Quoted(context, tunnels.link) + ".",
              .sort = Parameter::Sort::Texts},
             tunnels.because);
}

}  // namespace groma::lower::azure
