#include "attribute.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "json_reader.hpp"
#include "json_writer.hpp"
#include "text.hpp"
#include "texts.hpp"
#include "url.hpp"

namespace latchkey {
namespace {

constexpr std::array<std::string_view, 9> typeNames = {"text", "number", "boolean", "date", "email",
                                                        "phone", "url", "list", "json"};
constexpr std::size_t longestAnswer = 4096;
constexpr std::string_view bullets = "\u2022\u2022\u2022\u2022";

/// Adds up the text of a value; false when it is nested too deep.
bool measure(const Value& value, int depth, std::size_t& bytes) {
  if (const std::string* text = value.text()) bytes += text->size();
  bytes += 8;
  const bool holds = value.list() || value.object();
  if (holds && depth == maxDepth) return false;
  if (const List* list = value.list())
    return std::all_of(list->begin(), list->end(), [&](const Value& item) { return measure(item, depth + 1, bytes); });
  if (!value.object()) return true;
  const auto& members = value.object()->members();
  return std::all_of(members.begin(), members.end(), [&](const Object::Member& member) {
    bytes += member.first.size();
    return measure(member.second, depth + 1, bytes);
  });
}

bool isLabel(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return isLetter(c) || isDigit(c) || c == '-'; });
}

/// The valid e-mail address of the HTML standard (section "E-mail state").
bool isEmail(std::string_view text) {
  constexpr std::string_view marks = ".!#$%&'*+/=?^_`{|}~-";
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos) return false;
  for (char c : text.substr(0, at))
    if (!isLetter(c) && !isDigit(c) && marks.find(c) == std::string_view::npos) return false;
  std::string_view host = text.substr(at + 1);
  for (std::size_t dot; (dot = host.find('.')) != std::string_view::npos; host.remove_prefix(dot + 1))
    if (!isLabel(host.substr(0, dot))) return false;
  return isLabel(host);
}

/// E.164: a plus and 7 to 15 digits; the separators that people write are dropped.
std::optional<Value> parsePhone(std::string_view text) {
  constexpr std::array<std::string_view, 17> separators = {" ", ".", "-", "(", ")", "[", "]", "\u00A0", "\u2007", "\u2009", "\u202F",
                                                          "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"};
  std::string phone;
  while (!text.empty()) {
    const auto found = std::find_if(separators.begin(), separators.end(), [&](std::string_view each) { return text.starts_with(each); });
    if (found == separators.end()) phone += text.front();
    text.remove_prefix(found == separators.end() ? 1 : found->size());
  }
  const auto digits = std::string_view(phone).substr(phone.starts_with('+') ? 1 : 0);
  if (digits.size() == phone.size() || digits.size() < 7 || digits.size() > 15) return std::nullopt;
  if (!std::all_of(digits.begin(), digits.end(), isDigit)) return std::nullopt;
  return Value(std::move(phone));
}

std::optional<Value> convertText(AttributeType type, std::string_view text) {
  switch (type) {
    case AttributeType::text: case AttributeType::json: return Value(text);
    case AttributeType::number:
      if (const auto number = parseNumber(trim(text))) return Value(*number);
      return std::nullopt;
    case AttributeType::boolean:
      if (text == "true") return Value(true);
      if (text == "false") return Value(false);
      return std::nullopt;
    case AttributeType::date: return parseDay(text) ? std::optional<Value>(text) : std::nullopt;
    case AttributeType::email: return isEmail(text) ? std::optional<Value>(text) : std::nullopt;
    case AttributeType::phone: return parsePhone(text);
    case AttributeType::url: return isWebAddress(text) ? std::optional<Value>(text) : std::nullopt;
    case AttributeType::list: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<AttributeType> attributeTypeNamed(std::string_view name) {
  const auto found = std::find(typeNames.begin(), typeNames.end(), name);
  if (found == typeNames.end()) return std::nullopt;
  return static_cast<AttributeType>(found - typeNames.begin());
}

std::vector<std::string_view> attributeTypes() { return {typeNames.begin(), typeNames.end()}; }

std::string_view nameOf(AttributeType type) { return typeNames[static_cast<std::size_t>(type)]; }

std::optional<Value> parseAnswer(AttributeType type, std::string_view answer, std::string_view language, const Platform& platform) {
  const std::string_view text = trim(answer);
  if (text.empty() || countCharacters(text) > longestAnswer) return std::nullopt;
  if (type == AttributeType::boolean) {
    const std::optional<bool> truth = parseYesNo(text, language, platform);
    return truth ? std::optional<Value>(*truth) : std::nullopt;
  }
  if (type == AttributeType::number)
    if (const auto number = parseLocalNumber(text, language)) return Value(*number);
  if (type == AttributeType::list || type == AttributeType::json) return std::nullopt;
  return convertText(type, text);
}

std::optional<Value> convert(AttributeType type, const Value& value) {
  if (value.isNull() || type == AttributeType::json) return value;
  if (value.text()) return convertText(type, *value.text());
  switch (type) {
    case AttributeType::text:
      if (value.number() || value.boolean()) return Value(print(value));
      return std::nullopt;
    case AttributeType::number: return value.number() ? std::optional<Value>(value) : std::nullopt;
    case AttributeType::boolean: return value.boolean() ? std::optional<Value>(value) : std::nullopt;
    case AttributeType::list: return value.list() ? std::optional<Value>(value) : std::nullopt;
    case AttributeType::date: case AttributeType::email: case AttributeType::phone: case AttributeType::url:
    case AttributeType::json:
      return std::nullopt;
  }
  return std::nullopt;
}

bool isModest(const Value& value) {
  std::size_t bytes = 0;
  return measure(value, 0, bytes) && bytes <= largestValue;
}

std::optional<Value> convertExternal(AttributeType type, const Value& value) {
  if (!isModest(value) || (value.text() && countCharacters(*value.text()) > longestAnswer)) return std::nullopt;
  return convert(type, value);
}

std::string print(const Value& value) {
  if (value.isNull()) return {};
  if (value.text()) return *value.text();
  return writeJson(value);
}

std::string mask(std::string_view printed, int keep) {
  if (printed.empty()) return {};
  std::string masked(bullets);
  const auto kept = static_cast<std::size_t>(keep);
  if (kept > 0 && countCharacters(printed) >= kept + 2) masked += lastCharacters(printed, kept);
  return masked;
}

}  // namespace latchkey
