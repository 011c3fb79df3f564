// SPDX-License-Identifier: Apache-2.0
#include "subscriptions.h"

#include <algorithm>

#include "asked.h"
#include "groma/resources/azure/governance.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Parameter;
using resources::azure::ManagementGroup;
using resources::azure::Subscription;
using resources::azure::SubscriptionMember;

namespace {

constexpr int kDeepest = 6;  // levels of groups below the tenant

// `8-4-4-4-12` hexadecimal digits
auto IsId(llvm::StringRef text) -> bool {
  constexpr size_t kLength = 36;
  if (text.size() != kLength) return false;
  for (size_t i = 0; i < kLength; ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : !llvm::isHexDigit(text[i])) return false;
  }
  return true;
}

class Tenant {
 public:
  explicit Tenant(Context &context)
      : context_(context),
        reader_(context.reader),
        // A group is of all environments.
        namer_(context.graph.plan, "", context.sink) {}

  void Lower() {
    for (const EntityId one : reader_.All(Kind::Environment)) {
      if (reader_.SymbolOf(one) == context_.graph.environment) environment_ = one;
    }
    if (!IsSome(environment_)) return;
    tenant_.plan = context_.graph.plan;
    tenant_.environment = context_.graph.environment;
    tenant_.scope = resources::Scope::Tenant;
    tenant_.because = reader_.Because(environment_);
    which_ = reader_.Read(environment_, Name::EnvironmentSubscription);
    because_ = reader_.Because(environment_, Name::EnvironmentSubscription);
    word_ = reader_.Word(environment_, Name::EnvironmentSubscription);
    if (word_ == "given" && !CheckId()) return;
    ResourceId group = kNoResource;
    if (const EntityId of = reader_.Entity(environment_, Name::EnvironmentGroup); IsSome(of)) {
      group = GroupOf(of, 0);
    }
    if (word_ == "made") {
      AddSubscription(group);
    } else if (group != kNoResource) {
      AddMember(group);
    }
    if (!tenant_.resources.empty()) context_.graph.before.push_back(std::move(tenant_));
  }

 private:
  auto Part(const char *name) const -> std::optional<std::string> {
    const plan::Value part = reader_.Part(which_, name);
    if (part.tag != plan::ValueTag::String) return std::nullopt;
    return part.string().str();
  }

  auto CheckId() -> bool {
    const std::string id = Part("id").value_or("");
    if (!IsId(id)) {
      context_.sink.Report(message::NoSubscription, because_.front(), id)
          .Help("write the id that `az account show` prints, as in `00000000-0000-0000-0000-000000000000`");
      return false;
    }
    context_.graph.subscription = id;
    return true;
  }

  template <typename T>
  auto Make(EntityId of, std::string symbol) -> resources::Making<T> {
    Resource resource;
    resource.type = &T::kType;
    resource.because = reader_.Because(of);
    resource.symbol = std::move(symbol);
    return {tenant_, tenant_.Add(std::move(resource))};
  }

  // The environment with which a group is made: of those that lie in it, the first that the plan declares.
  auto MakerOf(EntityId group) -> EntityId {
    if (const EntityId by = reader_.Entity(group, Name::GroupMadeWith); IsSome(by)) return by;
    EntityId first{};
    for (const EntityId one : reader_.All(Kind::Environment)) {
      EntityId at = reader_.Entity(one, Name::EnvironmentGroup);
      for (int depth = 0; IsSome(at) && at != group && depth < kDeepest; ++depth) {
        at = reader_.Entity(at, Name::GroupWithin);
      }
      const bool is_before =
          !IsSome(first) || reader_.SpanOf(one).begin < reader_.SpanOf(first).begin;
      if (at == group && IsSome(at) && is_before) first = one;
    }
    return first;
  }

  auto GroupOf(EntityId of, int depth) -> ResourceId {
    if (depth == kDeepest) {
      context_.sink.Report(message::TooDeep, reader_.SpanOf(of), reader_.SymbolOf(of))
          .Help("Azure has six levels of groups below the tenant: let fewer of them lie in each other");
      return kNoResource;
    }
    ResourceId within = kNoResource;
    const EntityId around = reader_.Entity(of, Name::GroupWithin);
    const bool is_there = reader_.Flag(of, Name::GroupExists) || MakerOf(of) != environment_;
    if (IsSome(around) && !is_there) within = GroupOf(around, depth + 1);
    auto group = Make<ManagementGroup>(of, reader_.SymbolOf(of));
    const auto called = reader_.Text(of, Name::GroupCalled);
    group.resource().name =
        called ? Value::Text(*called, reader_.Because(of, Name::GroupCalled))
               : Value::Text(namer_.NameOf(ManagementGroup::kType, context_.NamedFor(of), "",
                                           reader_.SpanOf(of)),
                             reader_.Because(of));
    group.resource().is_there = is_there;
    if (is_there) return group.id();
    if (const std::string former = reader_.FormerOf(of); !former.empty()) {
      group.resource().former = former;
    }
    group.Set<ManagementGroup::kTitle>(Value::Text(TitleOf(of), reader_.Because(of)));
    if (within != kNoResource) {
      group.Set<ManagementGroup::kWithin>(
          Value::IdOf(within, reader_.Because(of, Name::GroupWithin)));
    }
    return group.id();
  }

  auto TitleOf(EntityId of) const -> std::string {
    const plan::Model &model = reader_.model();
    const std::string title = model.entity(of).title.str();
    return title.empty() ? reader_.SymbolOf(of) : title;
  }

  auto Asked(std::string name, std::string description) -> Value {
    Parameter parameter;
    parameter.name = std::move(name);
    parameter.description = std::move(description);
    parameter.because = because_;
    return Value::Given(tenant_.Add(std::move(parameter)), because_);
  }

  // Which one it is shows at the latest when it is deployed.
  void AddMember(ResourceId group) {
    const resources::Spans because = reader_.Because(environment_, Name::EnvironmentGroup);
    Value id = word_ == "given"
                   ? Value::Text(context_.graph.subscription, because_)
                   : Asked("subscription_id", "The id of the subscription of `" +
                                                  tenant_.environment + "`.");
    auto member = Make<SubscriptionMember>(environment_, reader_.SymbolOf(environment_));
    member.resource().parent = group;
    member.resource().because = because;
    member.resource().name = id;
    member.Set<SubscriptionMember::kSubscription>(
        Value::Joined({Value::Text("/subscriptions/"), std::move(id)}, because));
  }

  void AddSubscription(ResourceId group) {
    auto made = Make<Subscription>(environment_, reader_.SymbolOf(environment_));
    made.resource().because = because_;
    const std::string name = context_.namer.NameOf(Subscription::kType, "", "", because_.front());
    made.resource().name = Value::Text(name, because_);
    made.Set<Subscription::kAlias>(made.resource().name);
    made.Set<Subscription::kTitle>(Value::Text(Part("called").value_or(name), because_));
    const auto billing = Part("billing_scope");
    made.Set<Subscription::kBilling>(
        billing ? Value::Text(*billing, because_)
                : Asked("billing_scope", "The id of the part of the bill that pays for the subscription."));
    const plan::Value is_test = reader_.Part(which_, "dev_test");
    const bool is_for_tests = is_test.tag == plan::ValueTag::Bool && is_test.boolean;
    made.Is<Subscription::kWorkload>(is_for_tests ? resources::Word<Subscription::kWorkload>("DevTest")
                                                  : resources::Word<Subscription::kWorkload>("Production"),
                                     because_);
    if (group != kNoResource) {
      made.Set<Subscription::kGroup>(
          Value::IdOf(group, reader_.Because(environment_, Name::EnvironmentGroup)));
    }
    const Parameter &tags = context_.graph[context_.tags];
    made.Set<Subscription::kTags>(Value::Given(tenant_.Add(tags), tags.because));
    context_.graph.makes_subscription = true;
    resources::Output output;
    output.name = "subscription_id";
    output.description = "The id of the subscription, to which the rest is deployed.";
    output.value = Value::Of(made.id(), Subscription::kId.arm, because_);
    output.because = because_;
    tenant_.outputs.push_back(std::move(output));
  }

  Context &context_;
  Reader &reader_;
  Namer namer_;
  Graph tenant_;
  EntityId environment_{};
  plan::Value which_;
  std::string word_;
  Spans because_;
};

}  // namespace

void LowerSubscription(Context &context) { Tenant(context).Lower(); }

}  // namespace groma::lower::azure
