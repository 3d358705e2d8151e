#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "text.hpp"
#include "value.hpp"

namespace latchkey {

/// The user's answer: typed text, or a button's value.
struct Answer {
  std::string text;
  /// The value of the button that was pressed; then `text` is empty.
  std::optional<Value> chosen;
  /// `text` is the label of a card's button, which has this value; where the question has a button of that label, it is that one.
  std::optional<Value> card = {};

  /// The value of the button, pressed or typed by its label; none for other texts.
  const std::optional<Value>& brought() const { return chosen ? chosen : card; }
};

/// The customer API's answer to a request, or why there is none.
struct Response {
  std::uint32_t id = 0;
  /// Empty when there is an answer: network, timeout, tooLarge, blocked, aborted.
  std::string failure;
  double status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// The value of a header; names compare without case.
  std::optional<std::string_view> header(std::string_view name) const;
};

struct Started {
  std::string conversationId;
  std::uint64_t seed = 0;
  Value pageUrl;
  Value pageLanguage;
  /// An object, by name, or null.
  Value attributes;
};

/// The page set these.
struct AttributesSet {
  /// An object, by name.
  Value attributes;
};

struct TimerFired {
  std::uint32_t id = 0;
};

struct Closed {};

/// What happened (docs/bot-format.md, section 11).
struct Event {
  Instant now = 0;
  std::variant<Started, Answer, Response, TimerFired, AttributesSet, Closed> what;
};

/// Reads an event's JSON text; on failure `why` says what is wrong with it.
std::optional<Event> readEvent(std::string_view text, std::string& why);

/// The event as JSON text that readEvent reads.
std::string writeEvent(const Event& event);

}  // namespace latchkey
