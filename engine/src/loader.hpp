#pragma once

// Reads a bot file into a Bot and finds every problem on the way. A Loader knows the bot so far; Fields is the view of
// one JSON object that remembers which fields were asked for, so that what nobody asked for is an unknown field.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot_model.hpp"
#include "condition.hpp"
#include "function_ref.hpp"
#include "json_reader.hpp"
#include "problem_text.hpp"
#include "template.hpp"

namespace latchkey {

class Fields;

class Loader {
 public:
  Loader(Bot& bot, std::vector<Problem>& problems) : bot(bot), problems_(problems) {}

  Bot& bot;
  /// The dialog whose elements are being read.
  DialogIndex dialog = noDialog;

  void error(const char* code, std::string where, ProblemText message);
  void warn(const char* code, std::string where, ProblemText message);

  void registerDialog(const std::string& id, DialogIndex index) { dialogs_.emplace(id, index); }
  /// Adds an attribute under its name, in its scope. False when the name is taken there.
  bool registerAttribute(Attribute attribute);
  std::optional<AttributeId> findAttribute(std::string_view name) const;
  /// A dialog that has an attribute of this name for itself, or noDialog.
  DialogIndex dialogOf(std::string_view attribute) const;
  std::optional<DialogIndex> findDialog(const std::string& id) const;
  void use(AttributeId attribute);
  bool used(AttributeId attribute) const { return attribute < used_.size() && used_[attribute]; }
  bool sensitive(AttributeId attribute) const { return bot.attributes[attribute].sensitive; }
  bool inAuthenticationDialog() const {
    return dialog != noDialog && bot.dialogs[dialog].kind == DialogKind::authentication;
  }
  bool inSessionExpiredDialog() const {
    return dialog != noDialog && bot.dialogs[dialog].kind == DialogKind::sessionExpired;
  }

  Template loadTemplate(std::string_view source, const std::string& where);
  /// The same for the text of a message, which may hold CommonMark.
  Template loadMessage(std::string_view source, const std::string& where);
  JsonTemplate loadJsonTemplate(const Value& source, const std::string& where);
  std::optional<Reference> loadReference(std::string_view source, const std::string& where);
  /// Reads a list of elements. `parent` is the element that holds it, for lists that go on after it.
  ListId loadList(const Value& source, const std::string& where, AtEnd atEnd, Place parent);
  Condition loadCondition(const Value& source, const std::string& where, int depth = 1);
  /// The names that come nearest, as suggestion() puts them.
  ProblemText suggestAttribute(std::string_view name) const;
  ProblemText suggestDialog(std::string_view id, ProblemText otherwise) const;

  /// The bot's own attributes, each with its pointer.
  std::vector<std::pair<AttributeId, std::string>> declared;
  /// Attributes that the authentication dialog's requests send; of these, those that it does not ask for anew each time before; and
  /// those that it has asked for until the element that is being read.
  std::vector<AttributeId> sentToAuthenticate;
  std::vector<AttributeId> storedToAuthenticate;
  std::vector<AttributeId> askedToAuthenticate;
  /// The default dialog has a lock, which it may not have.
  bool defaultSecured = false;
  /// Remembers what a request of the element that is being read sends.
  void noteSent(const std::vector<AttributeId>& attributes);

  /// What was found until now.
  const std::vector<Problem>& problems() const { return problems_; }
  /// The place of the element that is being read.
  Place place() const { return place_; }

 private:
  Template::Part loadExpression(std::string_view source, const std::string& where);
  void badTemplate(std::string_view what, ProblemText fault, const std::string& where);
  void loadArguments(FilterCall& call, std::string_view source, const std::string& where);
  void loadFilter(FilterCall& call, std::string_view source, const std::string& where);
  Argument loadArgument(std::string_view source, const std::string& where);
  std::unique_ptr<const Element> loadElement(const Value& source, const std::string& where);
  void loadTest(Condition& condition, Fields& fields);
  void loadTestValue(Condition& condition, const Value& value, const std::string& where);
  void fitTestValue(Condition& condition, const Value& value, std::string_view name, const std::string& where);
  Value convertTestValue(const Condition& condition, const Value& value, const std::string& where);

  std::vector<Problem>& problems_;
  Index dialogs_;
  /// The attributes of each scope by their keys.
  Index attributes_;
  /// The names of scope "dialog", of whichever dialog.
  Index ofDialogs_;
  std::vector<char> used_;
  Place place_;
};

/// "; did you mean \"…\"?" or `otherwise`.
ProblemText suggestion(const std::optional<std::string>& nearest, ProblemText otherwise);
/// The same for names that the format knows: the nearest is named, however far it is.
ProblemText nearestKnown(std::string_view name, const std::vector<std::string_view>& known);
ProblemText nearestKnown(std::string_view name, std::vector<std::string_view> (*known)());
/// A value of the attribute at the beginning of a message: a sensitive one is not told.
ProblemText told(const Value& value, const Attribute& attribute);

/// One JSON object of the bot file. Every reader names the field; a value of the wrong kind is reported and counts as absent.
class Fields {
 public:
  Fields(Loader& loader, const Value& source, std::string where);
  /// Reports the fields that nobody asked for.
  void finish();

  Loader& loader;
  const std::string where;
  std::string at(std::string_view name) const { return where + pointerToken(name); }

  bool has(std::string_view name);
  /// The raw value, or null pointer.
  const Value* find(std::string_view name);
  /// The same, and its absence is a `missingField`.
  const Value* require(std::string_view name);

  /// A text in the file's own memory, or null pointer.
  const std::string* held(std::string_view name);
  std::optional<std::string> text(std::string_view name);
  std::optional<std::string> requireText(std::string_view name);
  bool boolean(std::string_view name, bool absent);
  std::optional<double> number(std::string_view name, double least, double most);
  std::optional<int> integer(std::string_view name, int least, int most);
  /// One of `choices`, by its index.
  std::optional<std::size_t> choice(std::string_view name, std::initializer_list<std::string_view> choices);
  /// The items of a list, each with its pointer.
  void each(std::string_view name, std::size_t least, std::size_t most, FunctionRef<void(const Value&, const std::string&)> read);
  /// The members of an object, each with its pointer.
  void eachMember(std::string_view name, FunctionRef<void(const std::string&, const Value&, const std::string&)> read);
  std::vector<std::string> texts(std::string_view name);

  std::optional<Template> templated(std::string_view name);
  Template requireTemplate(std::string_view name);
  /// What the bot says.
  std::optional<Text> said(std::string_view name);
  Text requireSaid(std::string_view name);
  /// An attribute that the bot reads.
  std::optional<AttributeId> attribute(std::string_view name);
  /// An attribute that the bot writes: a predefined one is refused.
  std::optional<AttributeId> writtenAttribute(std::string_view name);
  std::vector<AttributeId> attributes(std::string_view name);
  DialogIndex dialog(std::string_view name);
  ListId elements(std::string_view name, AtEnd atEnd = AtEnd::goOn);
  Fallback fallback(std::string_view name, AtEnd atEnd);

  void wrongType(std::string_view name, ProblemText wanted);

 private:
  const Object* object_;
  std::vector<std::string_view> asked_;
};

/// `value` names an attribute that may be written.
std::optional<AttributeId> writtenAttribute(Loader& loader, const Value& value, const std::string& where);
std::optional<AttributeId> readAttribute(Loader& loader, const Value& value, const std::string& where);

/// An element type: its name in the bot file and how it is read.
using LoadElement = std::unique_ptr<const Element> (*)(Fields&);
LoadElement elementLoader(std::string_view type);
/// Whether elements of the type only send: those that a sessionExpired dialog may have.
bool sends(std::string_view type);
std::vector<std::string_view> elementTypes();

}  // namespace latchkey
