// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "eligible.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {
namespace {

using plan::IsSome;

constexpr double kPi = 3.14159265358979323846;

// Sums of a fixed number of terms, so that every machine finds the same distance: the functions of
// the C library differ in their last digits.
auto Sine(double x) -> double {
  double term = x, sum = x;
  for (int n = 1; n < 14; ++n) {
    term *= -x * x / ((2.0 * n) * (2.0 * n + 1));
    sum += term;
  }
  return sum;
}

auto Cosine(double x) -> double {
  double term = 1, sum = 1;
  for (int n = 1; n < 14; ++n) {
    term *= -x * x / ((2.0 * n - 1) * (2.0 * n));
    sum += term;
  }
  return sum;
}

// Half the angle whose chord is 2x: the inverse sine by Newton's method.
auto ArcSine(double x) -> double {
  double angle = x;
  for (int i = 0; i < 40; ++i) {
    const double slope = Cosine(angle);
    if (slope < 1e-9) break;
    angle -= (Sine(angle) - x) / slope;
    angle = std::min(kPi / 2, std::max(0.0, angle));
  }
  return angle;
}

// Light in glass takes 5 microseconds for a kilometre, and cables are half as long again as the
// straight way; two milliseconds go to the machines at the ends.
constexpr double kSecondsForAKilometre = 2 * 1.5 * 5e-6;
constexpr double kSecondsAtTheEnds = 2e-3;
constexpr double kEarthRadius = 6371;

}  // namespace

auto EstimateRoundTrip(Rational latitude, Rational longitude, Rational other_latitude,
                       Rational other_longitude) -> Rational {
  const double degree = kPi / 180;
  const double lat = latitude.Approximate() * degree, other = other_latitude.Approximate() * degree;
  const double across = (other_longitude.Approximate() - longitude.Approximate()) * degree / 2;
  const double up = Sine((other - lat) / 2), side = Sine(across);
  const double half_chord = std::sqrt(up * up + Cosine(lat) * Cosine(other) * side * side);
  const double kilometres = 2 * kEarthRadius * ArcSine(std::min(1.0, half_chord));
  const double seconds = kilometres * kSecondsForAKilometre + kSecondsAtTheEnds;
  return base::Rational::Make(std::llround(seconds * 10'000), 10'000).value_or(0);
}

auto Distances::Between(EntityId a, EntityId b) -> std::optional<Rational> {
  if (a == b) return Rational(0);
  if (const auto measured = Measured(a, b)) return measured;
  if (const auto listed = Listed(a, b)) return listed;
  const auto latitude = reader_.Number(a, KnownMember::SiteLatitude);
  const auto longitude = reader_.Number(a, KnownMember::SiteLongitude);
  const auto other_latitude = reader_.Number(b, KnownMember::SiteLatitude);
  const auto other_longitude = reader_.Number(b, KnownMember::SiteLongitude);
  if (!latitude || !longitude || !other_latitude || !other_longitude) return std::nullopt;
  return EstimateRoundTrip(*latitude, *longitude, *other_latitude, *other_longitude);
}

auto Distances::Measured(EntityId a, EntityId b) -> std::optional<Rational> {
  for (const auto &[from, to] : {std::pair(a, b), std::pair(b, a)}) {
    const Value map = reader_.Get(from, KnownMember::SiteLatency);
    if (map.tag != ValueTag::Map) continue;
    for (const plan::MapEntry &entry : map.map()) {
      if (entry.key.tag == ValueTag::Entity && entry.key.entity == to &&
          entry.value.tag == ValueTag::Number) {
        return entry.value.number;
      }
    }
  }
  return std::nullopt;
}

// A site of the plan stands for the region that it is made from.
auto Distances::IsSameRegion(EntityId site, EntityId region) const -> bool {
  for (EntityId at = site; IsSome(at); at = reader_.model.entity(at).base) {
    if (at == region) return true;
  }
  return false;
}

auto Distances::Listed(EntityId a, EntityId b) -> std::optional<Rational> {
  const plan::KindId kind = reader_.known.kind(KnownKind::Latency);
  if (!IsSome(kind)) return std::nullopt;
  for (const plan::Catalogue &catalogue : reader_.model.catalogues) {
    if (!IsSome(catalogue.kind) || !reader_.model.IsA(catalogue.kind, kind)) continue;
    for (const EntityId entry : catalogue.entries) {
      const EntityId from = reader_.EntityIn(entry, KnownMember::LatencyFrom);
      const EntityId to = reader_.EntityIn(entry, KnownMember::LatencyTo);
      const bool is_it = (IsSameRegion(a, from) && IsSameRegion(b, to)) ||
                         (IsSameRegion(b, from) && IsSameRegion(a, to));
      if (is_it) return reader_.Number(entry, KnownMember::LatencyRtt);
    }
  }
  return std::nullopt;
}

// People in a part of the world stand where its largest internet exchange is.
auto Distances::FromGeography(const Value &geography, EntityId site) -> std::optional<Rational> {
  const plan::KindId kind = reader_.known.kind(KnownKind::GeographyHub);
  const auto latitude = reader_.Number(site, KnownMember::SiteLatitude);
  const auto longitude = reader_.Number(site, KnownMember::SiteLongitude);
  if (!IsSome(kind) || geography.tag != ValueTag::Enum || !latitude || !longitude) {
    return std::nullopt;
  }
  for (uint32_t i = 1; i < reader_.model.entities.size(); ++i) {
    const EntityId hub{i};
    if (!reader_.model.IsA(reader_.model.entity(hub).kind, kind)) continue;
    const Value of = reader_.Get(hub, KnownMember::GeographyHubGeography);
    if (of.tag != ValueTag::Enum || of.aux != geography.aux) continue;
    const auto from_latitude = reader_.Number(hub, KnownMember::GeographyHubLatitude);
    const auto from_longitude = reader_.Number(hub, KnownMember::GeographyHubLongitude);
    if (!from_latitude || !from_longitude) return std::nullopt;
    return EstimateRoundTrip(*from_latitude, *from_longitude, *latitude, *longitude);
  }
  return std::nullopt;
}

}  // namespace groma::solve
