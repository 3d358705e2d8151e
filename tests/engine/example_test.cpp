// The example at the top of conversation.hpp.

#include <gtest/gtest.h>

#include "latchkey/conversation.hpp"
#include "test_platform.hpp"

TEST(Example, RunsAsTheHeaderSays) {
  const std::string botText = R"({ "latchkey": 1, "id": "acme", "attributes": [ { "name": "customer_id", "type": "text" } ],
    "dialogs": [ { "id": "default", "elements": [
      { "type": "text", "text": "Welcome to Acme Bank." },
      { "type": "saveResponse", "attribute": "customer_id", "text": "What is your customer ID?" },
      { "type": "text", "text": "Hello, {{ customer_id }}." } ] } ] })";

  latchkey::LoadResult loaded = latchkey::loadBot(botText, testPlatform());
  ASSERT_TRUE(loaded.bot) << latchkey::toJson(loaded);
  latchkey::Conversation conversation(loaded.bot);
  std::string turn = conversation.handle(R"({"type":"started","now":1767603600000,"conversationId":"c","seed":7})");
  EXPECT_EQ(turn.find(R"({"effects":[{"type":"say","message":{"kind":"text","text":"Welcome to Acme Bank."}})"), 0u) << turn;
  turn = conversation.handle(R"({"type":"textEntered","now":1767603605000,"text":"C-1001"})");
  EXPECT_NE(turn.find("Hello, C-1001."), std::string::npos) << turn;
}
