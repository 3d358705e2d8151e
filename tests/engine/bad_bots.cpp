#include "bad_bots.hpp"

#include "corpus.hpp"

namespace {

// The depth of the value of an attribute's "default": root, attributes, attribute, then this.
constexpr int depthOfDefault = 4;

Json minimalBot() {
  return {{"latchkey", 1},
          {"id", "minimal"},
          {"dialogs", {{{"id", "default"}, {"elements", {{{"type", "text"}, {"text", "Hello."}}}}}}}};
}

std::string textOf(const Json& test) {
  if (test.contains("text")) return test["text"];
  if (!test.contains("generate")) return test.value("bot", Json()).dump();
  const Json& generate = test["generate"];
  return generate.contains("depth") ? botOfDepth(generate["depth"]) : botOfSize(generate.value("bytes", std::size_t{0}));
}

}  // namespace

void PrintTo(const BadBot& bot, std::ostream* out) { *out << bot.code << ": " << bot.name; }

std::vector<BadBot> badBots() {
  std::vector<BadBot> bots;
  for (const std::filesystem::path& file : filesIn(testsDirectory() / "bad-bots", ".json")) {
    const Json content = readJson(file);
    if (!content.is_object()) {
      bots.push_back({file, "is not JSON", "", latchkey::Severity::error, "", "", ""});
      continue;
    }
    const auto severity = content.value("severity", "") == "warning" ? latchkey::Severity::warning : latchkey::Severity::error;
    for (const Json& test : content.value("cases", Json::array())) {
      bots.push_back({file, test.value("name", ""), content.value("code", ""), severity, test.value("where", ""),
                      test.value("mentions", ""), textOf(test)});
    }
  }
  return bots;
}

std::string botOfDepth(int depth) {
  Json bot = minimalBot();
  bot["attributes"] = {{{"name", "deep"}, {"type", "json"}, {"default", "HERE"}}};
  std::string text = bot.dump();
  // As text: the library's own writer would run out of stack.
  const std::size_t levels = static_cast<std::size_t>(depth - depthOfDefault + 1);
  return text.replace(text.find("\"HERE\""), 6, std::string(levels, '[') + std::string(levels, ']'));
}

std::string botOfSize(std::size_t bytes) {
  std::string text = minimalBot().dump();
  text.resize(bytes, ' ');
  return text;
}
