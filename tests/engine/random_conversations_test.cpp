// What holds of every conversation, with whatever bot, visitor, API and clock.

#include <gtest/gtest.h>

#include <string>

#include "effort.hpp"
#include "random_visitor.hpp"

namespace {

constexpr int stepsOfAConversation = 60;

// The state after a reload at the same instant is the same; but a POST or PATCH under way is given up by the reload.
bool outlivesReload(const std::string& snapshot) {
  return snapshot.find(R"("method":"P)") == std::string::npos || snapshot.find(R"("method":"PUT")") != std::string::npos;
}

struct Walk {
  const RandomTalk& talk;
  RandomVisitor visitor;
  latchkey::Conversation conversation{talk.bot};
  int taken = 0;
  std::string trouble = {};

  void run() {
    for (int i = 0; i < stepsOfAConversation && trouble.empty(); ++i) take(visitor.next());
  }

  void take(const Step& step) {
    const std::string before = conversation.snapshot();
    const std::string turn = perform(conversation, talk, step);
    const Json parsed = Json::parse(turn, nullptr, false);
    const bool reloaded = step.kind == Step::Kind::reload;
    if (reloaded) visitor.forget();
    if (parsed.is_object() && parsed.contains("rejected") && !reloaded) {
      if (conversation.snapshot() != before) fail(step, turn, "it was rejected and changed the snapshot");
      return;
    }
    if (!parsed.is_object() || !parsed.contains("effects")) return fail(step, turn, "that is no turn");
    ++taken;
    visitor.see(parsed["effects"]);
    lookForSecrets(step, parsed["effects"], turn);
    compareWithRestored(step, turn);
  }

  void lookForSecrets(const Step& step, const Json& effects, const std::string& turn) {
    const std::string status = conversation.status(step.now);
    for (const std::string& secret : visitor.secrets()) {
      if (status.find(secret) != std::string::npos) return fail(step, turn, "a sensitive answer is told in " + status);
      for (const Json& effect : effects)
        if (effect["type"] != "call" && effect.dump().find(secret) != std::string::npos) return fail(step, turn, "a sensitive answer is told");
    }
  }

  // One that was restored just now and this one must not differ, neither now nor at the next event.
  void compareWithRestored(const Step& step, const std::string& turn) {
    const std::string snapshot = conversation.snapshot();
    if (!outlivesReload(snapshot)) return;
    latchkey::Conversation restored(talk.bot);
    restored.restore(snapshot, step.now);
    if (restored.snapshot() != snapshot) return fail(step, turn, "restored, it is " + restored.snapshot());
    latchkey::Conversation same(talk.bot), other(talk.bot);
    same.restore(snapshot, step.now);
    const std::string event = R"({"type":"textEntered","text":"yes","now":)" + std::to_string(step.now) + "}";
    if (restored.handle(event) != same.handle(event)) fail(step, turn, "two that were restored differ at " + event);
  }

  void fail(const Step& step, const std::string& turn, const std::string& why) {
    trouble = talk.name + ": " + why + "\n  step: " + (step.kind == Step::Kind::reload ? "reload" : step.event) + "\n  turn: " + turn +
              "\n  snapshot: " + conversation.snapshot() + "\n  bot: " + talk.botText.substr(0, 20'000);
  }
};

int walk(const RandomTalk& talk, std::uint64_t seed) {
  Walk walk{talk, RandomVisitor(talk, seed)};
  walk.run();
  if (!walk.trouble.empty()) ADD_FAILURE() << "seed " << seed << ": " << walk.trouble;
  return walk.taken;
}

TEST(RandomConversations, WithTheBotsOfTheCorpusKeepWhatEveryConversationPromises) {
  int taken = 0;
  for (const RandomTalk& talk : corpusTalks())
    for (std::uint64_t seed = 0; seed < effort(8) && !HasFailure(); ++seed) taken += walk(talk, seed);
  EXPECT_GT(taken, 1000);
}

TEST(RandomConversations, WithBotsMadeByChanceKeepWhatEveryConversationPromises) {
  int taken = 0;
  for (std::uint64_t seed = 0; seed < effort(400) && !HasFailure(); ++seed) taken += walk(randomTalk(seed), seed);
  EXPECT_GT(static_cast<std::uint64_t>(taken), effort(400) * 20);
}

}  // namespace
