#pragma once

// One turn at work. House rules:
// - The flow is always at one place. An element that runs says what comes next (Step); it never calls another element.
// - At the end of every turn the conversation waits for exactly one thing (State::waiting).
// - A dialog is entered through enter() alone: that is where the lock is (gate.hpp).

#include <string>

#include "bot_model.hpp"
#include "effects.hpp"
#include "event.hpp"
#include "latchkey/trace.hpp"
#include "scope.hpp"
#include "state.hpp"

namespace latchkey {

class Flow {
 public:
  /// `trace`, if there is one, notes what runs.
  Flow(const Bot& bot, State& state, Instant now, JsonWriter& effects, Trace* trace)
      : bot(bot), state(state), now(now), scope(bot, state, now), effects(effects), trace_(trace) {}

  const Bot& bot;
  State& state;
  const Instant now;
  const Scope scope;
  Effects effects;

  // What elements use.

  /// Where the flow is: the element that runs.
  Place place() const { return place_; }
  bool authenticated() const { return state.authenticatedAt(now); }

  /// In a secured dialog, by right.
  bool secured() const { return state.dialog != noDialog && bot.dialogs[state.dialog].secured && authenticated(); }

  /// Says the text as people read it; nothing when it is empty.
  void say(const Text& text);
  /// One of the variations, by chance.
  const Template& pick(const Text& text);
  /// The button of a card stays on offer until the user's next message.
  void offer(const Option& option);
  void assign(AttributeId attribute, Value value);
  /// Tells the host and the author of a problem at the element that runs; `field` is a pointer below it.
  void report(const char* code, std::string_view field, std::string message);
  std::uint32_t newId() { return ++state.lastId; }
  std::uint32_t startTimer(TimerKind kind, std::int64_t delayMs);
  void stopTimers(TimerKind kind);
  void stopTimers();

  /// Enters a dialog by whatever route: the lock is checked here.
  Step enter(DialogIndex dialog);
  /// Goes on with a list inside the element that runs; an empty list is passed.
  Step enterList(ListId list);
  /// Stops until the user answers the element that runs.
  Step waitForAnswer();
  Step waitForResponse(Request request);
  Step waitForDelay(std::int64_t delayMs);
  /// The answer or the dialog failed for good: the fallback given, else the settings', else the built-in sentence; then the flow ends.
  Step fail(const Fallback& own);
  /// The flow ended: the bot waits for nothing in particular.
  Step endFlow();
  /// Ends the session. The next message starts a new one.
  Step finish(std::string_view reason);

  // What the gate uses.

  /// Starts a dialog without a look at its lock.
  Step start(DialogIndex dialog);
  Step resumeAt(const Pending& pending);

  // What the turn uses.

  /// Runs until the conversation waits and no kept message can be handled.
  void go(Step step);
  void startSession();
  /// The user's message or button, and how it is shown; null pointer when it was echoed before, and waited for an authentication.
  Step hear(const Answer& answer, const std::string* echo);
  Step receive(const Response& response);
  /// A timer fired that has been taken off the state.
  Step timerFired(TimerKind kind);
  /// How the user's message is shown: masked where the answer to what is asked is.
  std::string shown(const Answer& answer) const;
  /// The button of a card that is on offer with this value, or null pointer.
  const Option* findCardOption(const Value& value) const;
  /// The user said something: session and sliding authentication live on.
  void noteMessage();
  /// Ends the session when its time is over; true when it did.
  bool expireSession();

 private:
  Step step();
  Step advance(Step step);
  Step leaveList(const ElementList& list);
  Step endDialog();
  Step stopEndlessLoop();
  Step route(const std::string& text);
  Step sessionTimerFired();
  void goTo(ListId list);
  std::string labelOf(const Element* asking, const Value& chosen) const;
  /// The value of the card's button that was typed by its label.
  std::optional<Value> typedCardOption(const std::string& text) const;

  Trace* trace_;
  Place place_;
  int stepsLeft_ = 0;
};

}  // namespace latchkey
