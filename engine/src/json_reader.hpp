#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "value.hpp"

namespace latchkey {

/// The deepest nesting that is read anywhere: bot files, API bodies, events, snapshots.
/// nlohmann's writer overflows a WebAssembly stack between 4,000 and 5,000 levels; 64 is far from that and plenty for people.
inline constexpr int maxDepth = 64;

struct JsonFault {
  enum class Kind { syntax, tooDeep, duplicateKey } kind = Kind::syntax;
  /// Byte offset into the text, for `syntax`.
  std::size_t offset = 0;
  /// RFC 6901 pointer, for the others.
  std::string where;
};

struct JsonResult {
  Value value;
  /// Empty when the text is good. With only `duplicateKey` faults the value is whole (the first of the duplicates counts).
  std::vector<JsonFault> faults;
  bool good() const { return faults.empty(); }
};

/// Reads one JSON text. NUL, invalid UTF-8, duplicate keys, numbers beyond a double, and nesting deeper than `depth` are faults.
JsonResult readJson(std::string_view text, int depth = maxDepth);

/// The value, or nothing when the text has any fault.
std::optional<Value> parseJson(std::string_view text, int depth = maxDepth);

/// `key` as one reference token of an RFC 6901 pointer, with its slash.
std::string pointerToken(std::string_view key);

}  // namespace latchkey
