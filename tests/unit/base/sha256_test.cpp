// SPDX-License-Identifier: Apache-2.0
#include "groma/base/sha256.h"

#include <gtest/gtest.h>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

namespace groma::base {
namespace {

// The examples that FIPS 180-4 points to.
TEST(Sha256, KnownHashes) {
  EXPECT_EQ(Sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

// Around the ends of blocks, beside another implementation.
TEST(Sha256, EveryLength) {
  std::string text;
  for (size_t size = 0; size < 300; ++size) {
    const auto other = llvm::SHA256::hash(
        llvm::ArrayRef(reinterpret_cast<const uint8_t *>(text.data()), text.size()));
    EXPECT_EQ(Sha256(text), llvm::toHex(other, /*LowerCase=*/true)) << size;
    text += static_cast<char>(size * 7);
  }
}

}  // namespace
}  // namespace groma::base
