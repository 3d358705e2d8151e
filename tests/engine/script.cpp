#include "script.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "corpus.hpp"
#include "test_platform.hpp"

std::shared_ptr<const latchkey::Bot> corpusBot(const std::string& name) {
  const std::string text = readText(testsDirectory() / "conversations" / "bots" / (name + ".json"));
  latchkey::LoadResult loaded = latchkey::loadBot(text, testPlatform());
  if (loaded.bot) return loaded.bot;
  ADD_FAILURE() << name << " does not load: " << latchkey::toJson(loaded);
  return latchkey::loadBot(R"({"latchkey":1,"id":"none","dialogs":[{"id":"default","elements":[]}]})", testPlatform()).bot;
}

Json Script::start(std::int64_t seed) {
  return send({{"type", "started"}, {"conversationId", "test"}, {"seed", seed}, {"pageUrl", nullptr}, {"pageLanguage", nullptr}});
}

Json Script::send(Json event) {
  if (!event.contains("now")) event["now"] = now;
  const Json turn = Json::parse(conversation.handle(event.dump()), nullptr, false);
  if (!turn.is_object() || !turn.contains("effects")) return turn;
  if (const Json call = effectOf(turn["effects"], "call"); call.is_object()) lastCall = call["id"];
  return turn["effects"];
}

Json Script::answer(int status, const std::string& body) {
  return send({{"type", "callFinished"}, {"id", lastCall}, {"status", status}, {"headers", Json::object()}, {"body", body}});
}

std::vector<std::string> typesOf(const Json& effects) {
  std::vector<std::string> types;
  for (const Json& effect : effects) types.push_back(effect.is_object() ? effect.value("type", "") : effect.dump());
  return types;
}

Json effectOf(const Json& effects, const std::string& type) {
  if (!effects.is_array()) return nullptr;
  for (const Json& effect : effects) {
    if (effect.value("type", "") == type) return effect;
  }
  return nullptr;
}
