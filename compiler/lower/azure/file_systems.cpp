// SPDX-License-Identifier: Apache-2.0
#include "file_systems.h"

#include <algorithm>

#include "groma/resources/azure/storage.h"
#include "groma/resources/azure/vaults.h"
#include "messages.h"
#include "vaults.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Making;
using resources::Spans;
using resources::azure::Key;
using resources::azure::Lustre;
using resources::azure::NetAppAccount;
using resources::azure::NetAppPool;
using resources::azure::NetAppVolume;

namespace {

constexpr int64_t kTebibyte = int64_t{1} << 40;

// A subnet of the plan for storage at the site, with that delegation or, if it is empty, with none.
auto SubnetOf(Context &context, const Place &place, llvm::StringRef delegated) -> ResourceId {
  Reader &reader = context.reader;
  for (const PlacedSubnet &one : place.subnets) {
    if (!IsSome(one.of) || reader.Word(one.of, Name::SubnetPurpose) != "storage") continue;
    const std::string service = reader.Text(one.of, Name::SubnetDelegated).value_or("");
    if (delegated.equals_insensitive(service)) return one.subnet;
  }
  return kNoResource;
}

// At least this much of what a bound or a plain number asks for; nothing where nothing is asked.
auto Least(Reader &reader, EntityId of, Name name, llvm::StringRef unit) -> std::optional<int64_t> {
  plan::Value value = reader.Read(of, name);
  if (value.tag == plan::ValueTag::Bound) value = value.elements().front();
  return reader.InUnit(value, unit);
}

// What comes with each terabyte in MB/s, and the steps in which the size grows.
struct LustreSize {
  resources::Word<Lustre::kSku> sku;
  int64_t speed, step;
};
constexpr LustreSize kSizes[] = {{"AMLFS-Durable-Premium-40", 40, 48},
                                 {"AMLFS-Durable-Premium-125", 125, 16},
                                 {"AMLFS-Durable-Premium-250", 250, 8},
                                 {"AMLFS-Durable-Premium-500", 500, 4}};

auto Up(int64_t amount, int64_t step) -> int64_t { return (amount + step - 1) / step * step; }

// The smallest file system that holds and does what is asked, and among equals the cheapest per terabyte.
auto SizeFor(int64_t terabytes, int64_t speed) -> std::pair<const LustreSize *, int64_t> {
  const LustreSize *best = nullptr;
  int64_t best_size = 0;
  for (const LustreSize &size : kSizes) {
    const int64_t enough = std::max(terabytes, (speed + size.speed - 1) / size.speed);
    const int64_t whole = std::max(Up(enough, size.step), size.step);
    // Speed that nobody asks for costs more than some terabytes.
    if (best == nullptr || whole * size.speed < best_size * best->speed) {
      best = &size;
      best_size = whole;
    }
  }
  return {best, best_size};
}

}  // namespace

auto AddLustre(Context &context, Place &place, EntityId of) -> ResourceId {
  Reader &reader = context.reader;
  const Spans because = reader.Because(of);
  ResourceId subnet = SubnetOf(context, place, "");
  if (subnet == kNoResource) subnet = place.servers;
  if (subnet == kNoResource) {
    context.sink.Report(message::NoSubnet, reader.SpanOf(of), reader.SymbolOf(of), place.symbol,
                        "addresses to give")
        .Help("give the site a `supernet`");
    return kNoResource;
  }
  const int64_t size = reader.Amount(of, Name::StorageCapacity, "TiB").value_or(1);
  const int64_t speed = Least(reader, of, Name::StorageThroughput, "MB/s").value_or(0);
  const auto [sku, whole] = SizeFor(size, speed);
  auto made = context.Make<Lustre>(of, "", place, "storage");
  const Spans because_size = reader.Because(of, Name::StorageCapacity);
  made.Is<Lustre::kSku>(sku->sku, because_size + reader.Because(of, Name::StorageThroughput));
  const Spans zone = reader.Because(of, Name::ManagedLustreZone);
  if (reader.Count(place.site, Name::SiteZones).value_or(0) > 0) {
    made.Set<Lustre::kZones>(Value::Texts(
        {std::to_string(reader.Count(of, Name::ManagedLustreZone).value_or(1))}, zone));
  }
  if (reader.Word(of, Name::StorageEncryption) == "customer_key") {
    const Spans key = reader.Because(of, Name::StorageEncryption);
    const HeldKey held = AddKey(context, place, of, "storage");
    made.Is<Lustre::kIdentity>("UserAssigned", key);
    made.Set<Lustre::kIdentities>(Value::Keys({Value::IdOf(held.identity, key)}, key));
    made.Set<Lustre::kKey>(Value::Of(held.key, Key::kVersionUri.arm, key));
    made.Set<Lustre::kKeyVault>(Value::IdOf(held.vault, key));
    if (held.grant != kNoResource) made.resource().after.push_back(held.grant);
  }
  made.Set<Lustre::kCapacity>(Value::Int(whole, because_size));
  made.Set<Lustre::kSubnet>(Value::IdOf(subnet, because));
  made.Is<Lustre::kDay>("Saturday", because);
  made.Set<Lustre::kTime>(Value::Text("22:00", because));
  return made.id();
}

auto AddNetApp(Context &context, Place &place, EntityId of) -> ResourceId {
  Reader &reader = context.reader;
  const Spans because = reader.Because(of);
  const ResourceId subnet = SubnetOf(context, place, "Microsoft.NetApp/volumes");
  if (subnet == kNoResource) {
    context.sink.Report(message::NoSubnet, reader.SpanOf(of), reader.SymbolOf(of), place.symbol,
                        "subnet that is delegated to it")
        .Help("add `subnet NAME { site = " + place.symbol +
              ", purpose = storage, prefix = 26, delegated = \"Microsoft.NetApp/volumes\" }`");
    return kNoResource;
  }
  const Spans level = reader.Because(of, Name::NetAppLevel);
  const std::string word = reader.Word(of, Name::NetAppLevel);
  const Spans because_size = reader.Because(of, Name::StorageCapacity);
  const int64_t size = std::max<int64_t>(1, reader.Amount(of, Name::StorageCapacity, "TiB").value_or(1));
  auto account = context.Make<NetAppAccount>(of, "", place, "storage");
  auto pool = context.MakeIn<NetAppPool>(account.id(), of, "");
  auto volume = context.MakeIn<NetAppVolume>(pool.id(), of, "");
  if (word == "standard") {
    pool.Is<NetAppPool::kLevel>("Standard", level);
    volume.Is<NetAppVolume::kLevel>("Standard", level);
  } else if (word == "ultra") {
    pool.Is<NetAppPool::kLevel>("Ultra", level);
    volume.Is<NetAppVolume::kLevel>("Ultra", level);
  } else {
    pool.Is<NetAppPool::kLevel>("Premium", level);
    volume.Is<NetAppVolume::kLevel>("Premium", level);
  }
  pool.Set<NetAppPool::kSize>(Value::Int(size * kTebibyte, because_size));
  volume.Set<NetAppVolume::kAccount>(Value::NameOf(account.id(), because));
  std::string path = reader.SymbolOf(of);
  std::replace(path.begin(), path.end(), '_', '-');
  volume.Set<NetAppVolume::kPath>(Value::Text(path, because));
  volume.Set<NetAppVolume::kSubnet>(Value::IdOf(subnet, because));
  volume.Set<NetAppVolume::kProtocols>(Value::Texts({"NFSv4.1"}, because));
  volume.Is<NetAppVolume::kFeatures>("Standard", because);
  volume.Set<NetAppVolume::kSize>(Value::Int(size * kTebibyte, because_size));
  volume.Set<NetAppVolume::kSnapshots>(Value::Bool(true, because));
  Making<NetAppVolume> rule = volume.In({0});
  rule.Set<NetAppVolume::kRule>(Value::Int(1, because));
  rule.Set<NetAppVolume::kClients>(Value::Text(place.range.ToString(), because));
  rule.Set<NetAppVolume::kNfs>(Value::Bool(true, because));
  rule.Set<NetAppVolume::kOldNfs>(Value::Bool(false, because));
  rule.Set<NetAppVolume::kNfsName>(Value::Texts({"NFSv4.1"}, because));
  rule.Set<NetAppVolume::kWrites>(Value::Bool(true, because));
  rule.Set<NetAppVolume::kRoot>(Value::Bool(true, because));
  if (reader.Word(of, Name::StorageEncryption) == "customer_key") {
    context.sink.Report(message::CannotSay, reader.Because(of, Name::StorageEncryption).front(),
                        reader.SymbolOf(of), "a key of one's own",
                        "groma writes volumes with keys of the platform only");
  }
  return volume.id();
}

}  // namespace groma::lower::azure
