// SPDX-License-Identifier: Apache-2.0
// Encrypted tunnels that links ask for: through the internet, and inside of a private line.
#pragma once

#include "ends.h"
#include "sizes.h"
#include "groma/resources/azure/gateways.h"

namespace groma::lower::azure {

struct Tunnels {
  EntityId link{};
  Ends ends;
  size_t devices = 1;       // at the far end, each of which is connected
  int64_t count = 1;
  bool is_private = false;  // inside of a private line, between addresses of that
  bool has_bgp = true;
  std::string cipher;
  Load load;
  Spans because;            // of being there
  Spans because_cipher, because_count;
};

// Of all links with tunnels, in the plan's order; those that cannot be made are reported and left out.
auto TunnelsOf(Context &context) -> std::vector<Tunnels>;

struct Agreement {
  const char *ike_cipher, *ike_hash, *cipher, *hash;
};
auto AgreementOf(const Tunnels &tunnels) -> Agreement;
// Both for the first key exchange and for those that follow.
inline constexpr const char *kGroup = "ECP384";
// What Azure itself offers.
inline constexpr int64_t kLifetimeSeconds = 27000;
inline constexpr int64_t kLifetimeKilobytes = 102400000;

// What must be known of a device at the far end.
auto AddressOf(Context &context, const Tunnels &tunnels, size_t device) -> Value;
auto AsnOf(Context &context, const Tunnels &tunnels) -> Value;
auto PeerOf(Context &context, const Tunnels &tunnels, size_t device) -> Value;
auto KeyOf(Context &context, const Tunnels &tunnels) -> Value;
// The addresses behind it.
auto RangesOf(Context &context, const Tunnels &tunnels) -> Value;

// What is the same in both kinds of connections.
template <typename T>
void SetAgreement(Making<T> at, const Tunnels &tunnels) {
  const Agreement agreed = AgreementOf(tunnels);
  const Spans &because = tunnels.because_cipher;
  at.template Set<T::kIkeCipher>(Value::Text(agreed.ike_cipher, because));
  at.template Set<T::kIkeHash>(Value::Text(agreed.ike_hash, because));
  at.template Set<T::kDh>(Value::Text(kGroup, because));
  at.template Set<T::kCipher>(Value::Text(agreed.cipher, because));
  at.template Set<T::kHash>(Value::Text(agreed.hash, because));
  at.template Set<T::kPfs>(Value::Text(kGroup, because));
  at.template Set<T::kLifetime>(Value::Int(kLifetimeSeconds, because));
  at.template Set<T::kDataSize>(Value::Int(kLifetimeKilobytes, because));
}

}  // namespace groma::lower::azure
