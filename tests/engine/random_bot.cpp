#include "random_bot.hpp"

#include <string>
#include <utility>
#include <vector>

#include "chance.hpp"

namespace {

using Names = std::vector<std::string>;

constexpr int deepest = 3;

class BotMaker {
 public:
  explicit BotMaker(std::uint64_t seed) : chance_(seed), standard_(2 + chance_.below(5)) {}

  Json make() {
    Json bot = {{"latchkey", 1}, {"id", "random"}, {"attributes", attributes()}, {"settings", settings()}, {"dialogs", Json::array()}};
    Json& dialogs = bot["dialogs"];
    dialogs.push_back({{"id", "default"}, {"elements", elements(0)}});
    for (std::size_t i = 0; i < standard_; ++i) dialogs.push_back(standard(i));
    dialogs.push_back(authentication());
    if (chance_.percent(40)) {
      dialogs.push_back({{"id", "expired"}, {"kind", "sessionExpired"},
                         {"elements", {{{"type", "delay"}, {"seconds", 1}}, {{"type", "text"}, {"text", "The session is over."}}}}});
    }
    return bot;
  }

 private:
  static Json attributes() {
    Json all = {{{"name", "secret"}, {"type", "text"}, {"sensitive", true}, {"mask", 4}},
                {{"name", "status"}, {"type", "number"}},
                {{"name", "inside"}, {"type", "text"}, {"scope", "dialog"}, {"dialog", "d0"}}};
    for (const char* type : {"text", "number", "boolean", "date", "email", "phone", "url", "list", "json"})
      all.push_back({{"name", type}, {"type", type}, {"external", true}});
    return all;
  }

  Json settings() {
    Json settings = {{"apiOrigins", {"https://api.example", "self"}}};
    if (chance_.percent(50)) settings["authenticationCheck"] = "everyTurn";
    if (chance_.percent(40)) settings["sessionMinutes"] = 20 + chance_.below(60);
    if (chance_.percent(40)) settings["fallback"] = fallback(0);
    return settings;
  }

  Json standard(std::size_t index) {
    const std::string id = "d" + std::to_string(index);
    inFirst_ = index == 0;
    Json dialog = {{"id", id}, {"elements", elements(0)}, {"secured", chance_.percent(60)}};
    if (chance_.percent(60)) dialog["keywords"] = {"go " + std::to_string(index)};
    inFirst_ = false;
    return dialog;
  }

  Json authentication() {
    Json success = {{{"type", "text"}, {"text", "Hello, {{ secret }}."}}, authenticationElement()};
    if (chance_.percent(20)) success.push_back(goTo());
    Json dialog = {{"id", "authentication"}, {"kind", "authentication"}, {"maxAttempts", 2 + chance_.below(4)}, {"lockMinutes", 5}, {"elements", Json::array()}};
    if (chance_.percent(30)) dialog["lockedText"] = "Locked.";
    Json& all = dialog["elements"];
    if (chance_.percent(85)) all.push_back({{"type", "saveResponse"}, {"attribute", "secret"}, {"text", "Who are you?"}, {"skipIfSet", chance_.percent(30)}});
    all.push_back({{"type", "api"}, {"method", chance_.percent(80) ? "GET" : "POST"}, {"url", "https://api.example/verify"},
                   {"headers", {{"Authorization", "{{ secret }}"}}}, {"save", {{"status", "status"}}}, {"retry", chance_.below(2)}});
    Json conditions = {{"type", "conditions"}, {"branches", {{{"if", {{"attribute", "status"}, {"is", 200}}}, {"elements", success}}}}};
    if (chance_.percent(70)) conditions["else"] = Json::array({chance_.percent(50) ? goTo() : Json{{"type", "text"}, {"text", "No."}}});
    all.push_back(std::move(conditions));
    if (chance_.percent(20)) all.push_back(element(0));
    return dialog;
  }

  Json authenticationElement() {
    Json element = {{"type", "authentication"}};
    if (chance_.percent(20)) element["never"] = true;
    else element["timeoutMinutes"] = chance_.pick<double>({0.5, 1, 5, 30});
    if (chance_.percent(30)) element["slidingMinutes"] = chance_.pick<double>({0.5, 2, 10});
    if (chance_.percent(60)) element["forget"] = {"secret", "status"};
    if (chance_.percent(20)) element["subject"] = "{{ secret }}{{ text }}";
    return element;
  }

  Json elements(int depth) {
    Json all = Json::array();
    for (std::size_t count = 1 + chance_.below(depth == 0 ? 5 : 3); count > 0; --count) all.push_back(element(depth));
    return all;
  }

  Json element(int depth) {
    switch (chance_.below(depth < deepest ? 20 : 15)) {
      case 0: case 1: return {{"type", "text"}, {"text", text()}};
      case 2: return {{"type", "image"}, {"url", "https://img.example/{{ text }}.png"}, {"alt", text()}};
      case 3: return cards();
      case 4: return {{"type", "delay"}, {"seconds", chance_.below(20)}};
      case 5: case 6: return saveResponse();
      case 7: return setAttribute();
      case 8: case 9: case 10: return goTo();
      case 11: return {{"type", "event"}, {"name", "seen"}, {"data", {{"text", text()}}}};
      case 12: return {{"type", "signOut"}};
      case 13: return chance_.percent(70) ? saveResponse() : Json{{"type", "closeSession"}};
      case 14: return chance_.percent(80) ? saveResponse() : Json{{"type", "toAgent"}, {"data", {"text", "secret"}}};
      case 15: return userInput(depth);
      case 16: case 17: return api(depth);
      default: return conditions(depth);
    }
  }

  std::string text() {
    return chance_.pick(Names{"Plain.", "**Bold** {{ text }}", "{{ secret }} {{ number | plus: 1 }}", "{{ json.a[0] | default: \"none\" | upcase }}",
                              "{{ today | date: \"%d.%m.%Y\" }} {{ authenticated }}", "{{ list | join: \", \" | truncate: 20 }}", "{{ lastReceivedMessage }}"});
  }

  Json cards() {
    Json all = Json::array();
    for (std::size_t i = 0; i <= chance_.below(2); ++i)
      all.push_back({{"title", text()}, {"buttons", {{{"label", "go " + std::to_string(i)}}, {{"label", "Pick"}, {"value", "{{ text }}"}}}}});
    return {{"type", "cards"}, {"cards", all}};
  }

  Json saveResponse() {
    Names names = {"text", "number", "boolean", "date", "email", "phone", "url", "secret"};
    if (inFirst_) names.push_back("inside");
    Json question = {{"type", "saveResponse"}, {"attribute", chance_.pick(names)}, {"text", {text(), "And now?"}}, {"repeat", chance_.below(4)}};
    if (question["attribute"] == "text" && chance_.percent(50)) {
      question["options"] = {{{"label", "One"}, {"value", "1"}}, {{"label", "{{ text }}!"}, {"value", "{{ text }}?"}}};
      question["freeText"] = chance_.percent(50);
    }
    if (chance_.percent(20)) question["skipIfSet"] = true;
    if (chance_.percent(20)) question["fallback"] = fallback(deepest);
    return question;
  }

  Json userInput(int depth) {
    Json input = {{"type", "userInput"}, {"text", text()}, {"repeat", chance_.below(3)}, {"branches", Json::array()}};
    for (std::size_t i = 0; i <= chance_.below(3); ++i) {
      const std::string name = "Branch " + std::to_string(i);
      input["branches"].push_back({{"label", name}, {"keywords", {"k" + std::to_string(i)}}, {"elements", elements(depth + 1)}});
    }
    if (chance_.percent(50)) input["else"] = elements(depth + 1);
    return input;
  }

  Json setAttribute() {
    switch (chance_.below(4)) {
      case 0: return {{"type", "setAttribute"}, {"attribute", "number"}, {"value", "{{ number | plus: 1 }}"}};
      case 1: return {{"type", "setAttribute"}, {"attribute", "text"}, {"value", "{{ text }}{{ today }}"}};
      case 2: return {{"type", "setAttribute"}, {"attribute", "json"}, {"value", {{"a", {"{{ text }}", 1}}}}};
      default: return {{"type", "setAttribute"}, {"attribute", "secret"}, {"clear", true}};
    }
  }

  Json goTo() {
    Names targets = {"default"};
    for (std::size_t i = 0; i < standard_; ++i) targets.push_back("d" + std::to_string(i));
    if (chance_.percent(10)) targets.push_back("authentication");
    Json element = {{"type", "toDialog"}, {"dialog", chance_.pick(targets)}};
    if (chance_.percent(25)) element["resumePending"] = true;
    return element;
  }

  Json api(int depth) {
    Json element = {{"type", "api"}, {"url", "https://api.example/items/{{ text }}"}, {"query", {{"n", "{{ number }}"}}}, {"retry", chance_.below(3)},
                    {"save", {{"status", "status"}, {"body", {{{"attribute", "json"}, {"path", "$"}}, {{"attribute", "text"}, {"path", "$.name"}}}}}}};
    element["method"] = chance_.pick(Names{"GET", "GET", "PUT", "POST", "DELETE"});
    if (element["method"] == "POST") element["body"] = {{"json", {{"note", "{{ text }}"}, {"secret", "{{ secret }}"}}}};
    if (chance_.percent(50)) element["fallback"] = fallback(depth + 1);
    return element;
  }

  Json conditions(int depth) {
    const std::vector<Json> tests = {
        {{"attribute", "authenticated"}, {"is", true}}, {{"attribute", "status"}, {"is", 200}},
        {{"attribute", "number"}, {"greaterThan", 1}}, {{"attribute", "text"}, {"matches", "^[a-z]"}},
        {{"attribute", "date"}, {"before", "2026-06-01"}}, {{"not", {{"attribute", "json.a"}, {"isNull", true}}}},
        {{"any", {{{"attribute", "text"}, {"contains", "a"}, {"ignoreCase", true}}, {{"attribute", "secret"}, {"isNull", false}}}}}};
    Json element = {{"type", "conditions"}, {"branches", {{{"if", chance_.pick(tests)}, {"elements", elements(depth + 1)}}}}};
    if (chance_.percent(60)) element["else"] = elements(depth + 1);
    return element;
  }

  Json fallback(int depth) {
    Json fallback = {{"text", "Sorry."}};
    if (chance_.percent(50)) fallback["elements"] = depth < deepest ? elements(depth + 1) : Json::array({goTo()});
    return fallback;
  }

  Chance chance_;
  std::size_t standard_;
  /// Inside of the dialog that has an attribute of its own.
  bool inFirst_ = false;
};

}  // namespace

Json randomBot(std::uint64_t seed) { return BotMaker(seed).make(); }
