#pragma once

#include "latchkey/platform.hpp"

namespace latchkey {

/// Regular expressions and Unicode by JavaScript: `RegExp` and `String.prototype.normalize`.
class JsPlatform final : public Platform {
 public:
  std::unique_ptr<const Pattern> compile(std::string_view source, bool ignoreCase) const override;
  std::string changeCase(std::string_view text, LetterCase to) const override;
};

}  // namespace latchkey
