#include "loader.hpp"

#include <algorithm>

#include "markdown.hpp"
#include "text.hpp"

namespace latchkey {
namespace {

/// To compare a name or a problem with all the others takes its time: after so many problems it is no longer worth it.
constexpr std::size_t mostCompared = 100;

/// What an attribute of the scope is found by; a name of the chatbot's, with noDialog, is its own key.
std::string attributeKey(DialogIndex scope, std::string_view name) {
  return scope == noDialog ? std::string(name) : std::to_string(scope) + "." + std::string(name);
}

}  // namespace

void Loader::error(const char* code, std::string where, ProblemText message) {
  Problem problem{Severity::error, code, std::move(where), std::move(message)};
  // The same of one place is one problem: a name that is written twice in a text, or a label that is the value too. Without
  // their words problems cannot be told apart.
  const auto isSame = [&](const Problem& other) {
    return other.where == problem.where && other.code == std::string_view(code) && other.message == problem.message;
  };
  if (hasProblemTexts && problems_.size() <= mostCompared && std::any_of(problems_.begin(), problems_.end(), isSame)) return;
  problems_.push_back(std::move(problem));
}

void Loader::warn(const char* code, std::string where, ProblemText message) {
  problems_.push_back({Severity::warning, code, std::move(where), std::move(message)});
}

bool Loader::registerAttribute(Attribute attribute) {
  const auto id = static_cast<AttributeId>(bot.attributes.size());
  const bool ofDialog = attribute.dialog != noDialog;
  const std::string key = attributeKey(attribute.dialog, attribute.name);
  const Index& others = ofDialog ? attributes_ : ofDialogs_;
  if (attributes_.contains(key) || others.contains(attribute.name)) return false;
  if (ofDialog) ofDialogs_.emplace(attribute.name, id);
  attributes_.emplace(key, id);
  if (attribute.dialog != noDialog) bot.dialogs[attribute.dialog].attributes.push_back(id);
  bot.attributes.push_back(std::move(attribute));
  return true;
}

std::optional<AttributeId> Loader::findAttribute(std::string_view name) const {
  for (const DialogIndex scope : {dialog, noDialog}) {
    const auto found = attributes_.find(attributeKey(scope, name));
    if (found != attributes_.end()) return found->second;
  }
  return std::nullopt;
}

DialogIndex Loader::dialogOf(std::string_view attribute) const {
  const auto found = ofDialogs_.find(std::string(attribute));
  return found == ofDialogs_.end() ? noDialog : bot.attributes[found->second].dialog;
}

std::optional<DialogIndex> Loader::findDialog(const std::string& id) const {
  const auto found = dialogs_.find(id);
  return found == dialogs_.end() ? std::nullopt : std::optional(found->second);
}

void Loader::use(AttributeId attribute) {
  if (used_.size() < bot.attributes.size()) used_.resize(bot.attributes.size());
  used_[attribute] = true;
}

void Loader::noteSent(const std::vector<AttributeId>& attributes) {
  if (!inAuthenticationDialog()) return;
  for (const AttributeId id : attributes) {
    sentToAuthenticate.push_back(id);
    const bool asked = std::find(askedToAuthenticate.begin(), askedToAuthenticate.end(), id) != askedToAuthenticate.end();
    if (!asked) storedToAuthenticate.push_back(id);
  }
}

ProblemText Loader::suggestAttribute(std::string_view name) const {
  if (!hasProblemTexts || problems_.size() > mostCompared) return ".";
  std::vector<std::string_view> names;
  for (const Attribute& attribute : bot.attributes) names.push_back(attribute.name);
  return suggestion(nearest(name, names), ".");
}

ProblemText Loader::suggestDialog(std::string_view id, ProblemText otherwise) const {
  if (!hasProblemTexts || problems_.size() > mostCompared) return otherwise;
  std::vector<std::string_view> ids;
  for (const Dialog& each : bot.dialogs) ids.push_back(each.id);
  return suggestion(nearest(id, ids), std::move(otherwise));
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
    error("badPath", where, quoted(bot.attributes[*id].name) + " is a " + plain(nameOf(type)) + " and has nothing inside; only json and list attributes have paths.");
    return std::nullopt;
  }
  return Reference{*id, std::move(*path)};
}

Template Loader::loadMessage(std::string_view source, const std::string& where) {
  Template loaded = loadTemplate(source, where);
  // A value stands for a word: **{{ name }}** is strong.
  std::string own;
  for (const Template::Part& part : loaded.parts) {
    const auto* literal = std::get_if<std::string>(&part);
    own += literal ? *literal : "x";
  }
  loaded.markup = holdsMarkup(own);
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
  const std::string place = where + '/';
  for (std::size_t i = 0; i < source.list()->size(); ++i) {
    place_ = {id, static_cast<std::uint32_t>(i)};
    // An element that cannot be read leaves a gap, so that the places of the others are right; such a bot never runs.
    bot.lists[id].elements.push_back(nullptr);
    std::unique_ptr<const Element> element = loadElement((*source.list())[i], place + std::to_string(i));
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
    error("unknownType", fields.at("type"), "There is no element type " + quoted(*type) + nearestKnown(*type, elementTypes));
    return nullptr;
  }
  std::unique_ptr<const Element> element = load(fields);
  fields.finish();
  if (inSessionExpiredDialog() && !sends(*type))
    error("notAllowedHere", where, "A sessionExpired dialog only sends: remove the " + plain(*type) + " element.");
  return element;
}

}  // namespace latchkey
