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
