// SPDX-License-Identifier: Apache-2.0
#include "vaults.h"

#include "endpoints.h"
#include "groma/resources/azure/vaults.h"
#include "identities.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Making;
using resources::Spans;
using resources::azure::Key;
using resources::azure::Vault;

namespace {

constexpr int64_t kDaysKept = 90;

struct Wished {
  int64_t days = kDaysKept;
  Spans days_because;
  bool is_hardware = false, is_purge_protected = true, is_private = true;
};

auto AddVault(Context &context, Place &place, EntityId of, llvm::StringRef role,
              const Wished &wished) -> ResourceId {
  Reader &reader = context.reader;
  const Spans because = reader.Because(of);
  auto vault = context.Make<Vault>(of, role, place, "security");
  vault.Set<Vault::kTenant>(Value::Tenant(because));
  vault.Is<Vault::kFamily>("A", because);
  if (wished.is_hardware) {
    vault.Is<Vault::kSku>("premium", reader.Because(of, Name::KeyVaultHardware));
  } else {
    vault.Is<Vault::kSku>("standard", because);
  }
  vault.Set<Vault::kRoles>(Value::Bool(true, because));
  vault.Set<Vault::kKept>(Value::Int(wished.days, wished.days_because));
  // ARM takes no `false` here: once on, it stays on.
  if (wished.is_purge_protected) {
    vault.Set<Vault::kPurgeProtection>(Value::Bool(true, because));
  }
  const Spans because_private =
      reader.Is(of, Kind::KeyVault) ? reader.Because(of, Name::ServicePrivate) : because;
  vault.Is<Vault::kBypass>("AzureServices", because_private);
  if (wished.is_private) {
    vault.Is<Vault::kPublic>("Disabled", because_private);
    vault.Is<Vault::kDefault>("Deny", because_private);
  } else {
    vault.Is<Vault::kPublic>("Enabled", because_private);
    vault.Is<Vault::kDefault>("Allow", because_private);
  }
  const ResourceId id = vault.id();
  if (wished.is_private) AddEndpoint(context, place, id, "vault", because_private);
  return id;
}

}  // namespace

void LowerVaults(Context &context) {
  Reader &reader = context.reader;
  for (const EntityId id : reader.All(Kind::KeyVault)) {
    const std::vector<EntityId> sites = reader.Entities(id, Name::ServiceSites);
    Wished wished;
    wished.days = reader.Amount(id, Name::KeyVaultSoftDelete, "day").value_or(kDaysKept);
    wished.days_because = reader.Because(id, Name::KeyVaultSoftDelete);
    wished.is_hardware = reader.Flag(id, Name::KeyVaultHardware);
    wished.is_purge_protected = reader.Flag(id, Name::KeyVaultPurge);
    wished.is_private = reader.Flag(id, Name::ServicePrivate);
    for (const EntityId site : sites) {
      Place *place = context.PlaceOf(site);
      if (place == nullptr) continue;
      const std::string role = sites.size() > 1 ? place->symbol : "";
      const ResourceId vault = AddVault(context, *place, id, role, wished);
      context.made.of[id].push_back(vault);
      // Only keys that nobody can delete for good may protect data at rest.
      if (wished.is_purge_protected) {
        context.made.vaults.try_emplace(site, vault);
        context.made.vault_entities.try_emplace(vault, id);
      }
    }
  }
}

auto AddKey(Context &context, Place &place, EntityId of, llvm::StringRef concern) -> HeldKey {
  Reader &reader = context.reader;
  const Spans because = reader.Because(of);
  HeldKey held;
  ResourceId &vault = context.made.vaults.try_emplace(place.site, kNoResource).first->second;
  if (vault == kNoResource) {
    Wished wished;
    wished.days_because = because;
    vault = AddVault(context, place, place.site, "keys", wished);
    context.graph[vault].purpose = "For keys of data at rest, since the plan has no vault here.";
  }
  held.vault = vault;
  auto key = context.MakeIn<Key>(vault, of, "");
  key.resource().purpose =
      "Whoever deploys with Terraform needs the role Key Vault Crypto Officer and a way into the network.";
  const auto entity = context.made.vault_entities.find(vault);
  const bool is_plans = entity != context.made.vault_entities.end();
  if (is_plans && reader.Flag(entity->second, Name::KeyVaultHardware)) {
    key.Is<Key::kSort>("RSA-HSM", because);
  } else {
    key.Is<Key::kSort>("RSA", because);
  }
  constexpr int64_t kBits = 3072;
  key.Set<Key::kSize>(Value::Int(kBits, because));
  key.Set<Key::kUses>(Value::Texts({"wrapKey", "unwrapKey"}, because));
  if (is_plans) {
    if (const auto days = reader.Amount(entity->second, Name::KeyVaultRotate, "day")) {
      const Spans rotates = reader.Because(entity->second, Name::KeyVaultRotate);
      key.In({0}).Is<Key::kRotation>("rotate", rotates);
      key.In({0}).Set<Key::kRotatedAfter>(
          Value::Text("P" + std::to_string(*days) + "D", rotates));
    }
  }
  held.key = key.id();
  held.identity = AddIdentity(context, place, of, "");
  held.grant = AddGrant(context, place, of, "Key Vault Crypto Service Encryption User", vault,
                        concern, held.identity);
  return held;
}

}  // namespace groma::lower::azure
