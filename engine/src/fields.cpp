#include <algorithm>
#include <array>
#include <cmath>

#include "json_writer.hpp"
#include "loader.hpp"
#include "text.hpp"

namespace latchkey {
namespace {

constexpr std::size_t mostVariations = 5;
/// What `nearest` compares.
constexpr std::size_t longestCompared = 64;
/// What other formats call the words of this one: no letter need be alike.
constexpr std::array<std::pair<std::string_view, std::string_view>, 32> otherWords = {{
    {"all", "and every"}, {"any", "or some"}, {"is", "= == equals equal eq"}, {"isNot", "!= notequals ne neq"}, {"isNull", "empty isempty exists"},
    {"lessThan", "< lt"}, {"atMost", "<= lte max"}, {"greaterThan", "> gt"}, {"atLeast", ">= gte min"}, {"matches", "regex regexp pattern"},
    {"saveResponse", "ask question input prompt attribute"}, {"userInput", "buttons menu choice choices quickreplies"},
    {"text", "message say string"}, {"toDialog", "goto go jump redirect"}, {"conditions", "if switch"}, {"setAttribute", "set assign"},
    {"api", "request http fetch webhook"}, {"authentication", "login signin auth"}, {"signOut", "logout"}, {"delay", "wait sleep pause"},
    {"toAgent", "handover agent human"}, {"closeSession", "end close exit"}, {"image", "picture photo"}, {"list", "array"}, {"json", "object map"},
    {"number", "integer int float double"}, {"boolean", "bool"}, {"phone", "tel telephone"}, {"date", "day datetime"},
    {"elements", "steps actions"}, {"attribute", "variable saveto"}, {"comment", "// _comment note"},
}};

/// Objects of a bot file seldom know more fields: room to remember them is made at once.
constexpr std::size_t usualFields = 16;

}  // namespace

ProblemText suggestion(const std::optional<std::string>& nearest, ProblemText otherwise) {
  return nearest ? "; did you mean " + quoted(*nearest) + "?" : otherwise;
}

ProblemText nearestKnown(std::string_view name, const std::vector<std::string_view>& known) {
  if (!hasProblemTexts) return {};
  const std::string_view start = name.substr(0, longestCompared);
  const std::string word = lowerAscii(start);
  for (const auto& [ours, others] : otherWords)
    if (isOneOf(others, word) && std::find(known.begin(), known.end(), ours) != known.end()) return suggestion(std::string(ours), "");
  return suggestion(nearest(start, known), "; the nearest known one is " + quoted(nearest(start, known, true).value_or("")) + ".");
}

ProblemText nearestKnown(std::string_view name, std::vector<std::string_view> (*known)()) {
  return hasProblemTexts ? nearestKnown(name, known()) : ProblemText();
}

ProblemText told(const Value& value, const Attribute& attribute) {
  if (!hasProblemTexts || attribute.sensitive) return "This";
  return plain(writeJson(value));
}

Fields::Fields(Loader& loader, const Value& source, std::string where)
    : loader(loader), where(std::move(where)), object_(source.object()) {
  if (!object_) loader.error("wrongType", this->where, "This must be an object: { … }.");
  asked_.reserve(usualFields);
}

void Fields::finish() {
  if (!object_) return;
  asked_.push_back("comment");
  for (const auto& [name, value] : object_->members()) {
    if (name == "comment" && !value.text()) wrongType(name, "a text");
    if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
    loader.error("unknownField", at(name), "There is no field " + quoted(name) + " here" + nearestKnown(name, asked_));
  }
}

void Fields::wrongType(std::string_view name, ProblemText wanted) {
  loader.error("wrongType", at(name), quoted(name) + " must be " + wanted + ".");
}

const Value* Fields::find(std::string_view name) {
  asked_.push_back(name);
  return object_ ? object_->find(name) : nullptr;
}

bool Fields::has(std::string_view name) { return find(name) != nullptr; }

const Value* Fields::require(std::string_view name) {
  const Value* value = find(name);
  if (!value && object_) loader.error("missingField", where, "The field " + quoted(name) + " is missing here; add it.");
  return value;
}

const std::string* Fields::held(std::string_view name) {
  const Value* value = find(name);
  if (value && !value->text()) wrongType(name, "a text");
  return value ? value->text() : nullptr;
}

std::optional<std::string> Fields::text(std::string_view name) {
  const std::string* held = this->held(name);
  return held ? std::optional(*held) : std::nullopt;
}

std::optional<std::string> Fields::requireText(std::string_view name) {
  return require(name) ? text(name) : std::nullopt;
}

bool Fields::boolean(std::string_view name, bool absent) {
  const Value* value = find(name);
  if (!value) return absent;
  if (value->boolean()) return *value->boolean();
  wrongType(name, "true or false");
  return absent;
}

std::optional<double> Fields::number(std::string_view name, double least, double most) {
  const Value* value = find(name);
  if (!value) return std::nullopt;
  if (!value->number()) {
    wrongType(name, "a number");
    return std::nullopt;
  }
  const double number = *value->number();
  if (number >= least && number <= most) return number;
  loader.error("outOfRange", at(name), quoted(name) + " must be from " + plain(least) + " to " + plain(most) + ".");
  return std::nullopt;
}

std::optional<int> Fields::integer(std::string_view name, int least, int most) {
  const std::optional<double> value = number(name, least, most);
  if (!value) return std::nullopt;
  if (*value == std::trunc(*value)) return static_cast<int>(*value);
  wrongType(name, "a whole number");
  return std::nullopt;
}

std::optional<std::size_t> Fields::choice(std::string_view name, std::initializer_list<std::string_view> choices) {
  const std::optional<std::string> given = text(name);
  if (!given) return std::nullopt;
  const auto found = std::find(choices.begin(), choices.end(), *given);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  loader.error("outOfRange", at(name), quoted(*given) + " is not known here; use one of " + listed(choices) + ".");
  return std::nullopt;
}

void Fields::each(std::string_view name, std::size_t least, std::size_t most,
                  FunctionRef<void(const Value&, const std::string&)> read) {
  const Value* value = find(name);
  if (!value) return;
  if (!value->list()) return wrongType(name, "a list: [ … ]");
  const List& items = *value->list();
  if (items.size() < least || items.size() > most)
    loader.error("outOfRange", at(name), quoted(name) + " must have from " + plain(static_cast<double>(least)) + " to " + plain(static_cast<double>(most)) + " items.");
  const std::string place = at(name) + '/';
  for (std::size_t i = 0; i < items.size(); ++i) read(items[i], place + std::to_string(i));
}

void Fields::eachMember(std::string_view name,
                        FunctionRef<void(const std::string&, const Value&, const std::string&)> read) {
  const Value* value = find(name);
  if (!value) return;
  if (!value->object()) return wrongType(name, "an object: { … }");
  for (const auto& [key, held] : value->object()->members()) read(key, held, at(name) + pointerToken(key));
}

std::vector<std::string> Fields::texts(std::string_view name) {
  std::vector<std::string> all;
  each(name, 0, 10'000, [&](const Value& value, const std::string& place) {
    if (value.text()) all.push_back(*value.text());
    else loader.error("wrongType", place, "This must be a text.");
  });
  return all;
}

std::optional<Template> Fields::templated(std::string_view name) {
  const std::string* source = held(name);
  if (!source) return std::nullopt;
  return loader.loadTemplate(*source, at(name));
}

Template Fields::requireTemplate(std::string_view name) {
  return require(name) ? templated(name).value_or(Template()) : Template();
}

std::optional<Text> Fields::said(std::string_view name) {
  const Value* value = find(name);
  if (!value) return std::nullopt;
  Text text;
  if (value->text()) text.variations.push_back(loader.loadMessage(*value->text(), at(name)));
  else if (!value->list()) wrongType(name, "a text or a list of variations");
  else
    each(name, 1, mostVariations, [&](const Value& variation, const std::string& place) {
      if (variation.text()) text.variations.push_back(loader.loadMessage(*variation.text(), place));
      else loader.error("wrongType", place, "This must be a text.");
    });
  return text;
}

Text Fields::requireSaid(std::string_view name) {
  return require(name) ? said(name).value_or(Text()) : Text();
}

std::optional<AttributeId> readAttribute(Loader& loader, const Value& value, const std::string& where) {
  if (!value.text()) {
    loader.error("wrongType", where, "This must be the name of an attribute.");
    return std::nullopt;
  }
  const std::optional<AttributeId> id = loader.findAttribute(*value.text());
  if (id) loader.use(*id);
  else if (const DialogIndex other = loader.dialogOf(*value.text()); other != noDialog)
    loader.error("unknownAttribute", where, "The attribute " + quoted(*value.text()) + " is of the dialog " + quoted(loader.bot.dialogs[other].id) + " alone; use it there, or give it the scope \"chatbot\".");
  else
    loader.error("unknownAttribute", where, "There is no attribute " + quoted(*value.text()) + " here. Declare it under \"attributes\"" + loader.suggestAttribute(*value.text()));
  return id;
}

std::optional<AttributeId> writtenAttribute(Loader& loader, const Value& value, const std::string& where) {
  const std::optional<AttributeId> id = readAttribute(loader, value, where);
  if (!id || *id >= predefined::count) return id;
  loader.error("reservedAttribute", where, quoted(*value.text()) + " is computed by the engine and cannot be written; use an attribute of your own.");
  return std::nullopt;
}

std::optional<AttributeId> Fields::attribute(std::string_view name) {
  const Value* value = require(name);
  return value ? readAttribute(loader, *value, at(name)) : std::nullopt;
}

std::optional<AttributeId> Fields::writtenAttribute(std::string_view name) {
  const Value* value = require(name);
  return value ? latchkey::writtenAttribute(loader, *value, at(name)) : std::nullopt;
}

std::vector<AttributeId> Fields::attributes(std::string_view name) {
  std::vector<AttributeId> all;
  each(name, 0, 10'000, [&](const Value& value, const std::string& place) {
    if (const auto id = latchkey::writtenAttribute(loader, value, place)) all.push_back(*id);
  });
  return all;
}

DialogIndex Fields::dialog(std::string_view name) {
  const std::string* id = held(name);
  if (!id) return noDialog;
  if (const std::optional<DialogIndex> found = loader.findDialog(*id)) return *found;
  loader.error("unknownDialog", at(name), "There is no dialog " + quoted(*id) + loader.suggestDialog(*id, "; add it, or name another."));
  return noDialog;
}

ListId Fields::elements(std::string_view name, AtEnd atEnd) {
  const Value* value = find(name);
  return value ? loader.loadList(*value, at(name), atEnd, loader.place()) : noList;
}

Fallback Fields::fallback(std::string_view name, AtEnd atEnd) {
  Fallback fallback;
  const Value* value = find(name);
  if (!value) return fallback;
  Fields inner(loader, *value, at(name));
  fallback.text = inner.said("text");
  fallback.elements = inner.elements("elements", atEnd);
  inner.finish();
  return fallback;
}

}  // namespace latchkey
