#pragma once

// An element type is one class in one file under elements/: its fields, how it is loaded, how it runs, and an outline
// for the checks of the whole bot. elements/table.cpp names them all.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attribute.hpp"
#include "template.hpp"

namespace latchkey {

class Flow;
class Scope;
struct Answer;
struct Response;

using ListId = std::uint32_t;
inline constexpr ListId noList = UINT32_MAX;

/// An element's place: its list and its index there.
struct Place {
  ListId list = noList;
  std::uint32_t index = 0;
  bool operator==(const Place&) const = default;
};

/// What the flow does after an element ran.
enum class Step {
  /// goes on with the next element of the list
  next,
  /// goes on at another place, which has been set already
  moved,
  /// stops until an event comes
  wait
};

/// What is said and run when an answer or a request failed for good. Empty: the settings' one.
struct Fallback {
  std::optional<Text> text;
  ListId elements = noList;
  bool given() const { return text.has_value() || elements != noList; }
};

/// What the checks of the whole bot need to know of an element.
struct Outline {
  /// Time or the user passes here: a receiving, API or delay element.
  bool pauses = false;
  bool authenticates = false;
  /// For an element that authenticates: whether it names a subject, and which forget list is its own.
  bool namesSubject = false;
  std::uint32_t forgetList = 0;
  /// Nothing after it runs: To Dialog, hand-over, end of session.
  bool leaves = false;
  DialogIndex target = noDialog;
  /// The lists inside that go on after it.
  std::vector<ListId> branches = {};
  /// The lists inside that end the flow.
  std::vector<ListId> fallbacks = {};
  /// The flow may pass without entering a branch.
  bool passes = true;
};

class Element {
 public:
  Element() = default;
  Element(const Element&) = delete;
  Element& operator=(const Element&) = delete;
  virtual ~Element() = default;

  virtual Step run(Flow& flow) const = 0;
  virtual Outline outline() const { return {}; }

  /// For elements that wait for the user: puts the question to the host (again).
  virtual void ask(Flow&) const {}
  /// The label of the button with this value; nothing when none is on offer.
  virtual std::optional<std::string> labelOf(const Scope&, const Value&) const { return std::nullopt; }
  /// Takes the user's answer.
  virtual Step receive(Flow&, const Answer&) const { return Step::next; }
  /// The attribute that the answer goes to.
  virtual std::optional<AttributeId> answers() const { return std::nullopt; }
  virtual bool receives() const { return false; }

  /// For elements that wait for an API response.
  virtual Step receive(Flow&, const Response&) const { return Step::next; }
  virtual bool calls() const { return false; }

  /// For elements that wait for a timer.
  virtual bool delays() const { return false; }
};

}  // namespace latchkey
