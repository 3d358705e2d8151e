// A file that is no JSON: the message names the place and the likeliest cause.

#include <gtest/gtest.h>

#include "latchkey/bot.hpp"
#include "test_platform.hpp"

namespace {

std::string messageFor(std::string_view text) {
  const latchkey::LoadResult loaded = latchkey::loadBot(text, testPlatform());
  return loaded.problems.empty() ? "" : loaded.problems.front().message;
}

TEST(SyntaxHint, NamesTheCommaBeforeABracket) {
  EXPECT_EQ(messageFor("{\n  \"a\": 1,\n}"), "This is not JSON at line 3, column 1; remove the comma before the bracket.");
  EXPECT_EQ(messageFor("[1, 2,]"), "This is not JSON at line 1, column 7; remove the comma before the bracket.");
}

TEST(SyntaxHint, NamesComments) {
  EXPECT_NE(messageFor("// a bot\n{}").find("JSON has no comments"), std::string::npos);
  EXPECT_NE(messageFor("{ \"a\": 1 /* one */ }").find("JSON has no comments"), std::string::npos);
}

TEST(SyntaxHint, NamesAnEmptyFile) {
  EXPECT_NE(messageFor("").find("the file is empty"), std::string::npos);
  EXPECT_NE(messageFor(" \n ").find("the file is empty"), std::string::npos);
}

TEST(SyntaxHint, PointsAtAnythingElse) {
  EXPECT_EQ(messageFor(R"(["abc" "def"])"), "This is not JSON at line 1, column 8; mend the text there.");
  EXPECT_EQ(messageFor("[1 234]"), "This is not JSON at line 1, column 4; mend the text there.");
  EXPECT_EQ(messageFor("[1 true]"), "This is not JSON at line 1, column 4; mend the text there.");
  EXPECT_EQ(messageFor("[\"a\"\n false]"), "This is not JSON at line 2, column 2; mend the text there.");
  EXPECT_EQ(messageFor("[1\nx]"), "This is not JSON at line 2, column 1; mend the text there.");
  EXPECT_EQ(messageFor("{-2.5e3:1}"), "This is not JSON at line 1, column 2; mend the text there.");
  EXPECT_EQ(messageFor("[1 2]"), "This is not JSON at line 1, column 4; mend the text there.");
}

}  // namespace
