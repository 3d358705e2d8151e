#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "bad_bots.hpp"
#include "corpus.hpp"
#include "latchkey/bot.hpp"
#include "test_platform.hpp"

namespace {

using latchkey::Problem;
using latchkey::Severity;

// Section 10 of docs/bot-format.md.
const std::set<std::string> errorCodes = {
    "jsonSyntax", "tooDeep", "tooLarge", "wrongType", "missingField", "unknownField", "unknownType", "outOfRange", "badName",
    "duplicateId", "duplicateKey", "unknownDialog", "unknownAttribute", "reservedAttribute", "badTemplate", "badPattern",
    "badPath", "badUrl", "originNotAllowed", "badHeader", "typeMismatch", "bodyNotAllowed", "duplicateKeyword",
    "defaultMissing", "defaultSecured", "sessionExpiredSecured", "authenticationSecured", "authenticationDialogMissing",
    "authenticationDialogDuplicate", "authenticationElementMissing", "authenticationElementOutside", "sensitiveLeak",
    "timeoutAmbiguous", "notAllowedHere", "unsupportedVersion"};
const std::set<std::string> warningCodes = {
    "noSubject", "silentReauthentication", "unreachableDialog", "unusedAttribute", "noFailureAlternative", "credentialInUrl",
    "insecureUrl", "endlessLoop", "emptyDialog"};

std::string listed(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    text += std::string(problem.severity == Severity::error ? "error " : "warning ") + problem.code + " at \"" + problem.where +
            "\": " + problem.message + "\n";
  }
  return text.empty() ? "no problem at all" : text;
}

class BadBots : public testing::TestWithParam<BadBot> {};

std::string nameOfBadBot(const testing::TestParamInfo<BadBot>& info) {
  return std::to_string(info.index) + "_" + info.param.code + "_" + asTestName(info.param.name);
}

TEST_P(BadBots, AreFoundOut) {
  const BadBot& bad = GetParam();
  const latchkey::LoadResult loaded = latchkey::loadBot(bad.text, testPlatform());
  const auto isIt = [&](const Problem& problem) {
    return problem.code == bad.code && problem.severity == bad.severity && problem.where == bad.where &&
           problem.message.find(bad.mentions) != std::string::npos;
  };
  EXPECT_TRUE(std::any_of(loaded.problems.begin(), loaded.problems.end(), isIt))
      << "expected " << bad.code << " at \"" << bad.where << "\"" << (bad.mentions.empty() ? "" : " that names " + bad.mentions)
      << ", came\n" << listed(loaded.problems);
  EXPECT_EQ(loaded.bot == nullptr, bad.severity == Severity::error) << listed(loaded.problems);
  for (const Problem& problem : loaded.problems) {
    EXPECT_TRUE(problem.severity == Severity::warning || problem.code == bad.code) << "another error:\n" << listed({problem});
    EXPECT_FALSE(problem.message.empty()) << problem.code;
  }
}

INSTANTIATE_TEST_SUITE_P(Corpus, BadBots, testing::ValuesIn(badBots()), nameOfBadBot);

TEST(BadBotCorpus, HasAFileForEveryCode) {
  std::map<std::string, Severity> files;
  for (const BadBot& bad : badBots()) {
    EXPECT_EQ(bad.file.stem().string(), bad.code);
    files[bad.code] = bad.severity;
  }
  std::map<std::string, Severity> codes;
  for (const std::string& code : errorCodes) codes[code] = Severity::error;
  for (const std::string& code : warningCodes) codes[code] = Severity::warning;
  for (const auto& [code, severity] : codes) {
    EXPECT_TRUE(files.count(code) && files[code] == severity) << "tests/bad-bots has no right " << code << ".json";
  }
  for (const auto& [code, severity] : files) EXPECT_TRUE(codes.count(code)) << code << " is not in section 10";
}

TEST(Loading, TakesABotOfExactlyTheGreatestDepthAndSize) {
  for (const std::string& text : {botOfDepth(64), botOfSize(16 * 1024 * 1024)}) {
    const latchkey::LoadResult loaded = latchkey::loadBot(text, testPlatform());
    EXPECT_NE(loaded.bot, nullptr) << listed(loaded.problems);
  }
}

TEST(Loading, FindsEveryProblemAtOnceInTheOrderOfTheFile) {
  const latchkey::LoadResult loaded = latchkey::loadBot(R"({
    "latchkey": 1, "id": "Not An Id",
    "attributes": [ { "name": "authenticated", "type": "boolean" } ],
    "dialogs": [
      { "id": "default", "secured": true, "elements": [ { "type": "text", "text": "{{ nobody }}" }, { "type": "toDialog", "dialog": "nowhere" } ] },
      { "id": "authentication", "kind": "authentication", "elements": [ { "type": "authentication", "timeoutMinutes": 0 } ] }
    ] })", testPlatform());
  std::vector<std::string> errors;
  for (const Problem& problem : loaded.problems) {
    if (problem.severity == Severity::error) errors.push_back(problem.code + std::string(" ") + problem.where);
  }
  const std::vector<std::string> expected = {
      "badName /id", "reservedAttribute /attributes/0/name", "defaultSecured /dialogs/0/secured",
      "unknownAttribute /dialogs/0/elements/0/text", "unknownDialog /dialogs/0/elements/1/dialog",
      "outOfRange /dialogs/1/elements/0/timeoutMinutes"};
  EXPECT_EQ(errors, expected);
  EXPECT_EQ(loaded.bot, nullptr);
}

/// Every problem of a bot with these dialogs, as "code pointer".
std::vector<std::string> problemsOf(const std::string& dialogs) {
  const std::string attributes = R"([{ "name": "s", "type": "text", "sensitive": true }, { "name": "n", "type": "number" }])";
  const latchkey::LoadResult loaded =
      latchkey::loadBot(R"({ "latchkey": 1, "id": "bad", "attributes": )" + attributes + R"(, "dialogs": [)" + dialogs + "] }", testPlatform());
  std::vector<std::string> problems;
  for (const Problem& problem : loaded.problems)
    if (std::string(problem.code) != "unusedAttribute") problems.push_back(problem.code + std::string(" ") + problem.where);
  return problems;
}

TEST(Loading, WarnsOfNothingThatAnErrorExplains) {
  const std::string says = R"("elements": [{ "type": "text", "text": "Hi." }])";
  const std::string start = R"({ "id": "default", )" + says + "}", second = R"(, { "id": "x", "keywords": ["k"], )" + says + "}";
  const std::string signsIn = R"("kind": "authentication", "elements": [{ "type": "authentication", "never": true, "subject": "x" }])";
  const std::map<std::string, std::string> cases = {
      {start + second + R"(, { "id": "y", "keywords": ["k"], )" + says + "}", "duplicateKeyword /dialogs/2/keywords/0"},
      {start + second + R"(, { "id": "x", )" + says + "}", "duplicateId /dialogs/2/id"},
      {R"({ "id": "start", )" + says + "}", "defaultMissing /dialogs"},
      {R"({ "id": "default", "secured": true, )" + says + R"(}, { "id": "a", )" + signsIn + "}", "defaultSecured /dialogs/0/secured"},
      {start + R"(, { "id": "v", "secured": true, "keywords": ["v"], )" + says + R"(}, { "id": "a", )" + signsIn + R"(}, { "id": "b", )" + signsIn + "}",
       "authenticationDialogDuplicate /dialogs/3"},
      {start + ", null", "wrongType /dialogs/1"},
  };
  for (const auto& [dialogs, problem] : cases) EXPECT_EQ(problemsOf(dialogs), std::vector<std::string>{problem}) << dialogs;
  EXPECT_EQ(problemsOf(start + R"(, { "id": "x", "elements": [{ "type": "text", "text": 1 }] })"),
            (std::vector<std::string>{"wrongType /dialogs/1/elements/0/text", "unreachableDialog /dialogs/1"}));
}

TEST(Loading, KnowsNothingOfWhatAMistypedElementHolds) {
  EXPECT_EQ(problemsOf(R"({ "id": "default", "elements": [{ "type": "toDialog", "dialog": "v" }] },
    { "id": "v", "secured": true, "elements": [{ "type": "text", "text": "Hi." }] },
    { "id": "a", "kind": "authentication", "elements": [
      { "type": "condition", "branches": [{ "if": { "attribute": "n", "is": 1 }, "elements": [{ "type": "authentication", "never": true }] }] }] })"),
            std::vector<std::string>{"unknownType /dialogs/2/elements/0/type"});
}

TEST(Loading, TellsAFaultOfAPlaceOnceAndWhatDependsOnNothingElse) {
  const auto found = [](const std::string& element) {
    return problemsOf(R"({ "id": "default", "elements": [)" + element + "] }");
  };
  const std::string at = " /dialogs/0/elements/0/";
  EXPECT_EQ(found(R"({ "type": "saveResponse", "attribute": "n", "text": "?", "options": [{ "label": "{{ no }}" }] })"),
            std::vector<std::string>{"unknownAttribute" + at + "options/0/label"});
  EXPECT_EQ(found(R"({ "type": "text", "text": "{{ no }} {{ no }}" })"), std::vector<std::string>{"unknownAttribute" + at + "text"});
  EXPECT_EQ(found(R"({ "type": "text", "text": "{{ no }} {{ nor }}" })").size(), 2u);
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "{{ no" + std::to_string(i) + " }}";
  EXPECT_EQ(found(R"({ "type": "text", "text": ")" + many + R"(" })").size(), 100'000u) << "in a moment";
  EXPECT_EQ(found(R"({ "type": "setAttribute", "attribute": "no", "value": "{{ nor }}" })"),
            (std::vector<std::string>{"unknownAttribute" + at + "attribute", "unknownAttribute" + at + "value"}));
  const auto test = [&](const std::string& operation) {
    return found(R"({ "type": "conditions", "branches": [{ "if": { "attribute": "no", )" + operation + R"( }, "elements": [] }] })");
  };
  const std::string unknown = "unknownAttribute" + at + "branches/0/if/attribute", value = at + "branches/0/if/";
  EXPECT_EQ(test(R"("matches": "(")"), (std::vector<std::string>{unknown, "badPattern" + value + "matches"}));
  EXPECT_EQ(test(R"("is": "{{ nor }}")"), (std::vector<std::string>{unknown, "unknownAttribute" + value + "is"}));
}

TEST(Loading, TakesHttpToThisComputerAlone) {
  const auto problems = [](const std::string& host) {
    return problemsOf(R"({ "id": "default", "elements": [{ "type": "image", "alt": "A", "url": "http://)" + host + R"(/a.png" }] })");
  };
  for (const char* host : {"localhost", "localhost:8080", "demo.localhost", "127.0.0.1", "127.0.0.1:1", "[::1]:65535", "LOCALHOST"})
    EXPECT_EQ(problems(host), std::vector<std::string>{}) << host;
  for (const char* host : {"example.com", "127.0.0.2", "localhost.example", "mylocalhost", "[::2]"})
    EXPECT_EQ(problems(host), std::vector<std::string>{"insecureUrl /dialogs/0/elements/0/url"}) << host;
}

TEST(Loading, KnowsAllAnyAndNotInACondition) {
  const latchkey::LoadResult loaded = latchkey::loadBot(R"({ "latchkey": 1, "id": "bad", "dialogs": [{ "id": "default", "elements": [
    { "type": "conditions", "branches": [{ "if": { "al": [{ "attribute": "now", "is": "x" }] }, "elements": [] }] }] }] })", testPlatform());
  EXPECT_NE(listed(loaded.problems).find(R"(did you mean "all"?)"), std::string::npos) << listed(loaded.problems);
}

TEST(Loading, WarnsOfAStoredCredentialThatIsNotAskedForBeforeItIsSent) {
  const std::string ask = R"({ "type": "saveResponse", "attribute": "s", "text": "PIN?" })";
  const std::string send = R"({ "type": "api", "method": "GET", "url": "/v", "headers": { "Authorization": "{{ s }}" }, "save": { "status": "n" } })";
  const std::string askIf = R"({ "type": "conditions", "branches": [{ "if": { "attribute": "s", "isNull": true }, "elements": [)" + ask + "] }] }";
  const auto warns = [&](const std::string& elements) {
    const std::vector<std::string> problems = problemsOf(R"({ "id": "default", "elements": [{ "type": "toDialog", "dialog": "v" }] },
      { "id": "v", "secured": true, "elements": [{ "type": "text", "text": "Hi." }] }, { "id": "a", "kind": "authentication", "elements": [)" +
      elements + R"(, { "type": "conditions", "branches": [{ "if": { "attribute": "n", "is": 200 },
        "elements": [{ "type": "authentication", "timeoutMinutes": 1 }] }], "else": [{ "type": "closeSession" }] }] })");
    return std::any_of(problems.begin(), problems.end(), [](const std::string& problem) { return problem.starts_with("silentReauthentication"); });
  };
  EXPECT_FALSE(warns(ask + "," + send));
  EXPECT_TRUE(warns(send));
  EXPECT_TRUE(warns(send + "," + ask));
  EXPECT_TRUE(warns(askIf + "," + send));
  EXPECT_FALSE(warns(R"({ "type": "conditions", "branches": [{ "if": { "attribute": "now", "isNull": false }, "elements": [)" + ask + "," + send + "] }] }"));
}

TEST(Loading, FindsInTheTutorialOnlyThatItReauthenticatesSilently) {
  const std::string text = readText(testsDirectory() / "conversations" / "bots" / "tutorial.json");
  const latchkey::LoadResult loaded = latchkey::loadBot(text, testPlatform());
  ASSERT_EQ(loaded.problems.size(), 1u) << listed(loaded.problems);
  EXPECT_STREQ(loaded.problems[0].code, "silentReauthentication");
  EXPECT_EQ(loaded.problems[0].where, "/dialogs/2/elements/1/branches/0/elements/0");
}

TEST(Loading, TellsItsResultAsJson) {
  const std::string text = readText(testsDirectory() / "conversations" / "bots" / "tutorial.json");
  const Json good = Json::parse(latchkey::toJson(latchkey::loadBot(text, testPlatform())), nullptr, false);
  EXPECT_EQ(good["bot"], Json({{"id", "acme-bank"}, {"name", "Acme Bank assistant"}, {"language", "en"}}));
  const Json bad = Json::parse(latchkey::toJson(latchkey::loadBot("{", testPlatform())), nullptr, false);
  EXPECT_TRUE(bad["bot"].is_null());
  ASSERT_EQ(bad["problems"].size(), 1u);
  EXPECT_EQ(bad["problems"][0]["code"], "jsonSyntax");
  EXPECT_EQ(bad["problems"][0]["severity"], "error");
  EXPECT_EQ(bad["problems"][0]["where"], "");
}

}  // namespace
