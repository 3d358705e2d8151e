#include "conversation_runner.hpp"

#include <cstdint>
#include <utility>

#include "conversation_steps.hpp"
#include "corpus.hpp"
#include "instant.hpp"
#include "latchkey/bot.hpp"
#include "test_host.hpp"
#include "test_platform.hpp"

namespace {

std::string nameOf(Mode mode) {
  switch (mode) {
    case Mode::straight: return "as it stands";
    case Mode::reload: return "with a reload before every step";
    case Mode::intruder: return "with events that fit nothing before every step";
  }
  return {};
}

std::vector<std::string> intruders(std::int64_t now) {
  const auto event = [now](const char* type, Json fields) {
    fields["type"] = type;
    fields["now"] = now;
    return fields.dump();
  };
  return {
      event("callFinished", {{"id", 999999}, {"status", 200}, {"headers", Json::object()}, {"body", "{}"}}),
      event("callFailed", {{"id", 999999}, {"reason", "network"}}),
      event("timerFired", {{"id", 999999}}),
      event("optionChosen", {{"value", "this is not on offer"}}),
      event("optionChosen", {{"value", Json::object()}}),
      event("started", {{"conversationId", "intruder"}, {"seed", 1}, {"pageUrl", nullptr}, {"pageLanguage", nullptr}}),
      event("textEntered", {{"text", 5}}),
      event("authenticated", {{"authenticated", true}}),
      event("attributesSet", {{"attributes", {{"authenticated", true}}}}),
      event("attributesSet", {{"attributes", {{"nobody declares this", 1}}}}),
      event("attributesSet", {{"attributes", Json::array()}}),
      R"({"type":"textEntered","text":"without an instant"})",
      R"({"type":"textEntered","text":"cut off")",
      "[]",
      "",
  };
}

// A POST or PATCH is not sent twice, so a reload while one is under way is another conversation.
bool mayReload(TestHost& host) {
  for (const Json& call : host.page().calls) {
    if (call["method"] == "POST" || call["method"] == "PATCH") return false;
  }
  return true;
}

Failure before(TestHost& host, Mode mode) {
  if (mode == Mode::reload && mayReload(host)) return host.reload();
  if (mode != Mode::intruder) return {};
  for (const std::string& event : intruders(host.now())) {
    if (Failure failure = host.expectRejected(event); !failure.empty()) return failure;
  }
  return {};
}

std::string report(const ConversationCase& test, Mode mode, std::size_t step, const std::string& what, TestHost& host) {
  std::string text = test.file.filename().string() + ": \"" + test.name() + "\", " + nameOf(mode) + "\n";
  const Json& steps = test.conversation["steps"];
  if (step < steps.size()) text += "step " + std::to_string(step + 1) + ": " + steps[step].dump() + "\n";
  else text += "at the end\n";
  text += "  " + what + "\n  status: " + host.status().dump() + "\n  so far:\n";
  for (const std::string& line : host.page().transcript) text += "    " + line + "\n";
  return text;
}

Opening openingOf(const ConversationCase& test) {
  return {parseInstant(test.setting.value("now", "2026-01-05T09:00:00Z")).value_or(0), test.conversation.value("seed", std::int64_t{1}),
          test.setting.value("page", Json("https://site.example/")), test.setting.value("language", Json()),
          test.conversation.value("attributes", test.setting.value("attributes", Json::object()))};
}

std::vector<ConversationCase> casesIn(const std::filesystem::path& folder) {
  std::vector<ConversationCase> cases;
  for (const std::filesystem::path& file : filesIn(folder, ".conversations.json")) {
    Json content = readJson(file);
    Json conversations = content.is_object() ? content.value("conversations", Json::array()) : Json::array();
    if (conversations.empty()) conversations.push_back({{"name", "is not a file of conversations"}});
    for (Json& conversation : conversations) cases.push_back({file, content, std::move(conversation)});
  }
  return cases;
}

}  // namespace

std::string ConversationCase::name() const { return conversation.value("name", "(without a name)"); }

void PrintTo(const ConversationCase& test, std::ostream* out) { *out << test.name(); }

std::vector<ConversationCase> conversationCases() {
  std::vector<ConversationCase> cases = casesIn(testsDirectory() / "conversations");
  for (const char* folder : {"bots", "embedding"})
    for (ConversationCase& test : casesIn(demoDirectory() / folder)) cases.push_back(std::move(test));
  return cases;
}

std::vector<ConversationCase> failingConversationCases() { return casesIn(testsDirectory() / "failing-conversations"); }

std::string runConversation(const ConversationCase& test, Mode mode) {
  if (!test.conversation.contains("steps")) return test.file.string() + ": " + test.name();
  const std::filesystem::path botFile = test.file.parent_path() / test.setting.value("bot", "");
  const latchkey::LoadResult loaded = latchkey::loadBot(readText(botFile), testPlatform());
  if (!loaded.bot) return botFile.string() + " does not load: " + latchkey::toJson(loaded);

  TestHost host(loaded.bot, openingOf(test));
  const Json& steps = test.conversation["steps"];
  if (Failure failure = host.start(); !failure.empty()) return report(test, mode, 0, failure, host);
  for (std::size_t step = 0; step < steps.size(); ++step) {
    Failure failure = before(host, mode);
    if (failure.empty()) failure = takeStep(host, steps[step]);
    if (!failure.empty()) return report(test, mode, step, failure, host);
  }
  const Failure left = takeStep(host, {{"quiet", true}});
  return left.empty() ? left : report(test, mode, steps.size(), left, host);
}
