// G1 of the security requirements: no element of a secured dialog runs unless authenticated and unexpired at that moment,
// whatever the visitor, the API, the host and the clock do. GateModel says what may run; the trace, what did.

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "effort.hpp"
#include "gate_model.hpp"
#include "random_visitor.hpp"

namespace {

constexpr int stepsOfAGateWalk = 100;

bool hasLock(const RandomTalk& talk) {
  for (const Json& dialog : talk.botFile["dialogs"])
    if (dialog.value("secured", false)) return true;
  return false;
}

struct Count {
  int steps = 0;
  int secured = 0;
  int authenticated = 0;
};

// Walks until something is wrong, and says what.
std::string walk(const RandomTalk& talk, std::uint64_t seed, Count& count) {
  RandomVisitor visitor(talk, seed);
  GateModel model(talk.botFile);
  latchkey::Trace trace;
  latchkey::Conversation conversation(talk.bot, &trace);
  for (int i = 0; i < stepsOfAGateWalk; ++i) {
    const Step step = visitor.next();
    const std::string turn = perform(conversation, talk, step, &trace);
    ++count.steps;
    if (step.kind == Step::Kind::reload) visitor.forget();
    if (turn.starts_with(R"({"rejected")")) continue;
    visitor.see(Json::parse(turn, nullptr, false)["effects"]);
    model.begin(step);
    for (const std::string& pointer : trace.take(*talk.bot))
      if (std::string why = model.ran(pointer); !why.empty()) return why + "\n  " + step.event + "\n  " + turn;
    const Json status = Json::parse(conversation.status(step.now), nullptr, false);
    model.end(status["awaiting"] == "closed");
    if (status["authenticated"] != model.authenticated())
      return "authenticated is " + status["authenticated"].dump() + " at " + std::to_string(step.now) + "\n  " + step.event + "\n  " + turn;
    count.authenticated += model.authenticated();
  }
  count.secured += model.secured();
  return {};
}

void walkAll(std::uint64_t walks, const std::function<const RandomTalk&(std::uint64_t)>& talkOf) {
  Count count;
  for (std::uint64_t seed = 0; seed < walks; ++seed) {
    const RandomTalk& talk = talkOf(seed);
    const std::string why = walk(talk, seed, count);
    ASSERT_TRUE(why.empty()) << talk.name << ", seed " << seed << ": " << why << "\n  " << talk.botText.substr(0, 20'000);
  }
  // A proof that never came into a secured dialog proves nothing.
  EXPECT_GT(count.secured, count.steps / 50);
  EXPECT_GT(count.authenticated, count.steps / 50);
  testing::Test::RecordProperty("steps", count.steps);
}

TEST(GateG1, OpensForNobodyElseInTheBotsOfTheCorpus) {
  std::vector<const RandomTalk*> locked;
  for (const RandomTalk& talk : corpusTalks())
    if (hasLock(talk)) locked.push_back(&talk);
  ASSERT_GT(locked.size(), 20u);
  walkAll(effort(4000), [&](std::uint64_t seed) -> const RandomTalk& { return *locked[seed % locked.size()]; });
}

TEST(GateG1, OpensForNobodyElseInBotsMadeByChance) {
  RandomTalk talk;
  walkAll(effort(6000), [&](std::uint64_t seed) -> const RandomTalk& {
    // A bot serves for a few walks: making one takes longer than a walk.
    if (seed % 8 == 0) talk = randomTalk(seed / 8);
    return talk;
  });
}

}  // namespace
