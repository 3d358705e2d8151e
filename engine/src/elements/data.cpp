#include "elements/data.hpp"

namespace latchkey {

JsonTemplate loadData(Fields& fields) {
  const Value* source = fields.find("data");
  if (!source) return {Value(Object())};
  if (!source->list()) {
    if (!source->object()) fields.wrongType("data", "a list of attribute names or an object");
    return fields.loader.loadJsonTemplate(*source, fields.at("data"));
  }
  std::vector<JsonTemplate::Member> members;
  fields.each("data", 0, 1000, [&](const Value& name, const std::string& where) {
    const std::optional<AttributeId> id = readAttribute(fields.loader, name, where);
    if (!id) return;
    Template printed;
    printed.parts.push_back(Expression{{*id, {}}, {}});
    members.push_back({*name.text(), {std::move(printed)}});
  });
  return {std::move(members)};
}

}  // namespace latchkey
