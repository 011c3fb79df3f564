// SPDX-License-Identifier: Apache-2.0
// JSON, in the order in which it is written. Numbers that are none become null.
#pragma once

#include <cstdint>
#include <string>

namespace groma::runtime {

// Shortest form that reads back as the same number.
auto NumberText(double value) -> std::string;
// Printable whatever the bytes are: what is no UTF-8 is replaced.
auto CleanText(const std::string &text) -> std::string;

class JsonWriter {
 public:
  auto BeginObject() -> JsonWriter & { return Open('{'); }
  auto EndObject() -> JsonWriter & { return Close('}'); }
  auto BeginArray() -> JsonWriter & { return Open('['); }
  auto EndArray() -> JsonWriter & { return Close(']'); }
  auto Key(const std::string &name) -> JsonWriter &;
  auto Text(const std::string &text) -> JsonWriter &;
  auto Number(double value) -> JsonWriter &;
  auto Whole(int64_t value) -> JsonWriter &;
  // JSON that is there already.
  auto Raw(const std::string &json) -> JsonWriter &;
  auto Field(const std::string &name, const std::string &text) -> JsonWriter & {
    return Key(name).Text(text);
  }
  auto Field(const std::string &name, double value) -> JsonWriter & {
    return Key(name).Number(value);
  }
  auto Count(const std::string &name, int64_t value) -> JsonWriter & {
    return Key(name).Whole(value);
  }
  // The text, with the end of its last line.
  auto Take() -> std::string;

 private:
  auto Open(char bracket) -> JsonWriter &;
  auto Close(char bracket) -> JsonWriter &;
  void Begin();
  void NewLine();

  std::string text_;
  size_t depth_ = 0;
  bool is_first_ = true;
  bool has_key_ = false;
};

}  // namespace groma::runtime
