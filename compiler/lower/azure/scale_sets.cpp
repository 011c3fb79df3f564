// SPDX-License-Identifier: Apache-2.0
#include "scale_sets.h"

#include "capacity.h"
#include "groma/resources/azure/compute.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Making;
using resources::Parameter;
using resources::Spans;
using resources::azure::FlexibleSet;
using resources::azure::ScaleSet;

namespace {

constexpr const char *kUser = "azureuser";
// On the machines; in two pieces, since it is no path of the machine on which groma is built.
constexpr const char *kHomes = "/home" "/";

auto UserOf(Context &context, const Spans &because) -> Value {
  if (!context.made.user) {
    Parameter parameter;
    parameter.name = "admin_user";
    parameter.description = "The user as whom machines are administered. It has no password.";
    parameter.value = Value::Text(kUser, because);
    parameter.because = because;
    context.made.user = context.graph.Add(std::move(parameter));
  }
  return Value::Given(*context.made.user, because);
}

auto KeyOf(Context &context, const Spans &because) -> Value {
  if (!context.made.ssh_key) {
    Parameter parameter;
    parameter.name = "ssh_public_key";
    parameter.description = "The public key of those who administer machines, as in `ssh-ed25519 AAAA...`.";
    parameter.least = 1;
    parameter.because = because;
    context.made.ssh_key = context.graph.Add(std::move(parameter));
  }
  return Value::Given(*context.made.ssh_key, because);
}

template <typename T>
class Sets {
 public:
  Sets(Context &context, Nodes &nodes)
      : context_(context),
        nodes_(nodes),
        made_(context.Make<T>(nodes.of, nodes.role, *nodes.place, "compute")) {}

  auto Lower() -> ResourceId {
    made_.template Set<T::kSize>(Value::Text(nodes_.size, nodes_.because_sku));
    made_.template Set<ScaleSet::kCount>(CountOf(context_, nodes_));
    const Value zones = nodes_.zone.is_null() ? ZonesOf(context_, nodes_) : nodes_.zone;
    if (!zones.is_null()) made_.template Set<ScaleSet::kZones>(zones);
    SetShape();
    if (nodes_.proximity != kNoResource) {
      made_.template Set<ScaleSet::kProximity>(
          Value::IdOf(nodes_.proximity, nodes_.because_fabric));
    }
    if (nodes_.reservation != kNoResource) {
      made_.template Set<ScaleSet::kReservation>(Value::IdOf(nodes_.reservation, nodes_.because));
    }
    if (nodes_.is_spot) {
      made_.template Is<ScaleSet::kPriority>("Spot", nodes_.because);
      made_.template Is<ScaleSet::kEviction>("Delete", nodes_.because);
    }
    SetUser();
    SetDisk();
    SetNetwork();
    SetSecurity();
    made_.template Set<ScaleSet::kBootLog>(Value::Bool(true, nodes_.because));
    return made_.id();
  }

 private:
  void SetShape() {
    const Spans &because = nodes_.because;
    if constexpr (std::is_same_v<T, ScaleSet>) {
      made_.template Is<ScaleSet::kMode>("Uniform", nodes_.because_fabric);
      made_.template Set<ScaleSet::kOneGroup>(Value::Bool(true, nodes_.because_fabric));
      made_.template Set<ScaleSet::kOverprovision>(Value::Bool(false, because));
      made_.template Is<ScaleSet::kUpgrade>("Manual", because);
    } else {
      made_.template Is<FlexibleSet::kMode>("Flexible", because);
      made_.template Set<FlexibleSet::kDomains>(Value::Int(1, because));
      made_.template Set<ScaleSet::kOneGroup>(Value::Bool(false, because));
      made_.template Is<FlexibleSet::kNetworkApi>("2020-11-01", because);
    }
  }

  void SetUser() {
    const Spans &because = nodes_.because;
    const Value user = UserOf(context_, because);
    made_.template Set<T::kUser>(user);
    std::string prefix = made_.resource().symbol;
    for (char &c : prefix) {
      if (!llvm::isAlnum(c)) c = '-';
    }
    constexpr size_t kMostPrefix = 58;
    prefix = prefix.substr(0, kMostPrefix);
    made_.template Set<T::kPrefix>(Value::Text(prefix, because));
    made_.template Set<T::kNoPassword>(Value::Bool(true, because));
    Making<T> key = made_.In({0});
    key.template Set<ScaleSet::kKeyPath>(Value::Joined(
        {Value::Text(kHomes), user, Value::Text("/.ssh/authorized_keys")}, because));
    key.template Set<T::kKeyUser>(user);
    key.template Set<T::kKey>(KeyOf(context_, because));
  }

  void SetDisk() {
    SetImage();
    made_.template Is<ScaleSet::kDiskMade>("FromImage", nodes_.because);
    made_.template Is<ScaleSet::kCaching>("ReadWrite", nodes_.because);
    made_.template Is<ScaleSet::kDisk>("Premium_LRS", nodes_.because);
  }

  // An image by its id, or by the four words under which it is offered.
  void SetImage() {
    Spans because = nodes_.because;
    // The one has the drivers of GPUs and of InfiniBand, the other has none.
    std::string image = nodes_.has_gpus && !nodes_.has_own_driver
                            ? "microsoft-dsvm:ubuntu-hpc:2204:"
                            : "Canonical:ubuntu-24_04-lts:server:";
    if (nodes_.image) {
      image = *nodes_.image;
      because = context_.reader.Because(nodes_.of, Name::RentedImage);
      if (llvm::StringRef(image).starts_with_insensitive("/subscriptions/")) {
        made_.template Set<ScaleSet::kImage>(Value::Text(image, because));
        return;
      }
    }
    llvm::SmallVector<llvm::StringRef> words;
    llvm::StringRef(image).split(words, ':');
    constexpr size_t kWords = 4;
    if (words.size() != kWords) {
      context_.sink.Report(message::NoImage, because.front(), image)
          .Help("write it as `publisher:offer:sku:version`, or as the id of an image, which begins with `/subscriptions/`");
      return;
    }
    made_.template Set<ScaleSet::kPublisher>(Value::Text(words[0], because));
    made_.template Set<ScaleSet::kOffer>(Value::Text(words[1], because));
    made_.template Set<ScaleSet::kSku>(Value::Text(words[2], because));
    made_.template Set<ScaleSet::kVersion>(words[3].empty() ? VersionOf(because)
                                                            : Value::Text(words[3], because));
  }

  auto VersionOf(const Spans &because) -> Value {
    Parameter parameter;
    parameter.name = made_.resource().symbol + "_image_version";
    parameter.description = "The version of the image from which machines of `" +
                            made_.resource().symbol + "` start.";
    parameter.value = Value::Text("latest", because);
    parameter.because = because;
    return Value::Given(context_.graph.Add(std::move(parameter)), because);
  }

  void SetSecurity() {
    if (!nodes_.is_trusted) return;
    const Spans because = context_.reader.Because(nodes_.of, Name::RentedTrusted);
    made_.template Is<ScaleSet::kSecurity>("TrustedLaunch", because);
    made_.template Set<T::kSecureBoot>(Value::Bool(!nodes_.has_gpus, because));
    made_.template Set<T::kVtpm>(Value::Bool(true, because));
    if constexpr (std::is_same_v<T, FlexibleSet>) made_.resource().is_azapi = true;
  }

  void SetNetwork() {
    const Spans &because = nodes_.because;
    Making<T> card = made_.In({0, 0});
    card.template Set<ScaleSet::kNic>(Value::Text("nic", because));
    card.template Set<ScaleSet::kNicPrimary>(Value::Bool(true, because));
    card.template Set<ScaleSet::kAccelerated>(Value::Bool(true, because));
    card.template Set<ScaleSet::kAddress>(Value::Text("internal", because));
    card.template Set<ScaleSet::kAddressPrimary>(Value::Bool(true, because));
    if (nodes_.place->servers != kNoResource) {
      card.template Set<ScaleSet::kSubnet>(Value::IdOf(nodes_.place->servers, because));
    }
  }

  Context &context_;
  Nodes &nodes_;
  Making<T> made_;
};

auto IsOfSet(llvm::StringRef runs_on) -> bool {
  for (const char *word : {"vmss", "bare", "slurm", "kubernetes", "arc_kubernetes"}) {
    if (runs_on == word) return true;
  }
  return false;
}

}  // namespace

void LowerScaleSets(Context &context, std::vector<Nodes> &all) {
  for (Nodes &nodes : all) {
    if (!IsOfSet(nodes.runs_on)) continue;
    if (nodes.place->servers == kNoResource) {
      context.sink
          .Report(message::NoSubnet, context.reader.SpanOf(nodes.of),
                  context.reader.SymbolOf(nodes.of), nodes.place->symbol, "addresses to give")
          .Help("give the site a `supernet`");
      continue;
    }
    Reserve(context, nodes);
    const ResourceId id = nodes.is_one_fabric ? Sets<ScaleSet>(context, nodes).Lower()
                                              : Sets<FlexibleSet>(context, nodes).Lower();
    context.made.of[nodes.of].push_back(id);
    if (nodes.follows_load) {
      context.sink
          .Report(message::CannotSay,
                  context.reader.Because(nodes.of, Name::RentedAutoscale).front(),
                  context.reader.SymbolOf(nodes.of), "a number of machines that follows the load",
                  "its scale set has as many as the parameter says")
          .Help("let them run on `aks`, whose autoscaler does it, or write a raw `resource` of type "
                "\"Microsoft.Insights/autoscaleSettings\"");
    }
  }
}

}  // namespace groma::lower::azure
