#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "latchkey/platform.hpp"

namespace latchkey {

/// The engine's own sentences. `settings.texts` overrides them by these names.
struct Texts {
  std::string fallback;
  std::string locked;
};

/// The sentences in the language of the tag (BCP 47, by its first subtag), English where there are none.
Texts builtInTexts(std::string_view language);

/// Yes or no, true or false, in the language or in English; punctuation around it and capitals do not matter.
std::optional<bool> parseYesNo(std::string_view text, std::string_view language, const Platform& platform);

/// A number written with the separators of the language, and its region where that has its own: groups of digits and a decimal
/// mark. Where a text is also `-?digits[.digits]` they decide: 1.234 is a thousand in German and one and a bit in English.
std::optional<double> parseLocalNumber(std::string_view text, std::string_view language);

}  // namespace latchkey
