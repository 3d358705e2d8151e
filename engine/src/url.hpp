#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace latchkey {

/// The parts of an absolute http(s) address, or of a path of the page's own origin.
struct UrlParts {
  /// "https://host[:port]" in lower case without a default port; empty for an address that begins with "/".
  std::string origin;
  /// Everything from the path on.
  std::string_view rest;
  bool secure = false;
  /// localhost, 127.0.0.1 or [::1]
  bool local = false;
};

/// Nothing when the address is neither http(s) with a host nor begins with a single "/", when it names a user, or when
/// it holds white space, a backslash or a control character.
std::optional<UrlParts> splitUrl(std::string_view url);

/// An origin alone: scheme, host, port and nothing else.
std::optional<std::string> parseOrigin(std::string_view text);

/// An absolute http(s) address.
bool isWebAddress(std::string_view text);

/// As ECMAScript's encodeURIComponent.
std::string percentEncode(std::string_view text);

}  // namespace latchkey
