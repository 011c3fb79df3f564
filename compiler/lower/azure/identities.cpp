// SPDX-License-Identifier: Apache-2.0
#include "identities.h"

#include "groma/evaluate/plan_source.h"
#include "groma/resources/azure/kubernetes.h"
#include "groma/resources/azure/vaults.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Parameter;
using resources::Spans;
using resources::azure::Cluster;
using resources::azure::Identity;
using resources::azure::RoleAssignment;

namespace {

struct BuiltinRole {
  const char *name, *id;
};
constexpr BuiltinRole kRoles[] = {
#define GROMA_AZURE_ROLE(name, id) {name, id},
#include "roles.def"
#undef GROMA_AZURE_ROLE
};

auto IdOfRole(Context &context, llvm::StringRef name) -> std::string {
  for (const EntityId id : context.reader.All(Kind::BuiltinRole)) {
    if (context.reader.Text(id, Name::BuiltinRoleDisplay) == name.str()) {
      return context.reader.Text(id, Name::BuiltinRoleGuid).value_or("");
    }
  }
  for (const BuiltinRole &role : kRoles) {
    if (name == role.name) return role.id;
  }
  return {};
}

auto Words(llvm::StringRef text) -> std::string {
  std::string words;
  for (const char c : text) {
    if (llvm::isAlnum(c)) {
      words += llvm::toLower(c);
    } else if (!words.empty() && words.back() != '_') {
      words += '_';
    }
  }
  while (!words.empty() && words.back() == '_') words.pop_back();
  return words;
}

}  // namespace

auto AddGrant(Context &context, const Place &place, Grant grant) -> ResourceId {
  const std::string id = IdOfRole(context, grant.role);
  if (id.empty()) {
    context.sink.Report(message::UnknownRole, grant.because.front(), grant.role)
        .Help("write the name as the portal has it, or `import azure.roles` and add it there");
    return kNoResource;
  }
  std::string on = grant.on == kNoResource ? place.symbol : SymbolOf(context.graph[grant.on]);
  const std::string of = context.reader.SymbolOf(grant.of) + "_";
  if (llvm::StringRef(on).starts_with(of)) on = on.substr(of.size());
  auto made = context.Make<RoleAssignment>(grant.of, on + "_" + Words(grant.role), place,
                                           grant.concern);
  resources::Resource &resource = made.resource();
  resource.because = grant.because;
  resource.on = grant.on;
  const Value scope = grant.on == kNoResource ? Value::IdOf(place.group, grant.because)
                                              : Value::IdOf(grant.on, grant.because);
  resource.name = Value::Guid({scope, grant.key, Value::Text(id)}, grant.because);
  made.Set<RoleAssignment::kScope>(scope);
  made.Set<RoleAssignment::kRole>(
      Value::Joined({Value::Text("/subscriptions/"), Value::Subscription(),
                     Value::Text("/providers/Microsoft.Authorization/roleDefinitions/" + id)},
                    grant.because));
  made.Set<RoleAssignment::kRoleName>(Value::Text(grant.role, grant.because));
  made.Set<RoleAssignment::kPrincipal>(grant.principal);
  if (grant.is_group) {
    made.Is<RoleAssignment::kPrincipalType>("Group", grant.because);
  } else {
    made.Is<RoleAssignment::kPrincipalType>("ServicePrincipal", grant.because);
  }
  if (!grant.description.empty()) {
    made.Set<RoleAssignment::kDescription>(Value::Text(grant.description, grant.because));
  }
  resource.purpose = grant.role + " for " + grant.whom + ".";
  return made.id();
}

auto AddGrant(Context &context, const Place &place, EntityId of, llvm::StringRef role,
              ResourceId on, llvm::StringRef concern, ResourceId identity) -> ResourceId {
  Grant grant;
  grant.of = of;
  grant.role = role.str();
  grant.on = on;
  grant.concern = concern.str();
  grant.because = context.reader.Because(of);
  grant.whom = "the identity `" + context.graph[identity].symbol + "`";
  grant.principal = Value::Of(identity, Identity::kPrincipal.arm, grant.because);
  grant.key = Value::IdOf(identity, grant.because);
  return AddGrant(context, place, std::move(grant));
}

auto AddIdentity(Context &context, const Place &place, EntityId of, llvm::StringRef role)
    -> ResourceId {
  return context.Make<Identity>(of, role, place, "security").id();
}

auto GroupId(Context &context, const std::string &group, const Spans &because) -> ParameterId {
  const auto found = context.made.groups.find(group);
  if (found != context.made.groups.end()) return found->second;
  Parameter parameter;
  parameter.name = "group_" + Words(group) + "_id";
  for (const auto &[name, id] : context.made.groups) {
    if (context.graph[id].name == parameter.name) parameter.name += "_" + std::to_string(context.made.groups.size());
  }
  parameter.description = "The object id of the group `" + group + "` in the directory.";
  parameter.form = Parameter::Form::Guid;
  parameter.because = because;
  const ParameterId id = context.graph.Add(std::move(parameter));
  context.made.groups[group] = id;
  return id;
}

namespace {

// Roles of one service are granted on that service, or on a group of resources; others on anything.
auto Fits(llvm::StringRef role, const resources::Resource *on) -> bool {
  struct About {
    const char *word, *type;
  };
  constexpr About kAbout[] = {
      {"Kubernetes", "Microsoft.ContainerService/"}, {"Virtual Machine", "Microsoft.Compute/"},
      {"AzureML", "Microsoft.MachineLearningServices/"}, {"Azure AI", "Microsoft.CognitiveServices/"},
      {"Storage", "Microsoft.Storage/"}, {"Key Vault", "Microsoft.KeyVault/"}};
  if (on == nullptr) return true;
  const llvm::StringRef type =
      on->type == nullptr ? llvm::StringRef(on->raw_type) : llvm::StringRef(on->type->arm);
  for (const About &about : kAbout) {
    if (role.contains(about.word)) return type.starts_with(about.type);
  }
  return true;
}

// The role inside of clusters that watch over Kubernetes by roles of Azure.
auto InClusters(llvm::StringRef role) -> const char * {
  if (role == "view") return "Azure Kubernetes Service RBAC Reader";
  if (role == "edit") return "Azure Kubernetes Service RBAC Writer";
  if (role == "admin") return "Azure Kubernetes Service RBAC Admin";
  if (role == "cluster-admin") return "Azure Kubernetes Service RBAC Cluster Admin";
  return nullptr;
}

class Accesses {
 public:
  Accesses(Context &context, EntityId access)
      : context_(context), reader_(context.reader), access_(access) {
    role_ = reader_.Entity(access, Name::AccessRole);
    group_ = reader_.Text(access, Name::AccessGroup).value_or("");
    because_ = reader_.Because(access, Name::AccessOf);
  }

  void Lower() {
    if (reader_.Flag(access_, Name::AccessOnRequest)) {
      if (!AreAny()) return;
      const Spans at = reader_.Because(access_, Name::AccessOnRequest);
      context_.sink.Report(message::OnRequest, at.front(), reader_.SymbolOf(access_), group_)
          .Help("make the group eligible for the role in privileged identity management, or write a raw "
                "`resource` of type \"Microsoft.Authorization/roleEligibilityScheduleRequests\"");
      return;
    }
    for (const EntityId of : reader_.Entities(access_, Name::AccessOf)) {
      if (Place *place = context_.PlaceOf(of)) {
        GrantAll(*place, kNoResource);
        if (const auto at = context_.made.clusters.find(of); at != context_.made.clusters.end()) {
          GrantInside(*place, at->second);
        }
        continue;
      }
      const auto at = context_.made.of.find(of);
      if (at == context_.made.of.end()) continue;
      for (const ResourceId on : at->second) {
        for (Place &place : context_.places) {
          if (place.group != context_.graph[on].group) continue;
          GrantAll(place, on);
          GrantInside(place, on);
        }
      }
    }
  }

 private:
  auto AreAny() -> bool {
    for (const EntityId of : reader_.Entities(access_, Name::AccessOf)) {
      if (context_.PlaceOf(of) != nullptr || context_.made.of.contains(of)) return true;
    }
    return false;
  }

  void Give(Place &place, ResourceId on, const std::string &role) {
    if (!given_.insert({on, place.site, role}).second) return;
    Grant grant;
    grant.of = access_;
    grant.role = role;
    grant.on = on;
    grant.concern = on == kNoResource ? "governance" : context_.graph[on].concern;
    grant.because = because_ + reader_.Because(access_, Name::AccessRole);
    grant.principal = Value::Given(GroupId(context_, group_, reader_.Because(access_, Name::AccessGroup)),
                                   reader_.Because(access_, Name::AccessGroup));
    grant.key = grant.principal;
    grant.is_group = true;
    grant.whom = "the group `" + group_ + "`";
    if (const plan::Value until = reader_.Read(access_, Name::AccessUntil);
        const auto last = evaluate::LastDayOf(until)) {
      grant.description = "Until " + last->ToString() + ".";
      grant.because = grant.because + reader_.Because(access_, Name::AccessUntil);
    }
    AddGrant(context_, place, std::move(grant));
  }

  void GrantAll(Place &place, ResourceId on) {
    const resources::Resource *resource = on == kNoResource ? nullptr : &context_.graph[on];
    for (const std::string &role : reader_.Texts(role_, Name::RoleAzure)) {
      if (Fits(role, resource)) Give(place, on, role);
    }
  }

  // On clusters: whoever may do something inside must be let in first.
  void GrantInside(Place &place, ResourceId on) {
    if (context_.graph[on].type != &Cluster::kType) return;
    const char *role = InClusters(reader_.Text(role_, Name::RoleKubernetes).value_or(""));
    if (role == nullptr) return;
    Give(place, on, "Azure Kubernetes Service Cluster User Role");
    Give(place, on, role);
  }

  Context &context_;
  Reader &reader_;
  const EntityId access_;
  EntityId role_;
  std::string group_;
  Spans because_;
  std::set<std::tuple<ResourceId, EntityId, std::string>> given_;
};

}  // namespace

void LowerAccess(Context &context) {
  for (const EntityId access : context.reader.All(Kind::Access)) Accesses(context, access).Lower();
}

}  // namespace groma::lower::azure
