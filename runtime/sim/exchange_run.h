// SPDX-License-Identifier: Apache-2.0
// One collective, played through: each message carries bytes and the sender's clock, and the
// receiver's clock becomes the greater of its own and `sent + latency + size / bandwidth`. What the
// threads of the machine do in the meantime changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "groma/runtime/backend.h"
#include "sim/mesh.h"
#include "sim/model.h"

namespace groma::runtime {

// A way stands in the schedule only if it is alive.
struct DeadWay {
  std::string why;
};

// What all ranks of the scope ask for together.
struct Request {
  Collective op{};
  Scope scope;
  Variant variant{};
  Bytes bytes;
  int repeats = 1;
  uint64_t real_bytes = 0;  // that are moved; time counts `bytes`
  uint64_t noise = 0;       // seed of this call
};

class ExchangeRun {
 public:
  // Buffers of a rank are made of slots, which move as wholes.
  using Slot = std::vector<float>;
  struct Place {
    int rank = 0;
    bool is_here = false;
    std::vector<Slot> slots;
    std::vector<double> ready;              // of slot s in repeat r: [s * repeats + r]
    std::vector<std::vector<double>> free;  // of lane l in repeat r
    std::vector<double> wobble;
  };
  // Lanes are what a GPU can do at once: send to the switch, send from it, send by its port.
  enum Lane { kOut, kMulticast, kNet, kLanes };

  ExchangeRun(const Model &model, const Request &request, int first, int count, Mesh *mesh,
              Deadline deadline);

  auto n() const -> int { return static_cast<int>(places_.size()); }
  auto request() const -> const Request & { return request_; }
  auto model() const -> const Model & { return model_; }
  auto place(int at) -> Place & { return places_[static_cast<size_t>(at)]; }
  void MakeSlots(int count);
  auto slot_bytes() const -> double { return slot_bytes_; }

  // Sends a slot; `adds` sums it up with what is there. `bytes` are what time counts.
  void Move(int from, int to, int slot_from, int slot_to, double bytes, Lane lane, const Way &way,
            bool adds);
  // The clock of a rank when all its slots are there.
  auto EndOf(int at, int repeat) const -> double;

 private:
  struct Message;
  auto Leave(Place &from, int slot, double bytes, Lane lane, const Way &way) -> Message;
  void Arrive(Place &to, int slot, const Message &message, bool adds);

  const Model &model_;
  Request request_;
  Mesh *mesh_;
  int per_process_;
  Deadline deadline_;
  uint64_t key_ = 0;
  uint64_t step_ = 0;
  double slot_bytes_ = 0;
  std::vector<Place> places_;
};

// Plays the collective, by the algorithm that NCCL would choose: ring, tree for little, sums in the
// switch, domains one after the other. Throws DeadWay and SocketError.
void Play(ExchangeRun &run);

// What rank `rank` brings at index `i`: whole numbers, so that each order of summing gives the
// same.
auto Contribution(int rank, uint64_t i) -> float;
// Compares what a place holds with arithmetic, bit by bit.
auto Compare(ExchangeRun &run, int at) -> Exactness;
// How many slots the result has, and where it begins.
struct ResultSlots {
  int first, count;
};
auto ResultOf(ExchangeRun &run, int at) -> ResultSlots;

}  // namespace groma::runtime
