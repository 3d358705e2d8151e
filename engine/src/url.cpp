#include "url.hpp"

#include <algorithm>

#include "text.hpp"

namespace latchkey {
namespace {

bool isHost(std::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  // An address of IPv6.
  if (host.starts_with('[') && host.find(':') != std::string_view::npos)
    return host.ends_with(']') && host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1;
  const bool characters = std::all_of(host.begin(), host.end(), [](char c) {
    return isLetter(c) || isDigit(c) || c == '-' || c == '.' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
  return characters && host.front() != '.' && host.find("..") == std::string_view::npos;
}

bool isPort(std::string_view port) {
  if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), isDigit)) return false;
  int number = 0;
  for (char c : port) number = number * 10 + (c - '0');
  return number > 0 && number < 65536;
}

/// Splits "host[:port]" at the colon that is not part of an IPv6 address.
std::pair<std::string_view, std::optional<std::string_view>> splitAuthority(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) return {authority, {}};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

bool isUrlCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7F && byte != '\\';
}

}  // namespace

std::optional<UrlParts> splitUrl(std::string_view url) {
  if (!std::all_of(url.begin(), url.end(), isUrlCharacter)) return std::nullopt;
  UrlParts parts;
  if (url.starts_with('/')) {
    if (url.starts_with("//")) return std::nullopt;
    parts.rest = url;
    parts.secure = true;
    return parts;
  }
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string scheme = lowerAscii(url.substr(0, colon));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  const std::string_view after = url.substr(colon + 3);
  const std::size_t end = std::min(after.find_first_of("/?#"), after.size());
  const auto [host, port] = splitAuthority(after.substr(0, end));
  if (!isHost(host) || (port && !isPort(*port))) return std::nullopt;
  parts.secure = scheme == "https";
  parts.origin = scheme + "://" + lowerAscii(host);
  if (port && *port != (parts.secure ? "443" : "80")) parts.origin += ":" + std::string(*port);
  parts.rest = after.substr(end);
  const std::string name = lowerAscii(host);
  parts.local = name == "localhost" || name.ends_with(".localhost") || name == "127.0.0.1" || name == "[::1]";
  return parts;
}

std::optional<std::string> parseOrigin(std::string_view text) {
  const std::optional<UrlParts> parts = splitUrl(text);
  if (!parts || parts->origin.empty() || !parts->rest.empty()) return std::nullopt;
  return parts->origin;
}

bool isWebAddress(std::string_view text) {
  const std::optional<UrlParts> parts = splitUrl(text);
  return parts && !parts->origin.empty();
}

std::string percentEncode(std::string_view text) {
  constexpr std::string_view unreserved = "-_.!~*'()";
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string encoded;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (isLetter(c) || isDigit(c) || unreserved.find(c) != std::string_view::npos) encoded += c;
    else encoded += {'%', hex[byte >> 4], hex[byte & 15]};
  }
  return encoded;
}

}  // namespace latchkey
