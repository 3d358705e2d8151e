#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "latchkey/conversation.hpp"

using Json = nlohmann::json;

/// 2026-01-05T09:00:00Z
inline constexpr std::int64_t nineOClock = 1767603600000;

/// A bot of tests/conversations/bots; one that does not load fails the test and is replaced by an empty one.
std::shared_ptr<const latchkey::Bot> corpusBot(const std::string& name);

/// A conversation under the hands of a test that looks at the effects themselves.
class Script {
 public:
  explicit Script(std::shared_ptr<const latchkey::Bot> bot) : conversation(std::move(bot)) {}

  Json start(std::int64_t seed = 1);
  Json send(Json event);
  Json type(const std::string& text) { return send({{"type", "textEntered"}, {"text", text}}); }
  Json choose(const Json& value) { return send({{"type", "optionChosen"}, {"value", value}}); }
  /// Answers the request that was made last.
  Json answer(int status, const std::string& body = "");
  Json fire(const Json& timer) { return send({{"type", "timerFired"}, {"id", timer["id"]}}); }
  Json status() const { return Json::parse(conversation.status(now), nullptr, false); }

  latchkey::Conversation conversation;
  std::int64_t now = nineOClock;
  std::int64_t lastCall = 0;
};

/// The types of effects, in order.
std::vector<std::string> typesOf(const Json& effects);

/// The first effect of this type; null when there is none.
Json effectOf(const Json& effects, const std::string& type);
