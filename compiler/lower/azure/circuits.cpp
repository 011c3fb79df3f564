// SPDX-License-Identifier: Apache-2.0
#include "circuits.h"

#include "asked.h"
#include "groma/resources/azure/express_route.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "messages.h"
#include "sizes.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Parameter;
using resources::azure::Circuit;
using resources::azure::CircuitAuthorization;
using resources::azure::CircuitPeering;
using resources::azure::ExpressRoutePort;

namespace {

constexpr int64_t kGbps = 1000;
constexpr int64_t kMostAsn = 4294967295, kMostVlan = 4094;
constexpr uint32_t kPairPrefix = 30;

// `Amsterdam2` is `amsterdam2`; a number where nothing of it is left, or two come to the same.
auto Marks(const std::vector<std::string> &names) -> std::vector<std::string> {
  std::vector<std::string> marks;
  for (const std::string &name : names) {
    std::string mark;
    for (const char c : name) {
      if (llvm::isAlnum(c)) mark += llvm::toLower(c);
    }
    if (mark.empty() || llvm::is_contained(marks, mark)) {
      mark += std::to_string(marks.size() + 1);
    }
    marks.push_back(std::move(mark));
  }
  return marks;
}

class Maker {
 public:
  Maker(Context &context, EntityId link, Line &line)
      : context_(context),
        reader_(context.reader),
        link_(link),
        line_(line),
        symbol_(reader_.SymbolOf(link)),
        title_("`" + reader_.model().FullName(link) + "`"),
        because_(reader_.Because(link)) {}

  auto Make() -> bool {
    const std::vector<std::string> places = reader_.Texts(link_, Name::ExpressRoutePeering);
    const auto circuits = reader_.Count(link_, Name::LinkCircuits).value_or(0);
    const size_t count = std::min(places.size(), static_cast<size_t>(std::max<int64_t>(0, circuits)));
    if (count == 0 || !ReadRanges()) return false;
    const std::vector<std::string> marks = Marks(places);
    const auto all = reader_.Amount(link_, Name::LinkBandwidth, "Mbps").value_or(0);
    const auto share = static_cast<int64_t>(count);
    provider_ = reader_.Text(link_, Name::ExpressRouteProvider);
    const auto mbps = CircuitMbps(context_, (all + share - 1) / share, !provider_);
    if (!mbps) {
      context_.sink
          .Report(message::TooMuch, reader_.Because(link_, Name::LinkBandwidth).front(),
                  "no ExpressRoute circuit carries", (all + share - 1) / share, "one line")
          .Help(provider_ ? "say more locations in `peering`, or leave `provider` out for ports of your own"
                          : "say more locations in `peering`");
      return false;
    }
    line_.mbps = *mbps;
    const auto owner = reader_.Text(link_, Name::ExpressRouteSubscription);
    const bool is_foreign =
        owner && owner != reader_.Text(line_.place->site, Name::SiteAzureSubscription);
    for (size_t i = 0; i < count; ++i) {
      line_.circuits.push_back(is_foreign ? Foreign(marks[i], places[i])
                                          : Own(marks[i], places[i], i));
    }
    return true;
  }

 private:
  auto ReadRanges() -> bool {
    const plan::Value list = reader_.Read(link_, Name::ExpressRouteRanges);
    if (list.tag != plan::ValueTag::List) return true;
    for (const plan::Value &one : list.elements()) {
      if (one.tag != plan::ValueTag::Cidr) continue;
      if (one.cidr.prefix() != kPairPrefix) {
        context_.sink.Report(message::NoPair,
                             reader_.Because(link_, Name::ExpressRouteRanges).front(),
                             one.cidr.ToString());
        return false;
      }
      ranges_.push_back(one.cidr);
    }
    return true;
  }

  auto Own(const std::string &mark, const std::string &place, size_t index) -> OneCircuit {
    OneCircuit made;
    made.mark = mark;
    const ResourceId port = provider_ ? kNoResource : AddPort(mark, place);
    auto circuit = context_.Make<Circuit>(link_, mark, *line_.place, "connectivity");
    SetSku(circuit);
    if (provider_) {
      SetProvider(circuit, place);
    } else {
      circuit.Set<Circuit::kPort>(Value::IdOf(port, because_));
      circuit.Set<Circuit::kGbps>(
          Value::Int(line_.mbps / kGbps, reader_.Because(link_, Name::LinkBandwidth)));
    }
    made.id = circuit.IdOf(because_);
    Authorize(circuit.id(), mark);
    AddPeering(circuit.id(), made, place, index);
    AddOutput(made, place);
    return made;
  }

  void SetSku(Making<Circuit> circuit) {
    const Spans because = reader_.Because(link_, Name::ExpressRouteReach) +
                          reader_.Because(link_, Name::ExpressRouteMetered);
    const std::string tier = llvm::StringSwitch<const char *>(reader_.Word(link_, Name::ExpressRouteReach))
                                 .Case("local", "Local")
                                 .Case("premium", "Premium")
                                 .Default("Standard");
    const std::string family = Family();
    circuit.Set<Circuit::kSku>(Value::Text(tier + "_" + family, because));
    circuit.Set<Circuit::kTier>(Value::Text(tier, because));
    circuit.Set<Circuit::kFamily>(Value::Text(family, because));
  }

  auto Family() -> std::string {
    return reader_.Flag(link_, Name::ExpressRouteMetered) ? "MeteredData" : "UnlimitedData";
  }

  void SetProvider(Making<Circuit> circuit, const std::string &place) {
    circuit.resource().purpose = "At " + place + ": its service key is what " + *provider_ +
                                 " needs to provision the line.";
    circuit.Set<Circuit::kProvider>(
        Value::Text(*provider_, reader_.Because(link_, Name::ExpressRouteProvider)));
    circuit.Set<Circuit::kLocation>(
        Value::Text(place, reader_.Because(link_, Name::ExpressRoutePeering)));
    circuit.Set<Circuit::kMbps>(
        Value::Int(line_.mbps, reader_.Because(link_, Name::LinkBandwidth)));
  }

  auto AddPort(const std::string &mark, const std::string &place) -> ResourceId {
    const Spans because = reader_.Because(link_, Name::LinkBandwidth);
    auto port = context_.Make<ExpressRoutePort>(link_, mark, *line_.place, "connectivity");
    port.resource().purpose =
        "Order the two cross-connections at " + place +
        " with the letter of authorization of these ports, then enable both links.";
    port.Set<ExpressRoutePort::kLocation>(
        Value::Text(place, reader_.Because(link_, Name::ExpressRoutePeering)));
    port.Set<ExpressRoutePort::kBandwidth>(Value::Int(PortGbps(context_, line_.mbps), because));
    port.Is<ExpressRoutePort::kEncapsulation>("Dot1Q", because_);
    port.Set<ExpressRoutePort::kBilling>(
        Value::Text(Family(), reader_.Because(link_, Name::ExpressRouteMetered)));
    if (reader_.Word(link_, Name::LinkEncryption) == "macsec") Encrypt(port, mark, place);
    return port.id();
  }

  // The keys must be in a vault, and the identity be let in there, before the ports can read them.
  void Encrypt(Making<ExpressRoutePort> port, const std::string &mark, const std::string &place) {
    const Spans because = reader_.Because(link_, Name::LinkEncryption);
    const std::string start = symbol_ + "_" + mark + "_macsec_";
    const std::string of = " for MACsec of " + title_ + " at " + place;
    if (reader_identity_.is_null()) {
      reader_identity_ = Ask(context_,
                             {.name = symbol_ + "_macsec_identity_id",
                              .description = "The id of an identity that may read the secrets" + of + "."},
                             because);
    }
    const Value name = Ask(context_,
                           {.name = start + "name_id",
                            .description = "The id, with its version, of the secret of a key vault that is the name of the key (CKN)" +
                                           of + "."},
                           because);
    const Value key = Ask(context_,
                          {.name = start + "key_id",
                           .description = "The id, with its version, of the secret of a key vault that is the key (CAK)" +
                                          of + "."},
                          because);
    port.Is<ExpressRoutePort::kIdentity>("UserAssigned", because);
    port.Set<ExpressRoutePort::kIdentities>(Value::Keys({reader_identity_}, because));
    for (const size_t link : {0, 1}) {
      auto one = port.In({link});
      one.Set<ExpressRoutePort::kLink>(Value::Text("link" + std::to_string(link + 1), because));
      one.Set<ExpressRoutePort::kName>(name);
      one.Set<ExpressRoutePort::kKey>(key);
      one.Is<ExpressRoutePort::kCipher>("GcmAesXpn256", because);
    }
    port.Set<ExpressRoutePort::kName1>(name);
    port.Set<ExpressRoutePort::kKey1>(key);
    port.Is<ExpressRoutePort::kCipher1>("GcmAesXpn256", because);
    port.Set<ExpressRoutePort::kName2>(name);
    port.Set<ExpressRoutePort::kKey2>(key);
    port.Is<ExpressRoutePort::kCipher2>("GcmAesXpn256", because);
  }

  void Authorize(ResourceId circuit, const std::string &mark) {
    const std::vector<std::string> names = reader_.Texts(link_, Name::ExpressRouteAuthorized);
    const std::vector<std::string> marks = Marks(names);
    for (size_t i = 0; i < names.size(); ++i) {
      auto made = context_.MakeIn<CircuitAuthorization>(circuit, link_, mark + "_" + marks[i]);
      made.resource().because = reader_.Because(link_, Name::ExpressRouteAuthorized);
      made.resource().purpose = "For " + names[i] + ", to connect a gateway of their own.";
    }
  }

  void AddPeering(ResourceId circuit, OneCircuit &made, const std::string &place, size_t index) {
    auto peering = context_.MakeIn<CircuitPeering>(circuit, link_, made.mark);
    peering.resource().name = Value::Text("AzurePrivatePeering", because_);
    peering.resource().concern = kPeerings;
    if (provider_) {
      peering.resource().purpose =
          *provider_ + " must have provisioned the line at " + place + " before this can be made: deploy again once it has.";
    }
    peering.Is<CircuitPeering::kSort>("AzurePrivatePeering", because_);
    if (index == 0) {
      asn_ = CountOrAsk(context_, link_, Name::ExpressRouteAsn,
                        {.name = symbol_ + "_asn",
                         .description = "The number of the autonomous system of the routers at the far end of " +
                                        title_ + "; Azure itself has 65515.",
                         .least = 1,
                         .most = kMostAsn});
      vlan_ = CountOrAsk(context_, link_, Name::ExpressRouteVlan,
                         {.name = symbol_ + "_vlan",
                          .description = "The VLAN of the private peering of " + title_ + ".",
                          .least = 1,
                          .most = kMostVlan});
    }
    peering.Set<CircuitPeering::kAsn>(asn_);
    peering.Set<CircuitPeering::kVlan>(vlan_);
    peering.Set<CircuitPeering::kPrimary>(PairOf(made.mark, place, "primary", 2 * index));
    peering.Set<CircuitPeering::kSecondary>(PairOf(made.mark, place, "secondary", 2 * index + 1));
    made.peering = peering.id();
    made.peering_id = peering.IdOf(because_);
  }

  auto PairOf(const std::string &mark, const std::string &place, const std::string &which,
              size_t index) -> Value {
    const Spans because = reader_.Because(link_, Name::ExpressRouteRanges);
    if (index < ranges_.size()) return Value::Text(ranges_[index].ToString(), because);
    return Ask(context_,
               {.name = symbol_ + "_" + mark + "_" + which + "_range",
                .description = "The /30 of the " + which + " line of " + title_ + " at " + place +
                               "; you have its first address, Azure its second.",
                .form = Parameter::Form::Block30},
               because);
  }

  void AddOutput(const OneCircuit &made, const std::string &place) {
    if (!provider_) return;
    resources::Output output;
    output.name = symbol_ + "_" + made.mark + "_circuit_id";
    output.description =
        "The circuit of " + title_ + " at " + place + ". " + *provider_ +
        " needs its service key, which `az network express-route show --ids ID --query serviceKey` tells.";
    output.value = made.id;
    output.because = because_;
    context_.graph.outputs.push_back(std::move(output));
  }

  // Kept by somebody else: known by its id, and connected to with a key of theirs.
  auto Foreign(const std::string &mark, const std::string &place) -> OneCircuit {
    const Spans because = reader_.Because(link_, Name::ExpressRouteSubscription);
    OneCircuit made;
    made.mark = mark;
    const std::string name = symbol_ + "_" + mark;
    made.id = Ask(context_,
                  {.name = name + "_circuit_id",
                   .description = "The id of the circuit of " + title_ + " at " + place +
                                  ", which another subscription keeps."},
                  because);
    made.peering_id = Value::Joined(
        {made.id, Value::Text("/peerings/AzurePrivatePeering", because)}, because);
    made.authorization = Ask(context_,
                             {.name = name + "_authorization_key",
                              .description = "The key of an authorization of that circuit.",
                              .is_secret = true},
                             because);
    return made;
  }

  Context &context_;
  Reader &reader_;
  const EntityId link_;
  Line &line_;
  const std::string symbol_, title_;
  const Spans because_;
  std::optional<std::string> provider_;
  std::vector<base::Cidr> ranges_;
  Value asn_, vlan_, reader_identity_;
};

// A provider's line has no MACsec that Azure would know of.
void SayMacsec(Context &context, EntityId link) {
  Reader &reader = context.reader;
  if (reader.Word(link, Name::LinkEncryption) != "macsec") return;
  if (!reader.Text(link, Name::ExpressRouteProvider)) return;
  context.sink.Report(message::NotSaid, reader.Because(link, Name::LinkEncryption).front(),
                      "MACsec of `" + reader.model().FullName(link) + "`",
                      "only ports of one's own have it; leave `provider` out, or take `ipsec`");
}

}  // namespace

auto AddCircuits(Context &context, EntityId link, const Ends &ends) -> std::optional<Line> {
  if (context.reader.Count(link, Name::LinkCircuits) == 0) return std::nullopt;
  if (ends.here == nullptr) {
    LeaveOut(context, link, "neither of its ends is in Azure");
    return std::nullopt;
  }
  if (ends.there != nullptr) {
    LeaveOut(context, link, "both its ends are in Azure, where a peering or a virtual WAN joins them");
    return std::nullopt;
  }
  if (ends.here->wan_hub == kNoResource && ends.here->network == kNoResource &&
      ends.here->hub == kNoResource) {
    LeaveOut(context, link, "`" + ends.here->symbol + "` has no addresses for a gateway");
    return std::nullopt;
  }
  SayMacsec(context, link);
  Line line;
  line.link = link;
  line.place = ends.here;
  if (!Maker(context, link, line).Make()) return std::nullopt;
  return line;
}

}  // namespace groma::lower::azure
