// Any bytes as a bot file: problems, or a bot that talks.

#include "fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const latchkey::LoadResult loaded = latchkey::loadBot(textOf(data, size), testPlatform());
  const std::string json = latchkey::toJson(loaded);
  require(loaded.bot || !loaded.problems.empty(), "no bot, and no problem", json);
  if (!loaded.bot) return 0;
  latchkey::Conversation conversation(loaded.bot);
  for (const std::string& event : {startedEvent(), textEvent("Hello", 1767603601000)}) {
    const std::string turn = conversation.handle(event);
    require(isTurn(turn), "that is no turn", turn);
  }
  latchkey::Conversation restored(loaded.bot);
  const std::string snapshot = conversation.snapshot();
  require(restored.restore(snapshot, 1767603601000).starts_with(R"({"effects")"), "its own snapshot is refused", snapshot);
  return 0;
}
