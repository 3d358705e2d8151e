#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "value.hpp"

namespace latchkey {

/// A member name or an index; a negative index counts from the end.
using PathStep = std::variant<std::string, std::int64_t>;
using Path = std::vector<PathStep>;

/// The steps after the name in `customer.accounts[0].balance`: dots with names, brackets with an index or a quoted name.
/// Nothing when it is not one.
std::optional<Path> parseSteps(std::string_view text);

/// An RFC 9535 singular query: `$`, then such steps. Nothing when it is not one.
std::optional<Path> parseQuery(std::string_view text);

/// Takes `'text'` or `"text"` off the front of `source`, with backslash escapes of the quotation mark, the backslash, the slash
/// and b, f, n, r, t, and uXXXX. Nothing when it is not closed, or another character is escaped.
std::optional<std::string> takeQuoted(std::string_view& source);

/// The value at the end of the path, or null pointer when a step leads nowhere.
const Value* follow(const Value& value, const Path& path);

}  // namespace latchkey
