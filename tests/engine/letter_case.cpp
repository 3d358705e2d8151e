#include "letter_case.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

namespace {

using Characters = std::vector<utf8proc_int32_t>;

constexpr utf8proc_int32_t capitalSigma = 0x3A3, finalSigma = 0x3C2, capitalDottedI = 0x130, smallI = 0x69, dotAbove = 0x307;

Characters decode(std::string_view text, int options) {
  const auto* units = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto size = static_cast<utf8proc_ssize_t>(text.size());
  Characters characters(text.size() * 4 + 4);
  const utf8proc_ssize_t count = utf8proc_decompose(units, size, characters.data(), static_cast<utf8proc_ssize_t>(characters.size()),
                                                    static_cast<utf8proc_option_t>(options));
  characters.resize(static_cast<std::size_t>(count));
  return characters;
}

void append(std::string& text, utf8proc_int32_t character) {
  utf8proc_uint8_t units[4];
  const utf8proc_ssize_t size = utf8proc_encode_char(character, units);
  text.append(reinterpret_cast<const char*>(units), static_cast<std::size_t>(size));
}

bool isCased(utf8proc_int32_t character) {
  const utf8proc_category_t category = utf8proc_category(character);
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL || category == UTF8PROC_CATEGORY_LT ||
         utf8proc_toupper(character) != utf8proc_tolower(character);
}

// The derived property Case_Ignorable: marks, modifiers, format characters, and what stands inside words.
bool isCaseIgnorable(utf8proc_int32_t character) {
  static const Characters inWords = {'\'', '.', ':', 0xB7, 0x387, 0x55F, 0x5F4, 0x2018, 0x2019, 0x2024, 0x2027, 0xFE13, 0xFE52, 0xFE55, 0xFF07, 0xFF0E, 0xFF1A};
  const utf8proc_category_t category = utf8proc_category(character);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME || category == UTF8PROC_CATEGORY_CF ||
         category == UTF8PROC_CATEGORY_LM || category == UTF8PROC_CATEGORY_SK || std::find(inWords.begin(), inWords.end(), character) != inWords.end();
}

template <class Iterator>
bool leadsToCased(Iterator from, Iterator end) {
  const auto found = std::find_if_not(from, end, isCaseIgnorable);
  return found != end && isCased(*found);
}

// The condition Final_Sigma of Unicode's SpecialCasing.txt.
bool endsWord(const Characters& characters, std::size_t at) {
  const auto here = characters.begin() + static_cast<std::ptrdiff_t>(at);
  return leadsToCased(std::make_reverse_iterator(here), characters.rend()) && !leadsToCased(here + 1, characters.end());
}

// A small letter whose folding is several characters has these, raised, for its capital: ß is SS.
void appendUpper(std::string& text, utf8proc_int32_t character) {
  std::string alone;
  append(alone, character);
  const Characters folded = decode(alone, UTF8PROC_CASEFOLD);
  const bool several = folded.size() > 1 && utf8proc_category(character) != UTF8PROC_CATEGORY_LU;
  for (const utf8proc_int32_t each : several ? folded : Characters{character}) append(text, utf8proc_toupper(each));
}

}  // namespace

std::string toUpperCase(std::string_view text) {
  std::string upper;
  for (const utf8proc_int32_t character : decode(text, 0)) appendUpper(upper, character);
  return upper;
}

std::string toLowerCase(std::string_view text) {
  const Characters characters = decode(text, 0);
  std::string lower;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (characters[i] == capitalSigma && endsWord(characters, i)) append(lower, finalSigma);
    else append(lower, characters[i] == capitalDottedI ? smallI : utf8proc_tolower(characters[i]));
    if (characters[i] == capitalDottedI) append(lower, dotAbove);
  }
  return lower;
}
