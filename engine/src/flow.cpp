#include "flow.hpp"

#include <algorithm>
#include <utility>

#include "gate.hpp"
#include "markdown.hpp"

namespace latchkey {
namespace {

/// More elements than this in one event are an endless loop (docs/bot-format.md, section 6).
constexpr int longestTurn = 1000;

std::string renderMarkdown(const Template& source, const Scope& scope) {
  return source.markup ? render(source, scope, Audience::people, escapeMarkup) : std::string();
}

}  // namespace

const Template& Flow::pick(const Text& text) {
  const std::size_t count = text.variations.size();
  return text.variations[count == 1 ? 0 : static_cast<std::size_t>(nextRandom(state) % count)];
}

void Flow::say(const Text& text) {
  if (text.variations.empty()) return;
  const Template& picked = pick(text);
  const std::string* literal = picked.literal();
  const std::string rendered = literal ? std::string() : render(picked, scope, Audience::people);
  const std::string& printed = literal ? *literal : rendered;
  if (!printed.empty()) effects.say(printed, renderMarkdown(picked, scope), secured());
}

void Flow::offer(const Option& option) {
  if (state.cardOptions.size() == mostCardOptions) state.cardOptions.erase(state.cardOptions.begin());
  state.cardOptions.push_back(option);
}

void Flow::assign(AttributeId attribute, Value value) {
  state.values[attribute - predefined::count] = std::move(value);
  if (!state.run.active) return;
  std::vector<AttributeId>& written = state.run.written;
  addOnce(written, attribute);
}

void Flow::report(const char* code, std::string_view field, std::string message) {
  effects.report({Severity::warning, code, bot.whereIs(place_) + std::string(field), std::move(message)});
}

std::uint32_t Flow::startTimer(TimerKind kind, std::int64_t delayMs) {
  const std::uint32_t id = newId();
  state.timers.push_back({id, kind, now + delayMs});
  effects.startTimer(id, delayMs);
  return id;
}

void Flow::stopTimers(TimerKind kind) {
  std::erase_if(state.timers, [&](const Timer& timer) {
    if (timer.kind != kind) return false;
    effects.cancelTimer(timer.id);
    return true;
  });
}

void Flow::stopTimers() {
  for (const Timer& timer : state.timers) effects.cancelTimer(timer.id);
  state.timers.clear();
}

Step Flow::enter(DialogIndex index) {
  const Dialog& dialog = bot.dialogs[index];
  gate::leaveAuthenticationDialog(*this);
  if (dialog.secured && !authenticated()) return gate::hold(*this, {index, {}, {}});
  if (dialog.kind == DialogKind::authentication && gate::locked(*this)) return gate::refuse(*this);
  return start(index);
}

Step Flow::start(DialogIndex index) {
  const Dialog& dialog = bot.dialogs[index];
  const bool arrived = state.pending && state.pending->dialog == index;
  if (arrived || dialog.kind == DialogKind::initial) state.pending.reset();
  for (AttributeId id : dialog.attributes) state.values[id - predefined::count] = bot.attributes[id].initial;
  if (dialog.kind == DialogKind::authentication) state.run.active = true;
  state.dialog = index;
  goTo(dialog.elements);
  return Step::moved;
}

Step Flow::enterList(ListId list) {
  if (list == noList) return Step::next;
  goTo(list);
  return Step::moved;
}

void Flow::goTo(ListId list) {
  place_ = {list, 0};
  if (trace_) trace_->note(list, Trace::wholeList);
}

Step Flow::waitForAnswer() {
  state.waiting = {Awaiting::answer, place_, 0, {}, 0};
  return Step::wait;
}

Step Flow::waitForResponse(Request request) {
  state.waiting = {Awaiting::response, place_, 0, std::move(request), 0};
  return Step::wait;
}

Step Flow::waitForDelay(std::int64_t delayMs) {
  state.waiting = {Awaiting::delay, place_, 0, {}, startTimer(TimerKind::delay, delayMs)};
  return Step::wait;
}

Step Flow::fail(const Fallback& own) {
  const Fallback& fallback = own.given() ? own : bot.settings.fallback;
  if (fallback.text) say(*fallback.text);
  else if (!fallback.given()) effects.say(bot.settings.texts.fallback);
  return fallback.elements == noList ? endFlow() : enterList(fallback.elements);
}

Step Flow::endFlow() {
  if (bot.dialogs[state.dialog].kind == DialogKind::sessionExpired) return finish("sessionExpired");
  gate::leaveAuthenticationDialog(*this);
  state.waiting = {Awaiting::nothing, {}, 0, {}, 0};
  return Step::wait;
}

Step Flow::finish(std::string_view reason) {
  gate::leaveAuthenticationDialog(*this);
  gate::end(*this, "sessionEnded");
  stopTimers();
  state.queue.clear();
  state.pending.reset();
  state.subject.reset();
  state.values = valuesOfNextSession(bot, state);
  state.lastReceivedMessage = Value();
  state.cardOptions.clear();
  state.waiting = {};
  effects.finish(reason);
  return Step::wait;
}

Step Flow::resumeAt(const Pending& pending) {
  state.dialog = pending.dialog;
  state.waiting = pending.waiting;
  std::string why;
  const std::optional<Event> event = readEvent(pending.event, why);
  if (!event) return endFlow();
  if (const auto* response = std::get_if<Response>(&event->what)) return receive(*response);
  if (std::holds_alternative<TimerFired>(event->what))
    return timerFired(state.waiting.kind == Awaiting::delay ? TimerKind::delay : TimerKind::retry);
  const auto* answer = std::get_if<Answer>(&event->what);
  return answer ? hear(*answer, nullptr) : endFlow();
}

void Flow::go(Step next) {
  stepsLeft_ = longestTurn;
  for (;;) {
    while (next != Step::wait) next = step();
    const Awaiting kind = state.waiting.kind;
    const std::size_t held = state.pending ? state.pending->held : 0;
    if (held == state.queue.size() || (kind != Awaiting::answer && kind != Awaiting::nothing)) return;
    const auto first = state.queue.begin() + static_cast<std::ptrdiff_t>(held);
    const std::string text = std::move(*first);
    state.queue.erase(first);
    stepsLeft_ = longestTurn;
    const Answer answer{text, {}};
    const std::string echo = shown(answer);
    next = hear(answer, &echo);
  }
}

Step Flow::step() {
  const ElementList& list = bot.lists[place_.list];
  if (place_.index >= list.elements.size()) return leaveList(list);
  if (stepsLeft_-- <= 0) return stopEndlessLoop();
  if (trace_) trace_->note(place_.list, place_.index);
  return advance(list.elements[place_.index]->run(*this));
}

Step Flow::advance(Step step) {
  if (step != Step::next) return step;
  ++place_.index;
  return Step::moved;
}

Step Flow::leaveList(const ElementList& list) {
  switch (list.atEnd) {
    case AtEnd::goOn: place_ = {list.parent.list, list.parent.index + 1}; return Step::moved;
    case AtEnd::endDialog: return endDialog();
    case AtEnd::endFlow: return endFlow();
  }
  return endFlow();
}

Step Flow::endDialog() {
  switch (bot.dialogs[state.dialog].kind) {
    case DialogKind::authentication: return gate::endAuthenticationDialog(*this);
    case DialogKind::standard: case DialogKind::initial: case DialogKind::sessionExpired: return endFlow();
  }
  return endFlow();
}

Step Flow::stopEndlessLoop() {
  const Fallback& fallback = bot.settings.fallback;
  if (fallback.text) say(*fallback.text);
  else effects.say(bot.settings.texts.fallback);
  effects.report({Severity::error, "endlessLoop", bot.lists[place_.list].where,
                  "More than 1000 elements ran without waiting. Let the dialogs that lead to each other ask the user something."});
  return endFlow();
}

void Flow::startSession() {
  state.lastMessage = now;
  if (bot.settings.sessionMinutes > 0)
    startTimer(TimerKind::session, static_cast<std::int64_t>(bot.settings.sessionMinutes * msPerMinute));
}

const Option* Flow::findCardOption(const Value& value) const {
  const auto same = [&](const Option& option) { return option.value == value; };
  const auto found = std::find_if(state.cardOptions.begin(), state.cardOptions.end(), same);
  return found == state.cardOptions.end() ? nullptr : &*found;
}

std::optional<Value> Flow::typedCardOption(const std::string& text) const {
  const auto labelAt = [&](std::size_t i) { return state.cardOptions[i].label; };
  const std::optional<std::size_t> found = findTypedLabel(state.cardOptions.size(), labelAt, text, *bot.platform);
  return found ? std::optional(state.cardOptions[*found].value) : std::nullopt;
}

std::string Flow::labelOf(const Element* asking, const Value& chosen) const {
  if (std::optional<std::string> label = asking ? asking->labelOf(scope, chosen) : std::nullopt) return std::move(*label);
  const Option* option = findCardOption(chosen);
  return option ? option->label : std::string();
}

std::string Flow::shown(const Answer& answer) const {
  const Element* element = state.waiting.kind == Awaiting::answer ? bot.elementAt(state.waiting.place) : nullptr;
  const std::string text = answer.chosen ? labelOf(element, *answer.chosen) : std::string(trim(answer.text));
  const std::optional<AttributeId> attribute = element ? element->answers() : std::nullopt;
  if (!attribute || !bot.attributes[*attribute].sensitive) return text;
  return mask(text, bot.attributes[*attribute].mask);
}

void Flow::noteMessage() {
  state.lastMessage = now;
  if (state.authentication.given) state.authentication.lastMessage = now;
}

Step Flow::hear(const Answer& answer, const std::string* echo) {
  state.lastReceivedMessage = Value(echo ? *echo : shown(answer));
  Answer heard = answer;
  if (echo) {
    effects.echo(*echo, secured());
    if (!answer.chosen) heard.card = typedCardOption(answer.text);
    state.cardOptions.clear();
    if (gate::checksNow(*this)) {
      if (heard.card) heard.chosen = heard.card;
      return gate::hold(*this, {state.dialog, state.waiting, writeEvent({now, heard})});
    }
  }
  if (state.waiting.kind != Awaiting::answer) return route(heard.brought() ? print(*heard.brought()) : heard.text);
  place_ = state.waiting.place;
  return advance(bot.elementAt(place_)->receive(*this, heard));
}

Step Flow::route(const std::string& text) {
  const auto found = bot.keywords.find(foldForComparison(text, *bot.platform));
  return enter(found == bot.keywords.end() ? bot.initialDialog : found->second);
}

Step Flow::receive(const Response& response) {
  if (gate::checksNow(*this))
    return gate::hold(*this, {state.dialog, std::exchange(state.waiting, {}), writeEvent({now, response})});
  place_ = state.waiting.place;
  return advance(bot.elementAt(place_)->receive(*this, response));
}

Step Flow::timerFired(TimerKind kind) {
  if ((kind == TimerKind::delay || kind == TimerKind::retry) && gate::checksNow(*this))
    return gate::hold(*this, {state.dialog, std::exchange(state.waiting, {}), writeEvent({now, TimerFired{}})});
  switch (kind) {
    case TimerKind::authentication: gate::prolongTimer(*this); return Step::wait;
    case TimerKind::session: return sessionTimerFired();
    case TimerKind::delay:
      place_ = {state.waiting.place.list, state.waiting.place.index + 1};
      return Step::moved;
    case TimerKind::retry:
      state.waiting.request->id = newId();
      state.waiting.request->retryTimer = 0;
      effects.call(*state.waiting.request, bot.settings.maxResponseBytes);
      return Step::wait;
  }
  return Step::wait;
}

Step Flow::sessionTimerFired() {
  const auto sessionMs = static_cast<std::int64_t>(bot.settings.sessionMinutes * msPerMinute);
  const std::int64_t left = state.lastMessage + sessionMs - now;
  // Otherwise the dialog that says so is on its way already, by another dialog.
  if (left > 0) startTimer(TimerKind::session, left);
  return Step::wait;
}

bool Flow::expireSession() {
  const auto sessionMs = static_cast<std::int64_t>(bot.settings.sessionMinutes * msPerMinute);
  if (sessionMs == 0 || state.waiting.kind == Awaiting::closed || now < state.lastMessage + sessionMs) return false;
  // It is saying so already, and waits for a delay.
  if (state.dialog == bot.sessionExpiredDialog) return false;
  gate::leaveAuthenticationDialog(*this);
  gate::end(*this, "sessionEnded");
  // What ran before must not disturb a delay of the dialog that says so.
  stopTimers();
  state.queue.clear();
  state.pending.reset();
  if (bot.sessionExpiredDialog == noDialog) finish("sessionExpired");
  else go(start(bot.sessionExpiredDialog));
  return true;
}

}  // namespace latchkey
