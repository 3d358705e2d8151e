// What the steps of a conversation file cannot see: the effects themselves, and their order.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "latchkey/bot.hpp"
#include "script.hpp"
#include "test_platform.hpp"

namespace {

using Types = std::vector<std::string>;

bool isRejected(const Json& turn) { return turn.is_object() && turn.contains("rejected"); }

// The bank's visitor is signed in and back at the menu; returns the effects of the last event.
Json signIn(Script& bank, const std::string& id = "C-1001") {
  bank.choose("Details");
  bank.type(id);
  return bank.answer(200);
}

TEST(Effects, BeginWithWhatTheBotSaysAndAsks) {
  Script tutorial(corpusBot("tutorial"));
  const Json effects = tutorial.start();
  const Json expected = {
      {{"type", "say"}, {"message", {{"kind", "text"}, {"text", "Welcome to Acme Bank."}}}},
      {{"type", "say"}, {"message", {{"kind", "text"}, {"text", "What is your customer ID?"}}}},
      {{"type", "ask"}, {"kind", "text"}, {"options", Json::array()}, {"sensitive", true}, {"attributeType", "text"}}};
  EXPECT_EQ(effects, expected);
}

TEST(Effects, EchoTheUserFirst) {
  Script tutorial(corpusBot("tutorial"));
  tutorial.start();
  const Json effects = tutorial.type("C-1001");
  EXPECT_EQ(typesOf(effects), (Types{"echo", "call"}));
  EXPECT_EQ(effects[0]["text"], "••••1001");
}

TEST(Effects, TellThatTheUserIsAuthenticatedBeforeTheSecuredDialogSpeaks) {
  Script tutorial(corpusBot("tutorial"));
  tutorial.start();
  tutorial.type("C-1001");
  const Json effects = tutorial.answer(200);
  const Json changed = {{"type", "authenticationChanged"}, {"authenticated", true}, {"expiresAt", "2026-01-05T09:30:00Z"}, {"reason", "authenticated"}};
  EXPECT_EQ(effectOf(effects, "authenticationChanged"), changed);
  EXPECT_EQ(effectOf(effects, "startTimer")["delayMs"], 1'800'000);
  EXPECT_EQ(effects.back()["type"], "say");
}

TEST(Effects, TellThatTheTimeIsOverWhenTheTimerFires) {
  Script tutorial(corpusBot("tutorial"));
  tutorial.start();
  tutorial.type("C-1001");
  const Json timer = effectOf(tutorial.answer(200), "startTimer");
  tutorial.now += 1'800'000;
  const Json changed = {{"type", "authenticationChanged"}, {"authenticated", false}, {"expiresAt", nullptr}, {"reason", "timeout"}};
  EXPECT_EQ(effectOf(tutorial.fire(timer), "authenticationChanged"), changed);
  EXPECT_TRUE(isRejected(tutorial.fire(timer)));
}

TEST(Effects, OfferButtonsWithTheirValues) {
  Script bot(corpusBot("save-response"));
  bot.start();
  const Json choice = {{"type", "ask"}, {"kind", "choice"}, {"sensitive", false}, {"attributeType", "text"},
                       {"options", {{{"label", "A coffee"}, {"value", "coffee"}}, {{"label", "A tea"}, {"value", "tea"}}}}};
  EXPECT_EQ(effectOf(bot.type("drink"), "ask"), choice);
  bot.choose("tea");
  const Json choiceOrText = effectOf(bot.type("size"), "ask");
  EXPECT_EQ(choiceOrText["kind"], "choiceOrText");
  EXPECT_EQ(choiceOrText["attributeType"], "number");
  EXPECT_EQ(choiceOrText["options"][1], Json({{"label", "Large"}, {"value", 4}}));
}

TEST(Effects, TellThatAQuestionIsRepeated) {
  Script bot(corpusBot("save-response"));
  bot.start();
  EXPECT_FALSE(effectOf(bot.type("drink"), "ask").contains("repeated"));
  const Json again = effectOf(bot.type("a beer"), "ask");
  EXPECT_EQ(again["repeated"], true);
  EXPECT_EQ(effectOf(Json::parse(bot.conversation.restore(bot.conversation.snapshot(), bot.now))["effects"], "ask"), again);
  bot.choose("tea");
  EXPECT_FALSE(effectOf(bot.type("size"), "ask").contains("repeated"));
}

TEST(Effects, OfSigningOutStopTheTimer) {
  Script bank(corpusBot("bank"));
  bank.start();
  const Json timer = effectOf(signIn(bank), "startTimer");
  const Json effects = bank.choose("Sign out");
  EXPECT_EQ(effectOf(effects, "authenticationChanged")["reason"], "signOut");
  EXPECT_EQ(effectOf(effects, "cancelTimer")["id"], timer["id"]);
  EXPECT_TRUE(isRejected(bank.fire(timer)));
}

TEST(Effects, OfAuthenticatingAnewReplaceTheTimer) {
  Script bot(corpusBot("attempts-inside"));
  bot.start();
  const auto authenticate = [&bot] {
    bot.type("direct");
    bot.type("C-1001");
    return bot.answer(200);
  };
  const Json timer = effectOf(authenticate(), "startTimer");
  bot.now += 60'000;
  const Json effects = authenticate();
  EXPECT_EQ(effectOf(effects, "cancelTimer")["id"], timer["id"]);
  EXPECT_EQ(effectOf(effects, "startTimer")["delayMs"], 1'800'000);
}

TEST(Effects, OfClosingEndWithFinish) {
  Script bank(corpusBot("bank"));
  bank.start();
  signIn(bank);
  const Json effects = bank.choose("Bye");
  EXPECT_EQ(effectOf(effects, "authenticationChanged")["reason"], "sessionEnded");
  EXPECT_EQ(effects.back(), Json({{"type", "finish"}, {"reason", "closed"}}));
  EXPECT_EQ(bank.status()["awaiting"], "closed");
}

TEST(Effects, OfTheUsersClosingEndWithFinishToo) {
  Script bank(corpusBot("bank"));
  bank.start();
  signIn(bank);
  const Json effects = bank.send({{"type", "closed"}});
  EXPECT_EQ(effectOf(effects, "authenticationChanged")["reason"], "sessionEnded");
  EXPECT_EQ(effects.back(), Json({{"type", "finish"}, {"reason", "closedByUser"}}));
  EXPECT_EQ(bank.status()["awaiting"], "closed");
  EXPECT_FALSE(bank.status()["authenticated"].get<bool>());
}

TEST(Effects, OfAResponseThatComesAfterTheEndAreNone) {
  Script bank(corpusBot("bank"));
  bank.start();
  bank.choose("Details");
  bank.type("C-1001");
  EXPECT_EQ(bank.send({{"type", "closed"}}).back()["reason"], "closedByUser");
  EXPECT_TRUE(isRejected(bank.answer(200)));
  EXPECT_FALSE(bank.status()["authenticated"].get<bool>());
  EXPECT_EQ(typesOf(bank.type("Hello"))[0], "echo");
  EXPECT_TRUE(isRejected(bank.answer(200)));
}

TEST(Effects, OfHandingOverEndWithFinish) {
  Script tutorial(corpusBot("tutorial"));
  tutorial.start();
  tutorial.type("C-9999");
  tutorial.answer(401);
  const Json effects = tutorial.choose("Speak to an agent");
  EXPECT_TRUE(effectOf(effects, "handOver")["data"].is_object());
  EXPECT_EQ(effects.back(), Json({{"type", "finish"}, {"reason", "handedOver"}}));
}

TEST(Effects, OfASessionThatIsOverEndWithFinish) {
  Script bot(corpusBot("session"));
  const Json timer = effectOf(bot.start(), "startTimer");
  EXPECT_EQ(timer["delayMs"], 600'000);
  bot.now += 600'000;
  const Json effects = bot.fire(timer);
  EXPECT_EQ(typesOf(effects), (Types{"say", "say", "finish"}));
  EXPECT_EQ(effects.back()["reason"], "sessionExpired");
}

TEST(Effects, WipeThePageForAnotherPersonBeforeTheFlowGoesOn) {
  Script bank(corpusBot("bank"));
  bank.start();
  EXPECT_TRUE(effectOf(signIn(bank), "wipe").is_null());
  bank.choose("Sign out");
  const Types types = typesOf(signIn(bank, "C-2002"));
  const auto wiped = std::find(types.begin(), types.end(), "wipe");
  ASSERT_NE(wiped, types.end());
  EXPECT_EQ(std::find(types.begin(), wiped, "say"), wiped);
}

TEST(Effects, DoNotWipeThePageForTheSamePerson) {
  Script bank(corpusBot("bank"));
  bank.start();
  signIn(bank);
  bank.choose("Sign out");
  EXPECT_TRUE(effectOf(signIn(bank), "wipe").is_null());
}

TEST(Effects, TellWhyTheAuthenticationIsOver) {
  Script bank(corpusBot("bank"));
  bank.start();
  signIn(bank);
  bank.now -= 120'001;
  EXPECT_EQ(effectOf(bank.choose("Orders"), "authenticationChanged")["reason"], "clock");

  Script sliding(corpusBot("sliding"));
  sliding.start();
  sliding.type("vault");
  sliding.type("C-1001");
  sliding.answer(200);
  sliding.now += 300'000;
  EXPECT_EQ(effectOf(sliding.type("Hello"), "authenticationChanged")["reason"], "inactivity");
}

// The timer that fires first knows nothing of the messages that came after it was started.
TEST(Effects, TellWhenAPauseEndsTheAuthentication) {
  Script sliding(corpusBot("sliding"));
  sliding.start();
  sliding.type("vault");
  sliding.type("C-1001");
  const Json timer = effectOf(sliding.answer(200), "startTimer");
  EXPECT_EQ(timer["delayMs"], 300'000);
  sliding.now += 120'000;
  sliding.type("Hello");
  sliding.now += 180'000;
  const Json effects = sliding.fire(timer);
  EXPECT_EQ(typesOf(effects), (Types{"startTimer"}));
  EXPECT_EQ(effects[0]["delayMs"], 120'000);
  sliding.now += 120'000;
  EXPECT_EQ(typesOf(sliding.fire(effects[0])), (Types{"authenticationChanged"}));
}

TEST(Effects, TellThatAPauseEndsWhatNoTimeoutEnds) {
  Script script(latchkey::loadBot(R"({
    "latchkey": 1, "id": "never", "dialogs": [
      { "id": "default", "elements": [ { "type": "toDialog", "dialog": "vault" } ] },
      { "id": "authentication", "kind": "authentication", "elements": [ { "type": "authentication", "never": true, "slidingMinutes": 5, "subject": "anybody" } ] },
      { "id": "vault", "secured": true, "elements": [ { "type": "text", "text": "In the vault." } ] } ]
  })", testPlatform()).bot);
  script.start();
  script.now += 300'000;
  EXPECT_EQ(effectOf(script.type("Hello"), "authenticationChanged")["reason"], "inactivity");
}

TEST(Effects, ComeOfNothingBeforeTheStart) {
  Script bank(corpusBot("bank"));
  const std::string before = bank.conversation.snapshot();
  for (const Json& event : {Json{{"type", "textEntered"}, {"text", "Hello"}}, Json{{"type", "optionChosen"}, {"value", "Details"}}, Json{{"type", "closed"}}})
    EXPECT_EQ(bank.send(event)["rejected"], "notStarted") << event;
  EXPECT_TRUE(isRejected(bank.fire({{"id", 1}})));
  EXPECT_TRUE(isRejected(bank.answer(200)));
  EXPECT_EQ(bank.conversation.snapshot(), before);
}

TEST(Effects, AreTheSameForTheSameSeedAndEvents) {
  const auto run = [] {
    Script bank(corpusBot("bank"));
    std::string all = bank.start(7).dump();
    all += signIn(bank).dump();
    for (const char* label : {"Orders", "Note", "Sign out"}) all += bank.choose(label).dump();
    return all + bank.conversation.snapshot();
  };
  EXPECT_EQ(run(), run());
}

TEST(Effects, WaitBeforeTheNextTryAsLongAsTheApiSays) {
  const auto delayAfter = [](const std::string& wish) {
    Script bot(corpusBot("api-retry"));
    bot.start();
    bot.type("once");
    return effectOf(bot.send({{"type", "callFinished"}, {"id", bot.lastCall}, {"status", 503}, {"headers", {{"Retry-After", wish}}}, {"body", ""}}), "startTimer")["delayMs"];
  };
  EXPECT_EQ(delayAfter("7"), 7000);
  EXPECT_EQ(delayAfter(" 0 "), 0);
  EXPECT_EQ(delayAfter("3600"), 30'000);
  EXPECT_EQ(delayAfter("Mon, 05 Jan 2026 09:00:04 GMT"), 4000);
  EXPECT_EQ(delayAfter("Mon, 05 Jan 2026 10:00:00 GMT"), 30'000);
  EXPECT_EQ(delayAfter("Mon, 05 Jan 2026 08:00:00 GMT"), 0);
  for (const char* none : {"", "soon", "-1", "Mon, 05 Jan 2026", "Mon, 32 Jan 2026 09:00:04 GMT"}) EXPECT_EQ(delayAfter(none), 500) << none;
}

TEST(Effects, WaitTwiceAsLongBeforeEachTry) {
  Script bot(corpusBot("api-retry"));
  bot.start();
  bot.type("three");
  for (const std::int64_t delayMs : {500, 1000, 2000}) {
    const Json timer = effectOf(bot.answer(503), "startTimer");
    EXPECT_EQ(timer["delayMs"], delayMs);
    bot.now += delayMs;
    EXPECT_EQ(typesOf(bot.fire(timer)), (Types{"call"}));
  }
  EXPECT_EQ(typesOf(bot.answer(503)), (Types{"say"}));
}

TEST(Effects, DifferWithTheSeed) {
  const auto picked = [](std::int64_t seed) {
    Script bot(corpusBot("templates"));
    bot.start(seed);
    return effectOf(bot.type("variation"), "say").dump();
  };
  std::set<std::string> all;
  for (std::int64_t seed = 0; seed < 40; ++seed) all.insert(picked(seed));
  EXPECT_EQ(all.size(), 3u) << "each of the variations";
}

// Whatever happens, a sensitive value leaves the engine in requests alone.
TEST(Effects, NeverTellASensitiveValue) {
  Script bot(corpusBot("every-turn-elsewhere"));
  std::string told = bot.start().dump();
  const auto note = [&told](const Json& effects) {
    for (const Json& effect : effects) {
      if (effect["type"] != "call") told += effect.dump();
    }
  };
  note(bot.type("vault"));
  note(bot.type("SECRET-ID\nX: 1"));
  note(bot.choose("Again"));
  note(bot.type("SECRET-ID"));
  note(bot.answer(200, "SECRET-ID"));
  note(bot.type("SECRET-PIN"));
  bot.now += 600'000;
  note(bot.type("SECRET-PIN"));
  note(bot.type("SECRET-ID"));
  note(bot.answer(500));
  note(bot.send({{"type", "closed"}}));
  EXPECT_EQ(told.find("SECRET"), std::string::npos) << told;
  EXPECT_NE(told.find("••••T-ID"), std::string::npos) << told;
  EXPECT_NE(told.find("••••IN"), std::string::npos) << told;
}

// What a host must not store for others to read.
TEST(Status, SaysWhetherASnapshotHoldsWhatIsSensitive) {
  Script bank(corpusBot("bank"));
  bank.start();
  EXPECT_EQ(bank.status()["sensitive"], false);
  bank.choose("Details");
  EXPECT_EQ(bank.status()["sensitive"], false) << "nothing was given yet";
  bank.type("C-1001");
  EXPECT_EQ(bank.status()["sensitive"], true) << "it is in the request";
  bank.answer(200);
  EXPECT_EQ(bank.status()["sensitive"], true) << "somebody is authenticated";
  bank.choose("Sign out");
  EXPECT_EQ(bank.status()["sensitive"], true) << "it holds who that was";
  bank.send({{"type", "closed"}});
  EXPECT_EQ(bank.status()["sensitive"], false) << bank.conversation.snapshot();
}

TEST(Status, CountsMessagesThatWaitAsSensitive) {
  Script bank(corpusBot("bank"));
  bank.start();
  bank.choose("Note");
  bank.type("nothing");
  EXPECT_EQ(bank.status()["sensitive"], false);
  bank.choose("Details");
  bank.type("C-1001");
  bank.type("and C-1002");
  EXPECT_NE(bank.conversation.snapshot().find("C-1002"), std::string::npos);
  EXPECT_EQ(bank.status()["sensitive"], true);
}

}  // namespace
