#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace latchkey {

/// A compiled ECMAScript regular expression (`u` flag).
class Pattern {
 public:
  virtual ~Pattern() = default;
  /// True when the expression matches anywhere in `text` (UTF-8, at most 4,096 characters).
  virtual bool matches(std::string_view text) const = 0;
};

/// What a text's letters become: folded for comparison, after NFKC and with full case folding; or as ECMAScript's toLowerCase
/// and toUpperCase make them, where one character may become several and a final sigma is known by its neighbours.
enum class LetterCase { folded, lower, upper };

/// What the engine takes from the platform that it runs on: regular expressions and Unicode.
/// The bindings fill it from JavaScript, native builds from libraries. It must outlive every bot loaded with it.
class Platform {
 public:
  virtual ~Platform() = default;
  /// Compiles `source`, with the flag `i` when case is to be ignored; null when it is not a valid expression.
  virtual std::unique_ptr<const Pattern> compile(std::string_view source, bool ignoreCase) const = 0;
  /// `text` in that case. Never called for ASCII, which the engine changes itself.
  virtual std::string changeCase(std::string_view text, LetterCase to) const = 0;
};

/// A double that is no small integer as ECMAScript's Number::toString writes it: the shortest decimal that reads
/// back the same. A function of its own, for it needs no state: one definition is linked per platform, by the bindings
/// from JavaScript, natively from engine/src/native_number.cpp.
std::string formatFraction(double number);

/// What ECMAScript's Number makes of a text without white space around it: decimals with an exponent, 0x, 0o, 0b and
/// Infinity; 0 for nothing at all, and NaN for anything else. One definition per platform, as above.
double readNumber(std::string_view text);

}  // namespace latchkey
