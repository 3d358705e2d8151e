#include "test_host.hpp"

#include <algorithm>
#include <utility>

namespace {

constexpr int mostTimersInOneWait = 10'000;

std::string cardText(const Json& card) {
  const std::string title = card.value("title", "");
  return card.contains("text") ? title + ": " + card.value("text", "") : title;
}

// A message as it stands in a transcript that is handed over.
std::string readableText(const Json& message) {
  if (message.contains("text")) return message.value("text", "");
  std::string text;
  for (const Json& card : message.value("cards", Json::array())) text += (text.empty() ? "" : "\n") + cardText(card);
  if (message.contains("cards")) return text;
  const std::string url = message.value("url", "");
  for (const char* name : {"alt", "caption", "name"})
    if (message.contains(name)) return message.value(name, "") + " (" + url + ")";
  return url;
}

}  // namespace

TestHost::TestHost(std::shared_ptr<const latchkey::Bot> bot, Opening opening)
    : bot_(std::move(bot)), opening_(std::move(opening)), conversation_(bot_), ahead_(opening_.now) {}

Failure TestHost::start() {
  return send({{"type", "started"},
               {"conversationId", "test"},
               {"seed", opening_.seed},
               {"pageUrl", opening_.pageUrl},
               {"pageLanguage", opening_.pageLanguage},
               {"attributes", opening_.attributes}});
}

Failure TestHost::send(Json event) { return performAndFire(handle(std::move(event))); }

std::string TestHost::handle(Json event) {
  event["now"] = now();
  return conversation_.handle(event.dump());
}

Failure TestHost::expectRejected(const std::string& event) {
  const std::string before = snapshot();
  const Json turn = Json::parse(conversation_.handle(event), nullptr, false);
  if (!turn.is_object() || !turn.contains("rejected")) return event + " was not rejected: " + turn.dump();
  if (snapshot() != before) return event + " was rejected and changed the snapshot\n  from " + before + "\n  to   " + snapshot();
  return {};
}

Failure TestHost::wait(std::int64_t ms) {
  const std::int64_t end = elapsed_ + ms;
  for (int fired = 0; fired < mostTimersInOneWait; ++fired) {
    const auto next = std::min_element(timers_.begin(), timers_.end(), [](const Timer& a, const Timer& b) { return a.due < b.due; });
    if (next == timers_.end() || next->due > end) {
      elapsed_ = end;
      return {};
    }
    elapsed_ = std::max(elapsed_, next->due);
    const std::int64_t id = next->id;
    timers_.erase(next);
    const Failure failure = perform(handle({{"type", "timerFired"}, {"id", id}}));
    if (!failure.empty()) return "a timer that the engine started fired: " + failure;
  }
  return "timers without end";
}

Failure TestHost::reload() { return performAndFire(restore(snapshot())); }

Failure TestHost::reloadWith(const std::string& snapshot) {
  const std::string turn = restore(snapshot);
  if (!Json::parse(turn, nullptr, false).contains("refused")) return performAndFire(turn);
  page_ = Page();
  lines_.clear();
  authenticated_ = finished_ = false;
  conversation_ = latchkey::Conversation(bot_);
  return start();
}

std::string TestHost::restore(const std::string& snapshot) {
  conversation_ = latchkey::Conversation(bot_);
  timers_.clear();
  page_.calls.clear();
  page_.ask = nullptr;
  return conversation_.restore(snapshot, now());
}

Json TestHost::status() const { return Json::parse(conversation_.status(now()), nullptr, false); }

Json TestHost::buttons() const {
  Json all = page_.ask.is_object() ? page_.ask["options"] : Json::array();
  const std::string awaiting = status().value("awaiting", "");
  if (awaiting == "answer" || awaiting == "nothing") all.insert(all.end(), page_.cardButtons.begin(), page_.cardButtons.end());
  return all;
}

Json TestHost::attributes() const { return Json::parse(conversation_.attributes(now()), nullptr, false); }

Failure TestHost::perform(const std::string& text) {
  const Json turn = Json::parse(text, nullptr, false);
  if (!turn.is_object()) return "the engine's answer is not a JSON object: " + text;
  if (!turn.contains("effects")) return "the engine did not take it: " + text;
  for (const Json& effect : turn["effects"]) {
    if (Failure failure = performOne(effect); !failure.empty()) return failure;
  }
  return keepAsk();
}

Failure TestHost::performAndFire(const std::string& turn) {
  const Failure failure = perform(turn);
  return failure.empty() ? wait(0) : failure;
}

Failure TestHost::performOne(const Json& effect) {
  const std::string type = effect.value("type", "");
  if (type == "say") {
    say(effect);
  } else if (type == "ask") {
    page_.ask = effect;
  } else if (type == "call") {
    page_.calls.push_back(effect);
    page_.transcript.push_back("call: " + effect.value("method", "") + " " + effect.value("url", ""));
  } else if (type == "startTimer") {
    timers_.push_back({effect["id"], elapsed_ + effect["delayMs"].get<std::int64_t>()});
  } else if (type == "cancelTimer") {
    cancelTimer(effect["id"]);
  } else if (type == "echo") {
    echo(effect);
  } else if (type == "emit") {
    page_.emitted.push_back(effect);
  } else if (type == "handOver") {
    page_.handOvers.push_back({{"data", effect["data"]}, {"transcript", spokenLines()}});
  } else if (type == "report") {
    page_.reports.push_back(effect["problem"]["code"]);
    page_.transcript.push_back("report: " + effect["problem"].dump());
  } else if (type == "finish") {
    finish(effect.value("reason", ""));
  } else if (type == "wipe") {
    lines_.clear();
    page_.cardButtons.clear();
    page_.transcript.assign(1, "(wiped)");
  } else if (type == "authenticationChanged") {
    authenticated_ = effect["authenticated"];
  } else {
    return "unknown effect " + effect.dump();
  }
  return {};
}

void TestHost::say(const Json& effect) {
  const Json& message = effect["message"];
  page_.messages.push_back(message);
  page_.transcript.push_back("bot:  " + message.value("text", message.dump()));
  lines_.push_back({"bot", readableText(message), effect.value("secured", false), now()});
  keepCardButtons(message);
}

// After the end of a session a message begins the next one, which may be another person's.
void TestHost::echo(const Json& effect) {
  page_.echo = effect["text"];
  page_.cardButtons.clear();
  page_.transcript.push_back("user: " + page_.echo);
  if (finished_) std::erase_if(lines_, [](const Line& line) { return line.secured; });
  finished_ = false;
  lines_.push_back({"user", page_.echo, effect.value("secured", false), now()});
}

// What the last turn said stays: nobody has read it yet.
void TestHost::finish(const std::string& reason) {
  page_.calls.clear();
  page_.transcript.push_back("finish: " + reason);
  std::erase_if(lines_, [this](const Line& line) { return line.secured && line.at != now(); });
  finished_ = true;
}

Json TestHost::spokenLines() const {
  Json spoken = Json::array();
  for (const Line& line : lines_)
    if (!line.secured || authenticated_ || finished_) spoken.push_back({{"from", line.from}, {"text", line.text}});
  return spoken;
}

Failure TestHost::keepAsk() {
  if (status().value("awaiting", "") != "answer") page_.ask = nullptr;
  else if (page_.ask.is_null()) return "the bot waits for an answer, but there was no effect ask";
  return {};
}

void TestHost::keepCardButtons(const Json& message) {
  for (const Json& card : message.value("cards", Json::array()))
    for (const Json& button : card.value("buttons", Json::array()))
      if (button.contains("value")) page_.cardButtons.push_back(button);
}

void TestHost::cancelTimer(std::int64_t id) {
  timers_.erase(std::remove_if(timers_.begin(), timers_.end(), [id](const Timer& timer) { return timer.id == id; }), timers_.end());
}
