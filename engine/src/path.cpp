#include "path.hpp"

#include "text.hpp"

namespace latchkey {
namespace {

bool isNameCharacter(char c, bool first) {
  return isLetter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80 || (!first && isDigit(c));
}

/// RFC 9535: no leading zeros, no "-0", within the exact integers of I-JSON.
std::optional<std::int64_t> parseIndex(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits.size() > 15 || (digits.front() == '0' && text.size() > 1)) return std::nullopt;
  for (char c : digits)
    if (!isDigit(c)) return std::nullopt;
  std::int64_t index = 0;
  for (char c : digits) index = index * 10 + (c - '0');
  return text.starts_with('-') ? -index : index;
}

std::optional<PathStep> takeBracket(std::string_view& text) {
  text = trim(text.substr(1));
  if (text.empty()) return std::nullopt;
  if (text.front() == '\'' || text.front() == '"') {
    std::optional<std::string> name = takeQuoted(text);
    text = trim(text);
    if (!name || !text.starts_with(']')) return std::nullopt;
    text.remove_prefix(1);
    return PathStep(std::move(*name));
  }
  const std::size_t end = text.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  const std::optional<std::int64_t> index = parseIndex(trim(text.substr(0, end)));
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
    const std::size_t control = letters.find(source[i]);
    if (control == std::string_view::npos && source[i] != quote && source[i] != '\\' && source[i] != '/') return std::nullopt;
    text += control == std::string_view::npos ? source[i] : controls[control];
  }
  return std::nullopt;
}

std::optional<Path> parseSteps(std::string_view text) {
  Path path;
  while (!text.empty()) {
    std::optional<PathStep> step;
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
