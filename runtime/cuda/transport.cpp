// SPDX-License-Identifier: Apache-2.0
#include "cuda/transport.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace groma::runtime::cuda {
namespace {

// Behind "host:pid:tid [0] NCCL INFO ".
auto MessageOf(const std::string &line) -> std::string {
  constexpr const char *kMark = " NCCL INFO ";
  const size_t at = line.find(kMark);
  return at == std::string::npos ? "" : line.substr(at + std::string(kMark).size());
}

struct Adapter {
  std::string name;  // "mlx5_0"
  std::string link;  // "IB", "RoCE"
};

struct Reading {
  std::map<int, Adapter> adapters;
  std::map<int, std::string> interfaces;  // of sockets: "eth0"
  std::set<int> used;
  std::set<std::string> networks;  // "IB", "Socket", "Plugin"
  std::set<std::string> peers;
  bool gdr = true;
  bool nvls = false;
  bool is_complete = false;
  int ranks = 0;
  int channels = 0;
  std::string unknown;
};

// "NET/IB : Using [0]mlx5_0:1/IB [1]mlx5_1:1/RoCE [RO]; OOB eth0:10.0.0.1<0>"
void ReadAdapters(const std::string &message, Reading &reading) {
  static const std::regex kAdapter(R"(\[(\d+)\]([^\s:]+):\d+/(\w+))");
  const std::string list = message.substr(0, message.find(';'));
  for (std::sregex_iterator it(list.begin(), list.end(), kAdapter), end; it != end; ++it)
    reading.adapters[std::atoi((*it)[1].str().c_str())] = {(*it)[2], (*it)[3]};
}

// "NET/Socket : Using [0]eth0:10.0.0.1<0> [1]eth1:10.0.1.1<0>"
void ReadInterfaces(const std::string &message, Reading &reading) {
  static const std::regex kInterface(R"(\[(\d+)\]([^\s:]+):)");
  for (std::sregex_iterator it(message.begin(), message.end(), kInterface), end; it != end; ++it)
    reading.interfaces[std::atoi((*it)[1].str().c_str())] = (*it)[2];
}

// What stands behind " via ".
void ReadWay(const std::string &way, Reading &reading) {
  static const std::regex kNet(R"(NET/([^/]+)/(\d+)(?:\(\d+\))?((?:/\w+)*)\s*)");
  static const std::regex kPeer(R"((P2P)/(CUMEM|IPC|MNNVL|indirect|direct pointer)(?:/.*)?)");
  std::smatch parts;
  if (std::regex_match(way, parts, kNet)) {
    reading.networks.insert(parts[1]);
    reading.used.insert(std::atoi(parts[2].str().c_str()));
    if (parts[3].str().find("/GDRDMA") == std::string::npos) reading.gdr = false;
  } else if (std::regex_match(way, parts, kPeer)) {
    reading.peers.insert(parts[2] == "direct pointer" ? "P2P/direct" : "P2P/" + parts[2].str());
  } else if (way.rfind("SHM/", 0) == 0) {
    reading.peers.insert("SHM");
  } else if (way.rfind("COLLNET/", 0) != 0) {
    reading.unknown = way;
  }
}

void ReadMessage(const std::string &message, Reading &reading) {
  static const std::regex kComm(R"(comm \S+ rank \d+ nRanks (\d+) nNodes \d+ .*)");
  static const std::regex kChannels(R"((\d+) coll channels, .*p2p channels.*)");
  std::smatch parts;
  const size_t via = message.find(" via ");
  if (message.rfind("NET/IB : Using ", 0) == 0) {
    ReadAdapters(message, reading);
  } else if (message.rfind("NET/Socket : Using ", 0) == 0) {
    ReadInterfaces(message, reading);
  } else if (via != std::string::npos && message.find(" -> ") < via) {
    ReadWay(message.substr(via + 5), reading);
  } else if (std::regex_match(message, parts, kComm)) {
    reading.ranks = std::atoi(parts[1].str().c_str());
  } else if (std::regex_match(message, parts, kChannels)) {
    reading.channels = std::atoi(parts[1].str().c_str());
  } else if (message.rfind("Connected NVLS tree", 0) == 0) {
    reading.nvls = true;
  } else if (message.find(" - Init COMPLETE") != std::string::npos) {
    reading.is_complete = true;
  }
}

void ReadLog(const std::string &log, Reading &reading) {
  std::istringstream lines(log);
  std::string line;
  while (std::getline(lines, line)) ReadMessage(MessageOf(line), reading);
}

// The network's name as the interface has it; "" = not understood.
auto NetworkOf(const Reading &reading) -> std::string {
  if (reading.networks.empty()) return "none";
  if (reading.networks.size() > 1) return "";
  const std::string &name = *reading.networks.begin();
  if (name != "IB") return name;
  std::set<std::string> links;
  for (const int index : reading.used) {
    const auto adapter = reading.adapters.find(index);
    if (adapter == reading.adapters.end()) return "";
    links.insert(adapter->second.link);
  }
  return links.size() == 1 ? *links.begin() : "";
}

// Of several ways between GPUs of a node the slowest counts.
auto SlowestOf(const std::set<std::string> &peers) -> std::string {
  for (const char *name :
       {"SHM", "P2P/indirect", "P2P/IPC", "P2P/direct", "P2P/CUMEM", "P2P/MNNVL"})
    if (peers.count(name) != 0) return name;
  return "none";
}

}  // namespace

auto ParseTransport(const std::string &before, const std::string &log, int ranks)
    -> Maybe<Transport> {
  Reading earlier;
  ReadLog(before, earlier);
  Reading reading;
  reading.adapters = earlier.adapters;
  reading.interfaces = earlier.interfaces;
  ReadLog(log, reading);
  if (!reading.unknown.empty())
    return Missing{"NCCL's log tells a way that is not known: '" + reading.unknown + "'"};
  if (!reading.is_complete) return Missing{"NCCL's log does not say that the ranks are joined"};
  if (reading.ranks != ranks)
    return Missing{"NCCL's log speaks of " + std::to_string(reading.ranks) + " ranks, not of " +
                   std::to_string(ranks)};
  if (reading.channels == 0) return Missing{"NCCL's log does not tell how many channels it uses"};
  if (ranks > 1 && reading.networks.empty() && reading.peers.empty() && !reading.nvls)
    return Missing{"NCCL's log tells no way between ranks"};
  Transport transport;
  transport.net = NetworkOf(reading);
  if (transport.net.empty())
    return Missing{"NCCL's log names no single network, or adapters that it does not list"};
  transport.has_gdr = !reading.networks.empty() && reading.gdr;
  transport.has_nvls = reading.nvls;
  transport.peer = SlowestOf(reading.peers);
  transport.channels = reading.channels;
  for (const int index : reading.used) {
    const auto adapter = reading.adapters.find(index);
    const auto interface = reading.interfaces.find(index);
    if (transport.net == "Socket") {
      if (interface != reading.interfaces.end()) transport.devices.push_back(interface->second);
    } else if (adapter != reading.adapters.end()) {
      transport.devices.push_back(adapter->second.name);
    }
  }
  std::sort(transport.devices.begin(), transport.devices.end());
  return transport;
}

}  // namespace groma::runtime::cuda
