// SPDX-License-Identifier: Apache-2.0
// Builds one schedule: tasks are placed one after the other, each as early as it fits.
#pragma once

#include "groma/timing/workforce.h"
#include "profile.h"

namespace groma::timing {

class Builder {
 public:
  Builder(const Network &network, const Graph &graph, const Workforce &workforce);

  // `order` has each task after those that it waits for. None starts before its floor, if there are
  // any. Bookings are left out: a search builds many, and compares dates.
  auto Build(llvm::ArrayRef<TaskId> order, llvm::ArrayRef<Moment> floors = {}) -> Levelled;
  // The same once more, with its bookings.
  auto WithBookings(const Levelled &built) -> Levelled;

 private:
  struct Fit {
    Dates dates = {kNever, kNever};
    TeamId team = 0;
    std::vector<Booking> bookings;
  };

  void Place(TaskId id);
  // Its dates do not depend on those of others.
  [[nodiscard]] auto IsSettled(TaskId id) const -> bool;
  // The bounds that edges and the task itself set.
  [[nodiscard]] auto After(TaskId id) const -> Dates;
  [[nodiscard]] auto FitNeeds(TaskId id, Moment start, Work left) const -> Fit;
  [[nodiscard]] auto FitEffort(TaskId id, size_t place, Moment start, Work left) const -> Fit;
  [[nodiscard]] auto FindFit(TaskId id, Moment start, Work left) const -> Fit;
  void Take(llvm::ArrayRef<Booking> bookings);
  void Score();

  const Network &network_;
  const Graph &graph_;
  const Workforce &workforce_;
  std::vector<Calendar> capacities_;
  std::vector<Profile> profiles_;
  bool keeps_bookings_ = false;
  Spans taken_;
  Levelled result_;
};

}  // namespace groma::timing
