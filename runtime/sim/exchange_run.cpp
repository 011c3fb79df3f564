// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange_run.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/names.h"
#include "core/pack.h"
#include "sim/noise.h"

namespace groma::runtime {

struct ExchangeRun::Message {
  std::vector<double> clocks;
  Slot payload;
};
template <class Archive, class T>
auto Fields(Archive &archive, T &value) -> decltype(value.clocks, value.payload, void()) {
  archive(value.clocks)(value.payload);
}

ExchangeRun::ExchangeRun(const Model &model, const Request &request, int first, int count,
                         Mesh *mesh, Deadline deadline)
    : model_(model),
      request_(request),
      mesh_(mesh),
      per_process_(count),
      deadline_(deadline),
      key_(MixText(request.noise, request.scope.name)) {
  for (const int rank : request.scope.ranks) {
    Place place;
    place.rank = rank;
    place.is_here = rank >= first && rank < first + count;
    places_.push_back(std::move(place));
  }
}

void ExchangeRun::MakeSlots(int count) {
  slot_bytes_ = static_cast<double>(request_.bytes.value) / count;
  const size_t words = std::max<size_t>(1, request_.real_bytes / 4 / static_cast<size_t>(count));
  const int repeats = request_.repeats;
  for (Place &place : places_) {
    // The other half is for what must not be overwritten while it is still sent.
    if (place.is_here) place.slots.assign(static_cast<size_t>(2 * count), Slot(words));
    const Fault *late = model_.FaultOf(FaultKind::kStraggler, place.rank);
    const Fault *nan = model_.FaultOf(FaultKind::kNan, place.rank);
    for (int s = 0; place.is_here && s < count; ++s) {
      Slot &slot = At(place.slots, s);
      for (size_t i = 0; i < words; ++i) {
        slot[i] = Contribution(place.rank, static_cast<uint64_t>(s) * words + i);
      }
      if (nan) slot[0] = std::numeric_limits<float>::quiet_NaN();
    }
    place.ready.assign(static_cast<size_t>(2 * count * repeats), late ? late->micros / 1e6 : 0);
    place.free.assign(kLanes, std::vector<double>(static_cast<size_t>(repeats)));
    for (int r = 0; r < repeats; ++r) {
      const uint64_t rank = static_cast<uint64_t>(place.rank);
      place.wobble.push_back(Wobble(Mix(Mix(request_.noise, rank), static_cast<uint64_t>(r))));
    }
  }
}

auto ExchangeRun::Leave(Place &from, int slot, double bytes, Lane lane, const Way &way) -> Message {
  Message message;
  const int repeats = request_.repeats;
  message.clocks.reserve(static_cast<size_t>(repeats));
  std::vector<double> &free = from.free[lane];
  for (int r = 0; r < repeats; ++r) {
    const double start = std::max(At(from.ready, slot * repeats + r), At(free, r));
    const double end = start + bytes / (way.bandwidth * 1e9) * At(from.wobble, r);
    At(free, r) = end;
    message.clocks.push_back(end + way.latency * At(from.wobble, r));
  }
  return message;
}

void ExchangeRun::Arrive(Place &to, int slot, const Message &message, bool adds) {
  const int repeats = request_.repeats;
  for (int r = 0; r < repeats; ++r) {
    double &ready = At(to.ready, slot * repeats + r);
    ready = std::max(ready, At(message.clocks, r));
  }
  Slot &words = At(to.slots, slot);
  if (!adds) {
    std::copy(message.payload.begin(), message.payload.end(), words.begin());
    return;
  }
  for (size_t i = 0; i < words.size(); ++i) words[i] += message.payload[i];
}

void ExchangeRun::Move(int from, int to, int slot_from, int slot_to, double bytes, Lane lane,
                       const Way &way, bool adds) {
  if (!way.dead.empty()) throw DeadWay{way.dead};
  Place &sender = place(from);
  Place &receiver = place(to);
  const MessageKey key{key_, step_++};
  Message message;
  if (sender.is_here) {
    message = Leave(sender, slot_from, bytes, lane, way);
    message.payload = At(sender.slots, slot_from);
    if (model_.FaultOf(FaultKind::kFlippedBit, sender.rank)) {
      uint32_t bits = 0;
      std::memcpy(&bits, message.payload.data(), sizeof bits);
      bits ^= 1U << 22;
      std::memcpy(message.payload.data(), &bits, sizeof bits);
    }
    if (!receiver.is_here) {
      mesh_->Send(receiver.rank / per_process_, key, Pack(message), deadline_);
      return;
    }
  } else if (receiver.is_here) {
    const std::string bytes_of = mesh_->Receive(sender.rank / per_process_, key, deadline_);
    if (!Unpack(bytes_of, message) ||
        message.payload.size() != At(receiver.slots, slot_to).size() ||
        Size(message.clocks) != request_.repeats) {
      throw SocketError("a message cannot be read");
    }
  } else {
    return;
  }
  Arrive(receiver, slot_to, message, adds);
}

auto ExchangeRun::EndOf(int at, int repeat) const -> double {
  const Place &place = places_[static_cast<size_t>(at)];
  double end = 0;
  for (size_t i = static_cast<size_t>(repeat); i < place.ready.size();
       i += static_cast<size_t>(request_.repeats)) {
    end = std::max(end, place.ready[i]);
  }
  return end;
}

}  // namespace groma::runtime
