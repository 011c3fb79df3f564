// SPDX-License-Identifier: Apache-2.0
#include "groma/base/cidr.h"

#include "groma/base/check.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::base {
namespace {

auto Mask(std::uint32_t prefix) -> std::uint32_t {
  return prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - prefix);
}

// Takes a decimal of any length off `text`; what exceeds the range is cut to a value that still
// does.
auto TakeNumber(llvm::StringRef &text, std::uint32_t limit, CidrProblem above,
                std::uint32_t &number) -> CidrProblem {
  const llvm::StringRef digits = text.take_while(llvm::isDigit);
  text = text.drop_front(digits.size());
  if (digits.empty()) {
    return CidrProblem::kShape;
  }
  if (digits.size() > 1 && digits.front() == '0') {
    return CidrProblem::kLeadingZero;
  }
  if (digits.take_front(4).getAsInteger(10, number) || number > limit) {
    return above;
  }
  return CidrProblem::kNone;
}

}  // namespace

auto Cidr::Parse(llvm::StringRef text) -> ParsedCidr {
  std::uint32_t address = 0;
  // A wrong shape is worse than a wrong number, so it is what is reported if both occur.
  CidrProblem problem = CidrProblem::kNone;
  const auto note = [&problem](CidrProblem found) {
    problem = problem == CidrProblem::kNone ? found : problem;
  };
  for (int i = 0; i < 4; ++i) {
    std::uint32_t octet = 0;
    const auto found = TakeNumber(text, 255, CidrProblem::kOctet, octet);
    if (found == CidrProblem::kShape || !text.consume_front(i < 3 ? "." : "/")) {
      return {std::nullopt, CidrProblem::kShape};
    }
    note(found);
    address = address << 8 | (octet & 255);
  }
  std::uint32_t prefix = 0;
  const auto found = TakeNumber(text, 32, CidrProblem::kPrefix, prefix);
  if (found == CidrProblem::kShape || !text.empty()) {
    return {std::nullopt, CidrProblem::kShape};
  }
  note(found);
  if (problem != CidrProblem::kNone) {
    return {std::nullopt, problem};
  }
  const Cidr block = Around(address, prefix);
  return {block, block.first() == address ? CidrProblem::kNone : CidrProblem::kHostBits};
}

auto Cidr::Around(std::uint32_t address, std::uint32_t prefix) -> Cidr {
  Check(prefix <= 32, "prefix of an address block above 32");
  return {address & Mask(prefix), prefix};
}

auto Cidr::last() const -> std::uint32_t { return first_ | ~Mask(prefix_); }

auto Cidr::size() const -> std::uint64_t { return std::uint64_t{1} << (32 - prefix_); }

auto Cidr::Contains(Cidr other) const -> bool {
  return prefix_ <= other.prefix_ && Contains(other.first_);
}

auto Cidr::Contains(std::uint32_t address) const -> bool {
  return (address & Mask(prefix_)) == first_;
}

auto Cidr::Overlaps(Cidr other) const -> bool { return Contains(other) || other.Contains(*this); }

auto Cidr::Subnet(std::uint32_t prefix, std::uint64_t index) const -> std::optional<Cidr> {
  if (prefix < prefix_ || prefix > 32 || index >= std::uint64_t{1} << (prefix - prefix_)) {
    return std::nullopt;
  }
  const std::uint64_t offset = index << (32 - prefix);
  return Cidr(first_ + static_cast<std::uint32_t>(offset), prefix);
}

auto Cidr::ToString() const -> std::string {
  return FormatAddress(first_) + "/" + llvm::utostr(prefix_);
}

auto FormatAddress(std::uint32_t address) -> std::string {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    text += llvm::utostr(address >> shift & 255);
    if (shift > 0) {
      text += '.';
    }
  }
  return text;
}

}  // namespace groma::base
