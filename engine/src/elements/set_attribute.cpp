#include <algorithm>

#include "elements/elements.hpp"
#include "flow.hpp"
#include "json_writer.hpp"

namespace latchkey {
namespace {

class SetAttribute final : public Element {
 public:
  explicit SetAttribute(Fields& fields) : attribute_(fields.writtenAttribute("attribute").value_or(noAttribute)) {
    const Value* value = fields.find("value");
    const bool clear = fields.boolean("clear", false);
    if (!value && !clear) fields.loader.error("missingField", fields.where, "Say what to set: \"value\", or \"clear\": true.");
    if (value && clear) fields.loader.error("outOfRange", fields.at("clear"), "\"value\" and \"clear\" exclude each other; remove one.");
    if (value) readValue(fields.loader, *value, fields.at("value"));
  }

  Step run(Flow& flow) const override {
    const Value value = evaluate(value_, flow.scope, Audience::machine);
    const Attribute& attribute = flow.bot.attributes[attribute_];
    std::optional<Value> converted = isModest(value) ? convert(attribute.type, value) : std::nullopt;
    if (!converted) flow.report("typeMismatch", "/value", "The value is no " + std::string(nameOf(attribute.type)) + ", over 1 MiB or nested deeper than 64; \"" + attribute.name + "\" is null now.");
    flow.assign(attribute_, converted.value_or(Value()));
    return Step::next;
  }

 private:
  void readValue(Loader& loader, const Value& value, const std::string& where) {
    value_ = loader.loadJsonTemplate(value, where);
    if (attribute_ == noAttribute) return;
    const Attribute& attribute = loader.bot.attributes[attribute_];
    const std::vector<AttributeId> read = attributesIn(value_);
    const auto leak = std::find_if(read.begin(), read.end(), [&](AttributeId id) { return loader.sensitive(id); });
    if (!attribute.sensitive && leak != read.end())
      loader.error("sensitiveLeak", where, quoted(loader.bot.attributes[*leak].name) + " is sensitive; declare " + quoted(attribute.name) + " sensitive too, or do not copy it.");
    const Value* constant = std::get_if<Value>(&value_.held);
    const bool shapeDiffers = (attribute.type == AttributeType::list && value.object()) ||
                              (attribute.type != AttributeType::json && attribute.type != AttributeType::list && (value.object() || value.list()));
    if (shapeDiffers || (constant && !convert(attribute.type, *constant)))
      loader.error("typeMismatch", where, told(value, attribute) + " is no value of type " + plain(nameOf(attribute.type)) + ", the type of " + quoted(attribute.name) + ".");
  }

  AttributeId attribute_;
  JsonTemplate value_;
};

}  // namespace

std::unique_ptr<const Element> loadSetAttribute(Fields& fields) { return std::make_unique<SetAttribute>(fields); }

}  // namespace latchkey
