// The bot file changed while a conversation was stored.

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "corpus.hpp"
#include "latchkey/bot.hpp"
#include "script.hpp"
#include "test_platform.hpp"

namespace {

// The bank's next version.
std::shared_ptr<const latchkey::Bot> changedBank() {
  std::string text = readText(testsDirectory() / "conversations" / "bots" / "bank.json");
  const std::string orders = "You have two orders.";
  text.replace(text.find(orders), orders.size(), "You have ten orders.");
  return latchkey::loadBot(text, testPlatform()).bot;
}

Json signIn(Script& bank, const char* id) {
  bank.choose("Details");
  bank.type(id);
  return bank.answer(200);
}

// Goes on with the bank's next version; gives the effects of that.
Json goOn(Script& after, const Script& before) {
  const Json turn = Json::parse(after.conversation.restore(before.conversation.snapshot(), after.now), nullptr, false);
  return turn.is_object() ? turn.value("effects", turn) : turn;
}

TEST(ChangedBots, WipeThePageForAnotherPerson) {
  Script before(corpusBot("bank"));
  before.start();
  signIn(before, "C-1001");
  Script after(changedBank());
  EXPECT_TRUE(effectOf(goOn(after, before), "wipe").is_null());
  EXPECT_FALSE(effectOf(signIn(after, "C-2002"), "wipe").is_null());
}

TEST(ChangedBots, DoNotWipeThePageForTheSamePerson) {
  Script before(corpusBot("bank"));
  before.start();
  signIn(before, "C-1001");
  Script after(changedBank());
  goOn(after, before);
  EXPECT_TRUE(effectOf(signIn(after, "C-1001"), "wipe").is_null());
}

TEST(ChangedBots, LeaveAClosedConversationClosed) {
  Script before(corpusBot("bank"));
  before.start();
  before.choose("Bye");
  ASSERT_EQ(before.status()["awaiting"], "closed");
  Script after(changedBank());
  EXPECT_EQ(goOn(after, before), Json::array());
  EXPECT_EQ(after.status()["awaiting"], "closed");
}

TEST(ChangedBots, BeginAClosedConversationAgainWithTheNextMessage) {
  Script before(corpusBot("bank"));
  before.start();
  before.send({{"type", "closed"}});
  Script after(changedBank());
  goOn(after, before);
  const Json effects = after.type("Hello");
  EXPECT_EQ(effectOf(effects, "echo")["text"], "Hello");
  EXPECT_EQ(effectOf(effects, "say")["message"]["text"], "Welcome to the bank.");
  EXPECT_EQ(after.status()["awaiting"], "answer");
}

}  // namespace
