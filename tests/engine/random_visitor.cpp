#include "random_visitor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "conversation_runner.hpp"
#include "corpus.hpp"
#include "random_bot.hpp"
#include "test_platform.hpp"

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;

/// Labels, keywords and values of a bot: everything under these names, wherever it is.
void collectWords(const Json& node, Vocabulary& words) {
  for (const auto& [key, value] : node.items()) {
    if (key == "label" || key == "keywords" || key == "is" || key == "value") {
      for (const Json& word : value.is_array() ? value : Json::array({value})) {
        if (word.is_string()) words.texts.push_back(word);
        words.values.push_back(word);
      }
    }
    if (value.is_structured()) collectWords(value, words);
  }
}

void collectSteps(const Json& conversation, Vocabulary& words) {
  for (const Json& step : conversation.value("steps", Json::array())) {
    if (step.contains("user")) words.texts.push_back(step["user"]);
    const Json reply = step.value("reply", Json::object());
    if (!reply.contains("status")) continue;
    const Json body = reply.value("body", Json(""));
    words.replies.push_back({reply["status"], body.is_string() ? body.get<std::string>() : body.dump()});
  }
}

void addCommonWords(Vocabulary& words) {
  for (const char* text : {"C-1001", "C-1002", "Hello", "yes", "12", "-3.5", "2026-03-04", "ann@acme.example", "+385911234567", "https://acme.example/x", "go 0", "go 1"})
    words.texts.push_back(text);
  words.texts.insert(words.texts.end(), strangeTexts().begin(), strangeTexts().end());
  for (const Json& value : {Json(nullptr), Json(true), Json(1), Json(""), Json::array(), Json::object()}) words.values.push_back(value);
  const std::string good = R"({"ok":true,"name":"Ann","items":[{"id":1}],"a":["x",2]})";
  for (const int status : {200, 200, 200, 200, 401, 404, 429, 500, 503}) words.replies.push_back({status, good});
  for (const std::string& text : strangeTexts()) words.replies.push_back({200, text});
  words.replies.push_back({200, R"({"status":200,"authenticated":true,"name":5})"});
  words.replies.push_back({200, std::string(70, '[') + std::string(70, ']')});
}

std::shared_ptr<const latchkey::Bot> load(const std::string& name, const std::string& text) {
  latchkey::LoadResult loaded = latchkey::loadBot(text, testPlatform());
  if (!loaded.bot) ADD_FAILURE() << name << " does not load: " << latchkey::toJson(loaded);
  return loaded.bot;
}

RandomTalk makeTalk(std::string name, std::string text) {
  RandomTalk talk{std::move(name), std::move(text), Json::object(), nullptr, {}};
  talk.botFile = Json::parse(talk.botText, nullptr, false);
  talk.bot = load(talk.name, talk.botText);
  collectWords(talk.botFile, talk.vocabulary);
  for (const Json& attribute : talk.botFile.value("attributes", Json::array()))
    if (attribute.value("external", false)) talk.vocabulary.externals.push_back(attribute["name"]);
  return talk;
}

}  // namespace

const std::vector<RandomTalk>& corpusTalks() {
  static const std::vector<RandomTalk> talks = [] {
    std::map<fs::path, RandomTalk> byFile;
    for (const ConversationCase& test : conversationCases()) {
      const fs::path file = (test.file.parent_path() / test.setting.value("bot", "")).lexically_normal();
      auto found = byFile.find(file);
      if (found == byFile.end()) found = byFile.emplace(file, makeTalk(file.stem().string(), readText(file))).first;
      collectSteps(test.conversation, found->second.vocabulary);
    }
    std::vector<RandomTalk> all;
    for (auto& [file, talk] : byFile) {
      addCommonWords(talk.vocabulary);
      all.push_back(std::move(talk));
    }
    return all;
  }();
  return talks;
}

RandomTalk randomTalk(std::uint64_t seed) {
  RandomTalk talk = makeTalk("random bot " + std::to_string(seed), randomBot(seed).dump());
  addCommonWords(talk.vocabulary);
  return talk;
}

Step RandomVisitor::next() {
  if (!started_) return start();
  passTime();
  if (chance_.percent(4)) return {Step::Kind::reload, {}, now_};
  if (chance_.percent(4)) return nonsense();
  if (chance_.percent(1)) return event("closed", {});
  if (!vocabulary_.externals.empty() && chance_.percent(6)) return setAttribute();
  if (!calls_.empty() && chance_.percent(75)) return answerCall();
  if (!timers_.empty() && chance_.percent(40)) return fireTimer();
  if (!options_.empty() && chance_.percent(60)) return choose();
  return say();
}

void RandomVisitor::passTime() {
  const std::size_t kind = chance_.below(100);
  if (kind < 70) now_ += static_cast<std::int64_t>(chance_.below(5 * second));
  else if (kind < 85) now_ += static_cast<std::int64_t>(chance_.below(3 * minute));
  else if (kind < 90) now_ += static_cast<std::int64_t>(chance_.below(90 * minute));
  else if (kind < 93) now_ -= static_cast<std::int64_t>(chance_.below(2 * minute + 1));
  else if (kind < 94) now_ -= 2 * minute + 1 + static_cast<std::int64_t>(chance_.below(60 * minute));
  else if (kind < 97 && !timers_.empty()) now_ = chance_.pick(timers_).due - static_cast<std::int64_t>(chance_.below(2));
}

Step RandomVisitor::event(const char* type, Json fields) {
  fields["type"] = type;
  fields["now"] = now_;
  return {Step::Kind::event, fields.dump(-1, ' ', false, Json::error_handler_t::replace), now_};
}

Step RandomVisitor::start() {
  started_ = true;
  return event("started", {{"conversationId", "c" + std::to_string(seed_)}, {"seed", seed_ % 1'000'000}, {"pageUrl", "https://site.example/"},
                           {"pageLanguage", chance_.percent(50) ? Json("en") : Json()}});
}

Step RandomVisitor::say() {
  if (!sensitive_ || chance_.percent(40)) return event("textEntered", {{"text", chance_.pick(vocabulary_.texts)}});
  secrets_.push_back("secret-" + std::to_string(chance_.next()));
  return event("textEntered", {{"text", secrets_.back()}});
}

Step RandomVisitor::choose() {
  if (chance_.percent(5)) return event("optionChosen", {{"value", chance_.pick(vocabulary_.values)}});
  const Json& option = chance_.pick(options_);
  return chance_.percent(20) ? event("textEntered", {{"text", option["label"]}}) : event("optionChosen", {{"value", option["value"]}});
}

Step RandomVisitor::setAttribute() {
  const std::string& name = chance_.pick(vocabulary_.externals);
  const Json value = chance_.percent(50) ? chance_.pick(vocabulary_.values) : Json(chance_.pick(vocabulary_.texts));
  return event("attributesSet", {{"attributes", {{name, value}}}});
}

Step RandomVisitor::answerCall() {
  const std::int64_t id = chance_.pick(calls_);
  if (chance_.percent(10)) return event("callFailed", {{"id", id}, {"reason", chance_.percent(50) ? "network" : "timeout"}});
  const Vocabulary::Reply& reply = chance_.pick(vocabulary_.replies);
  Json headers = {{"content-type", "application/json"}};
  if (chance_.percent(10)) headers["Retry-After"] = "7";
  return event("callFinished", {{"id", id}, {"status", reply.status}, {"headers", headers}, {"body", reply.body}});
}

Step RandomVisitor::fireTimer() {
  const std::size_t which = chance_.below(timers_.size());
  const std::int64_t id = timers_[which].id;
  timers_.erase(timers_.begin() + static_cast<std::ptrdiff_t>(which));
  return event("timerFired", {{"id", id}});
}

Step RandomVisitor::nonsense() {
  switch (chance_.below(7)) {
    case 0: return event("callFinished", {{"id", 77777}, {"status", 200}, {"headers", Json::object()}, {"body", "{}"}});
    case 1: return event("timerFired", {{"id", 77777}});
    case 2: return event("started", {{"conversationId", "other"}, {"seed", 1}});
    case 3: return event(chance_.percent(50) ? "authenticated" : "attributesSet", {{"authenticated", true}, {"attributes", {{"authenticated", true}}}});
    case 4: return event("optionChosen", {{"value", chance_.pick(vocabulary_.values)}});
    case 5: return {Step::Kind::event, R"({"type":"textEntered","text":"no time"})", now_};
    default: return {Step::Kind::event, chance_.pick(vocabulary_.texts), now_};
  }
}

void RandomVisitor::see(const Json& effects) {
  for (const Json& effect : effects) {
    const std::string& type = effect["type"].get_ref<const std::string&>();
    if (type == "call") {
      calls_ = {effect["id"].get<std::int64_t>()};
    } else if (type == "startTimer") {
      timers_.push_back({effect["id"], now_ + effect["delayMs"].get<std::int64_t>()});
    } else if (type == "cancelTimer") {
      // Now and then a host is too late to stop one.
      if (!chance_.percent(10)) std::erase_if(timers_, [&](const Timer& timer) { return timer.id == effect["id"]; });
    } else if (type == "ask") {
      options_.assign(effect["options"].begin(), effect["options"].end());
      sensitive_ = effect["sensitive"];
    } else if (type == "echo" || type == "finish") {
      options_.clear();
      sensitive_ = false;
    } else if (type == "say" && effect["message"].contains("cards")) {
      for (const Json& card : effect["message"]["cards"])
        for (const Json& button : card.value("buttons", Json::array()))
          if (button.contains("value")) options_.push_back(button);
    }
  }
}

void RandomVisitor::forget() {
  calls_.clear();
  timers_.clear();
}

std::string perform(latchkey::Conversation& conversation, const RandomTalk& talk, const Step& step, latchkey::Trace* trace) {
  if (step.kind == Step::Kind::event) return conversation.handle(step.event);
  const std::string snapshot = conversation.snapshot();
  conversation = latchkey::Conversation(talk.bot, trace);
  return conversation.restore(snapshot, step.now);
}
