#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "latchkey/platform.hpp"

namespace latchkey {

/// Milliseconds since the epoch.
using Instant = std::int64_t;

/// Without the white space of ASCII and the no-break, ideographic and line separators of Unicode at both ends.
std::string_view trim(std::string_view text);

/// The number of Unicode code points of well-formed UTF-8.
std::size_t countCharacters(std::string_view text);

/// The last `count` code points.
std::string_view lastCharacters(std::string_view text, std::size_t count);

/// Without white space and punctuation around it; text that is nothing else stays as it is, trimmed.
std::string_view trimPunctuation(std::string_view text);

/// `text` trimmed, without punctuation around it, NFKC, case-folded: what keywords and labels are compared by.
std::string foldForComparison(std::string_view text, const Platform& platform);

/// NFKC and case folding alone.
std::string foldCase(std::string_view text, const Platform& platform);

/// The shortest decimal that reads back the same double, written as ECMAScript's Number::toString writes it.
std::string formatNumber(double number);

/// `-?digits[.digits]` as a finite double.
std::optional<double> parseNumber(std::string_view text);

/// ISO 8601 UTC, without milliseconds when they are zero: 2026-01-05T09:00:00Z.
std::string formatInstant(Instant instant);
/// The day of the instant in UTC: 2026-01-05.
std::string formatDay(Instant instant);
/// `YYYY-MM-DD`, a real calendar day; the first instant of it in UTC.
std::optional<Instant> parseDay(std::string_view text);
/// `YYYY-MM-DDTHH:MM:SS[.mmm]Z`, or a day.
std::optional<Instant> parseInstant(std::string_view text);
/// An HTTP date (RFC 9110, IMF-fixdate): Sun, 06 Nov 1994 08:49:37 GMT.
std::optional<Instant> parseHttpDate(std::string_view text);

/// The candidate nearest to `name` by edit distance, or nothing when none is near enough to be meant.
std::optional<std::string> nearest(std::string_view name, const std::vector<std::string_view>& candidates);

/// 64-bit FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): a checksum, not a protection.
std::uint64_t hashText(std::string_view text);
std::string formatHash(std::uint64_t hash);

bool isDigit(char c);
bool isLetter(char c);
char lowerAscii(char c);
std::string lowerAscii(std::string_view text);

}  // namespace latchkey
