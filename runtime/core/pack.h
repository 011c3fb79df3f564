// SPDX-License-Identifier: Apache-2.0
// Values as bytes and back, for what ranks tell each other and what a child process leaves behind.
// Ranks run on like machines, so numbers go as they are in memory. A reader that meets a wrong
// length says so and reads nothing more.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace groma::runtime {

class Packer {
 public:
  template <class T>
  auto operator()(const T &value) -> Packer & {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      bytes_.append(reinterpret_cast<const char *>(&value), sizeof value);
    } else {
      // A record names its fields once, for both ways.
      Fields(*this, const_cast<T &>(value));
    }
    return *this;
  }
  auto operator()(const std::string &text) -> Packer & {
    (*this)(static_cast<uint64_t>(text.size()));
    bytes_ += text;
    return *this;
  }
  template <class T>
  auto operator()(const std::vector<T> &items) -> Packer & {
    (*this)(static_cast<uint64_t>(items.size()));
    for (const auto &item : items) (*this)(static_cast<const T &>(item));
    return *this;
  }
  template <class K, class V>
  auto operator()(const std::map<K, V> &items) -> Packer & {
    (*this)(static_cast<uint64_t>(items.size()));
    for (const auto &[key, value] : items) (*this)(key)(value);
    return *this;
  }
  template <class A, class B>
  auto operator()(const std::variant<A, B> &value) -> Packer & {
    (*this)(static_cast<uint8_t>(value.index()));
    if (value.index() == 0) return (*this)(std::get<0>(value));
    return (*this)(std::get<1>(value));
  }
  auto bytes() -> std::string & { return bytes_; }

 private:
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(const std::string &bytes) : bytes_(bytes) {}

  template <class T>
  auto operator()(T &value) -> Unpacker & {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      if (Take(sizeof value)) std::memcpy(&value, bytes_.data() + at_ - sizeof value, sizeof value);
    } else {
      Fields(*this, value);
    }
    return *this;
  }
  auto operator()(std::string &text) -> Unpacker & {
    const uint64_t size = Length();
    if (Take(size)) text = bytes_.substr(at_ - size, size);
    return *this;
  }
  template <class T>
  auto operator()(std::vector<T> &items) -> Unpacker & {
    const uint64_t size = Length();
    items.clear();
    for (uint64_t i = 0; i < size && is_good_; ++i) {
      T item{};
      (*this)(item);
      items.push_back(std::move(item));
    }
    return *this;
  }
  template <class K, class V>
  auto operator()(std::map<K, V> &items) -> Unpacker & {
    const uint64_t size = Length();
    items.clear();
    for (uint64_t i = 0; i < size && is_good_; ++i) {
      K key{};
      V value{};
      (*this)(key)(value);
      items.emplace(std::move(key), std::move(value));
    }
    return *this;
  }
  template <class A, class B>
  auto operator()(std::variant<A, B> &value) -> Unpacker & {
    uint8_t index = 0;
    (*this)(index);
    if (index > 1) is_good_ = false;
    if (index == 0) return (*this)(value.template emplace<0>());
    return (*this)(value.template emplace<1>());
  }
  // Everything was there, and nothing more.
  auto is_whole() const -> bool { return is_good_ && at_ == bytes_.size(); }

 private:
  auto Take(uint64_t size) -> bool {
    if (!is_good_ || size > bytes_.size() - at_) return is_good_ = false;
    at_ += size;
    return true;
  }
  // Each element takes a byte at least, so a length beyond what is left is a lie.
  auto Length() -> uint64_t {
    uint64_t size = 0;
    (*this)(size);
    if (size > bytes_.size() - at_) is_good_ = false;
    return is_good_ ? size : 0;
  }

  const std::string &bytes_;
  size_t at_ = 0;
  bool is_good_ = true;
};

template <class T>
auto Pack(const T &value) -> std::string {
  Packer packer;
  packer(value);
  return std::move(packer.bytes());
}

// Whether `bytes` were a T, which is then in `value`.
template <class T>
auto Unpack(const std::string &bytes, T &value) -> bool {
  Unpacker unpacker(bytes);
  unpacker(value);
  return unpacker.is_whole();
}

}  // namespace groma::runtime
