// Upper and lower case are the platform's: every platform gives what JavaScript gives.

#include <gtest/gtest.h>

#include "test_platform.hpp"

namespace {

std::string upper(const std::string& text) { return testPlatform().changeCase(text, latchkey::LetterCase::upper); }
std::string lower(const std::string& text) { return testPlatform().changeCase(text, latchkey::LetterCase::lower); }

TEST(LetterCase, MakesOneCharacterSeveral) {
  EXPECT_EQ(upper("straße ŉ ǰ ẖ ﬃ և"), "STRASSE ʼN J̌ H̱ FFI ԵՒ");
  EXPECT_EQ(upper("ΐ ᾀ ᾳ ᾷ ᾈ"), "\u0399\u0308\u0301 ἈΙ ΑΙ Α\u0342Ι ἈΙ");
  EXPECT_EQ(lower("İSTANBUL"), "i̇stanbul");
}

TEST(LetterCase, KeepsCapitalsThatHaveAFoldingOfTheirOwn) {
  EXPECT_EQ(upper("ẞ İ ı ſ ÿ"), "ẞ İ I S Ÿ");
  EXPECT_EQ(lower("\u1E9E \u2126 \u212A \u212B"), "\u00DF \u03C9 k \u00E5");
}

TEST(LetterCase, KnowsTitleCaseAndOtherPlanes) {
  EXPECT_EQ(upper("ǆ ǅ Ǆ 𐐨 ⓐ ⅳ ა"), "Ǆ Ǆ Ǆ 𐐀 Ⓐ Ⅳ Ა");
  EXPECT_EQ(lower("ǆ ǅ Ǆ 𐐀 Ⓐ Ⅳ Ა Ꭰ"), "ǆ ǆ ǆ 𐐨 ⓐ ⅳ ა ꭰ");
}

TEST(LetterCase, KnowsAFinalSigmaByItsNeighbours) {
  EXPECT_EQ(lower("ΟΔΥΣΣΕΥΣ ΣΑΣ Σ"), "οδυσσευς σας σ");
  EXPECT_EQ(lower("ΑΣ. ΑΣ'Α ΑΣ- ΑΣ́Α Α.Σ 1Σ ΑΣ1 ⒶΣ"), "ας. ασ'α ας- ασ́α α.ς 1σ ας1 ⓐς");
}

TEST(LetterCase, LeavesAloneWhatHasNone) {
  EXPECT_EQ(upper("\uFEFF你好 👍🏽 1½ \u0000é"), "\uFEFF你好 👍🏽 1½ ");
  EXPECT_EQ(lower(""), "");
}

}  // namespace
