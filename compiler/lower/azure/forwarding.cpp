// SPDX-License-Identifier: Apache-2.0
#include "forwarding.h"

#include <algorithm>

#include "groma/resources/azure/dns.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Making;
using resources::Spans;
using resources::azure::ForwardingRule;
using resources::azure::Ruleset;
using resources::azure::RulesetLink;

namespace {

constexpr size_t kMostServers = 6;
constexpr int64_t kDnsPort = 53;

// Letters, digits and hyphens between dots.
auto IsDomain(llvm::StringRef name) -> bool {
  name.consume_back(".");
  if (name.empty()) return false;
  while (!name.empty()) {
    const auto [label, rest] = name.split('.');
    constexpr size_t kMost = 63;
    const bool is_good = !label.empty() && label.size() <= kMost && label.front() != '-' &&
                         label.back() != '-' && llvm::all_of(label, [](char c) {
                           return llvm::isAlnum(c) || c == '-' || c == '_';
                         });
    if (!is_good) return false;
    name = rest;
  }
  return true;
}

class Rules {
 public:
  Rules(Context &context, EntityId of, ResourceId ruleset)
      : context_(context),
        of_(of),
        ruleset_(ruleset),
        because_(context.reader.Because(of, Name::PrivateDnsForward)) {}

  void Add(const std::string &domain, const plan::Value &servers) {
    if (!IsDomain(domain)) {
      return Refuse("the domain `" + domain + "`", "that is no name of a domain",
                    "write it as in `corp.example.com`");
    }
    std::vector<std::string> addresses;
    for (const plan::Value &one : servers.elements()) {
      if (one.tag != plan::ValueTag::String) continue;
      const std::string text = one.string().str();
      if (!base::Cidr::Parse(text + "/32").cidr) {
        return Refuse("questions about `" + domain + "` at `" + text + "`", "that is no IPv4 address",
                      "write addresses of name servers, as in `10.40.0.10`");
      }
      addresses.push_back(text);
    }
    if (addresses.empty() || addresses.size() > kMostServers) {
      return Refuse("questions about `" + domain + "`", "Azure forwards them to one name server at least and to six at most",
                    "say from one to six addresses");
    }
    Write(domain, addresses);
  }

 private:
  void Write(const std::string &domain, const std::vector<std::string> &addresses) {
    std::string words = llvm::StringRef(domain).rtrim('.').lower();
    std::replace_if(words.begin(), words.end(), [](char c) { return !llvm::isAlnum(c); }, '_');
    auto rule = context_.MakeIn<ForwardingRule>(ruleset_, of_, words);
    rule.resource().because = because_;
    // A name begins with a letter.
    std::replace(words.begin(), words.end(), '_', '-');
    rule.resource().name = Value::Text(llvm::isAlpha(words.front()) ? words : "to-" + words, because_);
    rule.Set<ForwardingRule::kDomain>(
        Value::Text(llvm::StringRef(domain).ends_with(".") ? domain : domain + ".", because_));
    rule.Is<ForwardingRule::kState>("Enabled", because_);
    for (size_t i = 0; i < addresses.size(); ++i) {
      auto server = rule.In({i});
      server.Set<ForwardingRule::kServer>(Value::Text(addresses[i], because_));
      server.Set<ForwardingRule::kPort>(Value::Int(kDnsPort, because_));
    }
  }

  void Refuse(const std::string &what, const char *why, const char *help) {
    context_.sink
        .Report(message::CannotSay, because_.front(), context_.reader.SymbolOf(of_), what, why)
        .Help(help);
  }

  Context &context_;
  const EntityId of_;
  const ResourceId ruleset_;
  const Spans because_;
};

}  // namespace

void AddForwarding(Context &context, EntityId of, const Place &place, const std::string &role,
                   ResourceId outbound) {
  const plan::Value forward = context.reader.Read(of, Name::PrivateDnsForward);
  if (forward.tag != plan::ValueTag::Map || forward.map().empty()) return;
  const Spans because = context.reader.Because(of, Name::PrivateDnsForward);
  auto ruleset = context.Make<Ruleset>(of, role, place, "dns");
  ruleset.resource().because = because;
  ruleset.In({0}).Set<Ruleset::kOut>(Value::IdOf(outbound, because));
  Rules rules(context, of, ruleset.id());
  for (const plan::MapEntry &entry : forward.map()) {
    if (entry.key.tag != plan::ValueTag::String || entry.value.tag != plan::ValueTag::List) continue;
    rules.Add(entry.key.string().str(), entry.value);
  }
  std::vector<ResourceId> networks;
  for (const auto &[network, range] : context.range_of) {
    if (context.graph[network].group == place.group) networks.push_back(network);
  }
  for (const ResourceId network : networks) {
    auto link = context.MakeIn<RulesetLink>(ruleset.id(), of, context.graph[network].symbol);
    link.resource().because = because;
    link.Set<RulesetLink::kNetwork>(Value::IdOf(network, because));
  }
}

}  // namespace groma::lower::azure
