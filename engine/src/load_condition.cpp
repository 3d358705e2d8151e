#include <algorithm>
#include <array>

#include "json_writer.hpp"
#include "loader.hpp"
#include "text.hpp"

namespace latchkey {
namespace {

/// The deepest nesting of all, any and not.
constexpr int deepestCondition = 16;

struct NamedOperator {
  std::string_view name;
  Operator operation;
};
constexpr std::array<NamedOperator, 14> operators = {{
    {"is", Operator::is}, {"isNot", Operator::isNot}, {"isNull", Operator::isNull}, {"contains", Operator::contains},
    {"startsWith", Operator::startsWith}, {"endsWith", Operator::endsWith}, {"matches", Operator::matches},
    {"lessThan", Operator::lessThan}, {"atMost", Operator::atMost}, {"greaterThan", Operator::greaterThan},
    {"atLeast", Operator::atLeast}, {"before", Operator::before}, {"after", Operator::after}, {"in", Operator::in},
}};

bool isInstant(AttributeId id) {
  return id == predefined::authenticatedAt || id == predefined::authenticationExpiresAt || id == predefined::now || id == predefined::today;
}

bool compares(Operator operation) {
  return operation == Operator::lessThan || operation == Operator::atMost || operation == Operator::greaterThan ||
         operation == Operator::atLeast;
}

/// Whether the operator says anything about values of the attribute.
bool applies(Operator operation, AttributeId id, AttributeType type) {
  const bool dates = type == AttributeType::date || isInstant(id) || type == AttributeType::json;
  if (compares(operation)) return type == AttributeType::number || dates;
  if (operation == Operator::before || operation == Operator::after) return dates;
  return true;
}

/// Whether the value is of the only kind that the operator takes.
bool hasShape(Fields& fields, const NamedOperator& given, const Value& value) {
  const char* wanted = nullptr;
  if (given.operation == Operator::matches && !value.text()) wanted = "a regular expression";
  if (given.operation == Operator::isNull && !value.boolean()) wanted = "true or false";
  if (given.operation == Operator::in && !value.list()) wanted = "a list: [ … ]";
  if (wanted) fields.wrongType(given.name, wanted);
  return !wanted;
}

bool comparesText(Operator operation) {
  return operation == Operator::contains || operation == Operator::startsWith || operation == Operator::endsWith;
}

}  // namespace

Condition Loader::loadCondition(const Value& source, const std::string& where, int depth) {
  Condition condition;
  Fields fields(*this, source, where);
  if (!source.object()) return condition;
  if (depth > deepestCondition && (source.find("all") || source.find("any") || source.find("not"))) {
    error("tooDeep", where, "Conditions may be nested 16 deep; split this one.");
    return condition;
  }
  const auto loadAll = [&](std::string_view name, Condition::Kind kind) {
    condition.kind = kind;
    fields.each(name, 1, 1000, [&](const Value& each, const std::string& place) {
      condition.inner.push_back(loadCondition(each, place, depth + 1));
    });
  };
  if (source.find("all")) loadAll("all", Condition::Kind::all);
  else if (source.find("any")) loadAll("any", Condition::Kind::any);
  else if (const Value* negated = source.find("not")) {
    fields.find("not");
    condition.kind = Condition::Kind::negation;
    condition.inner.push_back(loadCondition(*negated, fields.at("not"), depth + 1));
  } else {
    loadTest(condition, fields);
    for (std::string_view absent : {"all", "any", "not"}) fields.find(absent);
  }
  fields.finish();
  return condition;
}

void Loader::loadTest(Condition& condition, Fields& fields) {
  const std::optional<std::string> name = fields.requireText("attribute");
  const std::optional<Reference> subject = name ? loadReference(*name, fields.at("attribute")) : std::nullopt;
  if (subject) condition.subject = *subject;
  condition.ignoreCase = fields.boolean("ignoreCase", false);
  int given = 0;
  for (const NamedOperator& each : operators) {
    const Value* value = fields.find(each.name);
    if (!value || ++given > 1) continue;
    condition.operation = each.operation;
    if (!hasShape(fields, each, *value)) continue;
    loadTestValue(condition, *value, fields.at(each.name));
    // Whether the value fits can be told only when it is known what it is compared with.
    if (subject) fitTestValue(condition, *value, each.name, fields.at(each.name));
  }
  if (given == 0) error("missingField", fields.where, "This test compares nothing: add an operator such as \"is\".");
  if (given > 1) error("outOfRange", fields.where, "A test has one operator; join several with \"all\" or \"any\".");
}

void Loader::loadTestValue(Condition& condition, const Value& value, const std::string& where) {
  if (condition.operation == Operator::matches) condition.pattern = bot.platform->compile(*value.text(), condition.ignoreCase);
  if (condition.pattern) return;
  if (condition.operation != Operator::matches || value.text()->find("{{") != std::string::npos) condition.value = loadJsonTemplate(value, where);
  else error("badPattern", where, quoted(*value.text()) + " is not a regular expression (ECMAScript, u flag).");
}

void Loader::fitTestValue(Condition& condition, const Value& value, std::string_view name, const std::string& where) {
  const Attribute& attribute = bot.attributes[condition.subject.attribute];
  if (!condition.subject.path.empty() || condition.operation == Operator::matches || condition.operation == Operator::isNull) return;
  if (!applies(condition.operation, condition.subject.attribute, attribute.type))
    return error("typeMismatch", where, quoted(name) + " does not compare values of type " + plain(nameOf(attribute.type)) + "; use \"is\" or \"in\".");
  if (Value* constant = std::get_if<Value>(&condition.value.held)) *constant = convertTestValue(condition, *constant, where);
  else if ((value.list() || value.object()) && condition.operation != Operator::in) convertTestValue(condition, value, where);
  auto* items = std::get_if<std::vector<JsonTemplate>>(&condition.value.held);
  if (!items || condition.operation != Operator::in) return;
  for (std::size_t i = 0; i < items->size(); ++i)
    if (Value* constant = std::get_if<Value>(&(*items)[i].held))
      *constant = convertTestValue(condition, *constant, where + "/" + std::to_string(i));
}

Value Loader::convertTestValue(const Condition& condition, const Value& value, const std::string& where) {
  const AttributeId id = condition.subject.attribute;
  const AttributeType type = bot.attributes[id].type;
  const bool orders = condition.operation == Operator::before || condition.operation == Operator::after || compares(condition.operation);
  if (orders && isInstant(id)) {
    if (value.text() && parseInstant(*value.text())) return value;
  } else if (comparesText(condition.operation)) {
    if (type == AttributeType::list || type == AttributeType::json || value.text()) return value;
    if (const auto text = convert(AttributeType::text, value)) return *text;
  } else if (const std::optional<Value> converted = convert(type, value); converted && !value.isNull()) {
    return *converted;
  }
  error("typeMismatch", where, told(value, bot.attributes[id]) + " is no value of " + quoted(bot.attributes[id].name) + ", whose type is " + plain(nameOf(type)) + (value.isNull() ? "; use \"isNull\"." : "."));
  return value;
}

}  // namespace latchkey
