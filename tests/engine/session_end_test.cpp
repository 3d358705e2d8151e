// The time of a session is over, but no timer has said so yet: what comes first is a message or a button.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "latchkey/bot.hpp"
#include "script.hpp"
#include "test_platform.hpp"

namespace {

using Types = std::vector<std::string>;

// Asks with a button; a session ends after five minutes.
Script askingBot() {
  Script script(latchkey::loadBot(R"({
    "latchkey": 1, "id": "asking", "settings": { "sessionMinutes": 5 },
    "dialogs": [ { "id": "default", "elements": [
      { "type": "userInput", "text": "Which?", "branches": [ { "label": "This", "elements": [ { "type": "text", "text": "Good." } ] } ] } ] } ]
  })", testPlatform()).bot);
  script.start();
  script.now += 300'000;
  return script;
}

// Has asked for the customer ID, which is sensitive; the session's ten minutes are over.
Script askedForTheId() {
  Script script(corpusBot("session"));
  script.start();
  script.type("Ann");
  script.type("vault");
  script.now += 600'000;
  return script;
}

TEST(SessionEnd, ShowsASensitiveAnswerThatComesTooLateMasked) {
  Script script = askedForTheId();
  const Json effects = script.type("  SECRET-1001 ");
  EXPECT_EQ(effectOf(effects, "finish")["reason"], "sessionExpired");
  EXPECT_EQ(effectOf(effects, "echo")["text"], "••••1001");
  EXPECT_EQ(effects.dump().find("SECRET"), std::string::npos) << effects;
}

TEST(SessionEnd, RemembersASensitiveAnswerThatComesTooLateMasked) {
  Script script = askedForTheId();
  script.type("SECRET-1001");
  const Json attributes = Json::parse(script.conversation.attributes(script.now));
  EXPECT_EQ(attributes["lastReceivedMessage"]["value"], "••••1001");
  EXPECT_EQ(script.conversation.snapshot().find("SECRET"), std::string::npos);
}

TEST(SessionEnd, BeginsANewSessionWithAMessageThatComesTooLate) {
  Script script = askingBot();
  const Json effects = script.type("This");
  EXPECT_EQ(typesOf(effects), (Types{"cancelTimer", "finish", "echo", "startTimer", "say", "ask"}));
  EXPECT_EQ(effectOf(effects, "say")["message"]["text"], "Which?") << "the message answers nothing";
}

TEST(SessionEnd, BeginsNoSessionWithAButtonThatComesTooLate) {
  Script script = askingBot();
  const Json effects = script.choose("This");
  EXPECT_EQ(typesOf(effects), (Types{"cancelTimer", "finish"}));
  EXPECT_EQ(effects.back()["reason"], "sessionExpired");
  EXPECT_EQ(script.status()["awaiting"], "closed");
  EXPECT_TRUE(script.choose("This").contains("rejected"));
  EXPECT_FALSE(effectOf(script.type("Hello"), "say").is_null());
}

TEST(SessionEnd, LetsTheUserCloseWhileTheGoodbyeTakesItsTime) {
  Script script(corpusBot("session-slow-end"));
  script.start();
  script.type("Ann");
  script.now += 3'600'000;
  const Json effects = script.send({{"type", "closed"}});
  EXPECT_EQ(effectOf(effects, "say")["message"]["text"], "Time is up.");
  EXPECT_EQ(effects.back(), Json({{"type", "finish"}, {"reason", "closedByUser"}}));
  EXPECT_EQ(script.status()["awaiting"], "closed");
  EXPECT_EQ(Json::parse(script.conversation.attributes(script.now))["name"]["value"], nullptr);
}

TEST(SessionEnd, ClosesThoughItsDialogSaysMoreThanAnEventMay) {
  Json over = {{"id", "over"}, {"kind", "sessionExpired"}, {"elements", Json::array()}};
  for (int i = 0; i <= 1000; ++i) over["elements"].push_back({{"type", "text"}, {"text", "Over."}});
  const Json hello = {{"id", "default"}, {"elements", {{{"type", "text"}, {"text", "Hello."}}}}};
  const Json bot = {{"latchkey", 1}, {"id", "talkative"}, {"settings", {{"sessionMinutes", 5}}}, {"dialogs", {hello, over}}};
  Script script(latchkey::loadBot(bot.dump(), testPlatform()).bot);
  script.start();
  script.now += 300'000;
  const Json effects = script.send({{"type", "attributesSet"}, {"attributes", Json::object()}});
  EXPECT_EQ(effectOf(effects, "report")["problem"]["code"], "endlessLoop");
  EXPECT_EQ(effects.back(), Json({{"type", "finish"}, {"reason", "sessionExpired"}}));
  EXPECT_EQ(script.status()["awaiting"], "closed");
}

}  // namespace
