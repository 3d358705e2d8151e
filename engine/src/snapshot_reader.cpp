#include "snapshot.hpp"

#include <algorithm>
#include <cmath>

#include "bot_model.hpp"
#include "event.hpp"
#include "json_reader.hpp"
#include "state.hpp"

namespace latchkey {
namespace {

constexpr std::size_t hashLength = 16;
/// The values of attributes, which may be 64 deep, lie this much deeper in a snapshot.
constexpr int outerDepth = 4;
/// The latest instant that ECMAScript's Date knows.
constexpr double largestInstant = 8.64e15;
/// Ids go up by one an event at most a few times; 2^30 of them take years.
constexpr double largestCount = 1 << 30;

/// Reads the members of one object; the first thing that is not as it should be makes it bad.
class Members {
 public:
  Members(const Value* object, bool& good) : object_(object), good_(good) {
    if (!object || !object->object()) good_ = false;
  }

  const Value* find(std::string_view name) const { return object_ ? object_->find(name) : nullptr; }
  bool has(std::string_view name) const { return find(name) != nullptr; }
  const Value* require(std::string_view name) const {
    const Value* value = find(name);
    if (!value) good_ = false;
    return value;
  }

  std::string text(std::string_view name) const {
    const Value* value = require(name);
    if (value && value->text()) return *value->text();
    good_ = false;
    return {};
  }

  template <class Number>
  Number number(std::string_view name) const { return whole<Number>(require(name), good_); }
  template <class Number>
  Number number(std::string_view name, Number absent) const { return has(name) ? number<Number>(name) : absent; }

  bool boolean(std::string_view name) const {
    const Value* value = require(name);
    if (value && value->boolean()) return *value->boolean();
    return good_ = false;
  }

  const List& list(std::string_view name) const {
    static const List none;
    const Value* value = find(name);
    if (!value) return none;
    if (value->list()) return *value->list();
    good_ = false;
    return none;
  }

  template <class Number>
  static Number whole(const Value* value, bool& good) {
    const double* number = value ? value->number() : nullptr;
    // Only instants may be negative, after a clock that went back; counts stay far from overflow.
    const double least = sizeof(Number) == 8 ? -largestInstant : 0, most = sizeof(Number) == 4 ? largestCount : largestInstant;
    if (!number || *number != std::trunc(*number) || *number < least || *number > most) {
      good = false;
      return 0;
    }
    return static_cast<Number>(*number);
  }

 private:
  const Value* object_;
  bool& good_;
};

class SnapshotReader {
 public:
  SnapshotReader(const Bot& bot, const Value& source) : bot_(bot), top_(&source, good_) {}

  bool good() const { return good_; }
  bool otherBot() { return top_.text("bot") != formatHash(bot_.hash); }
  bool closed() {
    return Members(top_.require("waiting"), good_).number<int>("kind") == static_cast<int>(Awaiting::closed);
  }
  bool knownVersion() { return top_.number<int>("version") == snapshot::version; }

  /// What outlives a changed bot file.
  void readLasting(State& state) {
    state.started = true;
    state.conversationId = top_.text("conversationId");
    state.random = hashFromText(top_.text("random"));
    state.latest = top_.number<Instant>("latest");
    state.lastMessage = top_.number<Instant>("lastMessage");
    state.lastId = top_.number<std::uint32_t>("lastId");
    state.failedAttempts = top_.number<int>("failedAttempts", 0);
    state.lockedUntil = top_.number<Instant>("lockedUntil", 0);
    state.pageUrl = optionalText("pageUrl");
    state.pageLanguage = optionalText("pageLanguage");
    state.authentication.given = top_.has("authentication");
    if (top_.has("subject")) state.subject = hashFromText(top_.text("subject"));
    state.values = initialValues(bot_);
  }

  void readAll(State& state) {
    readLasting(state);
    readValues(state);
    if (top_.has("dialog")) state.dialog = dialogNamed(top_.text("dialog"));
    state.lastReceivedMessage = optionalText("lastReceivedMessage");
    readTimers(state);
    for (const Value& text : top_.list("queue")) {
      if (text.text() && state.queue.size() < longestQueue) state.queue.push_back(*text.text());
      else good_ = false;
    }
    for (const Value& pair : top_.list("cardOptions")) {
      const List* parts = pair.list();
      if (!parts || parts->size() != 2 || !(*parts)[0].text() || state.cardOptions.size() == mostCardOptions) good_ = false;
      else state.cardOptions.push_back({*(*parts)[0].text(), (*parts)[1]});
    }
    state.waiting = readWaiting(top_.require("waiting"));
    readGate(state);
    if (good_) check(state);
  }

 private:
  std::uint64_t hashFromText(const std::string& text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::uint64_t hash = 0;
    for (char c : text) hash = hash << 4 | (hex.find(c) & 15);
    if (formatHash(hash) != text) good_ = false;
    return hash;
  }

  Value optionalText(std::string_view name) {
    const Value* value = top_.find(name);
    if (value && !value->text()) good_ = false;
    return value ? *value : Value();
  }

  DialogIndex dialogNamed(const std::string& id) {
    for (DialogIndex i = 0; i < bot_.dialogs.size(); ++i)
      if (bot_.dialogs[i].id == id) return i;
    good_ = false;
    return noDialog;
  }

  void readValues(State& state) {
    state.values.assign(bot_.attributes.size() - predefined::count, Value());
    const Value* values = top_.require("attributes");
    if (!values || !values->object()) return void(good_ = false);
    for (const auto& [name, value] : values->object()->members()) {
      const std::optional<double> index = parseNumber(name);
      if (!index || *index < 0 || *index >= static_cast<double>(state.values.size())) return void(good_ = false);
      const auto i = static_cast<std::size_t>(*index);
      const std::optional<Value> held = convert(bot_.attributes[i + predefined::count].type, value);
      if (!held || !(*held == value)) return void(good_ = false);
      state.values[i] = value;
    }
  }

  void readTimers(State& state) {
    for (const Value& each : top_.list("timers")) {
      const List* parts = each.list();
      if (!parts || parts->size() != 3) return void(good_ = false);
      const int kind = Members::whole<int>(&(*parts)[1], good_);
      if (kind < 0 || kind > static_cast<int>(TimerKind::session)) return void(good_ = false);
      state.timers.push_back({Members::whole<std::uint32_t>(&(*parts)[0], good_), static_cast<TimerKind>(kind),
                              Members::whole<Instant>(&(*parts)[2], good_)});
    }
  }

  Waiting readWaiting(const Value* source) {
    const Members members(source, good_);
    Waiting waiting;
    const int kind = members.number<int>("kind");
    if (kind < 0 || kind > static_cast<int>(Awaiting::closed)) good_ = false;
    else waiting.kind = static_cast<Awaiting>(kind);
    const List& place = members.list("place");
    if (place.size() == 2) {
      waiting.place = {Members::whole<std::uint32_t>(&place[0], good_), Members::whole<std::uint32_t>(&place[1], good_)};
    }
    waiting.repeats = members.number<int>("repeats", 0);
    waiting.delayTimer = members.number<std::uint32_t>("delayTimer", 0);
    if (members.has("request")) waiting.request = readRequest(members.find("request"));
    if (good_) checkWaiting(waiting);
    return waiting;
  }

  Request readRequest(const Value* source) {
    const Members members(source, good_);
    Request request;
    request.id = members.number<std::uint32_t>("id");
    request.method = members.text("method");
    request.url = members.text("url");
    for (const Value& header : members.list("headers")) {
      const List* pair = header.list();
      if (!pair || pair->size() != 2 || !(*pair)[0].text() || !(*pair)[1].text()) good_ = false;
      else request.headers.emplace_back(*(*pair)[0].text(), *(*pair)[1].text());
    }
    if (members.has("body")) request.body = members.text("body");
    request.timeoutMs = members.number<std::int64_t>("timeoutMs");
    request.credentials = members.text("credentials");
    request.retries = members.number<int>("retries", 0);
    request.retryTimer = members.number<std::uint32_t>("retryTimer", 0);
    return request;
  }

  void readGate(State& state) {
    if (top_.has("authentication")) {
      const Members members(top_.find("authentication"), good_);
      Authentication& authentication = state.authentication;
      authentication.since = members.number<Instant>("since");
      authentication.timeoutMs = members.number<std::int64_t>("timeoutMs");
      authentication.slidingMs = members.number<std::int64_t>("slidingMs", 0);
      authentication.lastMessage = members.number<Instant>("lastMessage", 0);
      authentication.forgetList = members.number<std::uint32_t>("forgetList");
      if (members.has("subject")) authentication.subject = members.text("subject");
      if (countCharacters(authentication.subject) > longestSubject) good_ = false;
    }
    if (top_.has("pending")) {
      const Members members(top_.find("pending"), good_);
      Pending pending;
      pending.dialog = dialogNamed(members.text("dialog"));
      if (members.has("event")) {
        pending.event = members.text("event");
        pending.waiting = readWaiting(members.find("waiting"));
      }
      pending.held = members.number<std::uint32_t>("held", 0);
      if (pending.held > state.queue.size()) good_ = false;
      state.pending = std::move(pending);
    }
    if (top_.has("run")) {
      const Members members(top_.find("run"), good_);
      state.run = {true, members.boolean("answered"), members.boolean("succeeded"), {}};
      for (const Value& id : members.list("written")) state.run.written.push_back(Members::whole<AttributeId>(&id, good_));
      for (const Value& pair : members.list("sent")) {
        const List* parts = pair.list();
        if (!parts || parts->size() != 2 || !(*parts)[1].text()) good_ = false;
        else state.run.sent.emplace_back(Members::whole<AttributeId>(&(*parts)[0], good_), hashFromText(*(*parts)[1].text()));
      }
    }
  }

  /// What the flow relies on when it goes on from this waiting.
  void checkWaiting(const Waiting& waiting) {
    const Element* element = bot_.elementAt(waiting.place);
    switch (waiting.kind) {
      case Awaiting::answer: good_ = good_ && element && element->receives(); return;
      case Awaiting::response: good_ = good_ && element && element->calls() && waiting.request; return;
      case Awaiting::delay: good_ = good_ && element && element->delays(); return;
      case Awaiting::nothing: case Awaiting::closed: return;
    }
  }

  void check(const State& state) {
    const auto isAttribute = [&](AttributeId id) { return id >= predefined::count && id < bot_.attributes.size(); };
    good_ = std::all_of(state.run.written.begin(), state.run.written.end(), isAttribute);
    for (const auto& [id, hash] : state.run.sent) good_ = good_ && isAttribute(id);
    if (state.authentication.given && state.authentication.forgetList >= bot_.forgetLists.size()) good_ = false;
    if (state.pending && !bot_.dialogs[state.pending->dialog].secured) good_ = false;
    if (state.run.active && state.dialog != bot_.authenticationDialog) good_ = false;
    if (state.waiting.kind != Awaiting::closed && state.dialog == noDialog) good_ = false;
    const bool goesOn = !state.timers.empty() || !state.queue.empty() || state.pending || state.run.active || state.authentication.given;
    if (state.waiting.kind == Awaiting::closed && goesOn) good_ = false;
    checkTimers(state);
    if (state.pending && !state.pending->event.empty()) checkPending(*state.pending);
  }

  /// One timer of a kind, with an id of its own; a delay and a retry have theirs, and nothing else has.
  void checkTimers(const State& state) {
    const std::uint32_t retry = state.waiting.request ? state.waiting.request->retryTimer : 0;
    bool delayRuns = false, retryRuns = false;
    for (std::size_t i = 0; i < state.timers.size(); ++i) {
      const Timer& timer = state.timers[i];
      for (std::size_t j = 0; j < i; ++j)
        if (state.timers[j].kind == timer.kind || state.timers[j].id == timer.id) good_ = false;
      if (timer.id == 0 || timer.id > state.lastId) good_ = false;
      if (timer.kind == TimerKind::delay) delayRuns = timer.id == state.waiting.delayTimer;
      if (timer.kind == TimerKind::delay && !delayRuns) good_ = false;
      if (timer.kind == TimerKind::retry) retryRuns = timer.id == retry;
      if (timer.kind == TimerKind::retry && !retryRuns) good_ = false;
    }
    if (delayRuns != (state.waiting.kind == Awaiting::delay) || retryRuns != (retry != 0)) good_ = false;
    if (state.waiting.request && state.waiting.request->id > state.lastId) good_ = false;
  }

  /// The event fits the place that it waits for.
  void checkPending(const Pending& pending) {
    std::string why;
    const std::optional<Event> event = readEvent(pending.event, why);
    const Awaiting kind = pending.waiting.kind;
    const bool answers = kind == Awaiting::answer || kind == Awaiting::nothing;
    const bool retries = kind == Awaiting::response && pending.waiting.request && pending.waiting.request->retryTimer != 0;
    if (!event) good_ = false;
    else if (std::holds_alternative<Answer>(event->what)) good_ = good_ && answers;
    else if (std::holds_alternative<Response>(event->what)) good_ = good_ && kind == Awaiting::response && !retries;
    else good_ = good_ && std::holds_alternative<TimerFired>(event->what) && (kind == Awaiting::delay || retries);
  }

  const Bot& bot_;
  bool good_ = true;
  Members top_;
};

SnapshotResult refused(std::string why) { return {std::nullopt, false, false, std::move(why)}; }

}  // namespace

SnapshotResult readSnapshot(const Bot& bot, std::string_view text) {
  using snapshot::head, snapshot::middle;
  const std::size_t start = head.size() + hashLength + middle.size();
  if (text.size() <= start || !text.starts_with(head) || text.substr(head.size() + hashLength, middle.size()) != middle || !text.ends_with('}'))
    return refused("notASnapshot");
  const std::string_view body = text.substr(start, text.size() - start - 1);
  if (text.substr(head.size(), hashLength) != formatHash(hashText(body))) return refused("damaged");
  const std::optional<Value> source = parseJson(body, maxDepth + outerDepth);
  if (!source) return refused("damaged");
  SnapshotReader reader(bot, *source);
  if (!reader.knownVersion()) return refused("otherVersion");
  SnapshotResult result;
  result.otherBot = reader.otherBot();
  result.closed = reader.closed();
  State state;
  if (result.otherBot) reader.readLasting(state);
  else reader.readAll(state);
  if (!reader.good()) return refused("damaged");
  result.state = std::move(state);
  return result;
}

}  // namespace latchkey
