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

/// What the engine takes from the platform that it runs on: regular expressions and Unicode.
/// The bindings fill it from JavaScript, native builds from libraries. It must outlive every bot loaded with it.
class Platform {
 public:
  virtual ~Platform() = default;
  /// Compiles `source`, with the flag `i` when case is to be ignored; null when it is not a valid expression.
  virtual std::unique_ptr<const Pattern> compile(std::string_view source, bool ignoreCase) const = 0;
  /// `text` after Unicode NFKC and full case folding. Never called for ASCII, which the engine folds itself.
  virtual std::string fold(std::string_view text) const = 0;
};

/// A finite double that is no small integer as ECMAScript's Number::toString writes it: the shortest decimal that reads
/// back the same. A function of its own, for it needs no state: one definition is linked per platform, by the bindings
/// from JavaScript, natively from engine/src/native_number.cpp.
std::string formatFraction(double number);

}  // namespace latchkey
