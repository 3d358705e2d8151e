#include "fuzz.hpp"

#include <nlohmann/json.hpp>

#include "corpus.hpp"

std::shared_ptr<const latchkey::Bot> fuzzBot() {
  static const std::shared_ptr<const latchkey::Bot> bot = [] {
    const latchkey::LoadResult loaded = latchkey::loadBot(readText(testsDirectory() / "fuzz/bot.json"), testPlatform());
    require(loaded.bot != nullptr, "tests/fuzz/bot.json does not load", latchkey::toJson(loaded));
    return loaded.bot;
  }();
  return bot;
}

std::string startedEvent() { return R"({"type":"started","now":1767603600000,"conversationId":"fuzz","seed":7,"pageUrl":"https://site.example/"})"; }

std::string textEvent(std::string_view text, std::int64_t now) {
  const nlohmann::json event = {{"type", "textEntered"}, {"text", std::string(text)}, {"now", now}};
  return event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}
