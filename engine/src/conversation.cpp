#include "latchkey/conversation.hpp"

#include <algorithm>

#include "flow.hpp"
#include "gate.hpp"
#include "json_reader.hpp"

namespace latchkey {
namespace {

/// The attribute that the page calls by this name, or noAttribute.
AttributeId findAttribute(const Bot& bot, std::string_view name) {
  const auto found = std::find_if(bot.attributes.begin(), bot.attributes.end(), [&](const Attribute& each) { return each.name == name; });
  return found == bot.attributes.end() ? noAttribute : static_cast<AttributeId>(found - bot.attributes.begin());
}

/// Why the page may not set these attributes; empty when it may.
std::string misfitOf(const Bot& bot, const Value& attributes) {
  if (!attributes.object()) return {};
  for (const auto& [name, value] : attributes.object()->members()) {
    const AttributeId id = findAttribute(bot, name);
    if (id == noAttribute) return "unknownAttribute: " + name;
    if (!bot.attributes[id].external) return "notExternal: " + name;
    if (!convertExternal(bot.attributes[id].type, value)) return "typeMismatch: " + name;
  }
  return {};
}

/// Sets attributes that the page may set.
void setAttributes(const Bot& bot, State& state, const Value& attributes) {
  if (!attributes.object()) return;
  for (const auto& [name, value] : attributes.object()->members()) {
    const AttributeId id = findAttribute(bot, name);
    state.values[id - predefined::count] = *convertExternal(bot.attributes[id].type, value);
  }
}

/// Why an event does not fit what the conversation waits for; empty when it does. Looks, and changes nothing.
struct Fit {
  const Flow& flow;
  const State& state;

  std::string operator()(const Started& started) const {
    return state.started ? "alreadyStarted" : misfitOf(flow.bot, started.attributes);
  }

  std::string operator()(const AttributesSet& set) const {
    return state.started ? misfitOf(flow.bot, set.attributes) : "notStarted";
  }

  std::string operator()(const Answer& answer) const {
    if (!state.started) return "notStarted";
    if (answer.chosen) return offered(*answer.chosen) ? "" : "optionNotOffered";
    const Awaiting kind = state.waiting.kind;
    const bool busy = kind == Awaiting::response || kind == Awaiting::delay;
    return busy && state.queue.size() >= longestQueue ? "queueFull" : "";
  }

  std::string operator()(const Response& response) const {
    const Waiting& waiting = state.waiting;
    const bool out = waiting.kind == Awaiting::response && waiting.request->retryTimer == 0;
    return out && waiting.request->id == response.id ? "" : "unknownCall";
  }

  std::string operator()(const TimerFired& fired) const {
    const auto same = [&](const Timer& timer) { return timer.id == fired.id; };
    return std::any_of(state.timers.begin(), state.timers.end(), same) ? "" : "unknownTimer";
  }

  std::string operator()(const Closed&) const {
    if (!state.started) return "notStarted";
    return state.waiting.kind == Awaiting::closed ? "alreadyClosed" : "";
  }

  bool offered(const Value& value) const {
    const Awaiting kind = state.waiting.kind;
    if (kind == Awaiting::answer && flow.bot.elementAt(state.waiting.place)->labelOf(flow.scope, value)) return true;
    return (kind == Awaiting::answer || kind == Awaiting::nothing) && flow.findCardOption(value);
  }
};

/// Performs an event that fits. `shown` is how the user's message is shown, as it was asked for when it came.
struct Perform {
  Flow& flow;
  State& state;
  const std::string& shown;

  void operator()(const Started& started) {
    state.started = true;
    state.conversationId = started.conversationId;
    state.random = started.seed;
    state.pageUrl = started.pageUrl;
    state.pageLanguage = started.pageLanguage;
    setAttributes(flow.bot, state, started.attributes);
    flow.startSession();
    flow.go(flow.enter(flow.bot.initialDialog));
  }

  void operator()(const Answer& answer) {
    flow.noteMessage();
    switch (state.waiting.kind) {
      case Awaiting::response: case Awaiting::delay:
        state.queue.push_back(answer.text);
        return;
      case Awaiting::closed: return startAgain(answer);
      case Awaiting::answer: case Awaiting::nothing: return flow.go(flow.hear(answer, &shown));
    }
  }

  void operator()(const Response& response) {
    if (state.waiting.kind == Awaiting::response) flow.go(flow.receive(response));
  }

  void operator()(const TimerFired&) {}
  void operator()(const AttributesSet& set) { setAttributes(flow.bot, state, set.attributes); }
  void operator()(const Closed&) {
    if (state.waiting.kind != Awaiting::closed) flow.finish("closedByUser");
  }

  /// A message to a closed session only starts a new one.
  void startAgain(const Answer& answer) {
    // A button of a session whose time is over says that it is over, and no more.
    if (answer.chosen) return;
    flow.effects.echo(shown);
    flow.startSession();
    state.conversationId = formatHash(nextRandom(state));
    state.conversationId += formatHash(nextRandom(state)); // one by one: compilers differ on which of two comes first
    state.lastReceivedMessage = Value(shown);
    flow.go(flow.enter(flow.bot.initialDialog));
  }
};

/// The clock went back too far: what was measured by the old one keeps the time that it has left.
void shiftClock(State& state, std::int64_t backMs) {
  state.lastMessage -= backMs;
  if (state.lockedUntil != 0) state.lockedUntil -= backMs;
  for (Timer& timer : state.timers) timer.due -= backMs;
}

/// What is due at every event, whatever it is: the clock, the end of the authentication, the end of the session.
/// True when the session goes on.
bool begin(Flow& flow, Instant eventNow) {
  State& state = flow.state;
  if (flow.now < state.latest) {
    gate::end(flow, "clock");
    shiftClock(state, state.latest - eventNow);
  }
  state.latest = flow.now;
  gate::settle(flow);
  return !flow.expireSession();
}

/// Takes the timer that fired off the state, so that nothing cancels it.
std::optional<TimerKind> takeTimer(State& state, const Event& event) {
  const auto* fired = std::get_if<TimerFired>(&event.what);
  if (!fired) return std::nullopt;
  const auto found = std::find_if(state.timers.begin(), state.timers.end(), [&](const Timer& t) { return t.id == fired->id; });
  const TimerKind kind = found->kind;
  state.timers.erase(found);
  return kind;
}

void perform(Flow& flow, const Event& event) {
  const std::optional<TimerKind> timer = takeTimer(flow.state, event);
  const auto* answer = std::get_if<Answer>(&event.what);
  const std::string shown = answer ? flow.shown(*answer) : std::string();
  const bool goesOn = begin(flow, event.now);
  if (timer) {
    if (goesOn) flow.go(flow.timerFired(*timer));
  } else if (goesOn || !std::holds_alternative<Response>(event.what)) {
    std::visit(Perform{flow, flow.state, shown}, event.what);
  }
}

/// Puts the host back to work after a reload.
void resumeHost(Flow& flow) {
  State& state = flow.state;
  for (const Timer& timer : state.timers)
    flow.effects.startTimer(timer.id, std::max<std::int64_t>(0, timer.due - flow.now));
  if (state.waiting.kind == Awaiting::answer) flow.bot.elementAt(state.waiting.place)->ask(flow);
  if (state.waiting.kind != Awaiting::response || state.waiting.request->retryTimer != 0) return;
  const Request& request = *state.waiting.request;
  if (request.method != "POST" && request.method != "PATCH")
    return flow.effects.call(request, flow.bot.settings.maxResponseBytes);
  Response unanswered;
  unanswered.id = request.id;
  unanswered.failure = "aborted";
  flow.go(flow.receive(unanswered));
}

/// The bot file changed: the conversation starts again, and nobody is authenticated.
void startWithNewBot(Flow& flow, bool wasAuthenticated) {
  if (wasAuthenticated) flow.effects.authenticationChanged(false, std::nullopt, "botChanged");
  flow.startSession();
  flow.go(flow.enter(flow.bot.initialDialog));
}

std::string refusal(const char* key, std::string_view why) {
  std::string turn;
  JsonWriter(turn).beginObject().member(key, why).endObject();
  return turn;
}

/// Whether a snapshot would hold what is nobody else's business: sensitive values, who is or was authenticated (of few possible IDs a
/// hash tells which), or what may become either.
bool holdsSensitive(const Bot& bot, const State& state) {
  if (state.authentication.given || state.subject || !state.queue.empty() || state.waiting.request) return true;
  if (state.pending && !state.pending->event.empty()) return true;
  for (std::size_t i = 0; i < state.values.size(); ++i)
    if (bot.attributes[i + predefined::count].sensitive && !state.values[i].isNull()) return true;
  return false;
}

constexpr std::string_view turnHead = R"({"effects":)";
/// Most turns are shorter, in bytes.
constexpr std::size_t usualTurn = 1024;

}  // namespace

Conversation::Conversation(std::shared_ptr<const Bot> bot, Trace* trace)
    : bot_(std::move(bot)), state_(std::make_unique<State>()), trace_(trace) {
  state_->values = initialValues(*bot_);
}
Conversation::Conversation(Conversation&&) noexcept = default;
Conversation& Conversation::operator=(Conversation&&) noexcept = default;
Conversation::~Conversation() = default;

std::string Conversation::handle(std::string_view text) {
  std::string why;
  const std::optional<Event> event = readEvent(text, why);
  if (!event) return refusal("rejected", why);
  std::string turn;
  turn.reserve(usualTurn);
  turn += turnHead;
  JsonWriter writer(turn);
  Flow flow(*bot_, *state_, effectiveNow(*state_, event->now), writer, trace_);
  if (const std::string misfit = std::visit(Fit{flow, *state_}, event->what); !misfit.empty())
    return refusal("rejected", misfit);
  writer.beginList();
  perform(flow, *event);
  writer.endList();
  turn += '}';
  return turn;
}

std::string Conversation::restore(std::string_view snapshot, std::int64_t nowMs) {
  SnapshotResult read = readSnapshot(*bot_, snapshot);
  if (!read.state) return refusal("refused", read.refused);
  *state_ = std::move(*read.state);
  std::string turn(turnHead);
  JsonWriter writer(turn);
  writer.beginList();
  Flow flow(*bot_, *state_, effectiveNow(*state_, nowMs), writer, trace_);
  if (read.otherBot) {
    const bool wasAuthenticated = state_->authentication.given;
    state_->authentication = {};
    begin(flow, nowMs);
    if (read.closed) state_->dialog = bot_->initialDialog;
    else startWithNewBot(flow, wasAuthenticated);
  } else if (begin(flow, nowMs)) {
    resumeHost(flow);
  }
  writer.endList();
  turn += '}';
  return turn;
}

std::string Conversation::snapshot() const { return writeSnapshot(*bot_, *state_); }

std::string Conversation::status(std::int64_t nowMs) const {
  constexpr std::string_view kinds[] = {"answer", "response", "delay", "nothing", "closed"};
  const Instant now = effectiveNow(*state_, nowMs);
  const Authentication& authentication = state_->authentication;
  const bool authenticated = state_->authenticatedAt(now);
  std::string text;
  JsonWriter writer(text);
  writer.beginObject().member("awaiting", kinds[static_cast<int>(state_->waiting.kind)]).key("dialog");
  if (state_->dialog == noDialog) writer.null();
  else writer.value(bot_->dialogs[state_->dialog].id);
  writer.member("authenticated", authenticated);
  writeInstant(writer, "authenticatedAt", authenticated ? std::optional(authentication.since) : std::nullopt);
  writeInstant(writer, "authenticationExpiresAt", authenticated ? authentication.end() : std::nullopt);
  writer.key("subject");
  if (authenticated && !authentication.subject.empty()) writer.value(authentication.subject);
  else writer.null();
  writer.member("sensitive", holdsSensitive(*bot_, *state_)).endObject();
  return text;
}

std::string Conversation::attributes(std::int64_t nowMs) const {
  const Scope scope(*bot_, *state_, effectiveNow(*state_, nowMs));
  std::string text;
  JsonWriter writer(text);
  writer.beginObject();
  Index written;
  // What the end of the authentication makes null is null from then on, before any event has told of the end.
  const Authentication& authentication = state_->authentication;
  const bool over = authentication.given && !state_->authenticatedAt(effectiveNow(*state_, nowMs));
  const std::vector<AttributeId> forgotten = over ? bot_->forgetLists[authentication.forgetList] : std::vector<AttributeId>();
  const auto write = [&](bool inScope) {
    for (AttributeId id = 0; id < bot_->attributes.size(); ++id) {
      const Attribute& attribute = bot_->attributes[id];
      const bool seen = attribute.dialog == noDialog || attribute.dialog == state_->dialog;
      // Of a name that several dialogs use, the one of the dialog that the conversation is in.
      if (seen != inScope || !written.emplace(attribute.name, id).second) continue;
      const bool isForgotten = std::find(forgotten.begin(), forgotten.end(), id) != forgotten.end();
      const Value value = isForgotten ? Value() : scope.read({id, {}});
      const std::string printed = print(value);
      writer.key(attribute.name).beginObject().member("value", value);
      writer.member("masked", attribute.sensitive ? mask(printed, attribute.mask) : printed).endObject();
    }
  };
  write(true);
  write(false);
  writer.endObject();
  return text;
}

}  // namespace latchkey
