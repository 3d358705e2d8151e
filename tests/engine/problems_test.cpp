// What the corpus of bad bots cannot see: how often a problem is told, that it is not told, and problems at run time.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "latchkey/bot.hpp"
#include "script.hpp"
#include "test_platform.hpp"

namespace {

std::vector<std::string> problemsOf(const Json& bot) {
  std::vector<std::string> problems;
  for (const latchkey::Problem& problem : latchkey::loadBot(bot.dump(), testPlatform()).problems)
    problems.push_back(problem.code + std::string(" ") + problem.where);
  return problems;
}

Json botOf(Json attributes, Json dialogs) {
  return {{"latchkey", 1}, {"id", "problems"}, {"attributes", std::move(attributes)}, {"dialogs", std::move(dialogs)}};
}

TEST(Problems, TellOfALoopOnceHoweverManyBranchesLeadBack) {
  const Json back = {{{"type", "toDialog"}, {"dialog", "default"}}};
  const Json branches = {{{"if", {{"attribute", "answer"}, {"is", "a"}}}, {"elements", back}},
                         {{"if", {{"attribute", "answer"}, {"is", "b"}}}, {"elements", back}}};
  const Json elements = {{{"type", "conditions"}, {"branches", branches}, {"else", back}}};
  const Json bot = botOf({{{"name", "answer"}, {"type", "text"}, {"default", "a"}}}, {{{"id", "default"}, {"elements", elements}}});
  EXPECT_EQ(problemsOf(bot), std::vector<std::string>{"endlessLoop /dialogs/0"});
}

// The first one counts, and what is wrong in the second names places that the first does not have.
TEST(Problems, AreToldOfBothListsWhereAFileHasDialogsTwice) {
  const std::string twice = R"({ "latchkey": 1, "id": "twice",
    "dialogs": [{ "id": "default", "elements": [{ "type": "text", "text": "Hi." }] }, { "id": "z", "elements": [{ "type": "text", "text": "Hi." }] }],
    "dialogs": [{}, {}, {}, {}, {}, {}, { "id": "x", "id": "y" }] })";
  std::vector<std::string> problems;
  for (const latchkey::Problem& problem : latchkey::loadBot(twice, testPlatform()).problems) problems.push_back(problem.code + std::string(" ") + problem.where);
  EXPECT_EQ(problems, (std::vector<std::string>{"duplicateKey /dialogs", "duplicateKey /dialogs/6/id", "unreachableDialog /dialogs/1"}));
}

// What follows an address, or another format's word, is told with what was meant.
TEST(Problems, NameWhatWasMeant) {
  const auto messageOf = [](const Json& element, const Json& settings = Json::object()) {
    Json bot = botOf(Json::array({{{"name", "n"}, {"type", "number"}}}), Json::array({{{"id", "default"}, {"elements", Json::array({element, {{"type", "text"}, {"text", "{{ n }}"}}})}}}));
    bot["settings"] = settings;
    std::vector<std::string> messages;
    for (const latchkey::Problem& problem : latchkey::loadBot(bot.dump(), testPlatform()).problems) messages.push_back(problem.code + std::string(": ") + std::string(problem.message));
    return messages;
  };
  EXPECT_EQ(messageOf({{"type", "goto"}, {"dialog", "default"}}), std::vector<std::string>{R"(unknownType: There is no element type "goto"; did you mean "toDialog"?)"});
  EXPECT_EQ(messageOf({{"type", "ask"}}), std::vector<std::string>{R"(unknownType: There is no element type "ask"; did you mean "saveResponse"?)"});
  const auto test = [&](const Json& condition) {
    return messageOf({{"type", "conditions"}, {"branches", Json::array({{{"if", condition}, {"elements", Json::array()}}})}}).back();
  };
  EXPECT_EQ(test({{"and", Json::array()}}), R"(unknownField: There is no field "and" here; did you mean "all"?)");
  EXPECT_EQ(test({{"attribute", "n"}, {">=", 3}}), R"(unknownField: There is no field ">=" here; did you mean "atLeast"?)");
  EXPECT_EQ(test({{"attribute", "n"}, {"equals", 3}}), R"(unknownField: There is no field "equals" here; did you mean "is"?)");
  const Json call = {{"type", "api"}, {"method", "GET"}, {"url", "https://api.example.com/x"}};
  EXPECT_EQ(messageOf(call, {{"apiOrigins", {"https://api.example.com/"}}}),
            std::vector<std::string>{R"(badUrl: "https://api.example.com/" is not an origin; write it like https://api.example.com, or "self".)"});
}

TEST(Problems, TellOfLimitsThatNoAnswerMeets) {
  const auto found = [](const std::string& type, const Json& validation) {
    const Json question = {{"type", "saveResponse"}, {"attribute", "n"}, {"text", "?"}, {"validation", validation}};
    return problemsOf(botOf(Json::array({{{"name", "n"}, {"type", type}}}), Json::array({{{"id", "default"}, {"elements", Json::array({question})}}})));
  };
  const std::vector<std::string> none, told{"outOfRange /dialogs/0/elements/0/validation"};
  EXPECT_EQ(found("number", {{"minimum", 5}, {"maximum", 4}}), told);
  EXPECT_EQ(found("date", {{"minimum", "2026-02-01"}, {"maximum", "2026-01-31"}}), told);
  EXPECT_EQ(found("text", {{"minLength", 3}, {"maxLength", 2}}), told);
  EXPECT_EQ(found("number", {{"minimum", 5}, {"maximum", 5}}), none);
  EXPECT_EQ(found("text", {{"minLength", 3}, {"maxLength", 3}}), none);
}

TEST(Problems, TellOfALoopThroughWhereWhoIsLockedOutIsLed) {
  const Json says = {{{"type", "text"}, {"text", "Hi."}}};
  const auto bot = [&](const Json& locked) {
    const Json question = {{"type", "saveResponse"}, {"attribute", "pin"}, {"text", "PIN?"}};
    const Json check = {{"type", "conditions"}, {"branches", Json::array({{{"if", {{"attribute", "pin"}, {"is", "1"}}}, {"elements", Json::array({{{"type", "authentication"}, {"never", true}, {"subject", "x"}}})}}})},
                        {"else", Json::array({{{"type", "closeSession"}}})}};
    return botOf(Json::array({{{"name", "pin"}, {"type", "text"}, {"sensitive", true}}}), Json::array({
      {{"id", "default"}, {"elements", Json::array({{{"type", "toDialog"}, {"dialog", "vault"}}})}}, {{"id", "vault"}, {"secured", true}, {"elements", says}},
      {{"id", "signIn"}, {"kind", "authentication"}, {"lockedDialog", "locked"}, {"elements", Json::array({question, check})}}, {{"id", "locked"}, {"elements", locked}}}));
  };
  EXPECT_EQ(problemsOf(bot(says)), std::vector<std::string>{});
  EXPECT_EQ(problemsOf(bot(Json::array({{{"type", "toDialog"}, {"dialog", "vault"}}}))), std::vector<std::string>{"endlessLoop /dialogs/1"});
}

// Each dialog is reached from one place alone, and leads back to where something pauses.
TEST(Problems, TellNothingOfDialogsThatAnyElementLeadsTo) {
  EXPECT_EQ(problemsOf(Json::parse(R"({
    "latchkey": 1, "id": "ways", "attributes": [ { "name": "name", "type": "text" }, { "name": "status", "type": "number" } ],
    "settings": { "fallback": { "elements": [ { "type": "toDialog", "dialog": "lost" } ] } },
    "dialogs": [
      { "id": "default", "elements": [ { "type": "toDialog", "dialog": "call" } ] },
      { "id": "call", "elements": [
        { "type": "api", "method": "GET", "url": "/", "save": { "status": "status" },
          "fallback": { "elements": [ { "type": "toDialog", "dialog": "wait" } ] } },
        { "type": "conditions", "branches": [ { "if": { "attribute": "status", "is": 404 }, "elements": [ { "type": "toDialog", "dialog": "ask" } ] } ],
          "else": [ { "type": "toDialog", "dialog": "default" } ] } ] },
      { "id": "wait", "elements": [ { "type": "delay", "seconds": 1 }, { "type": "toDialog", "dialog": "call" } ] },
      { "id": "ask", "elements": [
        { "type": "saveResponse", "attribute": "name", "text": "Who?", "fallback": { "elements": [ { "type": "toDialog", "dialog": "choose" } ] } },
        { "type": "text", "text": "{{ name }}" }, { "type": "toDialog", "dialog": "ask" } ] },
      { "id": "choose", "elements": [
        { "type": "userInput", "text": "What?", "branches": [ { "label": "This", "elements": [ { "type": "toDialog", "dialog": "this" } ] } ],
          "else": [ { "type": "toDialog", "dialog": "other" } ] } ] },
      { "id": "this", "elements": [ { "type": "toDialog", "dialog": "choose" } ] },
      { "id": "other", "elements": [
        { "type": "userInput", "text": "And?", "branches": [ { "label": "That", "elements": [ { "type": "toDialog", "dialog": "other" } ] } ],
          "fallback": { "elements": [ { "type": "toDialog", "dialog": "last" } ] } } ] },
      { "id": "last", "elements": [ { "type": "text", "text": "Goodbye." } ] },
      { "id": "lost", "elements": [ { "type": "text", "text": "I am lost." } ] }
    ] })")), std::vector<std::string>{});
}

// The authentication dialog asks and authenticates; whether it leads to a secured dialog is not its affair.
Json botThatAsksToAuthenticate(bool skipIfSet) {
  return botOf({{{"name", "pin"}, {"type", "text"}, {"sensitive", true}}, {{"name", "status"}, {"type", "number"}}},
               {{{"id", "default"}, {"elements", {{{"type", "toDialog"}, {"dialog", "vault"}}}}},
                {{"id", "authentication"},
                 {"kind", "authentication"},
                 {"elements",
                  {{{"type", "saveResponse"}, {"attribute", "pin"}, {"text", "PIN?"}, {"skipIfSet", skipIfSet}},
                   {{"type", "api"}, {"method", "GET"}, {"url", "/verify"}, {"headers", {{"Authorization", "{{ pin }}"}}}, {"save", {{"status", "status"}}}},
                   {{"type", "conditions"},
                    {"branches", {{{"if", {{"attribute", "status"}, {"is", 200}}}, {"elements", {{{"type", "authentication"}, {"timeoutMinutes", 30}}}}}}},
                    {"else", {{{"type", "toAgent"}}}}}}}},
                {{"id", "vault"}, {"secured", true}, {"elements", {{{"type", "text"}, {"text", "In the vault."}}}}}});
}

TEST(Problems, TellOfSilentReauthenticationOnlyWhereNothingIsAskedAnew) {
  EXPECT_EQ(problemsOf(botThatAsksToAuthenticate(false)), std::vector<std::string>{});
  EXPECT_EQ(problemsOf(botThatAsksToAuthenticate(true)),
            std::vector<std::string>{"silentReauthentication /dialogs/1/elements/2/branches/0/elements/0"});
}

/// The message of the only problem.
std::string messageOf(const Json& bot) {
  const std::vector<latchkey::Problem> problems = latchkey::loadBot(bot.dump(), testPlatform()).problems;
  return problems.size() == 1 ? problems.front().message : std::to_string(problems.size()) + " problems";
}

Json botThatSays(const char* text) { return botOf(Json::array(), {{{"id", "default"}, {"elements", {{{"type", "text"}, {"text", text}}}}}}); }

TEST(Problems, NameTheNearestKnownFieldHoweverFar) {
  Json bot = botThatSays("Hello.");
  bot["settings"]["sessionTimeout"] = 5;
  EXPECT_EQ(messageOf(bot), "There is no field \"sessionTimeout\" here; the nearest known one is \"sessionMinutes\".");
  bot["settings"] = {{"session", 5}};
  EXPECT_EQ(messageOf(bot), "There is no field \"session\" here; did you mean \"sessionMinutes\"?");
  bot["settings"] = {{"sessionMinute", 5}};
  EXPECT_EQ(messageOf(bot), "There is no field \"sessionMinute\" here; did you mean \"sessionMinutes\"?");
  bot["settings"] = {{std::string(1000, 'x'), 5}};
  EXPECT_NE(messageOf(bot).find("here; the nearest known one is \""), std::string::npos);
}

TEST(Problems, DoNotTellASensitiveValue) {
  Json bot = botThatSays("{{ pin }}");
  bot["attributes"] = {{{"name", "pin"}, {"type", "number"}, {"sensitive", true}, {"default", "hunter2"}}};
  EXPECT_EQ(messageOf(bot), "This is no value of type number.");
}

TEST(Problems, NameTheDialogThatHasTheAttributeForItself) {
  Json bot = botThatSays("{{ note }}");
  bot["attributes"] = {{{"name", "note"}, {"type", "text"}, {"scope", "dialog"}, {"dialog", "other"}}};
  bot["dialogs"].push_back({{"id", "other"}, {"keywords", {"other"}}, {"elements", {{{"type", "text"}, {"text", "{{ note }}"}}}}});
  EXPECT_EQ(messageOf(bot), "The attribute \"note\" is of the dialog \"other\" alone; use it there, or give it the scope \"chatbot\".");
}

TEST(Problems, TellOfControlCharactersInTheIdOfADialog) {
  const auto problemsFor = [](const char* id) { return problemsOf(botOf(Json::array(), {{{"id", "default"}, {"elements", {{{"type", "toDialog"}, {"dialog", id}}}}},
                                                                                         {{"id", id}, {"elements", {{{"type", "text"}, {"text", "Here."}}}}}})); };
  EXPECT_EQ(problemsFor("\u00A0\u00E9\u0420"), std::vector<std::string>{});
  EXPECT_EQ(problemsFor("a\x7F"), std::vector<std::string>{"badName /dialogs/1/id"});
  EXPECT_EQ(problemsFor("a\u0085"), std::vector<std::string>{"badName /dialogs/1/id"});
}

TEST(Problems, NameTheHeaderThatWasNotSent) {
  Script script(corpusBot("refused-header"));
  script.start();
  const Json effects = script.type("sch\u00F6n");
  EXPECT_TRUE(effectOf(effects, "call").is_null());
  const Json problem = effectOf(effects, "report")["problem"];
  EXPECT_EQ(problem["code"], "badHeader");
  EXPECT_EQ(problem["where"], "/dialogs/0/elements/1/headers/X~0Note");
  EXPECT_EQ(problem.dump().find("sch"), std::string::npos) << "the value may be a secret";
}

}  // namespace
