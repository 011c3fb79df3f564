// SPDX-License-Identifier: Apache-2.0
#include "raw.h"

#include "groma/resources/azure/all.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::lower::azure {

using plan::ValueTag;
using resources::kNoResource;
using resources::Parameter;
using resources::Spans;

namespace {

// The version of the interface that groma knows for a type; empty if it knows none.
auto ApiOf(llvm::StringRef type) -> std::string {
  for (const resources::Type *one : resources::azure::AllTypes()) {
    if (type.equals_insensitive(one->arm)) return one->api;
  }
  return {};
}

// `/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/N/subnets/M`
struct Parsed {
  std::string group, type, name;
  std::string path;  // names of what it lies in and its own: `N/M`
};
auto Parse(llvm::StringRef id) -> Parsed {
  llvm::SmallVector<llvm::StringRef> parts;
  id.split(parts, '/', -1, false);
  Parsed parsed;
  for (size_t i = 0; i + 1 < parts.size(); i += 2) {
    if (parts[i].equals_insensitive("resourceGroups")) {
      parsed.group = parts[i + 1].str();
      parsed.type = "Microsoft.Resources/resourceGroups";
    } else if (parts[i].equals_insensitive("providers")) {
      parsed.type = parts[i + 1].str();
      parsed.path.clear();
      continue;
    } else if (!parts[i].equals_insensitive("subscriptions")) {
      parsed.type += "/" + parts[i].str();
    } else {
      continue;
    }
    parsed.name = parts[i + 1].str();
    parsed.path += (parsed.path.empty() ? "" : "/") + parsed.name;
  }
  return parsed;
}

class Raws {
 public:
  explicit Raws(Context &context) : context_(context), reader_(context.reader) {}

  void Lower() {
    const std::vector<EntityId> all = reader_.All(Kind::RawResource);
    for (const EntityId id : all) Make(id, 0);
    // Bodies last: they may name any of them.
    for (const EntityId id : all) {
      if (const auto at = made_.find(id); at != made_.end() && at->second != kNoResource) {
        Fill(id, at->second);
      }
    }
  }

 private:
  auto Make(EntityId id, int depth) -> ResourceId {
    if (const auto at = made_.find(id); at != made_.end()) return at->second;
    made_[id] = kNoResource;
    Place *place = context_.PlaceOf(reader_.Entity(id, Name::RawSite));
    const std::string type = reader_.Text(id, Name::RawType).value_or("");
    // Somewhere else: another cloud writes it.
    if (place == nullptr && IsSome(reader_.Entity(id, Name::RawSite))) return kNoResource;
    if (!llvm::StringRef(type).contains('/')) return kNoResource;
    resources::Resource resource;
    resource.raw_type = type;
    resource.raw_api = reader_.Text(id, Name::RawApi).value_or(ApiOf(type));
    if (resource.raw_api.empty()) {
      context_.sink
          .Report(message::RawWithout, reader_.Because(id, Name::RawType).front(),
                  reader_.SymbolOf(id), "an `api_version`")
          .Help("look up the versions of `" + type + "` and add `api_version = \"2025-01-01\"`");
      return kNoResource;
    }
    constexpr int kDeepest = 8;
    const EntityId within = reader_.Entity(id, Name::RawWithin);
    if (IsSome(within) && depth < kDeepest) resource.parent = Make(within, depth + 1);
    if (IsSome(within) && resource.parent == kNoResource) return kNoResource;
    resource.because = reader_.Because(id);
    resource.symbol = reader_.SymbolOf(id) + "_resource";
    if (const std::string former = reader_.FormerOf(id); !former.empty()) {
      resource.former = former + "_resource";
    }
    Put(id, resource, place);
    const auto called = reader_.Text(id, Name::RawCalled);
    resource.name = called ? Value::Text(*called, reader_.Because(id, Name::RawCalled))
                           : Value::Text(NameOf(id, resource), resource.because);
    return made_[id] = context_.graph.Add(std::move(resource));
  }

  // In its parent's group, at its site, or in the subscription as such.
  void Put(EntityId id, resources::Resource &resource, const Place *place) {
    if (resource.parent != kNoResource) {
      const resources::Resource &parent = context_.graph[resource.parent];
      resource.group = parent.group;
      resource.concern = parent.concern;
      return;
    }
    if (place == nullptr) return;
    resource.group = place->group;
    resource.concern = "others";
    resource.location = Value::Given(place->location, reader_.Because(id, Name::RawSite));
    resource.tags = context_.TagsOf(id);
  }

  auto NameOf(EntityId id, const resources::Resource &resource) -> std::string {
    static constexpr resources::Type kAny{.title = "resource"};
    const std::string within = resource.parent == kNoResource
                                   ? ""
                                   : SymbolOf(context_.graph[resource.parent]);
    return context_.namer.NameOf(kAny, context_.NamedFor(id), resource.raw_type + within,
                                 reader_.SpanOf(id));
  }

  void Fill(EntityId id, ResourceId made) {
    const plan::Value body = reader_.Read(id, Name::RawBody);
    const Spans because = reader_.Because(id, Name::RawBody);
    if (body.tag != ValueTag::Map) return;
    resources::Resource &resource = context_.graph[made];
    for (const plan::MapEntry &entry : body.map()) {
      if (entry.key.tag != ValueTag::String) continue;
      const std::string key = entry.key.string().str();
      Value value = Converted(id, key, entry.value, because);
      if (value.is_null()) continue;
      if (key == "location") {
        resource.location = std::move(value);
      } else if (key == "tags") {
        resource.tags = std::move(value);
        resource.tags.tag = Value::Tag::Map;
      } else {
        resource.body.Add(key, std::move(value));
      }
    }
  }

  auto Refuse(EntityId id, const std::string &key, const char *why, const Spans &because) -> Value {
    context_.sink.Report(message::RawValue, because.front(), reader_.SymbolOf(id) + "." + key, why)
        .Help("write texts, whole numbers, true and false, lists and maps of those, or things of the plan that are in Azure");
    return {};
  }

  auto Converted(EntityId id, const std::string &key, const plan::Value &value, const Spans &because)
      -> Value {
    switch (value.tag) {
      case ValueTag::None: return {};
      case ValueTag::Bool: return Value::Bool(value.boolean, because);
      case ValueTag::String: return Value::Text(value.string(), because);
      case ValueTag::Date: return Value::Text(value.date.ToString(), because);
      case ValueTag::Cidr: return Value::Text(value.cidr.ToString(), because);
      case ValueTag::Number:
        if (value.dimension != base::DimensionId{}) return Refuse(id, key, "a quantity with a unit", because);
        if (!value.number.is_integer()) return Refuse(id, key, "a fraction", because);
        return Value::Int(value.number.Ceil(), because);
      case ValueTag::List: {
        Value list = Value::List({}, because);
        for (const plan::Value &one : value.elements()) {
          list.items.push_back(Converted(id, key, one, because));
        }
        return list;
      }
      case ValueTag::Map: {
        Value object = Value::Object(because);
        for (const plan::MapEntry &entry : value.map()) {
          if (entry.key.tag != ValueTag::String) continue;
          const std::string name = entry.key.string().str();
          object.Add(name, Converted(id, key + "." + name, entry.value, because));
        }
        return object;
      }
      case ValueTag::Entity: return IdOf(id, key, value.entity, because);
      default: return Refuse(id, key, "a value of another sort", because);
    }
  }

  auto IdOf(EntityId id, const std::string &key, EntityId other, const Spans &because) -> Value {
    if (const auto at = made_.find(other); at != made_.end() && at->second != kNoResource) {
      return Value::IdOf(at->second, because);
    }
    if (const auto at = context_.made.of.find(other); at != context_.made.of.end()) {
      return Value::IdOf(at->second.front(), because);
    }
    if (const Place *place = context_.PlaceOf(other)) return Value::IdOf(place->group, because);
    if (reader_.Is(other, Kind::Existing)) return ExistingId(id, key, other, because);
    return Refuse(id, key, "a thing that is nothing in Azure", because);
  }

  // What is there already is looked up, or a parameter where nothing says how: another environment has another one.
  auto ExistingId(EntityId id, const std::string &key, EntityId existing, const Spans &because)
      -> Value {
    const auto text = reader_.Text(existing, Name::ExistingId);
    if (!text) return Refuse(id, key, "a thing without an `id`", because);
    const ResourceId found = Found(existing, *text);
    if (found != kNoResource) return Value::IdOf(found, because);
    const auto [at, is_new] = existing_.try_emplace(existing);
    if (is_new) {
      const Spans stated = reader_.Because(existing, Name::ExistingId);
      Parameter parameter;
      parameter.name = reader_.SymbolOf(existing) + "_id";
      parameter.description = "The id of `" + reader_.SymbolOf(existing) + "`, which is there already.";
      parameter.value = Value::Text(*text, stated);
      parameter.because = stated;
      at->second = context_.graph.Add(std::move(parameter));
    }
    return Value::Given(at->second, because);
  }

  auto Found(EntityId existing, const std::string &id) -> ResourceId {
    const auto [at, is_new] = found_.try_emplace(existing, kNoResource);
    if (!is_new) return at->second;
    const Parsed parsed = Parse(id);
    const std::string type = reader_.Text(existing, Name::ExistingType).value_or(parsed.type);
    const std::string api = reader_.Text(existing, Name::ExistingApi).value_or(ApiOf(type));
    const bool is_of_type = llvm::StringRef(type).equals_insensitive(parsed.type);
    // What extends something else has no name of its own there.
    const std::string lower = llvm::StringRef(id).lower();
    const bool is_extension = lower.find("/providers/") != lower.rfind("/providers/");
    if (api.empty() || parsed.path.empty() || !is_of_type || is_extension) return kNoResource;
    return at->second = Look(existing, id, type, api, reader_.SymbolOf(existing) + "_existing");
  }

  // With all in which it lies: `.../virtualNetworks/N/subnets/M`.
  auto Look(EntityId existing, llvm::StringRef id, llvm::StringRef type, const std::string &api,
            const std::string &symbol) -> ResourceId {
    resources::Resource resource;
    const auto [around, name] = id.rtrim('/').rsplit('/');
    const auto [outer, unused] = around.rsplit('/');
    const llvm::StringRef outer_type = type.rsplit('/').first;
    if (outer_type.contains('/')) {
      const std::string known = ApiOf(outer_type);
      resource.parent = Look(existing, outer, outer_type, known.empty() ? api : known, symbol + "_in");
    }
    resource.raw_type = type.str();
    resource.raw_api = api;
    resource.symbol = symbol;
    resource.because = reader_.Because(existing, Name::ExistingId);
    resource.name = Value::Text(name, resource.because);
    resource.known_id = id.str();
    resource.is_there = true;
    return context_.graph.Add(std::move(resource));
  }

  Context &context_;
  Reader &reader_;
  std::map<EntityId, ResourceId> made_, found_;
  std::map<EntityId, ParameterId> existing_;
};

}  // namespace

void LowerRaw(Context &context) { Raws(context).Lower(); }

void LowerExisting(Context &context) {
  Reader &reader = context.reader;
  for (const EntityId existing : reader.All(Kind::Existing)) {
    const auto id = reader.Text(existing, Name::ExistingId);
    if (!id) continue;
    const Parsed parsed = Parse(*id);
    for (resources::Resource &resource : context.graph.resources) {
      const llvm::StringRef type =
          resource.type == nullptr ? llvm::StringRef(resource.raw_type) : resource.type->arm;
      if (!type.equals_insensitive(parsed.type) || resource.name.tag != Value::Tag::Text) continue;
      if (!llvm::StringRef(resource.name.text).equals_insensitive(parsed.name)) continue;
      const bool is_in_group =
          resource.group == kNoResource || resource.type == &resources::azure::ResourceGroup::kType ||
          llvm::StringRef(context.graph[resource.group].name.text).equals_insensitive(parsed.group);
      if (!is_in_group) continue;
      resource.imported = *id;
      resource.because = resource.because + reader.Because(existing, Name::ExistingId);
    }
  }
}

void NoteUnwritten(Context &context) {
  Reader &reader = context.reader;
  const auto tell = [&](EntityId id) {
    const plan::Model &model = reader.model();
    const std::string kind = model.text(model.kinds[Index(model.entity(id).kind)].name).str();
    context.sink
        .Report(message::NotWritten, reader.SpanOf(id), "`" + reader.SymbolOf(id) + "`, a `" + kind + "`")
        .Help("until then write what it needs as a `resource { type = \"Microsoft...\", site = ..., body = { ... } }`");
  };
  constexpr Kind kWritten[] = {Kind::KeyVault, Kind::Bastion,  Kind::Firewall, Kind::NatGateway,
                               Kind::PrivateDns};
  const auto is_any = [&](EntityId id, llvm::ArrayRef<Kind> kinds) {
    return std::any_of(kinds.begin(), kinds.end(), [&](Kind kind) { return reader.Is(id, kind); });
  };
  const auto is_here = [&](EntityId id) { return context.PlaceOf(context.SiteOf(id)) != nullptr; };
  for (const EntityId id : reader.All(Kind::Service)) {
    if (is_any(id, kWritten) || reader.Is(id, Kind::SelfHosted)) continue;
    bool stands = is_here(id);
    for (const EntityId site : reader.Entities(id, Name::ServiceSites)) {
      stands |= context.PlaceOf(site) != nullptr;
    }
    if (stands) tell(id);
  }
  constexpr Kind kStores[] = {Kind::AzureBlob, Kind::AzureFiles, Kind::ManagedLustre,
                              Kind::NetAppFiles};
  for (const EntityId id : reader.All(Kind::Storage)) {
    if (is_here(id) && !is_any(id, kStores)) tell(id);
  }
  for (const EntityId id : reader.All(Kind::RentedPool)) {
    const std::string word = reader.Word(id, Name::PoolRunsOn);
    if (is_here(id) && (word == "azure_ml" || word == "eks" || word == "gke")) tell(id);
  }
}

}  // namespace groma::lower::azure
