#include <gtest/gtest.h>

#include "markdown.hpp"

namespace latchkey {
namespace {

TEST(Markdown, KnowsMarkup) {
  for (const char* text : {
           "*soft*", "a **loud** word", "_soft_ words", "(__loud__)", "***both***", "`code`", "``a ` b``", "```\ncode\n```",
           "[here](https://acme.example)", "see <https://acme.example>", "write to <help@acme.example>", "- one\n- two", "* one", "+ one",
           "Take:\n1. one\n2) two", "   - indented", "one  \ntwo", "one\\\ntwo", "5 \\* 3", "![a house](https://acme.example/a.png)"})
    EXPECT_TRUE(holdsMarkup(text)) << text;
}

TEST(Markdown, KnowsWhatOnlyLooksLikeIt) {
  for (const char* text : {
           "", "Hello.", "2 * 3 * 4", "* ", "snake_case_name", "a_b", "_", "**", "5*", "un*closed", "`", "`` ` ", "[a] (b)", "a](b", "<b>", "<3",
           "a < b > c", "-", "- ", "-one", "1.", "3.5", "12:30", "2026-01-05", "one\ntwo", "one  ", "one  \n", "ends\\", "C:\\temp", "    - too far in",
           "1234567890. too long", "100 %", "#1", "> 5"})
    EXPECT_FALSE(holdsMarkup(text)) << text;
}

TEST(Markdown, EscapesEveryPunctuationOfAscii) {
  EXPECT_EQ(escapeMarkup("a*b_c [d](e) -5.0 \xE2\x80\xA2\n"), "a\\*b\\_c \\[d\\]\\(e\\) \\-5\\.0 \xE2\x80\xA2\n");
  EXPECT_EQ(escapeMarkup("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~").size(), 64u);
}

}  // namespace
}  // namespace latchkey
