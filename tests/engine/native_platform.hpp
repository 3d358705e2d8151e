#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "latchkey/platform.hpp"

/// Regular expressions by PCRE2, restricted to ECMAScript's syntax with the `u` flag; Unicode folding by utf8proc.
class NativePlatform final : public latchkey::Platform {
 public:
  std::unique_ptr<const latchkey::Pattern> compile(std::string_view source, bool ignoreCase) const override;
  std::string changeCase(std::string_view text, latchkey::LetterCase to) const override;
};
