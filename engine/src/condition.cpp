#include "condition.hpp"

#include <algorithm>

#include "scope.hpp"
#include "text.hpp"

namespace latchkey {
namespace {

constexpr std::size_t longestMatched = 4096;

/// What stands in a pattern for the text itself.
std::string escapePattern(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (std::string_view("^$\\.*+?()[]{}|/").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// A test at work: both sides as values, and how to compare their texts.
struct Comparison {
  const Condition& condition;
  const Platform& platform;
  const Scope& scope;
  AttributeType type;

  std::string comparable(const Value& value) const {
    std::string text = print(value);
    return condition.ignoreCase ? foldCase(text, platform) : text;
  }

  bool equal(const Value& left, const Value& right) const {
    if (left.isNull() || right.isNull()) return false;
    const auto same = [this](const Value& a, const Value& b) { return a.text() && b.text() ? comparable(a) == comparable(b) : a == b; };
    if (same(left, right)) return true;
    if (type == AttributeType::json || type == AttributeType::list) return false;
    const std::optional<Value> converted = convert(type, right);
    return converted && same(left, *converted);
  }

  bool contains(const Value& left, const Value& right) const {
    if (const List* list = left.list())
      return std::any_of(list->begin(), list->end(), [&](const Value& item) { return equal(item, right); });
    return comparable(left).find(comparable(right)) != std::string::npos;
  }

  /// Less, equal or greater as -1, 0, 1; nothing when the two have no order.
  static std::optional<int> order(const Value& left, const Value& right) {
    const auto compare = [](auto a, auto b) { return a < b ? -1 : a > b ? 1 : 0; };
    const auto number = [](const Value& value) -> std::optional<double> {
      if (value.number()) return *value.number();
      return value.text() ? parseNumber(trim(*value.text())) : std::nullopt;
    };
    if (const auto a = number(left), b = number(right); a && b) return compare(*a, *b);
    if (!left.text() || !right.text()) return std::nullopt;
    if (const auto a = parseInstant(*left.text()), b = parseInstant(*right.text()); a && b) return compare(*a, *b);
    return std::nullopt;
  }

  bool ordered(const Value& left, const Value& right, bool (*accept)(int)) const {
    const std::optional<int> result = order(left, right);
    return result && accept(*result);
  }

  bool holds(const Value& left, const Value& right) const {
    switch (condition.operation) {
      case Operator::is: return equal(left, right);
      case Operator::isNot: return !equal(left, right);
      case Operator::isNull: return left.isNull() == (right.boolean() && *right.boolean());
      case Operator::contains: return contains(left, right);
      case Operator::startsWith: return comparable(left).starts_with(comparable(right));
      case Operator::endsWith: return comparable(left).ends_with(comparable(right));
      case Operator::matches: return matches(left);
      case Operator::lessThan: case Operator::before: return ordered(left, right, [](int o) { return o < 0; });
      case Operator::atMost: return ordered(left, right, [](int o) { return o <= 0; });
      case Operator::greaterThan: case Operator::after: return ordered(left, right, [](int o) { return o > 0; });
      case Operator::atLeast: return ordered(left, right, [](int o) { return o >= 0; });
      case Operator::in:
        return right.list() && std::any_of(right.list()->begin(), right.list()->end(),
                                           [&](const Value& item) { return equal(left, item); });
    }
    return false;
  }

  bool matches(const Value& left) const {
    const std::string text = print(left);
    if (countCharacters(text) > longestMatched) return false;
    const auto* source = std::get_if<Template>(&condition.value.held);
    if (!source) return condition.pattern && condition.pattern->matches(text);
    const std::string pattern = render(*source, scope, Audience::machine, escapePattern);
    const auto compiled = countCharacters(pattern) <= longestMatched ? platform.compile(pattern, condition.ignoreCase) : nullptr;
    return compiled && compiled->matches(text);
  }
};

bool testHolds(const Condition& condition, const Scope& scope, const Platform& platform) {
  const Value right = evaluate(condition.value, scope, Audience::machine);
  const Value left = scope.read(condition.subject);
  const bool nullCounts = condition.operation == Operator::isNull || condition.operation == Operator::isNot;
  if ((left.isNull() || (right.isNull() && !condition.pattern)) && !nullCounts) return false;
  const AttributeType type =
      condition.subject.path.empty() ? scope.attribute(condition.subject.attribute).type : AttributeType::json;
  return Comparison{condition, platform, scope, type}.holds(left, right);
}

}  // namespace

bool holds(const Condition& condition, const Scope& scope, const Platform& platform) {
  const auto inner = [&](const Condition& each) { return holds(each, scope, platform); };
  switch (condition.kind) {
    case Condition::Kind::test: return testHolds(condition, scope, platform);
    case Condition::Kind::all: return std::all_of(condition.inner.begin(), condition.inner.end(), inner);
    case Condition::Kind::any: return std::any_of(condition.inner.begin(), condition.inner.end(), inner);
    case Condition::Kind::negation: return !inner(condition.inner.front());
  }
  return false;
}

}  // namespace latchkey
