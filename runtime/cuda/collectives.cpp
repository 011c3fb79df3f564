// SPDX-License-Identifier: Apache-2.0
#include "cuda/collectives.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "cuda/exactness.h"
#include "cuda/timing.h"
#include "cuda/transport.h"

namespace groma::runtime::cuda {
namespace {

// A sample of small messages is the mean of several, as one alone is no longer than its events.
// Where each rank exchanges with very many, NCCL's own queue has room for few.
void SetBatch(Collective op, int ranks, Bytes bytes, Timing &timing) {
  const bool is_wide = op == Collective::kAllToAll && ranks > 64;
  timing.batch = bytes.value > (1u << 20) ? 1 : is_wide ? 2 : 20;
  timing.queued = is_wide ? 2 : 40;
}

// What NCCL makes its ways for: large enough for each of its algorithms.
constexpr Bytes kFirst = 64_MiB;

auto ReadFile(const std::string &path) -> std::string {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// A communicator that hangs is given up, so that its kernels end.
auto WatchOf(Communicator &communicator) -> Watch {
  return [&communicator](bool is_hung) {
    if (is_hung) {
      communicator.Abort();
    } else {
      communicator.Watch();
    }
  };
}

void Wait(cudaStream_t stream, double limit, Communicator &communicator) {
  const Event end;
  end.Record(stream);
  Await(end, limit, WatchOf(communicator));
}

}  // namespace

auto Collectives::Of(const Scope &scope) -> Entry & {
  const auto found = entries_.find(scope.ranks);
  if (found != entries_.end() && found->second.communicator->comm() != nullptr)
    return found->second;
  if (found != entries_.end()) throw Fault("an earlier collective of " + scope.name + " failed");
  const std::string before = ReadFile(log_);
  Entry entry{std::make_unique<Communicator>(scope, options_), Missing{"not asked yet"}};
  Communicator &communicator = *entry.communicator;
  // NCCL makes its ways when they are first used: sums take others than exchanges do.
  for (const Collective op : {Collective::kAllReduce, Collective::kAllToAll}) {
    const Form form = FormOf(op, communicator.rank(), communicator.size(), kFirst);
    Reserve(form);
    Enqueue(communicator, form);
    Wait(stream_.get(), options_.timeout, communicator);
  }
  const std::string log = ReadFile(log_);
  entry.transport = log.size() <= before.size()
                        ? Maybe<Transport>(Missing{"NCCL wrote no log into " + log_})
                        : ParseTransport(before, log.substr(before.size()), communicator.size());
  return entries_[scope.ranks] = std::move(entry);
}

void Collectives::Reserve(const Form &form) {
  const size_t sent = SentWords(form) * sizeof(uint32_t);
  const size_t received = ReceivedWords(form) * sizeof(uint32_t);
  if (sent_.bytes() < sent) {
    sent_ = DeviceMemory();
    sent_ = DeviceMemory(sent);
    GROMA_CHECK(cudaMemsetAsync(sent_.as(), 0, sent, stream_.get()));
  }
  if (received_.bytes() < received) {
    received_ = DeviceMemory();
    received_ = DeviceMemory(received);
  }
}

void Collectives::Release() {
  sent_ = DeviceMemory();
  received_ = DeviceMemory();
}

void Collectives::Enqueue(Communicator &communicator, const Form &form) {
  const auto *sent = sent_.as<const float>();
  auto *received = received_.as<float>();
  const ncclComm_t comm = communicator.comm();
  const cudaStream_t stream = stream_.get();
  const size_t part = form.part;
  const auto settle = [&](ncclResult_t result) { communicator.Settle(result, "a collective"); };
  // Within a group nothing is under way yet, so that there is nothing to wait for.
  const auto add = [&](ncclResult_t result) {
    if (result != ncclInProgress) settle(result);
  };
  switch (form.op) {
    case Collective::kAllReduce:
      return settle(ncclAllReduce(sent, received, part, ncclFloat32, ncclSum, comm, stream));
    case Collective::kAllGather:
      return settle(ncclAllGather(sent, received, part, ncclFloat32, comm, stream));
    case Collective::kReduceScatter:
      return settle(ncclReduceScatter(sent, received, part, ncclFloat32, ncclSum, comm, stream));
    case Collective::kBroadcast:
      return settle(ncclBroadcast(sent, received, part, ncclFloat32, 0, comm, stream));
    case Collective::kSendReceive:
      // A ring: each rank sends to the next and receives from the one before.
      GROMA_CHECK(ncclGroupStart());
      add(ncclSend(sent, part, ncclFloat32, (form.rank + 1) % form.ranks, comm, stream));
      add(ncclRecv(received, part, ncclFloat32, (form.rank + form.ranks - 1) % form.ranks, comm,
                   stream));
      return settle(ncclGroupEnd());
    case Collective::kAllToAll:
      GROMA_CHECK(ncclGroupStart());
      for (int peer = 0; peer < form.ranks; ++peer) {
        const size_t offset = static_cast<size_t>(peer) * part;
        add(ncclSend(sent + offset, part, ncclFloat32, peer, comm, stream));
        add(ncclRecv(received + offset, part, ncclFloat32, peer, comm, stream));
      }
      return settle(ncclGroupEnd());
  }
}

auto Collectives::Collect(Collective op, const Scope &scope, Bytes bytes, int repeats)
    -> std::vector<Seconds> {
  Communicator &communicator = *Of(scope).communicator;
  const Form form = FormOf(op, communicator.rank(), communicator.size(), bytes);
  Reserve(form);
  Timing timing;
  timing.repeats = repeats;
  SetBatch(op, communicator.size(), bytes, timing);
  timing.warmups = 5;
  timing.rules = {options_.timeout, options_.holds_stream};
  try {
    return Measure(
        stream_.get(), timing,
        [&](int n) {
          for (int i = 0; i < n; ++i) Enqueue(communicator, form);
        },
        WatchOf(communicator));
  } catch (...) {
    // Other ranks may wait for what this one has not sent.
    communicator.Abort();
    throw;
  }
}

auto Collectives::Verify(Collective op, const Scope &scope, Bytes bytes) -> Exactness {
  Communicator &communicator = *Of(scope).communicator;
  const Form form = FormOf(op, communicator.rank(), communicator.size(), bytes);
  Reserve(form);
  Prepare(form, sent_.as<uint32_t>(), received_.as<uint32_t>(), stream_.get());
  Enqueue(communicator, form);
  Wait(stream_.get(), options_.timeout, communicator);
  return Compare(form, received_.as<uint32_t>(), stream_.get());
}

auto Collectives::TransportOf(const Scope &scope) -> Maybe<Transport> {
  return Of(scope).transport;
}

}  // namespace groma::runtime::cuda
