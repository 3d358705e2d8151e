#include "path.hpp"

#include <algorithm>

#include "text.hpp"

namespace latchkey {
namespace {

bool isNameCharacter(char c, bool first) {
  return isLetter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80 || (!first && isDigit(c));
}

/// Number.MAX_SAFE_INTEGER
constexpr std::int64_t largestIndex = 9007199254740991;

/// Takes the blanks of RFC 9535 off the front.
void skipBlanks(std::string_view& text) { text.remove_prefix(std::min(text.find_first_not_of(" \t\n\r"), text.size())); }

/// RFC 9535: no leading zeros, no "-0", within the exact integers of I-JSON.
std::optional<std::int64_t> parseIndex(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits.size() > 16 || (digits.front() == '0' && text.size() > 1)) return std::nullopt;
  for (char c : digits)
    if (!isDigit(c)) return std::nullopt;
  std::int64_t index = 0;
  for (char c : digits) index = index * 10 + (c - '0');
  if (index > largestIndex) return std::nullopt;
  return text.starts_with('-') ? -index : index;
}

/// The four hexadecimal digits after the `u` at `at`, which goes on to the last of them.
std::optional<char32_t> takeHex(std::string_view source, std::size_t& at) {
  constexpr std::size_t digits = 4;
  if (at + digits >= source.size()) return std::nullopt;
  char32_t unit = 0;
  for (std::size_t end = at + digits; at < end;) {
    const char c = lowerAscii(source[++at]);
    if (!isDigit(c) && (c < 'a' || c > 'f')) return std::nullopt;
    unit = unit * 16 + static_cast<char32_t>(isDigit(c) ? c - '0' : c - 'a' + 10);
  }
  return unit;
}

/// The character of `uXXXX` or of a surrogate pair, from the `u` at `at`, which goes on to its end. Half a pair is none.
std::optional<char32_t> takeEscaped(std::string_view source, std::size_t& at) {
  const std::optional<char32_t> high = takeHex(source, at);
  if (!high || *high < 0xD800 || *high > 0xDFFF) return high;
  if (*high > 0xDBFF || source.substr(at + 1, 2) != "\\u") return std::nullopt;
  at += 2;
  const std::optional<char32_t> low = takeHex(source, at);
  if (!low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
  return 0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00);
}

void appendUtf8(std::string& text, char32_t character) {
  if (character < 0x80) {
    text += static_cast<char>(character);
    return;
  }
  const int more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
  text += static_cast<char>((0xFF00 >> (more + 1) & 0xFF) | (character >> 6 * more));
  for (int i = more; i-- > 0;) text += static_cast<char>(0x80 | (character >> 6 * i & 0x3F));
}

std::optional<PathStep> takeBracket(std::string_view& text) {
  text.remove_prefix(1);
  skipBlanks(text);
  if (text.empty()) return std::nullopt;
  if (text.front() == '\'' || text.front() == '"') {
    const std::string_view source = text;
    std::optional<std::string> name = takeQuoted(text);
    const std::string_view quoted = source.substr(0, source.size() - text.size());
    // RFC 9535: control characters are escaped.
    if (std::any_of(quoted.begin(), quoted.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; })) return std::nullopt;
    skipBlanks(text);
    if (!name || !text.starts_with(']')) return std::nullopt;
    text.remove_prefix(1);
    return PathStep(std::move(*name));
  }
  const std::size_t end = text.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  const std::optional<std::int64_t> index = parseIndex(text.substr(0, text.find_last_not_of(" \t\n\r", end - 1) + 1));
  if (!index) return std::nullopt;
  text.remove_prefix(end + 1);
  return PathStep(*index);
}

std::optional<PathStep> takeName(std::string_view& text) {
  std::size_t length = 1;
  while (length < text.size() && isNameCharacter(text[length], length == 1)) ++length;
  if (length == 1) return std::nullopt;
  PathStep step = std::string(text.substr(1, length - 1));
  text.remove_prefix(length);
  return step;
}

}  // namespace

std::optional<std::string> takeQuoted(std::string_view& source) {
  constexpr std::string_view letters = "bfnrt", controls = "\b\f\n\r\t";
  const char quote = source.front();
  std::string text;
  for (std::size_t i = 1; i < source.size(); ++i) {
    if (source[i] == quote) {
      source.remove_prefix(i + 1);
      return text;
    }
    if (source[i] != '\\') {
      text += source[i];
      continue;
    }
    if (++i == source.size()) return std::nullopt;
    if (source[i] == 'u') {
      const std::optional<char32_t> character = takeEscaped(source, i);
      if (!character) return std::nullopt;
      appendUtf8(text, *character);
      continue;
    }
    const std::size_t control = letters.find(source[i]);
    if (control == std::string_view::npos && source[i] != quote && source[i] != '\\' && source[i] != '/') return std::nullopt;
    text += control == std::string_view::npos ? source[i] : controls[control];
  }
  return std::nullopt;
}

std::optional<Path> parseSteps(std::string_view text) {
  Path path;
  while (!text.empty()) {
    skipBlanks(text);
    std::optional<PathStep> step;
    if (text.empty()) return std::nullopt;
    if (text.front() == '.') step = takeName(text);
    else if (text.front() == '[') step = takeBracket(text);
    if (!step) return std::nullopt;
    path.push_back(std::move(*step));
  }
  return path;
}

std::optional<Path> parseQuery(std::string_view text) {
  if (!text.starts_with('$')) return std::nullopt;
  return parseSteps(text.substr(1));
}

const Value* follow(const Value& value, const Path& path) {
  const Value* at = &value;
  for (const PathStep& step : path) {
    if (const auto* name = std::get_if<std::string>(&step)) {
      at = at->find(*name);
    } else {
      const List* list = at->list();
      if (!list) return nullptr;
      const auto size = static_cast<std::int64_t>(list->size());
      std::int64_t index = std::get<std::int64_t>(step);
      if (index < 0) index += size;
      at = index >= 0 && index < size ? &(*list)[static_cast<std::size_t>(index)] : nullptr;
    }
    if (!at) return nullptr;
  }
  return at;
}

}  // namespace latchkey
