#include "template.hpp"

#include "scope.hpp"

namespace latchkey {
namespace {

std::string printReference(const Reference& reference, const Scope& scope, Audience audience) {
  std::string printed = print(scope.read(reference));
  const Attribute& attribute = scope.attribute(reference.attribute);
  if (audience == Audience::people && attribute.sensitive) return mask(printed, attribute.mask);
  return printed;
}

}  // namespace

bool Template::constant() const {
  for (const Part& part : parts)
    if (std::holds_alternative<Reference>(part)) return false;
  return true;
}

std::string render(const Template& source, const Scope& scope, Audience audience) {
  std::string text;
  for (const Template::Part& part : source.parts) {
    if (const auto* literal = std::get_if<std::string>(&part)) text += *literal;
    else text += printReference(std::get<Reference>(part), scope, audience);
  }
  return text;
}

std::string render(const Template& source, const Scope& scope, Audience audience,
                   const std::function<std::string(std::string)>& transform) {
  std::string text;
  for (const Template::Part& part : source.parts) {
    if (const auto* literal = std::get_if<std::string>(&part)) text += *literal;
    else text += transform(printReference(std::get<Reference>(part), scope, audience));
  }
  return text;
}

Value evaluate(const Template& source, const Scope& scope, Audience audience) {
  if (source.parts.size() == 1)
    if (const auto* reference = std::get_if<Reference>(&source.parts.front())) {
      const bool hidden = audience == Audience::people && scope.attribute(reference->attribute).sensitive;
      if (!hidden) return scope.read(*reference);
    }
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

}  // namespace latchkey
