#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "function_ref.hpp"
#include "latchkey/platform.hpp"

namespace latchkey {

/// Milliseconds since the epoch.
using Instant = std::int64_t;

/// Without white space at both ends, as ECMAScript's String.prototype.trim.
std::string_view trim(std::string_view text);

/// The number of Unicode code points of well-formed UTF-8.
std::size_t countCharacters(std::string_view text);

/// The first, or the last, `count` code points.
std::string_view firstCharacters(std::string_view text, std::size_t count);
std::string_view lastCharacters(std::string_view text, std::size_t count);

/// Without white space and punctuation around it; text that is nothing else stays as it is, trimmed.
std::string_view trimPunctuation(std::string_view text);

/// `text` trimmed, without punctuation around it, NFKC, case-folded: what keywords are compared by.
std::string foldForComparison(std::string_view text, const Platform& platform);

/// Which of `count` labels was typed: the first that is the same but for case, or else but for the marks of a sentence around it.
std::optional<std::size_t> findTypedLabel(std::size_t count, FunctionRef<std::string(std::size_t)> labelAt, std::string_view text,
                                          const Platform& platform);

/// NFKC and case folding alone.
std::string foldCase(std::string_view text, const Platform& platform);

std::string changeCase(std::string_view text, LetterCase to, const Platform& platform);

/// The shortest decimal that reads back the same double, written as ECMAScript's Number::toString writes it.
std::string formatNumber(double number);

/// `-?digits[.digits]` as a finite double.
std::optional<double> parseNumber(std::string_view text);

/// A day of the Gregorian calendar, also of the years before it was made.
struct Day {
  std::int64_t year;
  unsigned month;
  unsigned day;
};
/// Days since 1970-01-01, and back.
std::int64_t daysFromCivil(Day day);
Day civilFromDays(std::int64_t days);
/// The day in UTC that the instant is in.
std::int64_t dayOf(Instant instant);

/// ISO 8601 UTC, without milliseconds when they are zero: 2026-01-05T09:00:00Z.
std::string formatInstant(Instant instant);
/// The day of the instant in UTC: 2026-01-05.
std::string formatDay(Instant instant);
/// `YYYY-MM-DD`, a real calendar day; the first instant of it in UTC.
std::optional<Instant> parseDay(std::string_view text);
/// `YYYY-MM-DDTHH:MM:SS[.mmm]` and `Z` or an offset such as +02:00, or a day. What is finer than milliseconds is cut off.
std::optional<Instant> parseInstant(std::string_view text);
/// An HTTP date (RFC 9110, IMF-fixdate): Sun, 06 Nov 1994 08:49:37 GMT.
std::optional<Instant> parseHttpDate(std::string_view text);

/// The candidate nearest to `name` by edit distance, or nothing when none is near enough to be meant; with `howeverFar`, any.
std::optional<std::string> nearest(std::string_view name, const std::vector<std::string_view>& candidates, bool howeverFar = false);

/// 64-bit FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): a checksum, not a protection.
std::uint64_t hashText(std::string_view text);
std::string formatHash(std::uint64_t hash);

/// Whether `word` is one of `words`, which have a space between them.
bool isOneOf(std::string_view words, std::string_view word);

/// Adds a number to a short list that has each once.
void addOnce(std::vector<std::uint32_t>& numbers, std::uint32_t number);

bool isSpace(char c);
bool isPunctuation(char c);
bool isDigit(char c);
bool isLetter(char c);
char upperAscii(char c);
char lowerAscii(char c);
std::string lowerAscii(std::string_view text);

}  // namespace latchkey
