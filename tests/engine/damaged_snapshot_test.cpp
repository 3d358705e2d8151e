// E3 of the security requirements: a damaged snapshot is refused, whichever bot and state it is of, wherever it is cut off and
// whichever byte is another. hostile_snapshot_test.cpp has those whose checksum is right.

#include <gtest/gtest.h>

#include <string>

#include "effort.hpp"
#include "random_visitor.hpp"

namespace {

constexpr int stepsOfAWalk = 25;
/// Long answers make snapshots long, and nothing but their text is in them more.
constexpr std::size_t longest = 4000;

// A snapshot of somewhere in a conversation.
std::string snapshotOf(const RandomTalk& talk, std::uint64_t seed) {
  RandomVisitor visitor(talk, seed);
  latchkey::Conversation conversation(talk.bot);
  std::string snapshot;
  for (int i = 0; i < stepsOfAWalk; ++i) {
    const Json turn = Json::parse(perform(conversation, talk, visitor.next()), nullptr, false);
    if (turn.contains("effects")) visitor.see(turn["effects"]);
    if (std::string now = conversation.snapshot(); now.size() < longest) snapshot = std::move(now);
  }
  return snapshot;
}

struct Damaged {
  const RandomTalk& talk;
  std::int64_t now = 2'000'000'000'000;
  latchkey::Conversation conversation{talk.bot};

  void expectRefused(const std::string& snapshot) {
    const std::string answer = conversation.restore(snapshot, now);
    ASSERT_TRUE(answer.starts_with(R"({"refused")")) << talk.name << ": " << answer << "\n  " << snapshot;
    ASSERT_EQ(conversation.status(now).find(R"("authenticated":true)"), std::string::npos);
  }
};

void expectEveryDamageRefused(const RandomTalk& talk, const std::string& whole) {
  Damaged damaged{talk};
  // Slow builds damage every eighth byte.
  const std::size_t stride = effort(8) < 8 ? 8 : 1;
  for (std::size_t length = 0; length < whole.size() && !testing::Test::HasFailure(); length += stride) damaged.expectRefused(whole.substr(0, length));
  for (std::size_t at = 0; at < whole.size() && !testing::Test::HasFailure(); at += stride) {
    std::string other = whole;
    for (std::size_t bit = 0; bit < effort(1) && bit < 8; ++bit) {
      other[at] = static_cast<char>(whole[at] ^ (1 << ((at + bit) % 8)));
      damaged.expectRefused(other);
    }
  }
}

TEST(DamagedSnapshotsE3, OfEveryBotAreRefused) {
  ASSERT_GT(corpusTalks().size(), 50u);
  for (const RandomTalk& talk : corpusTalks()) expectEveryDamageRefused(talk, snapshotOf(talk, 5));
}

TEST(DamagedSnapshotsE3, OfBotsMadeByChanceAreRefused) {
  for (std::uint64_t seed = 0; seed < effort(40); ++seed) {
    const RandomTalk talk = randomTalk(seed);
    expectEveryDamageRefused(talk, snapshotOf(talk, seed));
  }
}

}  // namespace
