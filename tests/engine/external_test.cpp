// What the page sets, as the host hears of it: why it is refused, and what an event of the page's notices on the way.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "script.hpp"

namespace {

using Types = std::vector<std::string>;

Json set(const Json& attributes) { return {{"type", "attributesSet"}, {"attributes", attributes}}; }

Json valueOf(const Script& script, const char* name) {
  return Json::parse(script.conversation.attributes(script.now))[name]["value"];
}

std::string characters(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "\u00E9";
  return text;
}

Script started() {
  Script script(corpusBot("external"));
  script.start();
  return script;
}

TEST(External, SaysWhyWithTheNameWhatItRefuses) {
  Script script = started();
  EXPECT_EQ(script.send(set({{"plan", "gold"}, {"colour", "red"}})), Json({{"rejected", "unknownAttribute: colour"}}));
  EXPECT_EQ(script.send(set({{"note", "x"}})), Json({{"rejected", "notExternal: note"}}));
  EXPECT_EQ(script.send(set({{"authenticated", true}})), Json({{"rejected", "notExternal: authenticated"}}));
  EXPECT_EQ(script.send(set({{"plan", "gold"}, {"visits", "many"}})), Json({{"rejected", "typeMismatch: visits"}}));
  EXPECT_EQ(script.send(set("plan")), Json({{"rejected", "malformedEvent"}}));
  EXPECT_EQ(valueOf(script, "plan"), "free");
  EXPECT_EQ(script.send(set({{"plan", "gold"}})), Json::array());
  EXPECT_EQ(valueOf(script, "plan"), "gold");
}

TEST(External, TakesTextOf4096Characters) {
  Script script = started();
  EXPECT_EQ(script.send(set({{"plan", characters(4096)}})), Json::array());
  EXPECT_EQ(script.send(set({{"plan", characters(4097)}})), Json({{"rejected", "typeMismatch: plan"}}));
  EXPECT_EQ(script.send(set({{"order", characters(4097)}})), Json({{"rejected", "typeMismatch: order"}}));
}

TEST(External, TakesOneMebibyteOfJson) {
  Script script = started();
  const Json half = {{"a", std::string(600'000, 'a')}};
  EXPECT_EQ(script.send(set({{"order", half}, {"cart", Json::array({half})}})), Json::array());
  EXPECT_EQ(script.send(set({{"order", {half, half}}})), Json({{"rejected", "typeMismatch: order"}}));
}

TEST(External, AreNotTakenBeforeTheStart) {
  Script script(corpusBot("external"));
  EXPECT_EQ(script.send(set({{"plan", "gold"}})), Json({{"rejected", "notStarted"}}));
}

TEST(External, DoNotLetAConversationStartThatTheyDoNotFit) {
  Script script(corpusBot("external"));
  const auto start = [&](const Json& attributes) {
    return script.send({{"type", "started"}, {"conversationId", "c"}, {"seed", 1}, {"attributes", attributes}});
  };
  EXPECT_EQ(start({{"visits", "many"}}), Json({{"rejected", "typeMismatch: visits"}}));
  EXPECT_EQ(start({{"customer_id", "C-1"}}), Json({{"rejected", "notExternal: customer_id"}}));
  EXPECT_EQ(start(nullptr), Json({{"rejected", "malformedEvent"}}));
  const Json whole = {{"type", "started"}, {"conversationId", "c"}, {"seed", 1}, {"pageUrl", "https://site.example/"}, {"pageLanguage", "en"}};
  for (const char* name : {"conversationId", "seed", "pageUrl", "pageLanguage"}) {
    Json wrong = whole;
    wrong[name] = true;
    EXPECT_EQ(script.send(wrong), Json({{"rejected", "malformedEvent"}})) << name;
  }
  EXPECT_EQ(effectOf(start({{"plan", "gold"}}), "say")["message"]["text"], "Your plan is gold.");
  EXPECT_EQ(start({{"plan", "gold"}}), Json({{"rejected", "alreadyStarted"}}));
}

TEST(External, NoticeThatTheSessionIsOverAndAreTakenAllTheSame) {
  Script script = started();
  script.now += 30 * 60'000;
  const Json effects = script.send(set({{"plan", "gold"}}));
  EXPECT_EQ(typesOf(effects), (Types{"cancelTimer", "say", "finish"}));
  EXPECT_EQ(script.status()["awaiting"], "closed");
  EXPECT_EQ(valueOf(script, "plan"), "gold");
}

TEST(External, NoticeThatTheAuthenticationIsOver) {
  Script script = started();
  script.type("vault");
  script.type("C-1001");
  script.answer(200);
  script.now += 5 * 60'000;
  const Json effects = script.send(set({{"plan", "gold"}}));
  EXPECT_EQ(typesOf(effects), (Types{"cancelTimer", "authenticationChanged"}));
  EXPECT_EQ(script.status()["authenticated"], false);
}

}  // namespace
