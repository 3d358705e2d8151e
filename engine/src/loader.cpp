#include "loader.hpp"

#include <algorithm>

#include "text.hpp"

namespace latchkey {
namespace {

/// To compare a name with all the others takes its time: after so many problems it is no longer worth it.
constexpr std::size_t mostSuggestions = 100;

}  // namespace

void Loader::error(const char* code, std::string where, std::string message) {
  problems_.push_back({Severity::error, code, std::move(where), std::move(message)});
}

void Loader::warn(const char* code, std::string where, std::string message) {
  problems_.push_back({Severity::warning, code, std::move(where), std::move(message)});
}

bool Loader::registerAttribute(Attribute attribute) {
  const auto id = static_cast<AttributeId>(bot.attributes.size());
  const bool ofDialog = attribute.dialog != noDialog;
  const bool taken = attributes_.contains({attribute.dialog, attribute.name}) ||
                     (ofDialog ? attributes_.contains({noDialog, attribute.name}) : ofDialogs_.contains(attribute.name));
  if (taken) return false;
  if (ofDialog) ofDialogs_.insert(attribute.name);
  attributes_.emplace(std::pair(attribute.dialog, attribute.name), id);
  if (attribute.dialog != noDialog) bot.dialogs[attribute.dialog].attributes.push_back(id);
  bot.attributes.push_back(std::move(attribute));
  return true;
}

std::optional<AttributeId> Loader::findAttribute(std::string_view name) const {
  for (const DialogIndex scope : {dialog, noDialog}) {
    const auto found = attributes_.find(std::pair(scope, std::string(name)));
    if (found != attributes_.end()) return found->second;
  }
  return std::nullopt;
}

std::optional<DialogIndex> Loader::findDialog(const std::string& id) const {
  const auto found = dialogs_.find(id);
  return found == dialogs_.end() ? std::nullopt : std::optional(found->second);
}

void Loader::use(AttributeId attribute) {
  if (used_.size() < bot.attributes.size()) used_.resize(bot.attributes.size());
  used_[attribute] = true;
}

void Loader::noteSent(const Template& source) {
  if (!inAuthenticationDialog()) return;
  for (const Template::Part& part : source.parts)
    if (const auto* reference = std::get_if<Reference>(&part)) sentToAuthenticate.push_back(reference->attribute);
}

std::optional<std::string> Loader::nearestAttribute(std::string_view name) const {
  if (problems_.size() > mostSuggestions) return std::nullopt;
  std::vector<std::string_view> names;
  for (const Attribute& attribute : bot.attributes) names.push_back(attribute.name);
  return nearest(name, names);
}

std::optional<std::string> Loader::nearestDialog(std::string_view id) const {
  if (problems_.size() > mostSuggestions) return std::nullopt;
  std::vector<std::string_view> ids;
  for (const Dialog& each : bot.dialogs) ids.push_back(each.id);
  return nearest(id, ids);
}

std::optional<Reference> Loader::loadReference(std::string_view source, const std::string& where) {
  const std::size_t end = std::min(source.find_first_of(".["), source.size());
  const std::optional<AttributeId> id = readAttribute(*this, Value(trim(source.substr(0, end))), where);
  std::optional<Path> path = parseSteps(source.substr(end));
  if (!path)
    error("badPath", where, quoted(source) + " is not a path; write it like customer.accounts[0].balance.");
  if (!id || !path) return std::nullopt;
  const AttributeType type = bot.attributes[*id].type;
  if (!path->empty() && type != AttributeType::json && type != AttributeType::list) {
    error("badPath", where, quoted(bot.attributes[*id].name) + " is a " + std::string(nameOf(type)) + " and has nothing inside; only json and list attributes have paths.");
    return std::nullopt;
  }
  return Reference{*id, std::move(*path)};
}

Template::Part Loader::loadExpression(std::string_view source, const std::string& where) {
  const std::string_view expression = trim(source);
  if (expression.find('|') != std::string_view::npos) {
    error("badTemplate", where, "Filters are not supported in {{ " + std::string(expression) + " }}; print the attribute alone.");
    return std::string();
  }
  const std::string_view name = trim(expression.substr(0, expression.find_first_of(".[")));
  const bool isName = !name.empty() && !isDigit(name.front()) &&
                      std::all_of(name.begin(), name.end(), [](char c) { return isLetter(c) || isDigit(c) || c == '_'; });
  if (!isName || !parseSteps(expression.substr(std::min(expression.find_first_of(".["), expression.size())))) {
    error("badTemplate", where, "{{ " + std::string(expression) + " }} is not an attribute with a path; write it like {{ customer.accounts[0].balance }}.");
    return std::string();
  }
  const std::optional<Reference> reference = loadReference(expression, where);
  if (!reference) return std::string();
  return *reference;
}

Template Loader::loadTemplate(std::string_view source, const std::string& where) {
  Template loaded;
  while (!source.empty()) {
    const std::size_t open = source.find("{{");
    if (open != 0) loaded.parts.push_back(std::string(source.substr(0, open)));
    if (open == std::string_view::npos) break;
    const std::size_t close = source.find("}}", open);
    if (close == std::string_view::npos) {
      error("badTemplate", where, "A {{ has no }}; close it.");
      break;
    }
    loaded.parts.push_back(loadExpression(source.substr(open + 2, close - open - 2), where));
    source.remove_prefix(close + 2);
  }
  return loaded;
}

JsonTemplate Loader::loadJsonTemplate(const Value& source, const std::string& where) {
  if (source.text()) {
    Template loaded = loadTemplate(*source.text(), where);
    if (loaded.constant()) return {source};
    return {std::move(loaded)};
  }
  if (source.list()) {
    std::vector<JsonTemplate> items;
    for (std::size_t i = 0; i < source.list()->size(); ++i)
      items.push_back(loadJsonTemplate((*source.list())[i], where + "/" + std::to_string(i)));
    return {std::move(items)};
  }
  if (source.object()) {
    std::vector<JsonTemplate::Member> members;
    for (const auto& [key, value] : source.object()->members())
      members.push_back({key, loadJsonTemplate(value, where + pointerToken(key))});
    return {std::move(members)};
  }
  return {source};
}

ListId Loader::loadList(const Value& source, const std::string& where, AtEnd atEnd, Place parent) {
  if (!source.list()) {
    error("wrongType", where, "This must be a list of elements: [ … ].");
    return noList;
  }
  const auto id = static_cast<ListId>(bot.lists.size());
  bot.lists.push_back({{}, atEnd, parent, where});
  const Place outer = place_;
  for (std::size_t i = 0; i < source.list()->size(); ++i) {
    place_ = {id, static_cast<std::uint32_t>(i)};
    // An element that cannot be read leaves a gap, so that the places of the others are right; such a bot never runs.
    bot.lists[id].elements.push_back(nullptr);
    std::unique_ptr<const Element> element = loadElement((*source.list())[i], where + "/" + std::to_string(i));
    bot.lists[id].elements.back() = std::move(element);
  }
  place_ = outer;
  return id;
}

std::unique_ptr<const Element> Loader::loadElement(const Value& source, const std::string& where) {
  Fields fields(*this, source, where);
  const std::optional<std::string> type = fields.requireText("type");
  if (!type) return nullptr;
  const LoadElement load = elementLoader(*type);
  if (!load) {
    error("unknownType", fields.at("type"), "There is no element type " + quoted(*type) + suggestion(nearest(*type, elementTypes())));
    return nullptr;
  }
  std::unique_ptr<const Element> element = load(fields);
  fields.finish();
  const bool sends = *type == "text" || *type == "delay";
  if (inSessionExpiredDialog() && !sends)
    error("notAllowedHere", where, "A sessionExpired dialog only sends: remove the " + *type + " element.");
  return element;
}

}  // namespace latchkey
