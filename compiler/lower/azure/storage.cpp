// SPDX-License-Identifier: Apache-2.0
#include "storage.h"

#include <algorithm>

#include "endpoints.h"
#include "file_systems.h"
#include "groma/resources/azure/vaults.h"
#include "groma/resources/azure/storage.h"
#include "messages.h"
#include "vaults.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Making;
using resources::Parameter;
using resources::Spans;
using resources::azure::BlobService;
using resources::azure::Container;
using resources::azure::FileService;
using resources::azure::Key;
using resources::azure::Share;
using resources::azure::StorageAccount;
using resources::azure::Vault;

namespace {

constexpr int64_t kMostDays = 365;  // that deleted blobs are kept

class Account {
 public:
  Account(Context &context, Place &place, EntityId of)
      : context_(context),
        reader_(context.reader),
        place_(place),
        of_(of),
        because_(context.reader.Because(of)),
        made_(context.Make<StorageAccount>(of, "", place, "storage")) {}

  void Blobs() {
    made_.Is<StorageAccount::kKind>("StorageV2", because_);
    SetSku(false);
    SetTier();
    if (reader_.Flag(of_, Name::AzureBlobFolders)) {
      made_.Set<StorageAccount::kFolders>(
          Value::Bool(true, reader_.Because(of_, Name::AzureBlobFolders)));
    }
    SetAccess();
    SetKey();
    SetImmutable();
    AddService();
    if (!reader_.Flag(of_, Name::StoragePrivate)) return;
    const Spans because = reader_.Because(of_, Name::StoragePrivate);
    AddEndpoint(context_, place_, made_.id(), "blob", because);
    // Folders are reached at an address of their own.
    if (reader_.Flag(of_, Name::AzureBlobFolders)) {
      AddEndpoint(context_, place_, made_.id(), "dfs", because);
    }
  }

  void Files() {
    const bool is_premium = reader_.Flag(of_, Name::AzureFilesPremium);
    const Spans because = reader_.Because(of_, Name::AzureFilesPremium);
    if (is_premium) {
      made_.Is<StorageAccount::kKind>("FileStorage", because);
    } else {
      made_.Is<StorageAccount::kKind>("StorageV2", because);
    }
    SetSku(is_premium);
    SetAccess();
    SetKey();
    AddShares();
    if (reader_.Flag(of_, Name::StoragePrivate)) {
      AddEndpoint(context_, place_, made_.id(), "file", reader_.Because(of_, Name::StoragePrivate));
    }
  }

 private:
  void SetSku(bool is_premium) {
    const Spans because = reader_.Because(of_, Name::StorageRedundancy);
    const std::string word = reader_.Word(of_, Name::StorageRedundancy);
    const bool is_zonal = reader_.Count(place_.site, Name::SiteZones).value_or(0) > 1;
    if (is_premium) {
      // Premium ones have no second region.
      if (word == "region") Tell("a second region", "premium files stay in one", Name::StorageRedundancy);
      if (word == "zone" || (word == "region" && is_zonal)) {
        made_.Is<StorageAccount::kSku>("Premium_ZRS", because);
      } else {
        made_.Is<StorageAccount::kSku>("Premium_LRS", because);
      }
    } else if (word == "zone") {
      made_.Is<StorageAccount::kSku>("Standard_ZRS", because);
    } else if (word == "region" && is_zonal) {
      made_.Is<StorageAccount::kSku>("Standard_GZRS", because);
    } else if (word == "region") {
      made_.Is<StorageAccount::kSku>("Standard_GRS", because);
    } else {
      made_.Is<StorageAccount::kSku>("Standard_LRS", because);
    }
  }

  void Tell(const char *what, const char *why, Name field) {
    context_.sink.Report(message::CannotSay, reader_.Because(of_, field).front(),
                         reader_.SymbolOf(of_), what, why);
  }

  void SetTier() {
    const Spans because = reader_.Because(of_, Name::AzureBlobTier);
    const std::string tier = reader_.Word(of_, Name::AzureBlobTier);
    if (tier == "hot") {
      made_.Is<StorageAccount::kTier>("Hot", because);
    } else if (tier == "cool") {
      made_.Is<StorageAccount::kTier>("Cool", because);
    } else {
      made_.Is<StorageAccount::kTier>("Cold", because);
    }
    if (tier == "archive") {
      Tell("the tier `archive`", "an account starts in a warmer one: it is `cold`, and each blob can be archived",
           Name::AzureBlobTier);
    }
  }

  void SetAccess() {
    made_.Is<StorageAccount::kTls>("TLS1_2", because_);
    made_.Set<StorageAccount::kHttpsOnly>(Value::Bool(true, because_));
    made_.Set<StorageAccount::kPublicBlobs>(Value::Bool(false, because_));
    made_.Set<StorageAccount::kSharedKeys>(Value::Bool(false, because_));
    made_.Set<StorageAccount::kOtherTenants>(Value::Bool(false, because_));
    const Spans because = reader_.Because(of_, Name::StoragePrivate);
    if (!reader_.Flag(of_, Name::StoragePrivate)) {
      made_.Is<StorageAccount::kPublic>("Enabled", because);
      return;
    }
    made_.Is<StorageAccount::kPublic>("Disabled", because);
    made_.Is<StorageAccount::kDefault>("Deny", because);
    made_.Is<StorageAccount::kBypass>("AzureServices", because);
  }

  void SetKey() {
    if (reader_.Word(of_, Name::StorageEncryption) != "customer_key") return;
    const Spans because = reader_.Because(of_, Name::StorageEncryption);
    const HeldKey held = AddKey(context_, place_, of_, "storage");
    made_.Is<StorageAccount::kIdentity>("UserAssigned", because);
    made_.Set<StorageAccount::kIdentities>(
        Value::Keys({Value::IdOf(held.identity, because)}, because));
    made_.Is<StorageAccount::kKeySource>("Microsoft.Keyvault", because);
    made_.Set<StorageAccount::kKeyIdentity>(Value::IdOf(held.identity, because));
    made_.Set<StorageAccount::kKeyName>(Value::NameOf(held.key, because));
    made_.Set<StorageAccount::kKeyVault>(Value::Of(held.vault, Vault::kUri.arm, because));
    made_.Set<StorageAccount::kKey>(Value::Of(held.key, Key::kUri.arm, because));
    if (held.grant != kNoResource) made_.resource().after.push_back(held.grant);
  }

  // Without folders, every version of every blob is kept; with folders, Azure cannot.
  void SetImmutable() {
    const auto days = reader_.Amount(of_, Name::StorageImmutable, "day");
    if (!days) return;
    const Spans because = reader_.Because(of_, Name::StorageImmutable);
    if (reader_.Flag(of_, Name::AzureBlobFolders)) {
      Tell("`immutable` for the whole account", "it has folders: set a policy on each container",
           Name::StorageImmutable);
      return;
    }
    Parameter state;
    state.name = made_.resource().symbol + "_immutable_state";
    state.description = "`Locked` cannot be undone by anybody: try it out `Unlocked` first.";
    state.allowed = {"Unlocked", "Locked"};
    state.value = Value::Text("Unlocked", because);
    state.because = because;
    made_.Set<StorageAccount::kImmutable>(Value::Bool(true, because));
    made_.Set<StorageAccount::kImmutableDays>(Value::Int(*days, because));
    made_.Set<StorageAccount::kImmutableState>(
        Value::Given(context_.graph.Add(std::move(state)), because));
    made_.Set<StorageAccount::kAppends>(Value::Bool(false, because));
  }

  void AddService() {
    const auto days = reader_.Amount(of_, Name::StorageSoftDelete, "day");
    const std::vector<std::string> containers = reader_.Texts(of_, Name::AzureBlobContainers);
    const bool is_immutable = made_.resource().body.Find("properties")->Find(
                                  "immutableStorageWithVersioning") != nullptr;
    if (!days && containers.empty() && !is_immutable) return;
    auto service = context_.MakeIn<BlobService>(made_.id(), of_, "");
    service.resource().name = Value::Text("default", because_);
    if (is_immutable) {
      service.Set<BlobService::kVersions>(
          Value::Bool(true, reader_.Because(of_, Name::StorageImmutable)));
    }
    if (days) {
      const Spans because = reader_.Because(of_, Name::StorageSoftDelete);
      if (*days > kMostDays) Tell("more than a year to bring back what was deleted", "Azure keeps it for 365 days at most", Name::StorageSoftDelete);
      const Value kept = Value::Int(std::min(*days, kMostDays), because);
      service.Set<BlobService::kKeeps>(Value::Bool(true, because));
      service.Set<BlobService::kKept>(kept);
      service.Set<BlobService::kKeepsContainers>(Value::Bool(true, because));
      service.Set<BlobService::kContainersKept>(kept);
    }
    for (const std::string &name : containers) AddContainer(service.id(), name);
  }

  // Deleted shares are kept as deleted blobs are.
  void AddShares() {
    const std::vector<std::string> names = reader_.Texts(of_, Name::AzureFilesShares);
    const auto days = reader_.Amount(of_, Name::StorageSoftDelete, "day");
    if (names.empty()) {
      made_.resource().purpose = "Shares are made by what uses them, such as the driver of a cluster.";
    }
    if (reader_.Flag(of_, Name::AzureFilesNfs)) {
      // NFS knows no TLS; the network keeps it apart.
      made_.Set<StorageAccount::kHttpsOnly>(
          Value::Bool(false, reader_.Because(of_, Name::AzureFilesNfs)));
    }
    if (names.empty() && !days) return;
    auto service = context_.MakeIn<FileService>(made_.id(), of_, "");
    service.resource().name = Value::Text("default", because_);
    if (days) {
      const Spans because = reader_.Because(of_, Name::StorageSoftDelete);
      if (*days > kMostDays) Tell("more than a year to bring back what was deleted", "Azure keeps it for 365 days at most", Name::StorageSoftDelete);
      service.Set<FileService::kKeeps>(Value::Bool(true, because));
      service.Set<FileService::kKept>(Value::Int(std::min(*days, kMostDays), because));
    }
    for (const std::string &name : names) AddShare(service.id(), name, names.size());
  }

  void AddShare(ResourceId service, const std::string &name, size_t count) {
    constexpr int64_t kLeastOfFlash = 100, kMostGib = 102400;
    const Spans because = reader_.Because(of_, Name::AzureFilesShares);
    if (!IsNameOfContainer(name)) return TellName("share", name, because);
    const auto all = reader_.Amount(of_, Name::StorageCapacity, "GiB").value_or(1);
    const auto shares = static_cast<int64_t>(count);
    const int64_t least = reader_.Flag(of_, Name::AzureFilesPremium) ? kLeastOfFlash : 1;
    const int64_t gib = std::max(least, (all + shares - 1) / shares);
    if (gib > kMostGib) {
      context_.sink
          .Report(message::CannotSay, because.front(), reader_.SymbolOf(of_),
                  "a share of " + std::to_string(gib) + " GiB", "Azure has none with more than 100 TiB")
          .Help("say more shares, or more storages");
      return;
    }
    auto share = context_.MakeIn<Share>(service, of_, WordsOf(name));
    share.resource().name = Value::Text(name, because);
    share.Set<Share::kGib>(Value::Int(gib, because + reader_.Because(of_, Name::StorageCapacity)));
    const bool is_nfs = reader_.Flag(of_, Name::AzureFilesNfs);
    share.Is<Share::kProtocol>(is_nfs ? resources::Word<Share::kProtocol>("NFS")
                                      : resources::Word<Share::kProtocol>("SMB"),
                               is_nfs ? reader_.Because(of_, Name::AzureFilesNfs) : because);
  }

  static auto WordsOf(std::string name) -> std::string {
    std::replace_if(name.begin(), name.end(), [](char c) { return c == '-' || c == '$'; }, '_');
    return name;
  }

  void TellName(const char *what, const std::string &name, const Spans &because) {
    context_.sink
        .Report(message::CannotSay, because.front(), reader_.SymbolOf(of_),
                std::string("the ") + what + " `" + name + "`", "Azure takes no such name")
        .Help("use 3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends");
  }

  void AddContainer(ResourceId service, const std::string &name) {
    const Spans because = reader_.Because(of_, Name::AzureBlobContainers);
    if (!IsNameOfContainer(name)) return TellName("container", name, because);
    auto container = context_.MakeIn<Container>(service, of_, WordsOf(name));
    container.resource().name = Value::Text(name, because);
    container.Is<Container::kAccess>("None", because);
  }

  static auto IsNameOfContainer(llvm::StringRef name) -> bool {
    constexpr size_t kLeast = 3, kMost = 63;
    if (name.size() < kLeast || name.size() > kMost || name.contains("--")) return false;
    if (name.front() == '-' || name.back() == '-') return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
  }

 public:
  auto id() const -> ResourceId { return made_.id(); }

 private:
  Context &context_;
  Reader &reader_;
  Place &place_;
  const EntityId of_;
  const Spans because_;
  Making<StorageAccount> made_;
};

}  // namespace

void LowerStorage(Context &context) {
  Reader &reader = context.reader;
  const auto each = [&](Kind kind, auto lower) {
    for (const EntityId id : reader.All(kind)) {
      Place *place = context.PlaceOf(reader.Entity(id, Name::StorageSite));
      if (place == nullptr) continue;
      const ResourceId made = lower(*place, id);
      if (made != kNoResource) context.made.of[id].push_back(made);
    }
  };
  each(Kind::AzureBlob, [&](Place &place, EntityId id) {
    Account account(context, place, id);
    account.Blobs();
    return account.id();
  });
  each(Kind::AzureFiles, [&](Place &place, EntityId id) {
    Account account(context, place, id);
    account.Files();
    return account.id();
  });
  each(Kind::ManagedLustre, [&](Place &place, EntityId id) { return AddLustre(context, place, id); });
  each(Kind::NetAppFiles, [&](Place &place, EntityId id) { return AddNetApp(context, place, id); });
}

}  // namespace groma::lower::azure
