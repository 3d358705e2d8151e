#include "text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace latchkey {
namespace {

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// What people add around a label that they type. Signs tell labels apart: A+ and A-, 5 and -5, C and C#.
bool isSentenceMark(char c) { return std::string_view("!\"'(),.:;?[]{}").find(c) != std::string_view::npos; }

/// White space beyond ASCII as ECMAScript counts it.
constexpr std::array<std::string_view, 19> wideSpaces = {
    "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
    "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\uFEFF"};

/// Punctuation beyond ASCII that stands around a word, opening or closing; NFKC has made the wide forms of ASCII's plain.
constexpr std::array<std::string_view, 48> widePunctuation = {
    "\u00A1", "\u00A7", "\u00AB", "\u00B6", "\u00B7", "\u00BB", "\u00BF", "\u060C", "\u061B", "\u061F", "\u06D4", "\u0964",
    "\u2010", "\u2012", "\u2013", "\u2014", "\u2015", "\u2018", "\u2019", "\u201A", "\u201B", "\u201C", "\u201D", "\u201E",
    "\u201F", "\u2020", "\u2021", "\u2022", "\u2032", "\u2039", "\u203A", "\u3001", "\u3002", "\u3008", "\u3009", "\u300A",
    "\u300B", "\u300C", "\u300D", "\u300E", "\u300F", "\u3010", "\u3011", "\u3014", "\u3015", "\u301D", "\u301E", "\u30FB"};

template <class IsNarrow, class Wide>
std::string_view strip(std::string_view text, IsNarrow isNarrow, const Wide& wide) {
  for (bool changed = true; changed && !text.empty();) {
    changed = false;
    if (isNarrow(text.front())) text.remove_prefix(1), changed = true;
    else if (isNarrow(text.back())) text.remove_suffix(1), changed = true;
    else if (!isContinuation(text.back()) && static_cast<unsigned char>(text.front()) < 0x80) return text;
    else
      for (std::string_view mark : wide) {
        if (text.starts_with(mark)) text.remove_prefix(mark.size()), changed = true;
        else if (text.ends_with(mark)) text.remove_suffix(mark.size()), changed = true;
      }
  }
  return text;
}

bool isAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

constexpr std::int64_t msPerDay = 86'400'000;

std::string padded(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

/// Exactly `count` digits at `at`, or -1.
int digitsAt(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int number = 0;
  for (char c : text.substr(at, count)) {
    if (!isDigit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<std::int64_t> clockMs(std::string_view text, std::size_t at) {
  const int hours = digitsAt(text, at, 2), minutes = digitsAt(text, at + 3, 2), seconds = digitsAt(text, at + 6, 2);
  if (hours < 0 || minutes < 0 || seconds < 0 || hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
  if (text[at + 2] != ':' || text[at + 5] != ':') return std::nullopt;
  return ((hours * 60 + minutes) * 60 + seconds) * std::int64_t{1000};
}

/// `Z`, or how far a clock is before UTC: +02:00.
std::optional<std::int64_t> offsetMs(std::string_view text) {
  if (text == "Z") return 0;
  const int hours = digitsAt(text, 1, 2), minutes = digitsAt(text, 4, 2);
  if (text.size() != 6 || text[3] != ':' || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  return (text[0] == '+' ? 1 : -1) * (hours * 60 + minutes) * std::int64_t{60'000};
}

std::optional<Instant> dayStart(Day day) {
  if (day.month < 1 || day.month > 12 || day.day < 1) return std::nullopt;
  const std::int64_t days = daysFromCivil(day);
  const Day back = civilFromDays(days);
  if (back.month != day.month || back.day != day.day) return std::nullopt;
  return days * msPerDay;
}

/// Numbers up to this magnitude that are whole print as integers.
constexpr double largestExact = 9007199254740992.0;

}  // namespace

// Days to civil dates and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
std::int64_t daysFromCivil(Day d) {
  const std::int64_t year = d.year - (d.month <= 2);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto yearOfEra = static_cast<unsigned>(year - era * 400);
  const unsigned dayOfYear = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;
  const unsigned dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return era * 146097 + static_cast<std::int64_t>(dayOfEra) - 719468;
}

Day civilFromDays(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto dayOfEra = static_cast<unsigned>(days - era * 146097);
  const unsigned yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const unsigned dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const unsigned shifted = (5 * dayOfYear + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {static_cast<std::int64_t>(yearOfEra) + era * 400 + (month <= 2), month, dayOfYear - (153 * shifted + 2) / 5 + 1};
}

std::int64_t dayOf(Instant instant) {
  return instant >= 0 ? instant / msPerDay : -((-instant + msPerDay - 1) / msPerDay);
}

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isPunctuation(char c) { return c > ' ' && c < 0x7F && !isDigit(c) && !isLetter(c); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char upperAscii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char lowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = lowerAscii(c);
  return lower;
}

std::string_view trim(std::string_view text) { return strip(text, isSpace, wideSpaces); }

std::size_t countCharacters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !isContinuation(c); }));
}

std::string_view firstCharacters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (end < text.size() && (count > 0 || isContinuation(text[end])))
    if (!isContinuation(text[end++])) --count;
  return text.substr(0, end);
}

std::string_view lastCharacters(std::string_view text, std::size_t count) {
  std::size_t start = text.size();
  while (start > 0 && count > 0)
    if (!isContinuation(text[--start])) --count;
  return text.substr(start);
}

std::string changeCase(std::string_view text, LetterCase to, const Platform& platform) {
  if (!isAscii(text)) return platform.changeCase(text, to);
  std::string changed(text);
  for (char& c : changed) c = to == LetterCase::upper ? upperAscii(c) : lowerAscii(c);
  return changed;
}

std::string foldCase(std::string_view text, const Platform& platform) { return changeCase(text, LetterCase::folded, platform); }

std::string_view trimPunctuation(std::string_view text) {
  const std::string_view bare = trim(strip(trim(text), isPunctuation, widePunctuation));
  return bare.empty() ? trim(text) : bare;
}

std::string foldForComparison(std::string_view text, const Platform& platform) {
  return std::string(trimPunctuation(foldCase(text, platform)));
}

std::optional<std::size_t> findTypedLabel(std::size_t count, FunctionRef<std::string(std::size_t)> labelAt, std::string_view text,
                                          const Platform& platform) {
  for (const bool exactly : {true, false}) {
    const auto fold = [&](std::string_view label) {
      const std::string folded = foldCase(trim(label), platform);
      return std::string(exactly ? std::string_view(folded) : trim(strip(folded, isSentenceMark, widePunctuation)));
    };
    const std::string typed = fold(text);
    if (typed.empty()) break;
    for (std::size_t i = 0; i < count; ++i)
      if (fold(labelAt(i)) == typed) return i;
  }
  return std::nullopt;
}

std::string formatNumber(double number) {
  if (number == 0) return "0";
  if (std::fabs(number) < largestExact && number == std::trunc(number)) return std::to_string(static_cast<std::int64_t>(number));
  return formatFraction(number);
}

std::optional<double> parseNumber(std::string_view text) {
  std::size_t i = text.starts_with('-') ? 1 : 0;
  const std::size_t start = i;
  while (i < text.size() && isDigit(text[i])) ++i;
  if (i == start) return std::nullopt;
  if (i < text.size() && text[i] == '.') {
    const std::size_t fraction = ++i;
    while (i < text.size() && isDigit(text[i])) ++i;
    if (i == fraction) return std::nullopt;
  }
  if (i != text.size()) return std::nullopt;
  const double number = std::strtod(std::string(text).c_str(), nullptr);
  if (!std::isfinite(number)) return std::nullopt;
  return number;
}

std::string formatDay(Instant instant) {
  const Day day = civilFromDays(dayOf(instant));
  return padded(day.year, 4) + "-" + padded(day.month, 2) + "-" + padded(day.day, 2);
}

std::string formatInstant(Instant instant) {
  const auto ms = static_cast<int>(instant - dayOf(instant) * msPerDay);
  std::string text = formatDay(instant) + "T" + padded(ms / 3'600'000, 2) + ":" + padded(ms / 60'000 % 60, 2) + ":" + padded(ms / 1000 % 60, 2);
  if (ms % 1000 != 0) text += "." + padded(ms % 1000, 3);
  return text + "Z";
}

std::optional<Instant> parseDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digitsAt(text, 0, 4), month = digitsAt(text, 5, 2), day = digitsAt(text, 8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  return dayStart({year, static_cast<unsigned>(month), static_cast<unsigned>(day)});
}

std::optional<Instant> parseInstant(std::string_view text) {
  std::optional<Instant> instant = parseDay(text.substr(0, 10));
  if (!instant || text.size() == 10) return instant;
  if (text.size() < 20 || text[10] != 'T') return std::nullopt;
  const std::optional<std::int64_t> clock = clockMs(text, 11);
  text.remove_prefix(19);
  const bool finer = text.front() == '.';
  const int ms = finer ? digitsAt(text, 1, 3) : 0;
  if (finer) text.remove_prefix(std::min(text.find_first_not_of("0123456789", 1), text.size()));
  const std::optional<std::int64_t> offset = offsetMs(text);
  return clock && ms >= 0 && offset ? std::optional(*instant + *clock + ms - *offset) : std::nullopt;
}

std::optional<Instant> parseHttpDate(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return std::nullopt;
  const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
  const int day = digitsAt(text, 5, 2), year = digitsAt(text, 12, 4);
  const std::optional<std::int64_t> clock = clockMs(text, 17);
  if (month == months.end() || day < 0 || year < 0 || !clock) return std::nullopt;
  const auto start = dayStart({year, static_cast<unsigned>(month - months.begin()) + 1, static_cast<unsigned>(day)});
  if (!start) return std::nullopt;
  return *start + *clock;
}

std::optional<std::string> nearest(std::string_view name, const std::vector<std::string_view>& candidates, bool howeverFar) {
  std::size_t best = howeverFar ? SIZE_MAX : std::max<std::size_t>(2, name.size() / 3) + 1;
  std::optional<std::string> found;
  if (name.size() > 64) return found;
  for (std::string_view candidate : candidates) {
    if (candidate.size() > 64) continue;
    std::vector<std::size_t> row(candidate.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= name.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j < row.size(); ++j) {
        const bool same = lowerAscii(name[i - 1]) == lowerAscii(candidate[j - 1]);
        const std::size_t cost = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (same ? 0 : 1)});
        diagonal = row[j];
        row[j] = cost;
      }
    }
    // Who writes "timeout" means "timeoutSeconds".
    const std::size_t distance = name.size() > 2 && candidate.starts_with(name) ? std::min<std::size_t>(1, row.back()) : row.back();
    if (distance < best) best = distance, found = std::string(candidate);
  }
  return found;
}

bool isOneOf(std::string_view words, std::string_view word) {
  for (;;) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    if (end == words.size()) return false;
    words.remove_prefix(end + 1);
  }
}

void addOnce(std::vector<std::uint32_t>& numbers, std::uint32_t number) {
  if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) numbers.push_back(number);
}

std::uint64_t hashText(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ull;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return hash;
}

std::string formatHash(std::uint64_t hash) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); i-- > 0; hash >>= 4) text[i] = hex[hash & 15];
  return text;
}

}  // namespace latchkey
