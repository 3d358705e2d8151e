#include "elements/options.hpp"

#include "text.hpp"

namespace latchkey {

OptionTemplate readOption(Fields& fields) {
  OptionTemplate option;
  option.label = fields.requireTemplate("label");
  // Without a value the label is it; what is wrong with that is told at the label, once.
  const std::string_view source = fields.has("value") ? "value" : "label";
  if (const Value* value = fields.find(source)) option.value = fields.loader.loadJsonTemplate(*value, fields.at(source));
  return option;
}

Option renderOption(const OptionTemplate& option, const Scope& scope) {
  return {render(option.label, scope, Audience::people), evaluate(option.value, scope, Audience::people)};
}

const OptionTemplate* findTyped(const std::vector<OptionTemplate>& options, const Scope& scope, std::string_view text, const Platform& platform) {
  const auto labelAt = [&](std::size_t i) { return render(options[i].label, scope, Audience::people); };
  const std::optional<std::size_t> found = findTypedLabel(options.size(), labelAt, text, platform);
  return found ? &options[*found] : nullptr;
}

const OptionTemplate* findChosen(const std::vector<OptionTemplate>& options, const Scope& scope, const Value& value) {
  for (const OptionTemplate& option : options)
    if (evaluate(option.value, scope, Audience::people) == value) return &option;
  return nullptr;
}

}  // namespace latchkey
