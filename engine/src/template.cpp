#include "template.hpp"

#include <algorithm>

#include "filter.hpp"
#include "scope.hpp"

namespace latchkey {
namespace {

using Attributes = std::vector<AttributeId>;

bool hidden(const Reference& reference, const Scope& scope, Audience audience) {
  return audience == Audience::people && scope.attribute(reference.attribute).sensitive;
}

std::string printReference(const Reference& reference, const Scope& scope, Audience audience) {
  std::string printed = print(scope.read(reference));
  return hidden(reference, scope, audience) ? mask(printed, scope.attribute(reference.attribute).mask) : printed;
}

/// For people the masked text stands in for a sensitive value before any filter sees it: what no filter gets none can reveal.
Value read(const Reference& reference, const Scope& scope, Audience audience) {
  return hidden(reference, scope, audience) ? Value(printReference(reference, scope, audience)) : scope.read(reference);
}

Value read(const Argument& argument, const Scope& scope, Audience audience) {
  return argument.reads() ? read(argument.reference, scope, audience) : argument.literal;
}

Value evaluate(const Expression& expression, const Scope& scope, Audience audience) {
  Value value = read(expression.reference, scope, audience);
  for (const FilterCall& call : expression.filters) {
    FilterInput input{value, call.given, read(call.first, scope, audience), read(call.second, scope, audience), scope.now(), scope.platform()};
    value = apply(*call.filter, input);
  }
  return value;
}

void collect(const Template& source, Attributes& found) {
  for (const Template::Part& part : source.parts) {
    const auto* expression = std::get_if<Expression>(&part);
    if (!expression) continue;
    found.push_back(expression->reference.attribute);
    for (const FilterCall& call : expression->filters)
      for (const Argument* argument : {&call.first, &call.second})
        if (argument->reads()) found.push_back(argument->reference.attribute);
  }
}

void collect(const JsonTemplate& source, Attributes& found) {
  if (const auto* text = std::get_if<Template>(&source.held)) collect(*text, found);
  if (const auto* items = std::get_if<std::vector<JsonTemplate>>(&source.held))
    for (const JsonTemplate& item : *items) collect(item, found);
  if (const auto* members = std::get_if<std::vector<JsonTemplate::Member>>(&source.held))
    for (const JsonTemplate::Member& member : *members) collect(member.value, found);
}

}  // namespace

bool Template::constant() const {
  return std::all_of(parts.begin(), parts.end(), [](const Part& part) { return std::holds_alternative<std::string>(part); });
}

const std::string* Template::literal() const {
  return parts.size() == 1 ? std::get_if<std::string>(&parts.front()) : nullptr;
}

std::string render(const Template::Part& part, const Scope& scope, Audience audience) {
  if (const auto* literal = std::get_if<std::string>(&part)) return *literal;
  const auto& expression = std::get<Expression>(part);
  if (expression.filters.empty()) return printReference(expression.reference, scope, audience);
  return printFiltered(evaluate(expression, scope, audience));
}

std::string render(const Template& source, const Scope& scope, Audience audience, std::string (*transform)(std::string_view)) {
  std::string text;
  for (const Template::Part& part : source.parts) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      text += *literal;
      continue;
    }
    const std::string printed = render(part, scope, audience);
    text += transform ? transform(printed) : printed;
  }
  return text;
}

Value evaluate(const Template& source, const Scope& scope, Audience audience) {
  if (source.parts.size() == 1)
    if (const auto* expression = std::get_if<Expression>(&source.parts.front())) return evaluate(*expression, scope, audience);
  return Value(render(source, scope, audience));
}

Value evaluate(const JsonTemplate& source, const Scope& scope, Audience audience) {
  if (const auto* value = std::get_if<Value>(&source.held)) return *value;
  if (const auto* text = std::get_if<Template>(&source.held)) return evaluate(*text, scope, audience);
  if (const auto* items = std::get_if<std::vector<JsonTemplate>>(&source.held)) {
    List list;
    for (const JsonTemplate& item : *items) list.push_back(evaluate(item, scope, audience));
    return Value(std::move(list));
  }
  Object object;
  for (const JsonTemplate::Member& member : std::get<std::vector<JsonTemplate::Member>>(source.held))
    object.add(member.key, evaluate(member.value, scope, audience));
  return Value(std::move(object));
}

std::vector<AttributeId> attributesIn(const Template& source) {
  Attributes found;
  collect(source, found);
  return found;
}

std::vector<AttributeId> attributesIn(const JsonTemplate& source) {
  Attributes found;
  collect(source, found);
  return found;
}

}  // namespace latchkey
