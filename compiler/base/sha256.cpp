// SPDX-License-Identifier: Apache-2.0
#include "groma/base/sha256.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace groma::base {
namespace {

constexpr size_t kBlock = 64;
using State = std::array<uint32_t, 8>;

constexpr State kStart = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
constexpr std::array<uint32_t, 64> kRounds = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

void AddPlain(State &state, llvm::StringRef bytes) {
  std::array<uint32_t, 64> words;  // NOLINT(cppcoreguidelines-pro-type-member-init): all are set below
  for (; !bytes.empty(); bytes = bytes.drop_front(kBlock)) {
    for (size_t i = 0; i < 16; ++i) words[i] = llvm::support::endian::read32be(bytes.data() + 4 * i);
    for (size_t i = 16; i < 64; ++i) {
      const uint32_t far = words[i - 15], near = words[i - 2];
      words[i] = words[i - 16] + words[i - 7] +
                 (std::rotr(far, 7) ^ std::rotr(far, 18) ^ (far >> 3U)) +
                 (std::rotr(near, 17) ^ std::rotr(near, 19) ^ (near >> 10U));
    }
    State s = state;
    // Eight rounds bring each number back to its place, so that none is moved.
    for (size_t first = 0; first < 64; first += 8) {
#pragma clang loop unroll(full)
      for (size_t k = 0; k < 8; ++k) {
        const auto at = [&](size_t place) -> uint32_t & { return s[(place + 8 - k) % 8]; };
        const uint32_t a = at(0), b = at(1), c = at(2), e = at(4), f = at(5), g = at(6);
        const uint32_t mixed = at(7) + kRounds[first + k] + words[first + k] + (g ^ (e & (f ^ g))) +
                               (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25));
        at(3) += mixed;
        at(7) = mixed + ((a & b) | (c & (a | b))) + (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22));
      }
    }
    for (size_t i = 0; i < s.size(); ++i) state[i] += s[i];
  }
}

#if defined(__x86_64__)
[[gnu::target("sse2")]] auto Load(const void *from) -> __m128i {
  return _mm_loadu_si128(static_cast<const __m128i *>(from));
}

// The same by the instructions that processors have for it since 2016, which do two rounds each. They want the state in two
// halves, a b e f and c d g h, the first letter highest.
[[gnu::target("sha,sse4.1")]] void AddFast(State &state, llvm::StringRef bytes) {
  const auto number = [&](size_t i) { return static_cast<int>(state[i]); };
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  for (; !bytes.empty(); bytes = bytes.drop_front(kBlock)) {
    __m128i abef = _mm_set_epi32(number(0), number(1), number(4), number(5));
    __m128i cdgh = _mm_set_epi32(number(2), number(3), number(6), number(7));
    std::array<__m128i, 16> words;  // NOLINT(cppcoreguidelines-pro-type-member-init): all are set below
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 16; ++i) {
      if (i < 4) {
        words[i] = _mm_shuffle_epi8(Load(bytes.data() + 16 * i), swap);
      } else {
        const __m128i near = _mm_alignr_epi8(words[i - 1], words[i - 2], 4);
        const __m128i far = _mm_sha256msg1_epu32(words[i - 4], words[i - 3]);
        words[i] = _mm_sha256msg2_epu32(_mm_add_epi32(far, near), words[i - 1]);
      }
      const __m128i mixed = _mm_add_epi32(words[i], Load(&kRounds[4 * i]));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, mixed);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_unpackhi_epi64(mixed, mixed));
    }
    const std::array<__m128i, 2> halves = {abef, cdgh};
    constexpr std::array<size_t, 8> kPlaces = {5, 4, 1, 0, 7, 6, 3, 2};
    std::array<uint32_t, 8> added{};
    std::memcpy(added.data(), halves.data(), sizeof halves);
    for (size_t i = 0; i < added.size(); ++i) state[kPlaces[i]] += added[i];
  }
}

// Bit 29 of the second register of page 7 says whether there are such instructions.
auto IsFast() -> bool {
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned kFeatures = 7, kHasSha = 1U << 29U;
  return __get_cpuid_count(kFeatures, 0, &a, &b, &c, &d) != 0 && (b & kHasSha) != 0 && __builtin_cpu_supports("sse4.1") != 0;
}
#else
void AddFast(State &state, llvm::StringRef bytes) { AddPlain(state, bytes); }
auto IsFast() -> bool { return false; }
#endif

}  // namespace

auto Sha256(llvm::StringRef bytes) -> std::string {
  static const auto add = IsFast() ? AddFast : AddPlain;
  State state = kStart;
  const size_t whole = bytes.size() / kBlock * kBlock;
  add(state, bytes.take_front(whole));
  // A one behind the last bit, zeros, and the number of bits at the end of a block.
  std::string rest = bytes.drop_front(whole).str() + '\x80';
  while (rest.size() % kBlock != kBlock - 8) rest += '\0';
  std::array<char, 8> bits{};
  llvm::support::endian::write64be(bits.data(), bytes.size() * 8);
  rest.append(bits.data(), bits.size());
  AddPlain(state, rest);  // so that the one without instructions is in use, too
  std::array<uint8_t, 32> hash{};
  for (size_t i = 0; i < state.size(); ++i) llvm::support::endian::write32be(&hash[4 * i], state[i]);
  return llvm::toHex(hash, /*LowerCase=*/true);
}

}  // namespace groma::base
