#include <cmath>

#include "elements/elements.hpp"
#include "elements/options.hpp"
#include "elements/question.hpp"
#include "text.hpp"

namespace latchkey {
namespace {

/// Limits beyond the type's own.
struct Validation {
  std::shared_ptr<const Pattern> pattern;
  std::optional<Text> message;
  std::optional<Value> minimum, maximum;
  std::optional<int> minLength, maxLength;

  bool accepts(const Value& value) const {
    const std::string text = print(value);
    const auto length = static_cast<int>(countCharacters(text));
    if (minLength && length < *minLength) return false;
    if (maxLength && length > *maxLength) return false;
    if (minimum && below(value, *minimum)) return false;
    if (maximum && below(*maximum, value)) return false;
    return !pattern || pattern->matches(text);
  }

  /// Numbers by size; dates as YYYY-MM-DD sort as text.
  static bool below(const Value& a, const Value& b) {
    if (a.number() && b.number()) return *a.number() < *b.number();
    return a.text() && b.text() && *a.text() < *b.text();
  }
};

constexpr int longestAnswer = 4096;

class SaveResponse final : public Element {
 public:
  explicit SaveResponse(Fields& fields)
      : attribute_(fields.writtenAttribute("attribute").value_or(noAttribute)), question_(fields) {
    skipIfSet_ = fields.boolean("skipIfSet", false);
    // Of an attribute that is not there the type is not known: text takes everything.
    const bool known = attribute_ != noAttribute;
    type_ = known ? fields.loader.bot.attributes[attribute_].type : AttributeType::text;
    if (known && !skipIfSet_ && fields.loader.inAuthenticationDialog()) fields.loader.askedToAuthenticate.push_back(attribute_);
    if (type_ == AttributeType::list || type_ == AttributeType::json)
      fields.loader.error("typeMismatch", fields.at("attribute"), "A user cannot be asked for a " + plain(nameOf(type_)) + "; use an attribute of another type.");
    const bool hasOptions = fields.has("options");
    fields.each("options", 1, 100, [&](const Value& source, const std::string& where) { readOption(fields.loader, source, where); });
    freeText_ = fields.boolean("freeText", false) || !hasOptions;
    if (const Value* validation = fields.find("validation")) readValidation(fields.loader, *validation, fields.at("validation"));
  }

  Step run(Flow& flow) const override {
    if (skipIfSet_ && !flow.scope.read({attribute_, {}}).isNull()) return Step::next;
    question_.say(flow);
    const Step step = flow.waitForAnswer();
    ask(flow);
    return step;
  }

  void ask(Flow& flow) const override {
    const std::string_view kind = options_.empty() ? "text" : freeText_ ? "choiceOrText" : "choice";
    const auto write = [&](JsonWriter& writer) {
      for (const OptionTemplate& source : options_) {
        const Option option = renderOption(source, flow.scope);
        if (!option.label.empty()) writeOption(writer, option.label, option.value);
      }
    };
    flow.effects.ask(kind, write, flow.bot.attributes[attribute_].sensitive, type_, flow.state.waiting.repeats > 0);
  }

  std::optional<std::string> labelOf(const Scope& scope, const Value& value) const override {
    const OptionTemplate* option = findChosen(options_, scope, value);
    return option ? std::optional(render(option->label, scope, Audience::people)) : std::nullopt;
  }
  std::optional<AttributeId> answers() const override { return attribute_; }
  bool receives() const override { return true; }
  Outline outline() const override {
    Outline outline;
    outline.pauses = true;
    if (question_.fallback().elements != noList) outline.fallbacks.push_back(question_.fallback().elements);
    return outline;
  }

  Step receive(Flow& flow, const Answer& answer) const override {
    std::optional<Value> value = valueOf(flow, answer);
    if (value) {
      flow.assign(attribute_, std::move(*value));
      return Step::next;
    }
    if (!question_.repeats(flow, validation_.message)) return flow.fail(question_.fallback());
    ask(flow);
    return Step::wait;
  }

 private:
  std::optional<Value> valueOf(Flow& flow, const Answer& answer) const {
    const std::optional<Value>& brought = answer.brought();
    const OptionTemplate* option = answer.chosen ? nullptr : findTyped(options_, flow.scope, answer.text, *flow.bot.platform);
    if (!option && brought) option = findChosen(options_, flow.scope, *brought);
    if (option) return convert(type_, evaluate(option->value, flow.scope, Audience::people));
    if (!freeText_) return std::nullopt;
    // The button of a card brings a value of its own.
    std::optional<Value> value = brought ? convert(type_, *brought) : parseAnswer(type_, answer.text, flow.bot.language, *flow.bot.platform);
    return value && !value->isNull() && validation_.accepts(*value) ? value : std::nullopt;
  }

  void readOption(Loader& loader, const Value& source, const std::string& where) {
    Fields fields(loader, source, where);
    OptionTemplate option = latchkey::readOption(fields);
    const Value* constant = std::get_if<Value>(&option.value.held);
    const bool fits = std::holds_alternative<Template>(option.value.held) || (constant && convert(type_, *constant));
    std::optional<Value> meant;
    // A label without a value means what it would mean when it is typed: Yes is true.
    if (!fits && constant && constant->text() && !source.find("value"))
      meant = parseAnswer(type_, *constant->text(), loader.bot.language, *loader.bot.platform);
    if (meant) option.value.held = std::move(*meant);
    else if (source.object() && !fits)
      loader.error("typeMismatch", fields.at(source.find("value") ? "value" : "label"), "The value of a button must be of the attribute's type, " + plain(nameOf(type_)) + ".");
    fields.finish();
    options_.push_back(std::move(option));
  }

  void readValidation(Loader& loader, const Value& source, const std::string& where) {
    Fields fields(loader, source, where);
    if (const std::optional<std::string> pattern = fields.text("pattern")) {
      validation_.pattern = loader.bot.platform->compile(*pattern, false);
      if (!validation_.pattern) loader.error("badPattern", fields.at("pattern"), quoted(*pattern) + " is not a regular expression (ECMAScript, u flag).");
    }
    validation_.message = fields.said("message");
    validation_.minimum = readLimit(fields, "minimum");
    validation_.maximum = readLimit(fields, "maximum");
    validation_.minLength = fields.integer("minLength", 0, longestAnswer);
    validation_.maxLength = fields.integer("maxLength", 1, longestAnswer);
    const bool empty = (validation_.minimum && validation_.maximum && Validation::below(*validation_.maximum, *validation_.minimum)) ||
                       (validation_.minLength && validation_.maxLength && *validation_.maxLength < *validation_.minLength);
    if (empty) loader.error("outOfRange", where, "No answer is valid: the maximum is below the minimum; change one of them.");
    fields.finish();
  }

  std::optional<Value> readLimit(Fields& fields, std::string_view name) const {
    const Value* value = fields.find(name);
    if (value && !value->number() && !value->text()) fields.wrongType(name, "a number or a date");
    else if (value && attribute_ != noAttribute) return convertLimit(fields, name, *value);
    return std::nullopt;
  }

  std::optional<Value> convertLimit(Fields& fields, std::string_view name, const Value& value) const {
    const bool ordered = type_ == AttributeType::number || type_ == AttributeType::date;
    const std::optional<Value> limit = ordered ? convert(type_, value) : std::nullopt;
    if (!limit)
      fields.loader.error("typeMismatch", fields.at(name), quoted(name) + " is for numbers and dates, and must be one of the attribute's type, " + plain(nameOf(type_)) + ".");
    return limit;
  }

  AttributeId attribute_;
  Question question_;
  AttributeType type_ = AttributeType::text;
  std::vector<OptionTemplate> options_;
  bool freeText_ = true;
  bool skipIfSet_ = false;
  Validation validation_;
};

}  // namespace

std::unique_ptr<const Element> loadSaveResponse(Fields& fields) { return std::make_unique<SaveResponse>(fields); }

}  // namespace latchkey
