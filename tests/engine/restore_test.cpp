// Snapshots: what comes back, and what must not.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "corpus.hpp"
#include "latchkey/bot.hpp"
#include "script.hpp"
#include "test_platform.hpp"

namespace {

// A visitor of the bank, signed in, at the menu.
Script signedIn() {
  Script bank(corpusBot("bank"));
  bank.start();
  bank.choose("Details");
  bank.type("C-1001");
  bank.answer(200);
  return bank;
}

Json restore(latchkey::Conversation& conversation, const std::string& snapshot, std::int64_t now) {
  return Json::parse(conversation.restore(snapshot, now), nullptr, false);
}

TEST(Restoring, OpensTheQuestionAndTheTimersAgain) {
  Script before = signedIn();
  Script after(corpusBot("bank"));
  const Json turn = restore(after.conversation, before.conversation.snapshot(), nineOClock + 60'000);
  ASSERT_TRUE(turn.contains("effects")) << turn;
  EXPECT_EQ(effectOf(turn["effects"], "ask")["options"].size(), 5u);
  EXPECT_EQ(effectOf(turn["effects"], "startTimer")["delayMs"], 1'740'000);
  EXPECT_TRUE(effectOf(turn["effects"], "say").is_null());
}

TEST(Restoring, GoesOnAsIfNothingHadHappened) {
  Script before = signedIn();
  Script after(corpusBot("bank"));
  restore(after.conversation, before.conversation.snapshot(), before.now);
  for (const char* label : {"Orders", "Details", "Sign out", "Bye"}) EXPECT_EQ(before.choose(label), after.choose(label)) << label;
}

TEST(Restoring, TellsThatTheAuthenticationIsOverMeanwhile) {
  Script before = signedIn();
  Script after(corpusBot("bank"));
  const Json turn = restore(after.conversation, before.conversation.snapshot(), nineOClock + 1'800'000);
  EXPECT_EQ(effectOf(turn["effects"], "authenticationChanged")["reason"], "timeout");
  EXPECT_EQ(Json::parse(after.conversation.status(nineOClock + 1'800'000))["authenticated"], false);
}

TEST(Restoring, BeginsAgainWithAnotherBotFileAndIsNotAuthenticated) {
  std::string text = readText(testsDirectory() / "conversations" / "bots" / "bank.json");
  text.replace(text.find("You have two orders."), 20, "You have ten orders.");
  const auto changed = latchkey::loadBot(text, testPlatform()).bot;
  ASSERT_NE(changed, nullptr);
  Script before = signedIn();
  Script after(changed);
  const Json turn = restore(after.conversation, before.conversation.snapshot(), before.now);
  ASSERT_TRUE(turn.contains("effects")) << turn;
  EXPECT_EQ(effectOf(turn["effects"], "say")["message"]["text"], "Welcome to the bank.");
  EXPECT_TRUE(effectOf(turn["effects"], "wipe").is_null());
  EXPECT_FALSE(effectOf(turn["effects"], "ask").is_null());
  EXPECT_FALSE(after.status()["authenticated"].get<bool>());
}

TEST(RestoringE3, RefusesWhatIsNoSnapshotAndChangesNothing) {
  Script bank = signedIn();
  const std::string before = bank.conversation.snapshot();
  for (const char* text : {"", "null", "{}", "[]", "{", "\"\"", "{\"latchkey\":1}", "not JSON"}) {
    EXPECT_TRUE(restore(bank.conversation, text, bank.now).contains("refused")) << text;
    EXPECT_EQ(bank.conversation.snapshot(), before) << text;
  }
}

TEST(RestoringE3, RefusesEveryTruncation) {
  const std::string whole = signedIn().conversation.snapshot();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    Script after(corpusBot("bank"));
    EXPECT_TRUE(restore(after.conversation, whole.substr(0, length), nineOClock).contains("refused")) << length;
  }
}

TEST(RestoringE3, RefusesEveryFlippedByteOrIsNoOther) {
  const std::string whole = signedIn().conversation.snapshot();
  const auto bot = corpusBot("bank");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int bit : {1, 4, 32, 128}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ bit);
      latchkey::Conversation after(bot);
      if (restore(after, damaged, nineOClock).contains("refused")) continue;
      EXPECT_EQ(after.snapshot(), whole) << damaged;
    }
  }
}

TEST(RestoringE3, KeepsTheVisitorOut) {
  Script stranger(corpusBot("bank"));
  stranger.start();
  const std::string whole = stranger.conversation.snapshot();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char other : std::string("019:,{}\"tfn")) {
      std::string damaged = whole;
      damaged[at] = other;
      Script after(corpusBot("bank"));
      restore(after.conversation, damaged, nineOClock);
      EXPECT_FALSE(after.status().value("authenticated", false)) << damaged;
    }
  }
}

TEST(Restoring, IsStable) {
  Script bank = signedIn();
  const std::string first = bank.conversation.snapshot();
  latchkey::Conversation again(corpusBot("bank"));
  restore(again, first, bank.now);
  EXPECT_EQ(again.snapshot(), first);
}

}  // namespace
