#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "value.hpp"

namespace latchkey {

/// Writes JSON text in one pass, without a tree. Commas are its business; keys and nesting are the caller's.
/// Escapes as JSON.stringify does, so that a text that went through JavaScript comes back byte for byte.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& beginObject() { return begin('{'); }
  JsonWriter& endObject() { return end('}'); }
  JsonWriter& beginList() { return begin('['); }
  JsonWriter& endList() { return end(']'); }
  JsonWriter& key(std::string_view name);
  /// A name written out in the code: it needs no escape.
  template <std::size_t size>
  JsonWriter& key(const char (&name)[size]) { return plainKey({name, size - 1}); }

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(std::same_as<bool> auto truth) { return raw(truth ? "true" : "false"); }
  JsonWriter& value(double number);
  JsonWriter& value(std::int64_t number) { return raw(std::to_string(number)); }
  JsonWriter& value(std::uint64_t number) { return raw(std::to_string(number)); }
  JsonWriter& value(int number) { return raw(std::to_string(number)); }
  JsonWriter& value(std::uint32_t number) { return raw(std::to_string(number)); }
  JsonWriter& value(const Value& value);
  JsonWriter& null() { return raw("null"); }

  template <class Name, class T>
  JsonWriter& member(const Name& name, const T& held) {
    key(name);
    return value(held);
  }

  /// Text that is JSON already.
  JsonWriter& raw(std::string_view json);

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  JsonWriter& plainKey(std::string_view name);
  void quote(std::string_view text);
  void separate();

  std::string& out_;
  bool first_ = true;
};

/// `value` as JSON text.
std::string writeJson(const Value& value);

}  // namespace latchkey
